"""How a due came about, in a form that can be counted anew with another calendar."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

from thidua.workflow.calendar import Calendar
from thidua.workflow.due import (
    Computed,
    Fixed,
    Span,
    YearDay,
    at_least_before,
    due_on,
    fixed_on,
)
from thidua.workflow.journal import compact

_SPANS = {"in": "span", "after": "after", "transit": "transit"}
_DATES = {"from": "from_on", "until": "until_on"}
_PLAIN = ("calendar", "start", "left", "before", "presumed", "clamped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What a due was counted from, and what was met on the way.

    One of: `span` after `from_on`, or with `before` at least so long before it; the `fixed` date
    seen from it; `left` working days from `from_on` on, when the clock ran again after a pause;
    `until_on`, set by hand. `start` says what happened on `from_on` ("entry", "opening",
    "receipt", "completeness", "meeting", "resumed", a field); `presumed` that this day was not
    known, so that the event was taken for it.
    `after` is how long after it the receipt was presumed, `transit` what is still in the post
    once the time is over. `moved_by` names the days off that made it later, `clamped` says that a
    month had no such day. `closed` are the asked unit's own days off between. `calendar` is
    "NAME@VERSION".
    """

    calendar: str
    start: str = "entry"
    from_on: date | None = None
    span: Span | None = None
    fixed: Fixed | None = None
    before: bool = False
    presumed: bool = False
    left: int | None = None
    until_on: date | None = None
    after: Span | None = None
    transit: Span | None = None
    moved_by: tuple[str, ...] = ()
    clamped: bool = False
    closed: tuple[date, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `text` wrote; `ValueError`, `KeyError` or `TypeError` for anything else."""
        given: dict[str, Any] = json.loads(text)
        values: dict[str, Any] = {"moved_by": tuple(given.pop("moved_by", ()))}
        if "on" in given:
            day, year = YearDay.parse(given.pop("on")), given.pop("of", "next")
            values["fixed"] = Fixed(day, given.pop("rolls", False), year)
        values["closed"] = tuple(date.fromisoformat(on) for on in given.pop("closed", ()))
        for key, value in given.items():
            if key in _SPANS:
                values[_SPANS[key]] = Span.parse(value)
            elif key in _DATES:
                values[_DATES[key]] = date.fromisoformat(value)
            else:
                values[key] = value
        return cls(**values)

    def text(self) -> str:
        """Compact JSON, without what is not so."""
        values = {key: getattr(self, key) for key in (*_PLAIN, "moved_by")}
        spans = {key: getattr(self, name) for key, name in _SPANS.items()}
        dates = {key: getattr(self, name) for key, name in _DATES.items()}
        values |= {key: str(span) for key, span in spans.items() if span is not None}
        values |= {key: on.isoformat() for key, on in dates.items() if on is not None}
        values["closed"] = tuple(on.isoformat() for on in self.closed)
        if self.fixed is not None:
            values |= {"on": str(self.fixed.day), "rolls": self.fixed.rolls, "of": self.fixed.year}
        said = {k: v for k, v in values.items() if v is not None and v is not False and v != ()}
        return compact(said)

    def computed(self, calendar: Calendar) -> Computed | None:
        """The due by this calendar; None of a date set by hand. `NoCalendar` outside its years.

        The unit's own days off are those that the calendar has taken out, else those kept here.
        """
        own = calendar if calendar.closed else calendar.closing(self.closed)
        if self.transit is None:
            return None if self.until_on is not None else self._end(own)
        over = Computed(self.until_on) if self.until_on is not None else self._end(own)
        arrived = due_on(calendar, over.on, self.transit)
        moved_by = tuple(dict.fromkeys(over.moved_by + arrived.moved_by))
        return Computed(arrived.on, moved_by, over.clamped or arrived.clamped)

    def _end(self, calendar: Calendar) -> Computed:
        assert self.from_on is not None
        start = self.from_on
        if self.left is not None:
            return _after_pause(calendar, start, self.left)
        if self.fixed is not None:
            return fixed_on(calendar, start, self.fixed)
        assert self.span is not None
        if self.before:
            on = at_least_before(calendar, start, self.span)
            return Computed(on, calendar.skipped(on, start - timedelta(1)))
        if self.after is not None:
            start = due_on(calendar, start, self.after).on
        return due_on(calendar, start, self.span)

    def told(self, computed: Computed, calendar: Calendar) -> "Reckoning":
        """The same, counted by this calendar and come to this."""
        return replace(
            self,
            calendar=edition(calendar),
            moved_by=computed.moved_by,
            clamped=computed.clamped,
            closed=self._between(calendar.closed or self.closed, computed.on),
        )

    def _between(self, days: tuple[date, ...], on: date) -> tuple[date, ...]:
        """Those that lie between what was counted from and what it came to."""
        first, last = sorted((self.from_on or on, on))
        return tuple(day for day in days if first <= day <= last)


def edition(calendar: Calendar) -> str:
    """The calendar's name and version, as a reckoning keeps them."""
    return f"{calendar.name}@{calendar.version}"


def _after_pause(calendar: Calendar, from_on: date, left: int) -> Computed:
    rolled = calendar.roll(calendar.add(from_on, left))
    skipped = calendar.skipped(from_on, rolled.on)
    return Computed(rolled.on, tuple(dict.fromkeys(skipped + rolled.moved_by)))


def reckon_again(reckoned: str, calendar: Calendar) -> Computed | None:
    """The due that a task's `reckoned` comes to by another calendar; None: set by hand, it stays.

    `NoCalendar` when the calendar does not cover it.
    """
    return Reckoning.parse(reckoned).computed(calendar)


def retold(reckoned: str, computed: Computed, calendar: Calendar) -> str:
    """The task's new `reckoned` once it was counted again and came to `computed`."""
    return Reckoning.parse(reckoned).told(computed, calendar).text()
