"""A second reckoning of dues, day by day, written from the Civil Code 2015, articles 147 and 148.

It shares nothing with the product, not even the reading of the table of days: whoever changes one
must not change the other with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
MONTHS = {"months": 1, "years": 12}
EAST = timedelta(hours=7)
"""Hà Nội is seven hours ahead of UTC, all year, since 1975."""


@dataclass(frozen=True, slots=True)
class Oracle:
    """Days off that are no Saturday or Sunday by themselves, and days worked although they are."""

    off: frozenset[date]
    worked: frozenset[date]

    @classmethod
    def of_rows(cls, lines: Iterable[str]) -> "Oracle":
        """Read the rows of the shipped table: a date, and "off" or "work"."""
        rows = [line.split(",", 2)[:2] for line in lines if line[:2] == "20"]
        off = frozenset(date.fromisoformat(on) for on, kind in rows if kind == "off")
        worked = frozenset(date.fromisoformat(on) for on, kind in rows if kind == "work")
        return cls(off, worked)

    def open(self, on: date) -> bool:
        """Whether the office is open."""
        return on in self.worked or not (on.isoweekday() in (6, 7) or on in self.off)

    def next_open(self, on: date) -> date:
        """Article 148 paragraph 5: an end on a day off is put to the end of the next open day."""
        while not self.open(on):
            on += DAY
        return on

    def last_open(self, on: date) -> date:
        """The day, or the open day before it."""
        while not self.open(on):
            on -= DAY
        return on

    def end(self, event: date, count: int, unit: str) -> date:
        """The last day of a time after an event, whose own day is not counted (147 (2))."""
        if unit == "working days":
            return self.steps(event, count)
        if unit == "calendar days":
            on = event
            for _ in range(count):
                on += DAY
            return self.next_open(on)
        return self.next_open(_same_number(event, count * MONTHS[unit]))

    def steps(self, on: date, count: int) -> date:
        """So many open days on, or back."""
        way = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            on += way
            if self.open(on):
                left -= 1
        return on

    def begin(self, event: date, count: int, unit: str) -> date:
        """The last open day after which the whole time is over before the day of the event."""
        on = event - DAY
        while not (self.open(on) and self.end(on, count, unit) < event):
            on -= DAY
        return on

    def left(self, now: date, due: date) -> int:
        """Open days after `now` up to the due; open days from the due on, negative, when late."""
        if due >= now:
            return sum(1 for on in _between(now + DAY, due) if self.open(on))
        return -sum(1 for on in _between(due, now - DAY) if self.open(on))


def _between(first: date, last: date) -> Iterable[date]:
    while first <= last:
        yield first
        first += DAY


def _same_number(event: date, months: int) -> date:
    """148 (4): the day of the same number so many months on, or the month's last."""
    on, firsts = event, 0
    while firsts < months:
        on += DAY
        firsts += on.day == 1
    while on.day != event.day and (on + DAY).day != 1:
        on += DAY
    return on


def yearly(month: int, day: int, year: int) -> date:
    """That day of the year; 29 February falls on the 28th in most years."""
    on = date(year, 1, 1)
    while on.month != month:
        on += DAY
    while on.day != day and (on + DAY).month == month:
        on += DAY
    return on


def local_date(at: datetime) -> date:
    """The date in Hà Nội."""
    return (at + EAST).date()


def over_at(on: date) -> datetime:
    """The instant in UTC, without saying so, at which the day is over in Hà Nội."""
    return datetime(on.year, on.month, on.day) + DAY - EAST  # noqa: DTZ001 -- all of them are UTC


Counter = Callable[[Oracle, datetime, int], date]
"""Counts so many working days from an instant, wrongly."""


def _holiday_ignored(_oracle: Oracle, at: datetime, count: int) -> date:
    return Oracle(frozenset(), frozenset()).steps(local_date(at), count)


def _before_hours(oracle: Oracle, at: datetime, count: int) -> date:
    on = local_date(at)
    early = (at + EAST).hour < 8 and oracle.open(on)
    return oracle.steps(on, count - 1) if early and count > 1 else oracle.steps(on, count)


def _after_hours(oracle: Oracle, at: datetime, count: int) -> date:
    on = local_date(at)
    late = (at + EAST).hour >= 17
    return oracle.steps(oracle.steps(on, 1) if late else on, count)


def _day_of_hours(oracle: Oracle, at: datetime, count: int) -> date:
    """Twenty-four hours a day: an evening's event in UTC is the day before's."""
    on = at.date()
    return oracle.steps(on, count)


BUGS: dict[str, Counter] = {
    "holiday ignored": _holiday_ignored,
    "start before hours": _before_hours,
    "start after hours": _after_hours,
    "a day read as 24 hours": _day_of_hours,
}
"""The four known bugs of business calendars. The cases have to tell each from what is right."""
