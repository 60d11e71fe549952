"""Dues on tasks: when one ends, when the clock looks at it next, how a pause keeps the rest."""

from datetime import date, datetime

from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Task
from thidua.workflow.due import at_least_before, due_on, rung_at
from thidua.workflow.procedure import DueRule, Procedure


def due_date(rule: DueRule, calendar: Calendar, from_on: date, meets_on: date | None) -> date:
    """The legal date on which the rule's time ends, counted from the day after `from_on`.

    A rule "before" a meeting counts back from `meets_on`. Receipt not known yet is taken to be
    `receipt_unknown` after `from_on`.
    """
    if rule.before is not None and meets_on is not None:
        return at_least_before(calendar, meets_on, rule.span)
    start = from_on
    if rule.start == "receipt" and rule.receipt_unknown is not None:
        start = due_on(calendar, from_on, rule.receipt_unknown).on
    return due_on(calendar, start, rule.span).on


def next_rung(
    procedure: Procedure, calendar: Calendar, task: Task, after: datetime
) -> tuple[int, datetime | None]:
    """The first rung of the task's ladder that lies after `after`, and its instant."""
    if task.ladder is None or task.due_on is None:
        return task.rung, None
    rungs = procedure.ladders[task.ladder].rungs
    for number, rung in enumerate(rungs):
        at = rung_at(calendar, task.due_on, rung.offset)
        if number >= task.rung and at > after:
            return number, at
    return len(rungs), None


def until(task: Task, on: date, calendar: Calendar) -> Task:
    """The task with a due at the end of the legal day `on`."""
    return task._replace(due_on=on, due_at=calendar.end_of(on))


def clocked(
    task: Task,
    rule: DueRule | None,
    *,
    procedure: Procedure,
    calendar: Calendar,
    now: datetime,
    meets_on: date | None = None,
) -> Task:
    """The task with the rule's due and its first wake-up; without a rule it has none."""
    if rule is None:
        return task
    on = due_date(rule, calendar, calendar.legal_date(now), meets_on)
    dated = until(task._replace(ladder=rule.ladder), on, calendar)
    return woken(dated, procedure, calendar, now)


def woken(task: Task, procedure: Procedure, calendar: Calendar, after: datetime) -> Task:
    """The task with its next wake-up: an effect's due, or the next rung of the ladder."""
    if task.kind == "effect":
        return task._replace(wake_at=task.due_at)
    rung, wake_at = next_rung(procedure, calendar, task, after)
    return task._replace(rung=rung, wake_at=wake_at)


def stopped(task: Task, calendar: Calendar, today: date) -> Task:
    """The task paused: the working days it had left are kept, negative when it was late."""
    left = calendar.between(today, task.due_on) if task.due_on else None
    return task._replace(status="paused", left=left, wake_at=None)


def resumed(task: Task, procedure: Procedure, calendar: Calendar, now: datetime) -> Task:
    """The task running on with what it had left; one that was late keeps its old due."""
    open_again = task._replace(status="open", left=None)
    if task.left is None or task.due_on is None:
        return open_again
    if task.left >= 0:
        on = calendar.add(calendar.legal_date(now), task.left)
        open_again = until(open_again, calendar.roll(on).on, calendar)
    return woken(open_again, procedure, calendar, now)
