"""forgeries: histories that hash well and never should have been are found by the second verifier.

An insider runs an engine whose rules were doctored in memory: its events are chained, its tables
agree, the tree is grown over them. Every forgery is something that the honest engine refuses, or
counts otherwise.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from figures.evidence.doctored import act, changed, doctored, forged, promoted
from figures.evidence.lives import (
    LONGEST,
    PLAYED,
    Offices,
    Until,
    judged,
    live,
    rooted,
    tried,
)
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from thidua.evidence import thidua_verify
from thidua.testing.moves import Move, Moves
from thidua.testing.office import Office, paper
from thidua.workflow import rights
from thidua.workflow.acts import counting, fire
from thidua.workflow.command import Attach, Fire, Hold, Recuse, Withdraw
from thidua.workflow.paper import Paper
from thidua.workflow.procedure import Close, Transition
from thidua.workflow.rights import require_role
from thidua.workflow.tally import Counts, Pass

Forge = Callable[[Office, str, random.Random], bool]
STRANGER = "stranger"


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many forgeries, kind after kind; `undetected` are those the second verifier passes."""
    made, undetected = Counter[str](), Counter[str]()
    with Offices() as offices, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.jsonl"
        for name, forge in _turns(chance):
            if made.total() == size:
                break
            office = offices.of(chance.choice(PLAYED))
            with office.undone():
                most = LONGEST if name in WANTED else chance.randrange(LONGEST)
                dossier = live(office, chance, most, WANTED.get(name, lambda *_: False))
                if not forge(office, dossier, chance):
                    continue
                rooted(office.db, office.wf)
                court = judged(office.db, office.wf, file, dossier)
            made[name] += 1
            if not any(key == dossier for key, _, _ in court.faults):
                undetected[name] += 1
            progress(made.total(), size)
    print(f"forgeries: {dict(made)}; undetected: {dict(undetected)}", file=sys.stderr)
    return Outcome(made.total(), {"undetected": undetected.total()})


def _turns(chance: random.Random) -> Iterator[tuple[str, Forge]]:
    """Every kind, the rarer ones more often: not every procedure has what they need."""
    while True:
        often = [*FORGERIES.items(), *((n, f) for n, f in FORGERIES.items() if n in WANTED)]
        yield from chance.sample(often, len(often))


def _step(office: Office, step: Transition) -> Fire:
    """The command of a step, with a meeting where a ballot opens behind it."""
    p = office.procedure
    opens = [p.rounds[name] for name in p.states[step.dest].opens]
    meeting = None
    if any(rule.gather == "meeting" for rule in opens) and p.may["meet"].roles:
        by, on = office.by(p.may["meet"].roles[0]), office.today + timedelta(days=45)
        meeting = office.wf.meetings.add(office.db, "Phiên họp", on, by=by)
    return Fire(step.trigger, meeting=meeting, note="Lý do")


def _steps(office: Office, dossier: str, chance: random.Random, *, here: bool) -> list[Transition]:
    """Steps from where the dossier stands, or from elsewhere, in an order of chance."""
    state = office.state(dossier)
    if office.procedure.states[state].final and here:
        return []
    names = {t.trigger for t in office.procedure.transitions if state in t.source}
    steps = office.procedure.transitions
    fit = [t for t in steps if here and state in t.source]
    fit += [t for t in steps if not here and t.trigger not in names and t.dest != state]
    return chance.sample(fit, len(fit))


