from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions.calendars import load_calendar
from thidua.workflow.calendar import NoCalendar
from thidua.workflow.due import (
    Computed,
    Fixed,
    Offset,
    Span,
    YearDay,
    at_least_before,
    due_on,
    fixed_on,
    remaining,
    rung_at,
)
from thidua.workflow.window import Window, WindowRule, window_on

VN = load_calendar()
DATES = st.dates(date(2018, 7, 1), date(2026, 6, 30))
UNITS = ("working days", "calendar days", "months", "years")
SPANS = st.one_of(
    st.builds(Span, st.integers(1, 60), st.just("working days")),
    st.builds(Span, st.integers(1, 90), st.just("calendar days")),
    st.builds(Span, st.integers(1, 5), st.just("months")),
    st.builds(Span, st.just(1), st.just("years")),
)


def worked(on: date) -> bool:
    return on in VN.work or (on.isoweekday() < 6 and on not in VN.off)


def walked(from_on: date, span: Span) -> date:
    """The oracle: walk day by day until the span is over, then on to a working day."""
    on, crossed = from_on, 0
    months = span.count * {"months": 1, "years": 12}.get(span.unit, 0)
    while True:
        on += timedelta(1)
        if span.unit == "working days":
            crossed += worked(on)
            over = crossed == span.count
        elif span.unit == "calendar days":
            crossed += 1
            over = crossed == span.count
        else:
            crossed += on.day == 1
            last_of_month = (on + timedelta(1)).day == 1
            over = crossed == months and (on.day == from_on.day or last_of_month)
        if over:
            break
    while not worked(on):
        on += timedelta(1)
    return on


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("7 working days", Span(7, "working days")),
        ("1 working day", Span(1, "working days")),
        ("45 calendar days", Span(45, "calendar days")),
        ("1 calendar day", Span(1, "calendar days")),
        ("1 month", Span(1, "months")),
        ("3 months", Span(3, "months")),
        ("1 year", Span(1, "years")),
        ("2 years", Span(2, "years")),
        ("9999 working days", Span(9999, "working days")),
    ],
)
def test_parse_span_reads_what_it_writes(text: str, span: Span) -> None:
    assert Span.parse(text) == span
    assert str(span) == text


@pytest.mark.parametrize(
    "text",
    [
        *("7 days", "working days", "0 working days", "-1 months", "07 months", "10000 years"),
        *("7 Working Days", "7  working days", " 7 working days", "7 working days ", "7 working"),
        *("7.5 months", "٧ months", "on the day", "", "7 working days\n", "7 working days before"),
    ],
)
def test_parse_span_refuses_other_text_and_says_what_it_expects(text: str) -> None:
    with pytest.raises(ValueError, match="'7 working days', '45 calendar days'"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("text", "working_days"),
    [
        ("5 working days before", -5),
        ("1 working day before", -1),
        ("on the day", 0),
        ("1 working day after", 1),
        ("2 working days after", 2),
    ],
)
def test_parse_offset_reads_what_it_writes(text: str, working_days: int) -> None:
    assert Offset.parse(text) == Offset(working_days)
    assert str(Offset(working_days)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2 days after",
        "0 working days after",
        "before",
        "on the Day",
        "5 working days",
        "2 months after",
    ],
)
def test_parse_offset_refuses_other_text_and_says_what_it_expects(text: str) -> None:
    with pytest.raises(ValueError, match="'5 working days before', 'on the day'"):
        Offset.parse(text)


@pytest.mark.parametrize(
    ("from_on", "span", "expected"),
    [
        pytest.param(
            date(2019, 8, 30),
            "10 working days",
            Computed(date(2019, 9, 16), ("Quốc khánh",)),
            id="T9",
        ),
        pytest.param(
            date(2025, 4, 28),
            "3 working days",
            Computed(
                date(2025, 5, 6),
                ("Ngày Chiến thắng", "Ngày Quốc tế Lao động")
                + ("Nghỉ hoán đổi, làm bù ngày 26/4/2025",),
            ),
            id="over a swap",
        ),
        pytest.param(
            date(2018, 8, 18),
            "15 calendar days",
            Computed(date(2018, 9, 4), ("Quốc khánh", "Quốc khánh (nghỉ bù)")),
            id="ends on National Day",
        ),
        pytest.param(
            date(2025, 2, 28), "1 month", Computed(date(2025, 3, 28)), id="same number of the month"
        ),
        pytest.param(
            date(2023, 1, 31), "1 month", Computed(date(2023, 2, 28), (), True), id="clamped"
        ),
        pytest.param(
            date(2025, 1, 31),
            "1 month",
            Computed(date(2025, 2, 28), (), True),
            id="clamped on Friday",
        ),
        pytest.param(
            date(2020, 2, 29),
            "1 year",
            Computed(date(2021, 3, 1), ("Chủ nhật",), True),
            id="leap day, clamped and rolled",
        ),
        pytest.param(
            date(2020, 2, 29), "4 years", Computed(date(2024, 2, 29)), id="leap day to leap day"
        ),
        pytest.param(
            date(2018, 12, 15), "14 months", Computed(date(2020, 2, 17), ("Thứ Bảy", "Chủ nhật"))
        ),
        pytest.param(
            date(1990, 5, 3), "30 years", Computed(date(2020, 5, 4), ("Chủ nhật",)), id="long ago"
        ),
    ],
)
def test_due_on_tells_the_date_and_its_story(from_on: date, span: str, expected: Computed) -> None:
    assert due_on(VN, from_on, Span.parse(span)) == expected


