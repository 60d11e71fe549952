"""Dues on tasks: when one ends, when the clock looks at it next, how a pause keeps the rest."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Task
from thidua.workflow.due import Computed, Span, rung_at
from thidua.workflow.procedure import DueRule, Procedure
from thidua.workflow.reckoning import Reckoning, edition


class Due(NamedTuple):
    """The legal date that ends a time, its instant, and how it came about (see `Reckoning`)."""

    on: date
    at: datetime
    reckoned: str | None


@lru_cache(maxsize=256)
def due_of(rule: DueRule, calendar: Calendar, from_on: date, meets_on: date | None = None) -> Due:
    """The rule's due, counted from the day after `from_on`.

    A rule "before" a meeting counts back from `meets_on`. Receipt not known yet is taken to be
    `receipt_unknown` after `from_on`. Kept: a season's dossiers ask for the same one all day.
    """
    counting = Reckoning(calendar=edition(calendar), span=rule.span, from_on=from_on)
    if rule.before is not None and meets_on is not None:
        counting = replace(counting, start="meeting", from_on=meets_on, before=True)
    else:
        after = rule.receipt_unknown if rule.start == "receipt" else None
        counting = replace(counting, start=rule.start, after=after)
    computed = counting.computed(calendar)
    assert computed is not None
    return _due(counting, computed, calendar)


def set_by_hand(on: date, calendar: Calendar) -> Due:
    """A due that a person sets: the day itself, or the next working day when it is off."""
    rolled = calendar.roll(on)
    counting = Reckoning(calendar=edition(calendar), start="extension", until_on=rolled.on)
    return _due(counting, Computed(rolled.on, rolled.moved_by), calendar)


def in_transit(task: Task, transit: Span, calendar: Calendar) -> Due:
    """The task's due, and what is in the post then: `transit` later."""
    assert task.due_on is not None
    if task.reckoned is None:
        counting = Reckoning(calendar=edition(calendar), start="due", until_on=task.due_on)
    else:
        counting = Reckoning.parse(task.reckoned)
    counting = replace(counting, transit=transit)
    computed = counting.computed(calendar)
    assert computed is not None
    return _due(counting, computed, calendar)


def _due(counting: Reckoning, computed: Computed, calendar: Calendar) -> Due:
    told = counting.told(computed, calendar)
    return Due(computed.on, calendar.end_of(computed.on), told.text())


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


def until(task: Task, due: Due) -> Task:
    """The task with this due."""
    return task._replace(due_on=due.on, due_at=due.at, reckoned=due.reckoned)


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
    due = due_of(rule, calendar, calendar.legal_date(now), meets_on)
    dated = until(task._replace(ladder=rule.ladder), due)
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
        open_again = until(open_again, _resumed(task.left, calendar, now))
    return woken(open_again, procedure, calendar, now)


def _resumed(left: int, calendar: Calendar, now: datetime) -> Due:
    today = calendar.legal_date(now)
    counting = Reckoning(calendar=edition(calendar), start="resumed", from_on=today, left=left)
    computed = counting.computed(calendar)
    assert computed is not None
    return _due(counting, computed, calendar)