def wrong_state(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step from a state that it does not start from."""
    for t in _steps(office, dossier, chance, here=False)[:4]:
        state = office.state(dossier)
        lie = changed(
            t, source=(*t.source, state), conditions=(), decision_required=False, by=_by(t)
        )
        actor = office.cast.playing(_by(t))
        if forged(office, dossier, _step(office, t), actor, doctored(office, lie)):
            return True
    return False


def _by(step: Transition) -> str:
    return "officer" if step.by == "engine" else step.by


def stranger(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step by somebody who holds nothing."""
    for t in _steps(office, dossier, chance, here=True):
        lie = promoted(office, STRANGER, t.by)
        if forged(office, dossier, _step(office, t), STRANGER, lie):
            return True
    return False


def other_role(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step by another role than the procedure names."""
    for t in _steps(office, dossier, chance, here=True):
        role = chance.choice([r for r in office.procedure.roles if r != t.by])
        actor, lie = office.cast.playing(role), doctored(office, changed(t, by=role))
        if forged(office, dossier, _step(office, t), actor, lie):
            return True
    return False


def unmet(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step whose conditions do not hold: a running round, a failed ballot, papers missing."""
    for t in _steps(office, dossier, chance, here=True):
        lie = doctored(office, changed(t, conditions=(), decision_required=False, by=_by(t)))
        actor = office.cast.playing(_by(t))
        if forged(office, dossier, _step(office, t), actor, lie):
            return True
    return False


def undecided(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step that takes a decision, without one."""
    for t in _steps(office, dossier, chance, here=True):
        lie = doctored(office, changed(t, decision_required=False))
        fit = t.decision_required and t.by != "engine"
        if fit and forged(
            office, dossier, Fire(t.trigger, note="-"), office.cast.playing(t.by), lie
        ):
            return True
    return False


def numbered_later(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step by a decision that is signed and numbered the day after."""
    may, book = office.procedure.may, office.wf.decisions
    steps = [t for t in _steps(office, dossier, chance, here=True) if t.decision_required]
    if not (steps and may["draft"].roles and may["number"].roles):
        return False
    step, drafts, numbers = steps[0], office.by(may["draft"].roles[0]), may["number"].roles[0]
    key = book.draft(office.db, "Quyết định", {dossier: step.trigger}, by=drafts)
    signed = Paper(number="1", symbol="QĐ", signed_on=office.today, signer="B")
    later = office.clock() + timedelta(days=1)
    book.number(office.db, key, signed, by=office.by(numbers), now=later)
    apply = partial(book.apply_line, office.db, key, dossier, by=office.by(step.by))
    return tried(office, apply)


def by_itself(office: Office, dossier: str, chance: random.Random) -> bool:
    """A person's step that the system takes by itself."""
    state, clerk = office.state(dossier), office.procedure.may["attach"].roles[0]
    kinds = [k.name for k in office.procedure.documents.values() if k.source == "dossier"]
    for t in _steps(office, dossier, chance, here=True) if kinds else ():
        lie = changed(t, by="engine", conditions=(), decision_required=False)
        command: Attach = paper(kinds[0])
        with doctored(office, lie):
            actor = office.cast.playing(clerk)
            if t.by != "engine" and act(office, dossier, command, actor):
                return office.state(dossier) != state
    return False


def in_a_pause(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step while the dossier is on hold."""
    holders = office.procedure.may["hold"].roles
    if not holders or not act(office, dossier, Hold(note="-"), office.cast.playing(holders[0])):
        return False
    for t in _steps(office, dossier, chance, here=True):
        lie = replaced(fire, "check", lambda draft, step: require_role(draft, (step.by,)))
        command = _step(office, t)
        if forged(office, dossier, command, office.cast.playing(_by(t)), lie):
            return True
    return False


def withdrawn_elsewhere(office: Office, dossier: str, chance: random.Random) -> bool:
    """A withdrawal that leads to another state."""
    right = office.procedure.may["withdraw"]
    others = [s for s in office.procedure.states if s not in (right.dest, office.state(dossier))]
    may = {**office.procedure.may, "withdraw": replace(right, dest=chance.choice(others))}
    with doctored(office, lambda p: replace(p, may=may)):
        by = office.cast.playing(right.roles[0]) if right.roles else STRANGER
        return act(office, dossier, Withdraw(note="-"), by)


def usurped(office: Office, dossier: str, chance: random.Random) -> bool:
    """An act of the engine's own by a role that has no right to it."""
    right = office.procedure.may["hold"]
    role = chance.choice([r for r in office.procedure.roles if r not in right.roles])
    may = {**office.procedure.may, "hold": replace(right, roles=(role,))}
    lie = doctored(office, lambda p: replace(p, may=may))
    return forged(office, dossier, Hold(note="-"), office.cast.playing(role), lie)


def joined_duties(office: Office, dossier: str, chance: random.Random) -> bool:
    """A step by somebody who acted before in a role that must be kept apart from this one."""
    roles = office.procedure.roles
    free = {name: replace(role, never_also=()) for name, role in roles.items()}
    creator = office.cast.playing(office.procedure.may["create"].roles[0])
    for n, t in enumerate(_steps(office, dossier, chance, here=True), 1):
        if t.by != "engine":
            row = {"actor": creator, "role": t.by, "unit": "own", "from_on": f"1999-01-{n:02}"}
            office.db.execute(insert(office.wf.tables.holding), row)
            lie = doctored(office, lambda p: replace(p, roles=free))
            if forged(office, dossier, _step(office, t), creator, lie):
                return True
    return False


def stepped_back(office: Office, dossier: str, _: random.Random) -> bool:
    """An act in another role of a member who stepped back."""
    may, seats = office.procedure.may, _voting(office, dossier)
    if not seats or not may["recuse"].roles:
        return False
    member, role = seats[0].partition(":")[2], may["hold"].roles[0]
    row = {"actor": member, "role": role, "unit": "own", "from_on": "1999-01-01"}
    office.db.execute(insert(office.wf.tables.holding), row)
    says = [member, *map(office.cast.playing, may["recuse"].roles)]
    if not any(act(office, dossier, Recuse(seats[0]), by) for by in says):
        return False
    lie: Any = replaced(rights, "left_to", lambda _, roles: roles or [])
    return forged(office, dossier, Hold(note="-"), member, lie)


def _voting(office: Office, dossier: str) -> list[str]:
    """The seats of persons who have still to vote on the dossier."""
    mine = {"dossier_id": dossier, "kind": "vote", "status": "open"}
    rows = office.rows(office.wf.tables.task, **mine)
    return [row["seat"] for row in rows if ":" in row["seat"]]


def _ballot(office: Office, dossier: str) -> Move | None:
    """The end of a ballot that runs for the dossier."""
    moves = [m for m in Moves(office, dossier) if m.ends and m.act.endswith((":for", ":against"))]
    return moves[0] if moves else None


def counted_otherwise(office: Office, dossier: str, _: random.Random) -> bool:
    """A tally that is not what is in the box."""
    move, honest = _ballot(office, dossier), counting.judge_line
    if move is None:
        return False

    def turned(draft: Any, rule: Any, line: Any, counts: Counts, roll: Any) -> None:
        given = counts.votes_for - 1, counts.votes_against + 1
        honest(draft, rule, line, counts._replace(votes_for=given[0], votes_against=given[1]), roll)

    with replaced(counting, "judge_line", turned):
        return tried(office, move.do)


def passed_with_few(office: Office, dossier: str, _: random.Random) -> bool:
    """A ballot that fails by its rule and is written down as passed."""
    move = _ballot(office, dossier)
    if move is None or move.ends is None:
        return False
    rules = {**office.procedure.rounds}
    rules[move.ends] = replace(rules[move.ends], passes=Pass(at_least=Fraction(1, 100)))
    do: Any = move.do
    with doctored(office, lambda p: replace(p, rounds=rules)):
        return tried(office, lambda: do.func(*do.args[:2], 1))


def _asked(office: Office, dossier: str) -> list[dict[str, Any]]:
    """Who is asked about the dossier and has not answered."""
    mine = {"dossier_id": dossier, "kind": "ask", "status": "open"}
    return office.rows(office.wf.tables.task, **mine)


def closed_early(office: Office, dossier: str, _: random.Random) -> bool:
    """A consultation that the system closes with the first answer of several."""
    before = office.rows(office.wf.tables.line, dossier_id=dossier, closed_n=None)
    running = {row["name"] for row in before}
    early = Close(answers=1)
    rules = {name: replace(rule, close=early) if name in running and rule.ask else rule
             for name, rule in office.procedure.rounds.items()}  # fmt: skip
    moves = [m for m in Moves(office, dossier) if m.act.endswith(":agreed") and m.ends in running]
    if not moves or len(_asked(office, dossier)) <= 1:
        return False
    with doctored(office, lambda p: replace(p, rounds=rules)):
        return tried(office, moves[0].do)


FORGERIES: dict[str, Forge] = {
    each.__name__: each
    for each in (
        wrong_state, stranger, other_role, unmet, undecided, numbered_later, by_itself, in_a_pause,
        withdrawn_elsewhere, usurped, joined_duties, counted_otherwise, passed_with_few,
        closed_early, stepped_back,
    )
}  # fmt: skip


def _before_decision(office: Office, dossier: str) -> bool:
    state, steps = office.state(dossier), office.procedure.transitions
    return any(step.decision_required and state in step.source for step in steps)


WANTED: dict[str, Until] = {
    "counted_otherwise": lambda office, dossier: _ballot(office, dossier) is not None,
    "passed_with_few": lambda office, dossier: _ballot(office, dossier) is not None,
    "closed_early": lambda office, dossier: len(_asked(office, dossier)) > 1,
    "stepped_back": lambda office, dossier: len(_voting(office, dossier)) > 1,
    "undecided": _before_decision,
    "numbered_later": _before_decision,
}
"""Where a dossier has to be for some of them."""


def trusting() -> AbstractContextManager[object]:
    """Plant a second verifier that believes whatever is chained."""
    return replaced(thidua_verify.Register, "check", lambda *_: None)


FIGURES = (
    Figure("forgeries", Sizes(3, 20, 200, 1_000), 53, measure, zero("undetected"), trusting),
)
