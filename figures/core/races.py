"""races-…: eight processes on one dossier: no lost update, one winner, losers refused by type."""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from figures.core.crew import CREW, Came, Order, crew
from figures.core.rivalry import KINDS, Rivalry, rivalry
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from thidua import Correct
from thidua.storage import apply, load, script
from thidua.storage.rows import dossier_of
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.journal import Sealed

TYPES = {"Refused", "Stale", "Busy", "CommandReused"}


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """About so many attempts, eight on each dossier.

    `lost` are updates acknowledged and not there, and what `verify` finds; `double` are wins
    beyond those that may be; `untyped` losers who got no error of the engine's for that.
    """
    office, count, rounds = Office.new(url), Counter[str](), -(-size // CREW)
    with crew(office) as runners:
        for n in range(rounds):
            dossier = f"r-{n:05}"
            office.propose(dossier)
            race = rivalry(KINDS[n % len(KINDS)], office, dossier, chance)
            before = len(acts(office, dossier))
            count.update(judged(office, race, runners.run(race.orders), before))
            progress(n * CREW, size)
    return Outcome(rounds * CREW, {name: count[name] for name in ("lost", "double", "untyped")})


def acts(office: Office, dossier: str) -> list[dict[str, Any]]:
    """The acts of a dossier as its journal tells them, without what they caused."""
    return [body for body in office.bodies(dossier) if "ends" in body]


def judged(office: Office, race: Rivalry, came: Sequence[Came], before: int) -> Counter[str]:
    """What went wrong in one race."""
    dossier = race.orders[0].dossier
    told = acts(office, dossier)[before:]
    won = [(order, each) for order, each in zip(race.orders, came, strict=True) if each.won]
    count: Counter[str] = Counter()
    count["untyped"] = sum(map(_is_untyped, came))
    count["double"] = max(0, len(won) - race.most, len(told) - len(won)) + _voted_twice(told)
    count["lost"] = max(0, race.least - len(won), len(won) - len(told))
    count["lost"] += _unwritten(office, dossier, won) + _miscounted(told)
    count["lost"] += office.problems(dossier)
    return count


def _is_untyped(came: Came) -> bool:
    if came.done is not None or came.error in TYPES:
        return False
    print(f"{came.error}: {came.words}", file=sys.stderr)
    return True


def _unwritten(office: Office, dossier: str, won: Sequence[tuple[Order, Came]]) -> int:
    """Fields that somebody was told are written and that are not."""
    row = office.row(dossier)
    fields = dossier_of(tuple(row.values())).fields if row is not None else {}
    written = [order.command.fields for order, _ in won if isinstance(order.command, Correct)]
    return sum(fields.get(name) != value for each in written for name, value in each.items())


def _voted_twice(told: Sequence[dict[str, Any]]) -> int:
    """Votes of a member beyond the first in one ballot; a revote is another ballot."""
    votes = Counter((body["round_id"], body["seat"]) for body in told if body["act"] == "cast")
    return votes.total() - len(votes)


def _miscounted(told: Sequence[dict[str, Any]]) -> int:
    """Ballots whose count is not that of the votes before their close."""
    votes, wrong = Counter[str](), 0
    for body in told:
        if body["act"] == "cast":
            votes[body["round_id"]] += 1
        if body["act"] == "close_round":
            (round_id, _, counts, *_), *_ = body["lines"]
            given = ("votes_for", "votes_against", "abstained")
            wrong += sum(counts[name] for name in given) != votes[round_id]
    return wrong


@contextmanager
def unlocked() -> Iterator[None]:
    """Plant an engine that acts on what it saw before the lock, writes its events wherever there
    is room, and knows no word for a busy database.
    """
    seen: dict[str, load.Found] = {}
    look, add_events = load.dossier, apply.add_events

    def remember(pen: Pen, s: Statements, dossier_id: str) -> load.Found:
        seen[dossier_id] = look(pen, s, dossier_id)
        return seen[dossier_id]

    def lock(pen: Pen, s: Statements, dossier_id: str) -> load.Found:
        pen.run(s.begin, {})
        return seen.get(dossier_id) or look(pen, s, dossier_id)

    def squeeze(pen: Pen, s: Statements, stream: str, sealed: Sequence[Sealed]) -> None:
        taken = pen.run(s.since, {"dossier_id": stream, "n": 0})
        room = (each._replace(n=len(taken) + 1 + i) for i, each in enumerate(sealed))
        add_events(pen, s, stream, [*room])

    with ExitStack() as stack:
        stack.enter_context(replaced(load, "dossier", remember))
        stack.enter_context(replaced(load, "lock", lock))
        stack.enter_context(replaced(apply, "add_events", squeeze))
        stack.enter_context(replaced(script, "is_passing", lambda _: False))
        yield
