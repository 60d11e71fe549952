"""Which days are worked: counting in working days, and legal dates as UTC instants."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import ClassVar
from zoneinfo import ZoneInfo

from thidua.workflow.errors import Misuse, ThiduaError

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

CLOSED = "Ngày nghỉ riêng của đơn vị"
"""What a unit's own day off is called."""

OPENING_HOUR = 8
"""When an office day starts, in local time; reminders are due then."""


class NoCalendar(ThiduaError):
    """A date lies outside the years the calendar covers; fields `year`, `calendar`."""

    code: ClassVar[str] = "no-calendar"
    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class Rolled:
    """A legal date moved to a working day.

    `moved_by` names each day off it was moved over, in order: empty exactly when it stayed.
    """

    on: date
    moved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one body in one zone, for the whole of `first_on` to `last_on`.

    `weekend` holds weekday numbers (Monday 0); `off` names the days off and `work` the weekend
    days that are worked all the same, in Vietnamese. `version` changes with the table. A question
    about a day outside the covered ones raises `NoCalendar`, a `datetime` where a legal date is
    due raises `Misuse` ("instant-for-date"), a day both off and worked `ValueError`.
    """

    name: str
    version: str
    zone: str
    first_on: date
    last_on: date
    weekend: frozenset[int]
    off: Mapping[date, str] = field(hash=False, repr=False)
    work: Mapping[date, str] = field(hash=False, repr=False)
    closed: tuple[date, ...] = ()
    """Days taken out by `closing`, ascending."""
    _before: "Calendar | None" = field(default=None, repr=False, compare=False)
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """The ordinals of the working days, ascending."""
    _rank: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """For the n-th covered day, how many working days lie before it."""
    _holidays: tuple[date, ...] = field(init=False, repr=False, compare=False)
    """The days off that are no weekend days, ascending."""

    def __post_init__(self) -> None:
        if both := self.off.keys() & self.work.keys():
            raise ValueError(f"both off and worked: {min(both).isoformat()}")
        worked: list[int] = []
        rank = [0]
        for ordinal in range(self.first_on.toordinal(), self.last_on.toordinal() + 1):
            if self._is_worked(date.fromordinal(ordinal)):
                worked.append(ordinal)
            rank.append(len(worked))
        holidays = sorted(on for on in self.off if on.weekday() not in self.weekend)
        object.__setattr__(self, "_holidays", tuple(holidays))
        object.__setattr__(self, "_worked", tuple(worked))
        object.__setattr__(self, "_rank", tuple(rank))

    def _is_worked(self, on: date) -> bool:
        return on in self.work or (on.weekday() not in self.weekend and on not in self.off)

    def closing(self, days: Iterable[date]) -> "Calendar":
        """The calendar of a unit that is closed on these days as well; they change no version."""
        more = tuple(sorted({on for on in days if self.covers(on) and self.is_working(on)}))
        return _closing(self, more) if more else self

    @property
    def office(self) -> "Calendar":
        """The calendar before any day was taken out for a unit."""
        return self._before or self

    def covers(self, on: date) -> bool:
        """Whether the calendar says of `on` what it is."""
        return self.first_on <= on <= self.last_on

    def _index(self, on: date) -> int:
        if isinstance(on, datetime):
            raise Misuse("instant-for-date", found=on.isoformat())
        index = on.toordinal() - self.first_on.toordinal()
        if not 0 <= index < len(self._rank) - 1:
            raise NoCalendar(year=on.year, calendar=self.name)
        return index

    def _nth(self, position: int) -> date:
        if position < 0:
            raise NoCalendar(year=(self.first_on - timedelta(1)).year, calendar=self.name)
        if position >= len(self._worked):
            raise NoCalendar(year=(self.last_on + timedelta(1)).year, calendar=self.name)
        return date.fromordinal(self._worked[position])

    def is_working(self, on: date) -> bool:
        """Whether the office works on `on`."""
        index = self._index(on)
        return self._rank[index + 1] > self._rank[index]

    def why_off(self, on: date) -> str | None:
        """The name of the day off, or of the weekday of a weekend; None on a working day."""
        if self.is_working(on):
            return None
        return self.off.get(on) or WEEKDAYS[on.weekday()]

    def add(self, on: date, working_days: int) -> date:
        """The n-th working day after `on` (before it, if negative); `on` itself never counts.

        0 is `on` itself, also when it is a day off.
        """
        index = self._index(on)
        if working_days > 0:
            return self._nth(self._rank[index + 1] - 1 + working_days)
        return self._nth(self._rank[index] + working_days) if working_days else on

    def roll(self, on: date) -> Rolled:
        """`on`, or the next working day when it is off (Civil Code 2015, article 148)."""
        end = self._nth(self._rank[self._index(on)])
        passed = range(on.toordinal(), end.toordinal())
        names = (self.why_off(date.fromordinal(ordinal)) for ordinal in passed)
        return Rolled(end, tuple(dict.fromkeys(name for name in names if name)))

    def between(self, from_on: date, to_on: date) -> int:
        """Working days from one date to the other, `from_on` not counted; negative backwards.

        `between(a, add(a, n)) == n` for every n; 0 means the same date or only days off between.
        """
        start, end = self._index(from_on), self._index(to_on)
        if end >= start:
            return self._rank[end + 1] - self._rank[start + 1]
        return self._rank[end] - self._rank[start]

    def skipped(self, after_on: date, until_on: date) -> tuple[str, ...]:
        """Names of the days off after `after_on`, up to `until_on`, that are no weekend days."""
        first = bisect_right(self._holidays, after_on)
        passed = self._holidays[first : bisect_right(self._holidays, until_on)]
        return tuple(dict.fromkeys(name for on in passed if (name := self.off[on])))

    def local(self, at: datetime) -> datetime:
        """An aware instant on the clock of the calendar's zone; a naive one is `Misuse`."""
        return _local(self.zone, at)

    def legal_date(self, at: datetime) -> date:
        """The date in the calendar's zone at an aware instant."""
        return self.local(at).date()

    def end_of(self, on: date) -> datetime:
        """The UTC instant at which the legal day is over: the start of the next one.

        A due on `on` is kept before this instant and overdue from it on (`now >= end_of(on)`).
        """
        return self._instant(on + timedelta(1), 0)

    def start_of_work(self, on: date, *, hour: int = OPENING_HOUR) -> datetime:
        """The UTC instant of `hour` o'clock, local time, on `on`."""
        return self._instant(on, hour)

    def _instant(self, on: date, hour: int) -> datetime:
        return datetime.combine(on, time(hour), ZoneInfo(self.zone)).astimezone(UTC)


@lru_cache(maxsize=256)
def _closing(calendar: Calendar, days: tuple[date, ...]) -> Calendar:
    off = {**calendar.off, **dict.fromkeys(days, CLOSED)}
    work = {on: name for on, name in calendar.work.items() if on not in days}
    closed = tuple(sorted({*calendar.closed, *days}))
    return replace(calendar, off=off, work=work, closed=closed, _before=calendar.office)


@lru_cache(maxsize=64)
def _local(zone: str, at: datetime) -> datetime:
    """One act asks for the same instant several times."""
    if at.tzinfo is None:
        raise Misuse("naive-instant", found=at.isoformat())
    return at.astimezone(ZoneInfo(zone))
