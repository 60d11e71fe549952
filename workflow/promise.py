"""What a seat has promised: until the day it named, its ladder is quiet."""

from datetime import date, datetime

from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Task

PROMISED = "promised:"


def as_outcome(until_on: date) -> str:
    """What a running task has come to when its answer was promised for `until_on`."""
    return f"{PROMISED}{until_on.isoformat()}"


def promised_until(outcome: str | None) -> date | None:
    """The legal date that an outcome names; None for any other outcome.

    >>> promised_until("promised:2018-05-10")
    datetime.date(2018, 5, 10)
    """
    if outcome is None or not outcome.startswith(PROMISED):
        return None
    return date.fromisoformat(outcome.removeprefix(PROMISED))


def over_at(task: Task, calendar: Calendar) -> datetime | None:
    """When a promise that was not kept is over: at the start of the next working day."""
    until_on = promised_until(task.outcome)
    return None if until_on is None else calendar.start_of_work(calendar.add(until_on, 1))
