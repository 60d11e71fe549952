"""Dates in words: the zeros and weekdays of an office."""

from datetime import UTC, date, datetime

import pytest

from thidua.notifiers.dates import formal, in_words, moment, numeric, time_left


@pytest.mark.parametrize(
    ("on", "vi", "en"),
    [
        (date(2018, 7, 13), "thứ Sáu, ngày 13/7/2018", "Friday, 13 July 2018"),
        (date(2018, 7, 9), "thứ Hai, ngày 09/7/2018", "Monday, 9 July 2018"),
        (date(2018, 2, 6), "thứ Ba, ngày 06/02/2018", "Tuesday, 6 February 2018"),
        (date(2018, 1, 31), "thứ Tư, ngày 31/01/2018", "Wednesday, 31 January 2018"),
        (date(2018, 3, 1), "thứ Năm, ngày 01/3/2018", "Thursday, 1 March 2018"),
        (date(2026, 1, 10), "thứ Bảy, ngày 10/01/2026", "Saturday, 10 January 2026"),
        (date(2018, 12, 30), "Chủ nhật, ngày 30/12/2018", "Sunday, 30 December 2018"),
    ],
)
def test_date_in_words(on, vi, en):
    assert (in_words(on, lang="vi"), in_words(on, lang="en")) == (vi, en)


@pytest.mark.parametrize(
    ("on", "vi", "en"),
    [
        (date(2018, 6, 7), "ngày 07 tháng 6 năm 2018", "7 June 2018"),
        (date(2018, 2, 11), "ngày 11 tháng 02 năm 2018", "11 February 2018"),
    ],
)
def test_date_of_a_document(on, vi, en):
    assert (formal(on, lang="vi"), formal(on, lang="en")) == (vi, en)


def test_numeric_date():
    assert numeric(date(2018, 7, 9), lang="vi") == "09/7/2018"


def test_moment_is_local():
    at = datetime(2018, 7, 8, 18, 5, tzinfo=UTC)

    assert moment(at, lang="vi") == "01 giờ 05, thứ Hai, ngày 09/7/2018"
    assert moment(at, lang="en") == "01:05 on Monday, 9 July 2018"


@pytest.mark.parametrize(
    ("days", "vi", "en"),
    [
        (2, "còn 2 ngày làm việc", "2 working days left"),
        (1, "còn 1 ngày làm việc", "1 working day left"),
        (0, "đến hạn hôm nay", "due today"),
        (-1, "quá hạn 1 ngày làm việc", "1 working day late"),
        (-3, "quá hạn 3 ngày làm việc", "3 working days late"),
    ],
)
def test_time_left(days, vi, en):
    assert (time_left(days, lang="vi"), time_left(days, lang="en")) == (vi, en)
