"""A member's own vote: once, while the ballot runs, in a way it allows."""

from collections.abc import Iterable
from datetime import date

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.secret import cast_secretly, check_secret
from thidua.workflow.acts.speaking import known_line, must_be_open
from thidua.workflow.change import Vote
from thidua.workflow.command import Cast
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_entry_right, require_seat, seats_of, stands_in
from thidua.workflow.secrecy import FEWEST, too_few

CHOICES = ("for", "against", "abstain")


def cast(draft: Draft, command: Cast) -> None:
    """Record a member's vote; a secret one goes into the sealed box, and only that it was given
    is recorded.

    A written vote is refused after the ballot's due where the procedure takes them until then
    (`written: until_due`); its paper may have come in time and be entered later (`happened_at`).
    A secret electronic one is refused where fewer than `FEWEST` may vote.
    """
    if command.choice not in CHOICES:
        raise Unknown("unknown-choice", choice=command.choice, known=", ".join(CHOICES))
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    task = _vote_task(draft, line, command.seat)
    if task is not None:
        require_seat(draft, task.seat)
    _check_way(draft, rule, command)
    if task is not None and command.way == "electronic":
        _not_too_few(draft, rule, line)
    if task is not None and command.way == "written":
        _in_time(draft, rule, command, task)
    must_be_open(draft, line)
    require_entry_right(draft)
    draft.stop_if_refused()
    if task is not None and rule.secret and command.way == "electronic":
        cast_secretly(draft, line, task)
    elif task is not None:
        data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
        private = {**private_parts(draft), "choice": command.choice}
        draft.record("cast", {**data, "way": command.way, **entered_data(draft)}, private)
        draft.votes.append(Vote(draft.n, line.round_id, task.seat, command.choice, command.way))
        draft.end_task(task, "done", "voted")


def _check_way(draft: Draft, rule: RoundRule, command: Cast) -> None:
    if command.way not in rule.ways or command.way in ("paper", "show_of_hands"):
        draft.refuse("way-not-allowed", way=command.way, ways=", ".join(rule.ways))
    if rule.secret:
        check_secret(draft, rule, command)
    if draft.by.for_ is not None and command.way == "electronic" and not stands_in(draft):
        draft.refuse("vote-in-person", decider=draft.by.decider)


def _not_too_few(draft: Draft, rule: RoundRule, line: Line) -> None:
    left = len(entitled(draft, line))
    if too_few(rule, left):
        ways = ", ".join(way for way in rule.ways if way != "electronic") or "-"
        draft.refuse("secret-too-few", round=rule.name, voters=left, fewest=FEWEST, ways=ways)


def _in_time(draft: Draft, rule: RoundRule, command: Cast, task: Task) -> None:
    given = command.happened_at if draft.by.for_ is not None else None
    on = draft.today if given is None else draft.rules.calendar.legal_date(given)
    if rule.written_until_due and task.due_on is not None and on > task.due_on:
        draft.refuse("written-too-late", until=task.due_on.isoformat(), seat=task.seat)


def _vote_task(draft: Draft, line: Line, seat: str | None) -> Task | None:
    votes = {t.seat: t for t in entitled(draft, line)}
    mine = seats_of(draft, votes) if seat is None else [seat]
    if not mine or mine[0] not in votes:
        draft.refuse("not-a-member", actor=draft.by.decider, round=line.name)
        return None
    if seat is not None and not seats_of(draft, mine):
        draft.refuse("not-your-seat", seat=mine[0], actor=draft.by.decider)
    task = votes[mine[0]]
    if task.status == "done":
        draft.refuse("voted-already", seat=task.seat, round=line.name)
    return task


def voters(draft: Draft, line: Line) -> list[Task]:
    """The vote of every seat that was on the roll when the ballot opened."""
    return [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "vote"]


def entitled(draft: Draft, line: Line) -> list[Task]:
    """The votes that may be given: those of members who stepped back are left out."""
    return [task for task in voters(draft, line) if task.outcome != "recused"]


def waits_until(draft: Draft, rule: RoundRule, tasks: Iterable[Task]) -> date | None:
    """The last day on which written votes may still come; None when nothing is waited for."""
    if not rule.written_until_due:
        return None
    running = (t.due_on for t in tasks if t.status in ("open", "paused") and t.due_on is not None)
    last = max(running, default=None)
    return last if last is not None and last >= draft.today else None
