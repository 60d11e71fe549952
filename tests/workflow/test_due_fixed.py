"""Dates of the year, windows between two of them, and the exchanged days of the table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions.calendars import load_calendar
from thidua.workflow.calendar import NoCalendar
from thidua.workflow.due import Computed, Fixed, Span, YearDay, due_on, fixed_on
from thidua.workflow.window import Window, WindowRule, window_on

VN = load_calendar()
DATES = st.dates(date(2018, 7, 1), date(2026, 6, 30))


def worked(on: date) -> bool:
    return on in VN.work or (on.isoweekday() < 6 and on not in VN.off)


@pytest.mark.parametrize(
    ("off", "worked_for"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swap_takes_a_day_and_gives_a_saturday(off: date, worked_for: date) -> None:
    """Every exchange from 2018 on: a due neither ends on the one nor passes the other over."""
    one, calendar_days = Span(1, "working days"), Span(1, "calendar days")

    assert due_on(VN, off - timedelta(1), one).on > off
    assert due_on(VN, off - timedelta(1), calendar_days).on > off
    assert due_on(VN, worked_for - timedelta(1), one) == Computed(worked_for)
    assert due_on(VN, worked_for - timedelta(1), calendar_days) == Computed(worked_for)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 October", YearDay(10, 31)),
        ("1 January", YearDay(1, 1)),
        ("29 February", YearDay(2, 29)),
    ],
)
def test_parse_year_day_reads_what_it_writes(text: str, day: YearDay) -> None:
    assert YearDay.parse(text) == day
    assert str(day) == text


@pytest.mark.parametrize(
    "text",
    ["31 Oct", "31 october", "October 31", "0 May", "31 June", "30 February", "01 May", "", "5"],
)
def test_parse_year_day_refuses_other_text_and_says_what_it_expects(text: str) -> None:
    with pytest.raises(ValueError, match="'31 October'"):
        YearDay.parse(text)


@pytest.mark.parametrize(
    ("from_on", "day", "year", "rolls", "expected"),
    [
        pytest.param(date(2017, 12, 15), "31 October", "year after", False,
                     Computed(date(2018, 10, 31)), id="T8, decided in December"),
        pytest.param(date(2018, 2, 9), "31 October", "year after", False,
                     Computed(date(2019, 10, 31)), id="T8, decided in February"),
        pytest.param(date(2018, 10, 31), "31 October", "next", False,
                     Computed(date(2018, 10, 31)), id="on the day itself"),
        pytest.param(date(2018, 11, 1), "31 October", "next", False,
                     Computed(date(2019, 10, 31)), id="the day after"),
        pytest.param(date(2018, 11, 1), "31 October", "same year", False,
                     Computed(date(2018, 10, 31)), id="past already"),
        pytest.param(date(2018, 7, 2), "2 September", "next", True,
                     Computed(date(2018, 9, 4), ("Quốc khánh", "Quốc khánh (nghỉ bù)")),
                     id="rolls"),
        pytest.param(date(2018, 7, 2), "2 September", "next", False,
                     Computed(date(2018, 9, 2)), id="stays on a Sunday"),
        pytest.param(date(2019, 1, 2), "29 February", "next", False,
                     Computed(date(2019, 2, 28), (), True), id="no leap year"),
        pytest.param(date(2020, 1, 2), "29 February", "next", True,
                     Computed(date(2020, 3, 2), ("Thứ Bảy", "Chủ nhật")), id="leap year, rolls"),
    ],
)  # fmt: skip
def test_fixed_on_is_a_date_of_the_year(from_on, day, year, rolls, expected) -> None:
    assert fixed_on(VN, from_on, Fixed(YearDay.parse(day), rolls, year)) == expected


@given(DATES, st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.booleans())
def test_fixed_on_agrees_with_walking_to_the_next_one(
    from_on: date,
    day: date,
    rolls: bool,  # noqa: FBT001 -- drawn
) -> None:
    on = from_on
    while (on.month, on.day) != (day.month, day.day):
        leap = (day.month, day.day) == (2, 29)
        if leap and on.day == 28 and (on + timedelta(1)).day == 1:
            break
        on += timedelta(1)
    while rolls and not worked(on):
        on += timedelta(1)

    assert fixed_on(VN, from_on, Fixed(YearDay(day.month, day.day), rolls)).on == on


@pytest.mark.parametrize("year", ["next", "year after"])
def test_fixed_on_outside_the_calendar_is_refused(year) -> None:
    with pytest.raises(NoCalendar) as caught:
        fixed_on(VN, date(2027, 12, 31), Fixed(YearDay(10, 31), rolls=False, year=year))

    assert caught.value.fields["year"] == 2028


def season(opens: str, closes: str, *, rolls: bool = False, year="year after") -> WindowRule:
    close = Fixed(YearDay.parse(closes), rolls, year)
    return WindowRule("season", {}, "decided_on", YearDay.parse(opens), close, "decree")


@pytest.mark.parametrize(
    ("rule", "from_on", "expected"),
    [
        pytest.param(season("1 January", "31 October"), date(2017, 12, 15),
                     Window(date(2018, 1, 1), date(2018, 10, 31)), id="T8, decided in December"),
        pytest.param(season("1 January", "31 October"), date(2018, 2, 9),
                     Window(date(2019, 1, 1), date(2019, 10, 31)), id="T8, decided in February"),
        pytest.param(season("5 January", "28 February", year="same year"), date(2020, 9, 1),
                     Window(date(2020, 1, 5), date(2020, 2, 28)), id="of the congress's year"),
        pytest.param(season("1 October", "30 September", year="next"), date(2019, 3, 1),
                     Window(date(2018, 10, 1), date(2019, 9, 30)), id="over the turn of the year"),
        pytest.param(season("1 January", "2 September", rolls=True, year="same year"),
                     date(2018, 3, 1),
                     Window(date(2018, 1, 1), date(2018, 9, 4),
                            ("Quốc khánh", "Quốc khánh (nghỉ bù)")), id="rolls"),
    ],
)  # fmt: skip
def test_window_opens_and_closes(rule, from_on, expected) -> None:
    assert window_on(rule, VN, from_on) == expected
