from datetime import UTC, date, datetime, timedelta

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thidua.definitions.calendars import load_calendar
from thidua.workflow.calendar import Calendar, NoCalendar, Rolled
from thidua.workflow.errors import Misuse

VN = load_calendar()
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DATES = st.dates(date(2024, 9, 1), date(2026, 4, 30))
SOME = st.sets(st.dates(FIRST, LAST), max_size=60)


def a_calendar(
    off: set[date] = frozenset(), work: set[date] = frozenset(), zone: str = "Asia/Ho_Chi_Minh"
) -> Calendar:
    return Calendar(
        name="test",
        version="1",
        zone=zone,
        first_on=FIRST,
        last_on=LAST,
        weekend=frozenset({5, 6}),
        off={on: f"off {on}" for on in off - work},
        work={on: f"work {on}" for on in work},
    )


def stepped(off: set[date], work: set[date], on: date, count: int) -> date:
    """The oracle: walk day by day and count those that are worked."""
    step = timedelta(1 if count > 0 else -1)
    left = abs(count)
    while left:
        on += step
        if on in work or (on.isoweekday() < 6 and on not in off):
            left -= 1
    return on


@pytest.mark.parametrize(
    ("on", "count", "expected"),
    [
        pytest.param(date(2025, 1, 20), 10, date(2025, 2, 10), id="over Tet"),
        pytest.param(date(2025, 4, 28), 3, date(2025, 5, 6), id="over a swap"),
        pytest.param(date(2025, 4, 25), 1, date(2025, 4, 26), id="onto a worked Saturday"),
        pytest.param(date(2019, 8, 30), 10, date(2019, 9, 16), id="T9"),
        pytest.param(date(2025, 12, 31), 1, date(2026, 1, 5), id="swap announced a week ahead"),
        pytest.param(date(2025, 2, 10), -10, date(2025, 1, 20), id="back over Tet"),
        pytest.param(date(2025, 4, 27), -1, date(2025, 4, 26), id="back onto a worked Saturday"),
        pytest.param(date(2025, 4, 27), 0, date(2025, 4, 27), id="nothing added"),
    ],
)
def test_add_counts_the_days_that_were_worked(on: date, count: int, expected: date) -> None:
    assert VN.add(on, count) == expected


@given(SOME, SOME, DATES, st.integers(-70, 70))
def test_add_agrees_with_walking_day_by_day(
    off: set[date], work: set[date], on: date, count: int
) -> None:
    assert a_calendar(off, work).add(on, count) == stepped(off, work, on, count)


@given(SOME, DATES, st.integers(-70, 70))
def test_add_agrees_with_numpy_where_no_saturday_is_worked(
    off: set[date], on: date, count: int
) -> None:
    roll = "backward" if count > 0 else "forward"

    expected = numpy.busday_offset(on, count, roll=roll, holidays=sorted(off)) if count else on

    assert a_calendar(off).add(on, count) == numpy.datetime64(expected).astype(date)


@given(SOME, SOME, DATES, st.integers(-70, 70))
def test_between_gives_back_what_was_added(
    off: set[date], work: set[date], on: date, count: int
) -> None:
    calendar = a_calendar(off, work)

    assert calendar.between(on, calendar.add(on, count)) == count


@given(SOME, DATES, DATES)
def test_between_agrees_with_numpy_where_no_saturday_is_worked(
    off: set[date], one: date, other: date
) -> None:
    start, end = min(one, other), max(one, other)
    holidays = sorted(off)
    day = timedelta(1)

    forwards = numpy.busday_count(start + day, end + day, holidays=holidays)
    backwards = numpy.busday_count(start, end, holidays=holidays)

    assert a_calendar(off).between(start, end) == forwards
    assert a_calendar(off).between(end, start) == -backwards


@given(SOME, SOME, DATES)
def test_roll_ends_on_the_first_working_day_and_names_what_it_passed(
    off: set[date], work: set[date], on: date
) -> None:
    calendar = a_calendar(off, work)

    rolled = calendar.roll(on)

    day_before = on - timedelta(1)
    assert rolled.on == stepped(off, work, day_before, 1)
    assert bool(rolled.moved_by) == (rolled.on != on)
    assert calendar.roll(rolled.on) == Rolled(rolled.on)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (
            date(2018, 9, 2),
            Rolled(date(2018, 9, 4), ("Quốc khánh", "Quốc khánh (nghỉ bù)")),
        ),
        (date(2018, 9, 8), Rolled(date(2018, 9, 10), ("Thứ Bảy", "Chủ nhật"))),
        (date(2025, 4, 26), Rolled(date(2025, 4, 26))),
        (
            date(2021, 9, 2),
            Rolled(date(2021, 9, 6), ("Quốc khánh", "Thứ Bảy", "Chủ nhật")),
        ),
    ],
)
def test_roll_says_which_day_off_moved_the_end(on: date, expected: Rolled) -> None:
    assert VN.roll(on) == expected


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2018, 9, 3), "Quốc khánh (nghỉ bù)"),
        (date(2018, 9, 4), None),
        (date(2026, 1, 2), "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        (date(2026, 1, 10), None),
        (date(2026, 1, 11), "Chủ nhật"),
    ],
)
def test_why_off_names_the_day_or_nothing(on: date, why: str | None) -> None:
    assert VN.why_off(on) == why
    assert VN.is_working(on) == (why is None)