@given(DATES, SPANS)
def test_due_on_agrees_with_walking_day_by_day(from_on: date, span: Span) -> None:
    assert due_on(VN, from_on, span).on == walked(from_on, span)


@pytest.mark.parametrize(
    ("from_on", "span", "year"),
    [
        (date(2027, 12, 20), "10 working days", 2028),
        (date(2027, 12, 20), "30 calendar days", 2028),
        (date(2027, 12, 20), "1 month", 2028),
        (date(2026, 1, 20), "9999 years", 12025),
        (date(9999, 12, 31), "1 calendar day", 9999),
        (date(2017, 12, 20), "10 working days", 2017),
    ],
)
def test_due_on_outside_the_calendar_is_refused(from_on: date, span: str, year: int) -> None:
    with pytest.raises(NoCalendar) as caught:
        due_on(VN, from_on, Span.parse(span))

    assert caught.value.fields["year"] == year


def test_posting_of_ten_working_days_lets_the_council_meet_the_day_after() -> None:
    ten = Span(10, "working days")
    posted, end, meeting = date(2025, 1, 20), date(2025, 2, 10), date(2025, 2, 11)

    assert due_on(VN, posted, ten).on == end
    assert at_least_before(VN, meeting, ten) == posted
    assert at_least_before(VN, end, ten) == date(2025, 1, 17)


@given(st.dates(date(2019, 9, 1), date(2026, 6, 30)), SPANS)
def test_at_least_before_is_the_last_working_day_that_suffices(meeting: date, span: Span) -> None:
    shortest = {"months": 28, "years": 365}.get(span.unit, 1) * span.count
    expected = meeting - timedelta(shortest)
    while not (worked(expected) and walked(expected, span) < meeting):
        expected -= timedelta(1)

    assert at_least_before(VN, meeting, span) == expected


@pytest.mark.parametrize("span", ["10 working days", "30 calendar days", "1 month"])
def test_at_least_before_outside_the_calendar_is_refused(span: str) -> None:
    with pytest.raises(NoCalendar):
        at_least_before(VN, date(2018, 1, 10), Span.parse(span))
    with pytest.raises(NoCalendar):
        at_least_before(VN, date(1, 1, 10), Span.parse(span))


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ("5 working days before", date(2018, 8, 27)),
        ("1 working day before", date(2018, 8, 31)),
        ("on the day", date(2018, 9, 4)),
        ("2 working days after", date(2018, 9, 6)),
    ],
)
def test_rung_is_at_eight_of_its_working_day(offset: str, expected: date) -> None:
    at = rung_at(VN, date(2018, 9, 4), Offset.parse(offset))

    assert at == datetime(expected.year, expected.month, expected.day, 1, tzinfo=UTC)


def test_rung_of_a_due_on_a_day_off_comes_the_working_day_before() -> None:
    sunday = date(2018, 9, 2)

    at = rung_at(VN, sunday, Offset(0), hour=9)

    assert at == datetime(2018, 8, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now_on", "left"),
    [
        (date(2018, 8, 31), 1),
        (date(2018, 9, 2), 1),
        (date(2018, 9, 4), 0),
        (date(2018, 9, 5), -1),
        (date(2018, 9, 8), -4),
        (date(2018, 9, 10), -4),
        (date(2018, 9, 11), -5),
    ],
)
def test_remaining_counts_down_to_the_due_and_on(now_on: date, left: int) -> None:
    assert remaining(VN, now_on, date(2018, 9, 4)) == left


@given(DATES, DATES)
def test_remaining_is_negative_exactly_when_a_working_due_is_past(now_on: date, due: date) -> None:
    on = VN.roll(due).on

    assert (remaining(VN, now_on, on) < 0) == (now_on > on)


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
