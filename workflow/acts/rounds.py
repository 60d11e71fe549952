"""A round for one dossier: opened by a state, complete by its rule, closed once."""

from datetime import date

from thidua.workflow.acts.closures import counted_by
from thidua.workflow.acts.notices import tell_asked
from thidua.workflow.acts.recusal import without_away, without_tied
from thidua.workflow.calendar import Calendar
from thidua.workflow.change import RoundOpened
from thidua.workflow.dossier import Line, Task, TaskKind
from thidua.workflow.draft import Draft
from thidua.workflow.dues import Due, clocked, in_transit, until, woken
from thidua.workflow.errors import Reason, reason
from thidua.workflow.procedure import Close, RoundRule
from thidua.workflow.secrecy import FEWEST, too_few
from thidua.workflow.view import Opening

SILENT = ("no_reply", "not_sent")
"""What is recorded of a seat that has not answered: asked in vain, or never reached."""


def open_round(draft: Draft, name: str, *, only: list[str] | None = None) -> None:
    """Join or open the round for this dossier and ask its seats, or `only` some.

    Noted as refused when nobody is to be asked and the procedure says that this may not be.
    """
    rule, opening = draft.procedure.rounds[name], draft.view.openings.get(name)
    if opening is None:
        draft.refuse("meeting-missing", round=name)
        return
    if not opening.running:
        row = RoundOpened(opening.round_id, opening.gathered, opening.seq, name, opening.meeting)
        draft.rounds.append(row)
    line = Line(opening.round_id, name, draft.n, meeting=opening.meeting)
    draft.open_line(line)
    asked = [str(seat) for seat in opening.seats] if only is None else only
    seats = without_away(draft, asked)
    if rule.kind == "ballot":
        seats = without_tied(draft, opening, seats)
    if not seats and rule.kind != "posting":
        _nobody(draft, rule, line, opening)
        return
    if rule.ways == ("electronic",) and too_few(rule, len(seats)):
        draft.refuse("secret-too-few", round=name, voters=len(seats), fewest=FEWEST, ways="-")
    if opening.vacant:
        draft.refuse("nobody-to-ask", round=name, roles=", ".join(opening.vacant))
    pattern = _in_time(draft, rule, opening, _pattern(draft, rule, opening))
    tasks = _ask(draft, rule, opening, pattern, seats) if seats else [pattern]
    expect_end(draft, rule, line, max(tasks, key=_ends_on))


def _ends_on(task: Task) -> date:
    return task.due_on or date.min


def _pattern(draft: Draft, rule: RoundRule, opening: Opening, own: Calendar | None = None) -> Task:
    """What every seat of the round is asked, with the same due but for its `own` days off."""
    kind: TaskKind = "vote" if rule.kind == "ballot" else "ask"
    return clocked(
        Task(0, kind, rule.name, "", 0, round_id=opening.round_id),
        rule.due,
        procedure=draft.procedure,
        calendar=own or draft.rules.calendar,
        now=draft.now,
        dossier=draft.dossier,
        meets_on=opening.meets_on,
    )


def _in_time(draft: Draft, rule: RoundRule, opening: Opening, asked: Task) -> Task:
    """What is asked, noted as refused where the time that the rule wants before the meeting is
    over and the act may name a later one. A ballot repeated at its own meeting has no due by then.
    """
    late = asked.due_on is not None and asked.due_on < draft.today
    if not late or rule.due is None or not rule.due.before or opening.meets_on is None:
        return asked
    if not hasattr(draft.command, "meeting"):
        return asked._replace(due_on=None, due_at=None, reckoned=None, wake_at=None)
    draft.refuse(
        "meeting-too-soon", round=rule.name, meets_on=opening.meets_on.isoformat(),
        span=str(rule.due.span), due=asked.due_on.isoformat() if asked.due_on else None,
    )  # fmt: skip
    return asked


def _ask(
    draft: Draft, rule: RoundRule, opening: Opening, pattern: Task, seats: list[str]
) -> list[Task]:
    tasks = [draft.open_task(_its(draft, rule, opening, pattern, s), seat=s) for s in seats]
    tell_asked(draft, f"{rule.name}.opened", tasks)
    return tasks


def _its(draft: Draft, rule: RoundRule, opening: Opening, pattern: Task, seat: str) -> Task:
    calendar = draft.rules.calendar
    own = counted_by(calendar, rule.due, seat, draft.view.closures)
    return pattern if own is calendar else _pattern(draft, rule, opening, own)


def _nobody(draft: Draft, rule: RoundRule, line: Line, opening: Opening) -> None:
    skips = bool(rule.asks) and all(ask.if_none == "skip" for ask in rule.asks)
    if opening.unneeded or (skips and not opening.vacant):
        draft.change_line(line, closed_n=draft.n, outcome="nobody_asked")
    elif rule.kind == "ballot":
        draft.refuse("council-empty", round=rule.name)
    else:
        roles = opening.vacant or tuple(ask.role for ask in rule.asks)
        draft.refuse("nobody-to-ask", round=rule.name, roles=", ".join(dict.fromkeys(roles)))


