"""Dues as lists show them: the working days left, and how pressing that is."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.rules import rules_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SOON = 2
"""Working days left from which a due is shown as near."""

LATE: Words = ("quá {days} ngày", "{days} late")
LAST: Words = ("hôm nay", "today")
LEFT: Words = ("còn {days} ngày", "{days} left")


def days_left(call: Call, db: "Connection", procedure_hash: str, due_on: str | None) -> int | None:
    """Working days until the due, 0 on its day, negative after it; None where none is known."""
    from thidua.workflow.calendar import NoCalendar
    from thidua.workflow.due import remaining

    if due_on is None:
        return None
    calendar = rules_of(call, db, procedure_hash).calendar
    try:
        return remaining(calendar, call.today, date.fromisoformat(due_on))
    except NoCalendar:
        return None


def told_left(left: int | None, lang: str) -> str:
    """The days left in words."""
    if left is None:
        return ""
    if left == 0:
        return pick(LAST, lang)
    return pick(LATE if left < 0 else LEFT, lang, days=abs(left))


def pressing(row: Mapping[str, Any]) -> dict[str, Any]:
    """The colour of a due."""
    left = row.get("days_left")
    if left is None or left > SOON:
        return {}
    return {"fg": "red", "bold": True} if left < 0 else {"fg": "yellow"}
