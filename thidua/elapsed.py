"""How long a task has had its clock running: working days from its opening, without the stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.storage.listing_times import Turn, legal_day
from thidua.workflow.calendar import Calendar, NoCalendar
from thidua.workflow.due import remaining

Key = tuple[str, int]
"""A task: its dossier and its number."""


@dataclass(slots=True)
class Course:
    """What happened to one task's clock after it was opened.

    `stops` are pauses, each from the day it began to the day the clock ran on (None while it does
    not). `asked_on` is when it was asked anew, because what the answer rested on was supplemented.
    `moves` counts how often its due changed, `extended` how often by an extension; `moved_at` is
    the instant of the last change, as the event tells it.
    """

    stops: list[tuple[date, date | None]]
    asked_on: date | None = None
    extended: int = 0
    moves: int = 0
    moved_at: str | None = None

    def take(self, turn: Turn) -> None:
        """Add what an act did to the task; turns come in their order."""
        if turn.status == "paused" and not self.stands_still:
            self.stops.append((turn.on, None))
        elif turn.status == "open":
            self._run_on(turn)

    @property
    def stands_still(self) -> bool:
        """Whether a pause has begun and not ended."""
        return bool(self.stops) and self.stops[-1][1] is None

    def _run_on(self, turn: Turn) -> None:
        self.moves, self.moved_at = self.moves + 1, turn.at
        if turn.act == "extend":
            self.extended += 1
        elif self.stands_still:
            self.stops[-1] = (self.stops[-1][0], turn.on)
        elif turn.act == "supplement":
            self.asked_on, self.stops = turn.on, []


def courses(turns: Iterable[Turn]) -> Mapping[Key, Course]:
    """The course of every task that anything happened to."""
    found: dict[Key, Course] = {}
    for turn in turns:
        found.setdefault((turn.dossier_id, turn.n), Course([])).take(turn)
    return found


def days(calendar: Calendar, row: Mapping[str, Any], course: Course | None, on: date) -> int | None:
    """Working days that the clock of a task ran until `on`: 0 on the day it was opened.

    A day on which it stops still counts, that on which it runs on does not, as with what is left
    of a due. None where the calendar does not cover the years.
    """
    start = legal_day(row["opened_at"])
    stops: list[tuple[date, date | None]] = []
    if course is not None:
        start, stops = course.asked_on or start, course.stops
    try:
        ran = calendar.between(start, on)
        return max(0, ran - sum(_stopped(calendar, stop, on) for stop in stops))
    except NoCalendar:
        return None


def _stopped(calendar: Calendar, stop: tuple[date, date | None], on: date) -> int:
    begun, ended = stop
    if begun >= on:
        return 0
    return calendar.between(begun, min(ended or on, on))


def past(calendar: Calendar, due_on: date, on: date) -> int | None:
    """Working days by which a due is missed on `on`, from 1; 0 until it is.

    The morning after is 1, a weekend in between included. None where years are not covered.
    """
    if on <= due_on:
        return 0
    try:
        return max(1, -remaining(calendar, on, due_on))
    except NoCalendar:
        return None