def expect_end(draft: Draft, rule: RoundRule, line: Line, asked: Task) -> None:
    """Have the clock close the round once the due of `asked` and what is in the post then are past.

    A close that it waits for already is put later, never earlier.
    """
    if not rule.close.at_due or rule.silence == "wait" or asked.due_on is None:
        return
    due = closing_due(asked, rule, draft.rules.calendar)
    waiting = draft.open_tasks("effect", round_id=line.round_id)
    if not waiting:
        task = Task(0, "effect", f"close:{rule.name}", "engine", 0, round_id=line.round_id)
        draft.open_task(_due_then(draft, task, due))
    for task in waiting:
        if task.due_on is not None and task.due_on < due.on:
            _put_later(draft, task, due)


def _put_later(draft: Draft, task: Task, due: Due) -> None:
    later = _due_then(draft, task, due)
    if task.status == "paused":  # for a question that is open: what is left grows
        left = draft.rules.calendar.between(draft.today, due.on)
        later = later._replace(left=left, wake_at=None)
    draft.change_task(
        task, due_on=due.on, due_at=due.at, reckoned=due.reckoned, left=later.left,
        wake_at=later.wake_at,
    )  # fmt: skip


def closing_due(asked: Task, rule: RoundRule, calendar: Calendar) -> Due:
    """When a round ends whose last seat is due as `asked` is: then, and what is in the post."""
    assert asked.due_on is not None
    if rule.close.transit is None:
        return Due(asked.due_on, calendar.end_of(asked.due_on), asked.reckoned)
    return in_transit(asked, rule.close.transit, calendar)


def _due_then(draft: Draft, task: Task, due: Due) -> Task:
    return woken(until(task, due), draft.procedure, draft.rules.calendar, draft.now)


def close_complete_rounds(draft: Draft) -> None:
    """Close every consultation whose rule is met by the answers that are in, and every posting
    whose due has passed and whose proof has come since.
    """
    for line in list(draft.lines.values()):
        if line.closed_n is not None:
            continue
        rule = draft.procedure.rounds[line.name]
        if rule.ask and _complete(draft, rule.close, line):
            close_line(draft, line, "answered" if has_answer(draft, line) else "excused")
        elif rule.proof is not None and _waits_for_proof(draft, line) and not unproved(draft, rule):
            close_line(draft, line, "expired")


def has_answer(draft: Draft, line: Line) -> bool:
    """Whether anybody who was asked in the round has answered."""
    asked = (t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "ask")
    return any(task.status == "done" for task in asked)


def _waits_for_proof(draft: Draft, line: Line) -> bool:
    ends = draft.open_tasks("effect", round_id=line.round_id)
    return any(end.outcome == "blocked" for end in ends)


def unproved(draft: Draft, rule: RoundRule) -> list[Reason]:
    """That the document is missing which shows that a list was posted.

    0.1.0 took the word "required" for a proof and asked for none: its procedures go on so.
    """
    kind = draft.procedure.documents.get(rule.proof or "")
    if kind is None or any(paper.kind == kind.name for paper in draft.documents):
        return []
    return [reason("proof-missing", round=rule.name, kind=kind.name, label=dict(kind.label))]


def _complete(draft: Draft, close: Close, line: Line) -> bool:
    asked = [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "ask"]
    # A silent seat of a round that was closed and asks others again is not waited for.
    counted = [t for t in asked if t.status not in ("cancelled", "expired")]
    done = [t for t in counted if t.status == "done"]
    if (close.all_answered or close.units or close.answers) and len(done) == len(counted):
        return True
    if close.share is not None and len(done) >= close.share * len(counted):
        return True
    if close.answers is not None and len(done) >= close.answers:
        return True
    return bool(close.units) and _named_and_more(close, excused=_units(asked, counted), done=done)


def _units(asked: list[Task], counted: list[Task]) -> set[str]:
    """The units that were asked and are not waited for any more."""
    return {_unit(task) for task in asked} - {_unit(task) for task in counted}


def _unit(task: Task) -> str:
    return task.seat.partition("@")[2]


def _named_and_more(close: Close, *, excused: set[str], done: list[Task]) -> bool:
    answered = [_unit(task) for task in done]
    others = [unit for unit in answered if unit not in close.units]
    return set(close.units) - excused <= set(answered) and len(others) >= close.plus


def close_line(draft: Draft, line: Line, outcome: str, cause: int | None = None) -> None:
    """End the round for this dossier as a fact of its own; who has not answered is recorded."""
    data = {"round": line.name, "round_id": line.round_id, "outcome": outcome}
    more = {**unsent_data(draft, line), "by": "engine", "cause": cause or draft.n}
    draft.record("close_round", {**data, **more})
    end_line_tasks(draft, line, "expired", "no_reply")
    draft.change_line(line, closed_n=draft.n, outcome=outcome)


def unsent_data(draft: Draft, line: Line) -> dict[str, list[str]]:
    """For the record: the seats whose request has not gone out when a round closes."""
    seats = [t.seat for t in draft.open_tasks("ask", round_id=line.round_id) if _unsent(draft, t)]
    return {"unsent": seats} if seats else {}


def _unsent(draft: Draft, task: Task) -> bool:
    return task.kind == "ask" and task.n in draft.view.unsent


def end_line_tasks(draft: Draft, line: Line, status: str, outcome: str) -> None:
    """End what is still open of a round: the asked as `status`, the clock's effect cancelled.

    Nobody is called silent to whom the request was not sent.
    """
    for task in draft.open_tasks(round_id=line.round_id):
        if task.kind in ("effect", "desk"):
            draft.end_task(task, "cancelled", None)
        else:
            vain = outcome == "no_reply" and _unsent(draft, task)
            draft.end_task(task, status, "not_sent" if vain else outcome)
