"""Times allowed, as procedures write them, and the legal dates and instants they end on."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Self, cast

from thidua.workflow.calendar import OPENING_HOUR, Calendar, NoCalendar

Unit = Literal["working days", "calendar days", "months", "years"]

_LEAP = 2000
_SPAN = re.compile(r"([1-9][0-9]{0,3}) (working day|calendar day|month|year)s?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_OFFSET = re.compile(r"([1-9][0-9]{0,3}) working days? (before|after)")


@dataclass(frozen=True, slots=True)
class Span:
    """A time allowed, from 1 to 9999 of a unit."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "7 working days", "45 calendar days", "1 month", "2 years"; else `ValueError`."""
        match = _SPAN.fullmatch(text)
        if match is None:
            raise ValueError(
                "expected a time such as '7 working days', '45 calendar days', '1 month' "
                f"or '2 years', found {text!r}"
            )
        return cls(int(match[1]), cast(Unit, match[2] + "s"))

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count > 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that every year has; 29 February is the last of February in other years."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "31 October", "29 February"; else `ValueError`."""
        day, _, name = text.partition(" ")
        if re.fullmatch(r"[1-9][0-9]?", day) and name in _MONTHS:
            month = _MONTHS.index(name) + 1
            if int(day) <= monthrange(_LEAP, month)[1]:
                return cls(month, int(day))
        raise ValueError(f"expected a day such as '31 October', found {text!r}")

    def __str__(self) -> str:
        return f"{self.day} {_MONTHS[self.month - 1]}"

    def of(self, year: int) -> date:
        """The date of that year."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


Year = Literal["next", "same year", "year after"]
"""Which year's day is meant: the next one to come, or by the year of the day counted from."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that stands in the rule: the `day` of which `year`, and whether it `rolls`.

    Whether a fixed date rolls to the next working day is said nowhere in the texts that were
    read, so each rule has to say it.
    """

    day: YearDay
    rolls: bool
    year: Year = "next"


@dataclass(frozen=True, slots=True)
class Offset:
    """A place around a due date, in working days: before it if negative, 0 on the day."""

    working_days: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "5 working days before", "on the day", "2 working days after"; else `ValueError`."""
        if text == "on the day":
            return cls(0)
        match = _OFFSET.fullmatch(text)
        if match is None:
            raise ValueError(
                "expected a place such as '5 working days before', 'on the day' "
                f"or '2 working days after', found {text!r}"
            )
        return cls(int(match[1]) if match[2] == "after" else -int(match[1]))

    def __str__(self) -> str:
        if self.working_days == 0:
            return "on the day"
        side = "after" if self.working_days > 0 else "before"
        return f"{Span(abs(self.working_days), 'working days')} {side}"


@dataclass(frozen=True, slots=True)
class Computed:
    """A due date with its story.

    `moved_by` names the days off that put it later; `clamped` says that the month had no such
    day, so that its last one was taken.
    """

    on: date
    moved_by: tuple[str, ...] = ()
    clamped: bool = False


def due_on(calendar: Calendar, from_on: date, span: Span) -> Computed:
    """The last legal day of `span` after the event on `from_on`, which is not counted.

    Working days are counted one by one. Calendar days, months and years run through, and an end
    on a day off rolls to the next working day; a month or year ends on the day of the same number
    (31 January and 1 month: 28 February, clamped). Always a working day. Civil Code 2015,
    articles 147 and 148. `NoCalendar` when the end is not covered.
    """
    if span.unit == "working days":
        on = calendar.add(from_on, span.count)
        return Computed(on, calendar.skipped(from_on, on))
    if from_on > calendar.last_on:
        raise NoCalendar(year=from_on.year, calendar=calendar.name)
    end, clamped = _later(calendar, from_on, span)
    rolled = calendar.roll(end)
    return Computed(rolled.on, rolled.moved_by, clamped)


def fixed_on(calendar: Calendar, from_on: date, fixed: Fixed) -> Computed:
    """The date that `fixed` means, seen from `from_on`; a next one may be `from_on` itself.

    31 October of the year after a title decided in December 2017 is 31 October 2018. One that
    does not roll may be a day off. `NoCalendar` when the calendar does not cover it.
    """
    on = fixed.day.of(from_on.year + (fixed.year == "year after"))
    if fixed.year == "next" and on < from_on:
        on = fixed.day.of(from_on.year + 1)
    clamped = on.day != fixed.day.day
    if calendar.is_working(on) or not fixed.rolls:
        return Computed(on, clamped=clamped)
    rolled = calendar.roll(on)
    return Computed(rolled.on, rolled.moved_by, clamped)


def at_least_before(calendar: Calendar, event_on: date, span: Span) -> date:
    """The last working day on which `span` can begin and still be over before `event_on`.

    Neither the day it begins nor the day of the event is counted: something posted on
    Monday 20 January 2025 for 10 working days ends on 10 February, so this is the answer for a
    meeting on 11 February. It is the latest working day whose `due_on` lies before `event_on`.
    """
    if span.unit == "working days":
        return calendar.add(event_on, -span.count - 1)
    on = _working_before(calendar, _earlier(calendar, event_on, span))
    while due_on(calendar, on, span).on >= event_on:
        on = calendar.add(on, -1)
    return on


def rung_at(
    calendar: Calendar, due_on: date, offset: Offset, *, hour: int = OPENING_HOUR
) -> datetime:
    """The UTC instant of a reminder: `hour` o'clock, local time, of its working day.

    "On the day" of a due that may not roll and falls on a day off is the working day before.
    """
    on = calendar.add(due_on, offset.working_days)
    return calendar.start_of_work(_working_before(calendar, on), hour=hour)


def remaining(calendar: Calendar, now_on: date, due_on: date) -> int:
    """Working days left on `now_on`: 0 on the due day itself, negative when late.

    The morning after is -1, a weekend in between included, because a day due was missed.
    """
    return calendar.between(now_on, due_on)


def _working_before(calendar: Calendar, on: date) -> date:
    return on if calendar.is_working(on) else calendar.add(on, -1)


def _later(calendar: Calendar, on: date, span: Span) -> tuple[date, bool]:
    if span.unit == "calendar days":
        return on + timedelta(span.count), False
    return _shifted(calendar, on, _months(span))


def _earlier(calendar: Calendar, on: date, span: Span) -> date:
    if on < calendar.first_on:
        raise NoCalendar(year=on.year, calendar=calendar.name)
    if span.unit == "calendar days":
        return on - timedelta(span.count)
    return _shifted(calendar, on, -_months(span))[0]


def _months(span: Span) -> int:
    return span.count * 12 if span.unit == "years" else span.count


def _shifted(calendar: Calendar, on: date, months: int) -> tuple[date, bool]:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if not calendar.first_on.year <= year <= calendar.last_on.year:
        raise NoCalendar(year=year, calendar=calendar.name)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last)), on.day > last
