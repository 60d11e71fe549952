"""A round for one dossier: opened by a state, complete by its rule, closed once."""

from dataclasses import replace
from datetime import date

from thidua.workflow.acts.notices import tell_asked
from thidua.workflow.change import RoundOpened
from thidua.workflow.dossier import Line, Task, TaskKind
from thidua.workflow.draft import Draft
from thidua.workflow.due import due_on
from thidua.workflow.dues import clocked, due_date, until, woken
from thidua.workflow.procedure import Close, RoundRule
from thidua.workflow.view import Opening


def open_round(draft: Draft, name: str) -> None:
    """Join or open the round for this dossier and ask its seats.

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
    asked = _ask(draft, rule, opening) if opening.seats else None
    if asked is None and rule.kind != "posting":
        _nobody(draft, rule, line)
    else:
        _expect_end(draft, rule, opening, asked.due_on if asked else None)


def _ask(draft: Draft, rule: RoundRule, opening: Opening) -> Task:
    """One task a seat, all with the same due; the pattern they were made from."""
    kind: TaskKind = "vote" if rule.kind == "ballot" else "ask"
    pattern = clocked(
        Task(0, kind, rule.name, "", 0, round_id=opening.round_id),
        rule.due,
        procedure=draft.procedure,
        calendar=draft.rules.calendar,
        now=draft.now,
        meets_on=opening.meets_on,
    )
    for seat in opening.seats:
        task = draft.open_task(replace(pattern, seat=str(seat)))
        tell_asked(draft, f"{rule.name}.opened", task)
    return pattern


def _nobody(draft: Draft, rule: RoundRule, line: Line) -> None:
    if rule.ask is not None and rule.ask.if_none == "skip":
        draft.change_line(line, closed_n=draft.n, outcome="nobody_asked")
    else:
        draft.refuse("nobody-to-ask", round=rule.name)


def _expect_end(draft: Draft, rule: RoundRule, opening: Opening, on: date | None) -> None:
    if not rule.close.at_due or rule.silence == "wait" or rule.due is None:
        return
    calendar = draft.rules.calendar
    end = on or due_date(rule.due, calendar, draft.today, opening.meets_on)
    if rule.close.transit is not None:
        end = due_on(calendar, end, rule.close.transit).on
    task = Task(0, "effect", f"close:{rule.name}", "engine", 0, round_id=opening.round_id)
    draft.open_task(woken(until(task, end, calendar), draft.procedure, calendar, draft.now))


def close_complete_rounds(draft: Draft) -> None:
    """Close every consultation whose rule is met by the answers that are in."""
    for line in list(draft.lines.values()):
        rule = draft.procedure.rounds[line.name]
        if line.closed_n is None and rule.ask and _complete(draft, rule.close, line):
            close_line(draft, line, "answered")


def _complete(draft: Draft, close: Close, line: Line) -> bool:
    asked = [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "ask"]
    counted = [t for t in asked if t.status != "cancelled"]
    done = [t for t in counted if t.status == "done"]
    if close.all_answered and len(done) == len(counted):
        return True
    if close.share is not None and len(done) >= close.share * len(counted):
        return True
    return bool(close.units) and _named_and_more(close, [t.seat.partition("@")[2] for t in done])


def _named_and_more(close: Close, answered: list[str]) -> bool:
    others = [unit for unit in answered if unit not in close.units]
    return set(close.units) <= set(answered) and len(others) >= close.plus


def close_line(draft: Draft, line: Line, outcome: str, cause: int | None = None) -> None:
    """End the round for this dossier as a fact of its own; who has not answered is recorded."""
    data = {"round": line.name, "round_id": line.round_id, "outcome": outcome}
    draft.record("close_round", {**data, "by": "engine", "cause": cause or draft.n})
    end_line_tasks(draft, line, "expired", "no_reply")
    draft.change_line(line, closed_n=draft.n, outcome=outcome)


def end_line_tasks(draft: Draft, line: Line, status: str, outcome: str) -> None:
    """End what is still open of a round: the asked as `status`, the clock's effect cancelled."""
    for task in draft.open_tasks(round_id=line.round_id):
        if task.kind == "effect":
            draft.end_task(task, "cancelled", None)
        else:
            draft.end_task(task, status, outcome)
