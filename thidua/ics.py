"""Writes dues as an iCalendar file (RFC 5545), the same bytes for the same dues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//thidua//agenda 1//VI"
REFRESH = timedelta(hours=6)
"""How often a subscriber is asked to look again."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder of the reader's own device: how long before (negative) or after midnight."""

    after: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day due. `uid` never changes, `sequence` rises and `changed_at` moves with it."""

    uid: str
    on: date
    summary: str
    description: str
    sequence: int
    changed_at: datetime
    alarms: tuple[Alarm, ...] = ()


def written(entries: Iterable[Entry], *, title: str) -> bytes:
    """The calendar of these dues, for a feed or a mail.

    `METHOD:PUBLISH`: it asks for no answer, and a subscriber drops what is not in it any more.
    `Misuse` ("extra-missing") without the extra `ical`.
    """
    calendar = _empty()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def check_installed() -> None:
    """`Misuse` ("extra-missing") without the extra `ical`."""
    _empty()


def _empty() -> "Calendar":
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        raise Misuse("extra-missing", library="icalendar", extra="ical") from error
    return Calendar()


def _event(entry: Entry) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    # Not the present: the same dues are the same bytes, so that a feed can answer "unchanged".
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for alarm in entry.alarms:
        event.add_component(_alarm(alarm))
    return event


def _alarm(alarm: Alarm) -> "Event":
    from icalendar import Alarm as Component

    component = Component()
    component.add("action", "DISPLAY")
    component.add("description", alarm.text)
    component.add("trigger", alarm.after)
    return component  # type: ignore[return-value]  # both are components