def test_skipped_names_holidays_once_and_no_weekends() -> None:
    names = VN.skipped(date(2021, 8, 27), date(2021, 9, 6))

    assert names == ("Quốc khánh",)
    assert VN.skipped(date(2021, 9, 2), date(2021, 9, 2)) == ()
    assert "Mùng hai Tết Nguyên Đán" not in VN.skipped(date(2018, 2, 13), date(2018, 2, 21))


@pytest.mark.parametrize(
    ("ask", "year"),
    [
        (lambda c: c.is_working(date(2028, 1, 3)), 2028),
        (lambda c: c.why_off(date(2017, 12, 29)), 2017),
        (lambda c: c.add(date(2027, 12, 30), 5), 2028),
        (lambda c: c.add(date(2018, 1, 3), -5), 2017),
        (lambda c: c.between(date(2027, 12, 30), date(2028, 1, 3)), 2028),
        (lambda c: c.between(date(2017, 12, 30), date(2018, 1, 3)), 2017),
        (lambda c: c.roll(date(2028, 1, 1)), 2028),
        (lambda c: c.add(date(1, 1, 1), 1), 1),
        (lambda c: c.add(date(9999, 12, 31), 1), 9999),
    ],
)
def test_a_year_not_covered_is_refused_with_the_command_that_fixes_it(ask, year: int) -> None:
    with pytest.raises(NoCalendar) as caught:
        ask(VN)

    assert caught.value.code == "no-calendar"
    assert caught.value.fields == {"year": year, "calendar": "vn-civil-service"}
    assert f"thidua calendar draft {year}" in caught.value.text("vi")
    assert f"thidua calendar draft {year}" in caught.value.text("en")


def test_roll_off_the_end_of_the_calendar_is_refused() -> None:
    calendar = a_calendar({date(2026, 12, 31)})

    with pytest.raises(NoCalendar) as caught:
        calendar.roll(date(2026, 12, 31))

    assert caught.value.fields["year"] == 2027


def test_an_instant_in_place_of_a_legal_date_is_refused() -> None:
    with pytest.raises(Misuse, match="instant where a legal date") as caught:
        VN.add(datetime(2025, 1, 20, 18, tzinfo=UTC), 1)

    assert caught.value.reasons[0].code == "instant-for-date"


def test_a_day_both_off_and_worked_is_refused() -> None:
    on = date(2026, 1, 3)
    head = ("x", "1", "UTC", FIRST, LAST, frozenset({5, 6}))

    with pytest.raises(ValueError, match="both off and worked: 2026-01-03"):
        Calendar(*head, {on: "off"}, {on: "work"})


def test_legal_date_is_the_date_in_the_zone() -> None:
    printed = datetime(2018, 9, 2, 22, 33, tzinfo=UTC)

    assert VN.legal_date(printed) == date(2018, 9, 3)
    assert VN.local(printed).isoformat() == "2018-09-03T05:33:00+07:00"


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(Misuse, match="has no time zone"):
        VN.legal_date(datetime(2018, 9, 2, 22, 33))  # noqa: DTZ001 -- the very thing refused


def test_a_due_is_over_when_the_next_legal_day_begins() -> None:
    over = VN.end_of(date(2018, 9, 28))

    assert over == datetime(2018, 9, 28, 17, tzinfo=UTC)
    assert VN.legal_date(over - timedelta(microseconds=1)) == date(2018, 9, 28)
    assert VN.legal_date(over) == date(2018, 9, 29)


def test_start_of_work_is_eight_local_or_another_hour() -> None:
    on = date(2018, 9, 28)

    assert VN.start_of_work(on) == datetime(2018, 9, 28, 1, tzinfo=UTC)
    assert VN.start_of_work(on, hour=7) == datetime(2018, 9, 28, 0, tzinfo=UTC)


@given(st.timezone_keys(), st.dates(date(2000, 1, 1), date(2037, 12, 30)))
@example("Pacific/Apia", date(2011, 12, 29))
@example("Pacific/Apia", date(2011, 12, 30))
@example("America/Goose_Bay", date(2010, 11, 6))
@example("America/Sao_Paulo", date(2018, 11, 3))
@example("Africa/Cairo", date(2024, 10, 31))
def test_end_of_is_the_first_instant_of_a_later_day_in_every_zone(zone: str, on: date) -> None:
    calendar = a_calendar(zone=zone)

    over = calendar.end_of(on)

    assert calendar.legal_date(over - timedelta(microseconds=1)) <= on < calendar.legal_date(over)
    assert over.tzinfo is UTC


def test_calendars_of_one_content_are_equal_and_hash_alike() -> None:
    one, other = a_calendar({FIRST}), a_calendar({FIRST})

    assert one == other
    assert hash(one) == hash(other)
    assert one != a_calendar()
