from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions.calendars import load_calendar
from thidua.workflow.calendar import NoCalendar
from thidua.workflow.due import (
    Computed,
    Offset,
    Span,
    at_least_before,
    due_on,
    remaining,
    rung_at,
)

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
