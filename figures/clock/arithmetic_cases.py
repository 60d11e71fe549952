"""Random questions to the arithmetic of dues: what the product says, and what the oracle says."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import numpy

from figures.clock.arithmetic_oracle import Oracle, local_date, over_at, yearly
from thidua.definitions.calendars import load_table
from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Candidate, Dossier, Task
from thidua.workflow.due import Fixed, Offset, Span, YearDay, at_least_before, remaining, rung_at
from thidua.workflow.dues import Due, due_of, in_transit, origin, resumed, until
from thidua.workflow.procedure import DueRule, Procedure
from thidua.workflow.reckoning import reckon_again
from thidua.workflow.window import WindowRule, window_on

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
MOST = {"working days": 60, "calendar days": 120, "months": 14, "years": 2}
YEARS = ("next", "same year", "year after")
DOSSIER = Dossier("d", "p", "A", Candidate("individual", "An"), None, {}, "s", 0, 0, "")
TASK = Task(1, "desk", "s", "officer", 1)


@dataclass(frozen=True, slots=True)
class Office:
    """One table of days, for the product, for the oracle, and for numpy."""

    calendar: Calendar
    oracle: Oracle
    numbers: numpy.busdaycalendar


@dataclass(frozen=True, slots=True)
class Case:
    """One question: what each of them says, and how it is written when they differ.

    `numpy` is None where it cannot express the question.
    """

    asked: str
    said: Any
    right: Any
    numpy: date | None = None


def shipped() -> Office:
    """The table that ships, read by each on its own."""
    folder = resources.files("thidua.definitions") / "calendars"
    text = folder.joinpath("vn-civil-service.csv").read_text(encoding="utf-8")
    oracle = Oracle.of_rows(text.splitlines())
    return Office(load_table().calendar(), oracle, _numbers(oracle))


def drawn(chance: random.Random, *, swaps: bool) -> Office:
    """A table of drawn days off, with worked Saturdays and Sundays or without."""
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    off = set(chance.sample(days, chance.randrange(40, 400)))
    weekends = [on for on in days if on.isoweekday() > 5]
    worked = set(chance.sample(weekends, 60)) - off if swaps else set()
    calendar = Calendar(
        name="drawn", version=f"{chance.random()}", zone="Asia/Ho_Chi_Minh", first_on=FIRST,
        last_on=LAST, weekend=frozenset({5, 6}), off={on: f"off {on}" for on in off},
        work={on: f"work {on}" for on in worked},
    )  # fmt: skip
    oracle = Oracle(frozenset(off), frozenset(worked))
    return Office(calendar, oracle, _numbers(oracle))


def _numbers(oracle: Oracle) -> numpy.busdaycalendar:
    return numpy.busdaycalendar(holidays=sorted(oracle.off))


def instant(chance: random.Random) -> datetime:
    """Any second from March 2018 to December 2025: what is counted from it stays in the table."""
    start = datetime(2018, 3, 1, tzinfo=UTC)
    return start + timedelta(seconds=chance.randrange(2840 * 86_400))


def _span(chance: random.Random) -> Span:
    unit = chance.choice([*MOST])
    return Span(chance.randrange(1, MOST[unit] + 1), unit)  # type: ignore[arg-type]  # its words


def _due(rule: DueRule, office: Office, at: datetime, dossier: Dossier = DOSSIER) -> Due:
    due = due_of(rule, office.calendar, origin(rule, dossier, office.calendar.legal_date(at)))
    assert due is not None
    return due


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _offset(office: Office, on: date, count: int) -> date | None:
    """The same in numpy; it knows no worked weekends."""
    roll = "backward" if count > 0 else "forward"
    end = numpy.busday_offset(on, count, roll=roll, busdaycal=office.numbers)
    found: date = end.astype(date)
    low, high = min(on, found), max(on, found)
    return None if any(low <= day <= high for day in office.oracle.worked) else found


def _rolled(office: Office, on: date) -> date | None:
    found: date = numpy.busday_offset(on, 0, roll="forward", busdaycal=office.numbers).astype(date)
    return None if any(on <= day <= found for day in office.oracle.worked) else found


def counted(chance: random.Random, office: Office) -> Case:
    """A time after an event at any second of any day: the date, the instant, and a date again."""
    at, span = instant(chance), _span(chance)
    due, event = _due(DueRule(span, "rule"), office, at), local_date(_plain(at))
    again = reckon_again(str(due.reckoned), office.calendar)
    end = office.oracle.end(event, span.count, span.unit)
    numbers = None
    if span.unit == "working days":
        numbers = _offset(office, event, span.count)
    elif span.unit == "calendar days":
        numbers = _rolled(office, event + timedelta(span.count))
    said = (due.on, _plain(due.at), again and again.on)
    return Case(f"{span} after {at}", said, (end, over_at(end), end), numbers)


def fixed(chance: random.Random, office: Office) -> Case:
    """A date of the year, by the year of the day counted from, rolling or not."""
    on, year, rolls = (
        local_date(_plain(instant(chance))),
        chance.choice(YEARS),
        chance.random() < 0.5,
    )
    month, day = _year_day(chance)
    rule = DueRule(Fixed(YearDay(month, day), rolls, year), "rule", "day")  # type: ignore[arg-type]  # its words
    due = _due(rule, office, instant(chance), DOSSIER._replace(fields={"day": on.isoformat()}))
    right = yearly(month, day, on.year + (year == "year after"))
    if year == "next" and right < on:
        right = yearly(month, day, on.year + 1)
    numbers = _rolled(office, right) if rolls else None
    right = office.oracle.next_open(right) if rolls else right
    return Case(f"{day}/{month} {year} of {on}, rolls {rolls}", due.on, right, numbers)


def _year_day(chance: random.Random) -> tuple[int, int]:
    if chance.random() < 0.1:
        return 2, 29
    on = FIRST + timedelta(chance.randrange(365))
    return on.month, on.day


def before(chance: random.Random, office: Office) -> Case:
    """At least so long before a meeting."""
    unit = chance.choice(["working days", "calendar days", "months"])
    span = Span(chance.randrange(1, 3 if unit == "months" else 20), unit)  # type: ignore[arg-type]  # its words
    event = local_date(_plain(instant(chance))) + timedelta(200)
    on = at_least_before(office.calendar, event, span)
    right = office.oracle.begin(event, span.count, unit)
    return Case(f"{span} before {event}", on, right)


def presumed(chance: random.Random, office: Office) -> Case:
    """From a receipt that is presumed, with time for the post at the end."""
    at, span = instant(chance), Span(chance.randrange(1, 30), "working days")
    after, transit = Span(chance.randrange(1, 6), "working days"), Span(3, "working days")
    due = _due(DueRule(span, "rule", "receipt", receipt_unknown=after), office, at)
    closed = in_transit(until(TASK, due), transit, office.calendar)
    days = after.count + span.count
    end = office.oracle.steps(local_date(_plain(at)), days)
    right = (end, office.oracle.steps(end, 3))
    return Case(f"{span}, {after} after {at}", (due.on, closed.on), right)


def received(chance: random.Random, office: Office) -> Case:
    """From a submission's receipt, whatever the moment of entry."""
    on, span = local_date(_plain(instant(chance))), _span(chance)
    rule = DueRule(span, "rule", "receipt")
    due = _due(rule, office, instant(chance), DOSSIER._replace(received_on=on))
    return Case(f"{span} from receipt {on}", due.on, office.oracle.end(on, span.count, span.unit))


