"""When an office writes: hours, days off, the digest's instant, how many mails are left."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions.calendars import load_calendar
from thidua.rhythm import AT_ONCE, PATIENCE, Rhythm
from thidua.storage.notices import EVERYTHING, Turn
from thidua.workflow.errors import Misuse

CALENDAR = load_calendar("vn-civil-service")
OFFICE = Rhythm()


def at(day: int, hour: int, minute: int = 0, *, month: int = 8, year: int = 2018) -> datetime:
    """A local time."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (at(8, 7, 29), False),
        (at(8, 7, 30), True),
        (at(8, 16, 59), True),
        (at(8, 17), False),
        (at(11, 9), False),  # Saturday
        (at(3, 9, month=9), False),  # National Day, rolled
        (at(8, 9, year=2090), True),  # no calendar: a Tuesday
        (at(12, 9, year=2090), False),  # a Saturday
    ],
)
def test_open_hours_are_those_of_working_days(now: datetime, is_open: object) -> None:
    assert OFFICE.is_open(CALENDAR, now) is is_open


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (at(8, 7), Turn()),
        (at(8, 7, 45), Turn(soon=True)),
        (at(8, 8), Turn(soon=True, raised_until=at(8, 8))),
        (at(8, 16, 59), Turn(soon=True, raised_until=at(8, 8))),
        (at(8, 18), Turn()),
        (at(11, 9), Turn()),
    ],
)
def test_digest_has_its_turn_from_its_hour_on_in_open_hours(now: datetime, turn: Turn) -> None:
    assert OFFICE.turn(CALENDAR, now, None) == turn


def test_digest_waits_a_while_for_a_clock_that_is_behind() -> None:
    yesterday = at(7, 17)

    waiting = OFFICE.turn(CALENDAR, at(8, 8, 1), yesterday)
    caught_up = OFFICE.turn(CALENDAR, at(8, 8, 1), at(8, 8))
    enough = OFFICE.turn(CALENDAR, at(8, 8) + PATIENCE, yesterday)

    assert waiting.raised_until is None
    assert caught_up.raised_until == enough.raised_until == at(8, 8)


def test_without_digest_everything_goes_in_open_hours() -> None:
    rhythm = Rhythm(digest=None)

    assert rhythm.turn(CALENDAR, at(8, 9), None) == EVERYTHING
    assert rhythm.turn(CALENDAR, at(8, 20), None) == Turn()
    assert AT_ONCE.turn(CALENDAR, at(11, 3), None) == EVERYTHING


def test_one_mail_is_kept_for_the_digest_to_come() -> None:
    assert OFFICE.allowed(CALENDAR, at(8, 7, 45)) == OFFICE.most - 1
    assert OFFICE.allowed(CALENDAR, at(8, 8)) == OFFICE.most
    assert AT_ONCE.allowed(CALENDAR, at(8, 8)) is None


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"digest": time(6)}, "rhythm-digest"),
        ({"digest": time(17)}, "rhythm-digest"),
        ({"opens": time(18)}, "rhythm-hours"),
        ({"opens": None}, "rhythm-hours"),
        ({"most": 0}, "rhythm-most"),
    ],
)
def test_rhythm_that_cannot_be_is_refused(terms: dict[str, Any], code: str) -> None:
    with pytest.raises(Misuse) as caught:
        Rhythm(**terms)

    assert caught.value.reasons[0].code == code


@given(st.integers(0, 360 * 24 * 60))
def test_nothing_but_the_urgent_has_its_turn_outside_open_hours(minutes: int) -> None:
    now = at(1, 0, month=1) + timedelta(minutes=minutes)
    local = now + timedelta(hours=7)
    works = CALENDAR.is_working(local.date())
    is_open = works and time(7, 30) <= local.time() < time(17)

    turn = OFFICE.turn(CALENDAR, now, None)

    assert turn.soon is is_open
    assert (turn.raised_until is None) or is_open
