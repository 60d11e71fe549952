"""What a count comes to: judged by its rule, voted on again, decided by the chair or a ranking."""

from collections.abc import Mapping
from typing import Any

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import role_seat
from thidua.workflow.acts.rounds import open_round
from thidua.workflow.acts.speaking import known_line, must_be_open, not_final
from thidua.workflow.command import BreakTie, Settle
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.meeting import presiding
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_entry_right, require_role, seats_of
from thidua.workflow.tally import Counts, judge

SIDES = {"for": "passed", "against": "failed"}


def judge_line(
    draft: Draft, rule: RoundRule, line: Line, counts: Counts, roll: Mapping[str, Any]
) -> None:
    """Write into the event being recorded what the count came to, by which rule, of whom."""
    if rule.quorum is None or rule.passes is None:
        raise Refused.of("ballot-without-rule", round=rule.name)
    verdict = judge(counts, rule.quorum, rule.passes, rule.tie)
    outcome: str = verdict.outcome
    if outcome == "passed" and rule.seats is not None:
        outcome = "counted"
    draft.fact["verdict"] = {
        "outcome": outcome, "needed": verdict.needed, "base": verdict.base,
        "rule": [str(rule.quorum), str(rule.passes), rule.tie], "roll": dict(roll),
    }  # fmt: skip
    closed = draft.change_line(line, closed_n=draft.n, outcome=outcome, counts=counts._asdict())
    _go_on(draft, rule, closed)


def _go_on(draft: Draft, rule: RoundRule, line: Line) -> None:
    """Vote again, put it on the chair's desk or another meeting's agenda, or let it fail."""
    if line.outcome not in ("no_quorum", "tie"):
        return
    tie = rule.seats.tie if rule.seats else rule.tie
    how: str = rule.quorum_else if line.outcome == "no_quorum" else tie
    if how == "revote" and rule.limit is not None and _held(draft, line) >= rule.limit.at_most:
        how = rule.limit.then
    if how == "revote":
        open_round(draft, rule.name)
    elif how == "chair" and rule.voters is not None and rule.voters.chair is not None:
        seat = role_seat(draft, rule.voters.chair)
        draft.open_task(Task(0, "desk", f"tie:{line.round_id}", seat, 0))
    elif how == "next_meeting":
        wait_for_meeting(draft, rule)
    else:
        draft.change_line(line, outcome="failed")


def _held(draft: Draft, line: Line) -> int:
    """How many ballots of this name the meeting has held about the dossier."""
    mine = (each for each in draft.lines.values() if each.name == line.name)
    return sum(each.meeting == line.meeting and each.closed_n is not None for each in mine)


def wait_for_meeting(draft: Draft, rule: RoundRule) -> None:
    """Put it on the desk of who sets the agenda: another meeting has to take the dossier."""
    right = draft.procedure.may.get("meet")
    for role in right.roles[:1] if right is not None else ():
        draft.open_task(Task(0, "desk", f"agenda:{rule.name}", role_seat(draft, role), 0))


def settle(draft: Draft, command: Settle) -> None:
    """Give a counted line its place in the ranking: "passed", "failed" or "tie"."""
    require_role(draft, ("engine",))
    line = known_line(draft, command.round)
    if line.outcome != "counted":
        draft.refuse("not-counted", round=line.name, outcome=line.outcome or "open")
    draft.stop_if_refused()
    data = {"round": line.name, "round_id": line.round_id, "by": "engine"}
    draft.record("settle", {**data, "outcome": command.outcome})
    settled = draft.change_line(line, outcome=command.outcome)
    _go_on(draft, draft.procedure.rounds[line.name], settled)


def break_tie(draft: Draft, command: BreakTie) -> None:
    """Decide a tie by the word of who presides, "for" or "against".

    It is the person recorded as presiding at the meeting, else whoever chairs by the role that
    the ballot names. Refused against the own open vote: the side that the chair took decides.
    """
    if command.choice not in SIDES:
        raise Unknown("unknown-choice", choice=command.choice, known=", ".join(SIDES))
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    _must_preside(draft, rule, line)
    if line.outcome != "tie" or rule.tie != "chair":
        draft.refuse("no-tie", round=line.name, outcome=line.outcome or "open")
    must_be_open(draft, line._replace(closed_n=None))
    not_final(draft)
    _on_the_own_side(draft, line, command.choice)
    draft.stop_if_refused()
    outcome = SIDES[command.choice]
    data = {"round": line.name, "round_id": line.round_id, "outcome": outcome}
    private = {**private_parts(draft), "choice": command.choice}
    draft.record("breaktie", {**data, **entered_data(draft)}, private)
    for task in draft.open_tasks("desk"):
        if task.what == f"tie:{line.round_id}":
            draft.end_task(task, "done", outcome)
    draft.change_line(line, outcome=outcome)


def _must_preside(draft: Draft, rule: RoundRule, line: Line) -> None:
    chair = presiding(draft.view.attended, line.meeting)
    if chair is None:
        role = rule.voters.chair if rule.voters is not None else None
        require_role(draft, (role,) if role is not None else ())
        return
    if chair != draft.by.decider:
        draft.refuse("not-presiding", actor=draft.by.decider, chair=chair)
    require_entry_right(draft)


def _on_the_own_side(draft: Draft, line: Line, choice: str) -> None:
    me = draft.by.decider
    mine = [vote for vote in draft.view.votes if vote.round_id == line.round_id]
    own = {vote.choice for vote in mine if vote.seat in seats_of(draft, [vote.seat])}
    if own - {choice, "abstain"}:
        draft.refuse("chair-voted-otherwise", actor=me)
