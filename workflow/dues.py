"""Dues on tasks: when one ends, when the clock looks at it next, how a pause keeps the rest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Dossier, Task, altered
from thidua.workflow.due import Fixed, Span, rung_at
from thidua.workflow.procedure import DueRule, Procedure
from thidua.workflow.promise import over_at
from thidua.workflow.reckoning import Reckoning, edition


class Due(NamedTuple):
    """The legal date that ends a time, its instant, and how it came about (see `Reckoning`)."""

    on: date
    at: datetime
    reckoned: str | None


class Origin(NamedTuple):
    """The day a rule counts from; None when it counts back from a day that nobody knows yet."""

    on: date | None
    presumed: bool = False


def origin(rule: DueRule, dossier: Dossier, event_on: date, meets_on: date | None = None) -> Origin:
    """Where the rule's time begins for the dossier, when the event is that of `event_on`.

    What the dossier does not tell, its receipt or the date of a field, is presumed to be the day
    of the event until it is known.
    """
    if rule.before is not None:
        field = rule.field
        return Origin(meets_on if field is None else day_in(dossier.fields, field, first=True))
    if rule.field is not None:
        known = day_in(dossier.fields, rule.field)
    elif rule.start == "receipt" and rule.receipt_unknown is None:
        known = dossier.received_on
    else:
        return Origin(event_on)
    return Origin(known or event_on, presumed=known is None)


def day_in(fields: Mapping[str, str], name: str, *, first: bool = False) -> date | None:
    """The date in a field, the last or the `first` of a period; None where there is none."""
    text = fields.get(name)
    return None if not text else date.fromisoformat(text.split("/")[0 if first else -1])


@lru_cache(maxsize=256)
def due_of(rule: DueRule, calendar: Calendar, start: Origin) -> Due | None:
    """The rule's due from `start`, whose day is not counted. None while there is nothing to
    count back from. Kept: a season's dossiers ask for the same one all day.
    """
    if start.on is None:
        return None
    after = rule.receipt_unknown if rule.start == "receipt" else None
    back, span = rule.before is not None, rule.span
    what = rule.start if rule.before is None else rule.field or "meeting"
    counting = Reckoning(
        calendar=edition(calendar), start=what, from_on=start.on, before=back,
        span=span if isinstance(span, Span) else None,
        fixed=span if isinstance(span, Fixed) else None,
        presumed=start.presumed, after=after,
    )  # fmt: skip
    return due_from(counting, calendar)


def set_by_hand(on: date, calendar: Calendar) -> Due:
    """A due that a person sets: the day itself, or the next working day when it is off."""
    rolled = calendar.roll(on)
    told = Reckoning(
        calendar=edition(calendar), start="extension", until_on=rolled.on, moved_by=rolled.moved_by
    )
    return Due(rolled.on, calendar.end_of(rolled.on), told.text())


def in_transit(task: Task, transit: Span, calendar: Calendar) -> Due:
    """The task's due, and what is in the post then: `transit` later."""
    assert task.due_on is not None
    if task.reckoned is None:
        counting = Reckoning(calendar=edition(calendar), start="due", until_on=task.due_on)
    else:
        counting = Reckoning.parse(task.reckoned)
    return due_from(replace(counting, transit=transit), calendar)


def due_from(counting: Reckoning, calendar: Calendar) -> Due:
    """The due that a reckoning comes to; not for a date set by hand."""
    computed = counting.computed(calendar)
    assert computed is not None
    told = counting.told(computed, calendar)
    return Due(computed.on, calendar.end_of(computed.on), told.text())


def next_rung(
    procedure: Procedure, calendar: Calendar, task: Task, after: datetime
) -> tuple[int, datetime | None]:
    """The first rung of the task's ladder that lies after `after`, and its instant.

    While an answer is promised none is told: the clock looks again when the promise is over.
    """
    if task.ladder is None or task.due_on is None:
        return task.rung, None
    if (over := over_at(task, calendar)) is not None and over > after:
        return task.rung, over
    rungs = procedure.ladders[task.ladder].rungs
    for number, rung in enumerate(rungs):
        at = rung_at(calendar, task.due_on, rung.offset)
        if number >= task.rung and at > after:
            return number, at
    return len(rungs), None


def until(task: Task, due: Due) -> Task:
    """The task with this due."""
    return altered(task, due_on=due.on, due_at=due.at, reckoned=due.reckoned)


def clocked(
    task: Task,
    rule: DueRule | None,
    *,
    procedure: Procedure,
    calendar: Calendar,
    now: datetime,
    dossier: Dossier,
    meets_on: date | None = None,
) -> Task:
    """The task with the rule's due and its first wake-up; without a rule it has none.

    A unit's own days off count for its due; its ladder goes by the office's calendar.
    """
    if rule is None:
        return task
    start = origin(rule, dossier, calendar.legal_date(now), meets_on)
    due, task = due_of(rule, calendar, start), altered(task, ladder=rule.ladder)
    if due is None:
        return task
    dated = woken(until(task, due), procedure, calendar.office, now)
    # A due that is over as it begins is told at once; its rungs before that were never due.
    over = dated.ladder is not None and dated.due_at is not None and dated.due_at <= now
    return altered(dated, wake_at=now) if over else dated


def rule_of(procedure: Procedure, task: Task, state: str) -> DueRule | None:
    """The rule that a running task of a dossier in `state` got its due from."""
    if task.kind in ("ask", "vote"):
        return procedure.rounds[task.what].due
    if task.kind == "span":
        return procedure.spans[task.what].due
    if task.what == "supplement":
        return procedure.may["return"].due
    return procedure.states[state].due if task.what in (state, _effect(procedure, state)) else None


def _effect(procedure: Procedure, state: str) -> str:
    due = procedure.states[state].due
    return "" if due is None else f"fire:{due.then}"


def woken(task: Task, procedure: Procedure, calendar: Calendar, after: datetime) -> Task:
    """The task with its next wake-up: an effect's due, or the next rung of the ladder."""
    if task.kind == "effect":
        return altered(task, wake_at=task.due_at)
    rung, wake_at = next_rung(procedure, calendar, task, after)
    return altered(task, rung=rung, wake_at=wake_at)


def stopped(task: Task, calendar: Calendar, today: date) -> Task:
    """The task paused: the working days it had left are kept, negative when it was late."""
    left = calendar.between(today, task.due_on) if task.due_on else None
    return altered(task, status="paused", left=left, wake_at=None)


def resumed(task: Task, procedure: Procedure, calendar: Calendar, now: datetime) -> Task:
    """The task running on with what it had left; one that was late keeps its old due."""
    open_again = altered(task, status="open", left=None)
    if task.left is None or task.due_on is None:
        return open_again
    if task.left >= 0:
        open_again = until(open_again, _resumed(task.left, calendar, now))
    return woken(open_again, procedure, calendar.office, now)


def _resumed(left: int, calendar: Calendar, now: datetime) -> Due:
    today = calendar.legal_date(now)
    counting = Reckoning(calendar=edition(calendar), start="resumed", from_on=today, left=left)
    return due_from(counting, calendar)
