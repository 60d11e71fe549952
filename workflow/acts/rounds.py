"""A round for one dossier: opened by a state, complete by its rule, closed once."""

from thidua.workflow.acts.notices import tell_asked
from thidua.workflow.change import RoundOpened
from thidua.workflow.dossier import Line, Task, TaskKind
from thidua.workflow.draft import Draft
from thidua.workflow.dues import Due, clocked, in_transit, until, woken
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
    seats = [seat for seat in map(str, opening.seats) if seat not in draft.dossier.recused]
    if not seats and rule.kind != "posting":
        _nobody(draft, rule, line)
        return
    pattern = _pattern(draft, rule, opening)
    if seats:
        _ask(draft, rule, pattern, seats)
    expect_end(draft, rule, line, pattern)


def _pattern(draft: Draft, rule: RoundRule, opening: Opening) -> Task:
    """What every seat of the round is asked, all with the same due."""
    kind: TaskKind = "vote" if rule.kind == "ballot" else "ask"
    return clocked(
        Task(0, kind, rule.name, "", 0, round_id=opening.round_id),
        rule.due,
        procedure=draft.procedure,
        calendar=draft.rules.calendar,
        now=draft.now,
        meets_on=opening.meets_on,
    )


def _ask(draft: Draft, rule: RoundRule, pattern: Task, seats: list[str]) -> None:
    tasks = [draft.open_task(pattern, seat=seat) for seat in seats]
    tell_asked(draft, f"{rule.name}.opened", tasks)


def _nobody(draft: Draft, rule: RoundRule, line: Line) -> None:
    if rule.ask is not None and rule.ask.if_none == "skip":
        draft.change_line(line, closed_n=draft.n, outcome="nobody_asked")
    else:
        draft.refuse("nobody-to-ask", round=rule.name)


def expect_end(draft: Draft, rule: RoundRule, line: Line, asked: Task) -> None:
    """Have the clock close the round once the due of `asked` and what is in the post then are past.

    A close that it waits for already is put later, never earlier.
    """
    if not rule.close.at_due or rule.silence == "wait" or asked.due_on is None:
        return
    transit = rule.close.transit
    if transit is None:
        due = Due(asked.due_on, draft.rules.calendar.end_of(asked.due_on), asked.reckoned)
    else:
        due = in_transit(asked, transit, draft.rules.calendar)
    waiting = draft.open_tasks("effect", round_id=line.round_id)
    if not waiting:
        task = Task(0, "effect", f"close:{rule.name}", "engine", 0, round_id=line.round_id)
        draft.open_task(_due_then(draft, task, due))
    for task in waiting:
        if task.due_on is not None and task.due_on < due.on:
            later = _due_then(draft, task, due)
            draft.change_task(
                task, due_on=due.on, due_at=due.at, reckoned=due.reckoned, wake_at=later.wake_at
            )


def _due_then(draft: Draft, task: Task, due: Due) -> Task:
    return woken(until(task, due), draft.procedure, draft.rules.calendar, draft.now)


def close_complete_rounds(draft: Draft) -> None:
    """Close every consultation whose rule is met by the answers that are in."""
    for line in list(draft.lines.values()):
        rule = draft.procedure.rounds[line.name]
        if line.closed_n is None and rule.ask and _complete(draft, rule.close, line):
            close_line(draft, line, "answered")


def _complete(draft: Draft, close: Close, line: Line) -> bool:
    asked = [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "ask"]
    # A silent seat of a round that was closed and asks others again is not waited for.
    counted = [t for t in asked if t.status not in ("cancelled", "expired")]
    done = [t for t in counted if t.status == "done"]
    if (close.all_answered or close.units) and len(done) == len(counted):
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