def paused(chance: random.Random, office: Office) -> Case:
    """Stopped for some days and running on: the working days that were left are left."""
    at, span = instant(chance), Span(chance.randrange(1, 40), "working days")
    due = _due(DueRule(span, "rule"), office, at)
    stop = due.on - timedelta(chance.randrange(0, 30))
    again = datetime(stop.year, stop.month, stop.day, 2, tzinfo=UTC) + timedelta(
        chance.randrange(1, 90)
    )
    left = office.calendar.between(stop, due.on)
    task = until(TASK, due)._replace(status="paused", left=left)
    going = resumed(task, _NO_LADDERS, office.calendar, again)
    kept = office.oracle.left(stop, due.on)
    right = office.oracle.next_open(office.oracle.steps(local_date(_plain(again)), kept))
    return Case(f"due {due.on}, stopped {stop}, on {again}", going.due_on, right)


def windowed(chance: random.Random, office: Office) -> Case:
    """A window of the year, by the year of a decision."""
    on, year = local_date(_plain(instant(chance))), chance.choice(YEARS)
    opens, closes = _year_day(chance), _year_day(chance)
    close = Fixed(YearDay(*closes), rolls=True, year=year)  # type: ignore[arg-type]  # its words
    rule = WindowRule("w", {}, "day", YearDay(*opens), close, "rule")
    window = window_on(rule, office.calendar, on)
    end = yearly(*closes, on.year + (year == "year after"))
    if year == "next" and end < on:
        end = yearly(*closes, on.year + 1)
    begin = max(b for n in (0, 1) if (b := yearly(*opens, end.year - n)) <= end)
    right = (begin, office.oracle.next_open(end))
    return Case(f"{opens} to {closes} {year} of {on}", (window.opens_on, window.closes_on), right)


def rung(chance: random.Random, office: Office) -> Case:
    """A reminder around a due, at eight in the morning of an open day."""
    due, days = local_date(_plain(instant(chance))) + timedelta(60), chance.randrange(-15, 16)
    at = rung_at(office.calendar, due, Offset(days))
    on = office.oracle.steps(due, days) if days else office.oracle.last_open(due)
    right = over_at(on) - timedelta(hours=16)
    return Case(f"{days} around {due}", _plain(at), right)


def left(chance: random.Random, office: Office) -> Case:
    """Working days left, or how late."""
    now, due = (local_date(_plain(instant(chance))) for _ in "ab")
    due = min(max(due, now - timedelta(200)), now + timedelta(200))
    said = remaining(office.calendar, now, due)
    return Case(f"left on {now} until {due}", said, office.oracle.left(now, due))


_NO_LADDERS: Procedure = None  # type: ignore[assignment]  # a task without a ladder asks no procedure

KINDS: tuple[Callable[[random.Random, Office], Case], ...] = (
    *(counted, counted, counted, fixed, before, presumed, received, paused, windowed, rung, left),
)
"""In turns, so that every kind is asked at every size."""
