"""Units' own days off, where a round counts them: whose due is counted by which days."""

from collections.abc import Mapping
from datetime import date

from thidua.workflow.calendar import Calendar
from thidua.workflow.person import Seat
from thidua.workflow.procedure import DueRule

Closures = Mapping[str, tuple[date, ...]]
"""The own days off of the units asked, by unit."""


def counted_by(calendar: Calendar, rule: DueRule | None, seat: str, closures: Closures) -> Calendar:
    """The calendar that a seat's due is counted by: without its unit's own days off, if the rule
    says so. Ladders and what is in the post go by the office's own days.
    """
    if rule is None or not rule.closures:
        return calendar
    return calendar.closing(closures.get(Seat.parse(seat).unit or "", ()))
