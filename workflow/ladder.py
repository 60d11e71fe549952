"""A ladder as its file declares it: rungs around a due, and the hours it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

from thidua.workflow.calendar import Calendar, NoCalendar
from thidua.workflow.due import Offset

RungKind = Literal["mail", "held_mail", "phone", "letter"]

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Rung:
    """One message of a ladder: when, to whom ("asked", "head" or a role), how.

    A mail to anyone but the seat asked is held for release, unless the ladder says `send`. What
    is `urgent` goes out at once, outside office hours too.
    """

    offset: Offset
    to: str = "asked"
    kind: RungKind = "mail"
    send: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Local times from which and until which mails go out, on working days or on every day."""

    opens: time
    closes: time
    every_day: bool = False

    def is_open(self, calendar: Calendar, now: datetime) -> bool:
        """Whether mails may go out at the instant `now`."""
        at = calendar.local(now).time()
        return self.opens <= at < self.closes and (self.every_day or is_worked(calendar, now))

    def plain(self) -> list[Any]:
        """As a notice and a mail keep them."""
        return [f"{self.opens:%H:%M}", f"{self.closes:%H:%M}", self.every_day]

    @classmethod
    def of_plain(cls, kept: Sequence[Any]) -> "Hours":
        """From what `plain` gave."""
        opens, closes, every_day = kept
        return cls(time.fromisoformat(opens), time.fromisoformat(closes), every_day)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs around a due date, earliest first; with `hours` it keeps these and not the office's
    hours and digest.
    """

    name: str
    rungs: tuple[Rung, ...]
    hours: Hours | None = None


def is_worked(calendar: Calendar, now: datetime) -> bool:
    """Whether the day is worked; one that the calendar does not cover, by its weekday alone."""
    on = calendar.legal_date(now)
    try:
        return calendar.is_working(on)
    except NoCalendar:
        return on.weekday() <= _FRIDAY
