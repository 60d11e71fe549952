"""How a due came about, in the words of each way to count it."""

from datetime import date
from typing import Any

import pytest

from thidua.workflow.calendar import WEEKDAYS
from thidua.workflow.due import Fixed, Span, YearDay
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.story import story

FROM = date(2018, 7, 2)
WEEK, MONTH = Span(7, "working days"), Span(1, "months")
OCTOBER = YearDay(10, 31)


def told(**values: Any) -> tuple[str, str]:
    how = Reckoning(calendar="a@1", **{"from_on": FROM, **values})
    return story(how), story(how, "en")


@pytest.mark.parametrize(("values", "vi", "en"), [
    ({"span": WEEK}, "7 ngày làm việc kể từ 02/07/2018 (ngày bắt đầu bước này)",
     "7 working days after 02/07/2018 (the day this step began)"),
    ({"span": Span(1, "working days"), "start": "opening"},
     "1 ngày làm việc kể từ 02/07/2018 (ngày mở đợt)",
     "1 working day after 02/07/2018 (the day it opened)"),
    ({"span": MONTH, "start": "given"}, "1 tháng kể từ 02/07/2018", "1 month after 02/07/2018"),
    ({"from_on": None, "until_on": date(2018, 7, 20)}, "gia hạn đến 20/07/2018",
     "extended to 20/07/2018"),
    ({"fixed": Fixed(OCTOBER, rolls=False)},
     "ngày 31/10 gần nhất sắp tới, tính từ 02/07/2018 (ngày bắt đầu bước này)",
     "31 October next to come, seen from 02/07/2018 (the day this step began)"),
    ({"fixed": Fixed(OCTOBER, rolls=False, year="year after")},
     "ngày 31/10 năm sau, tính từ 02/07/2018 (ngày bắt đầu bước này)",
     "31 October of the year after, seen from 02/07/2018 (the day this step began)"),
])  # fmt: skip
def test_what_was_counted(values: dict[str, Any], vi: str, en: str) -> None:
    assert told(**values) == (vi, en)


def test_ways_that_have_words_of_their_own() -> None:
    received = told(span=WEEK, start="sending", after=Span(2, "working days"))[0]

    assert received == (
        "7 ngày làm việc kể từ khi nhận được, tạm coi là 2 ngày làm việc sau ngày gửi 02/07/2018"
    )
    assert told(span=WEEK, start="meeting", before=True)[0] == (
        "chậm nhất 7 ngày làm việc trước 02/07/2018 (phiên họp)"
    )
    assert told(left=3, start="resumed")[0] == "còn 3 ngày làm việc khi chạy tiếp từ 02/07/2018"


@pytest.mark.parametrize(("values", "ends", "english"), [
    ({"transit": Span(3, "working days")}, "; thêm 3 ngày làm việc chờ thư đến",
     "; 3 working days more for the post"),
    ({"moved_by": ("Quốc khánh", "Thứ Bảy")}, "; không tính Quốc khánh, Thứ Bảy",
     "; not counting Quốc khánh, Saturday"),
    ({"moved_by": ("Giao thừa Tết Nguyên Đán", "Tết Nguyên Đán")},
     "; không tính Tết Nguyên Đán", "; not counting Tết Nguyên Đán"),
])  # fmt: skip
def test_what_was_met_on_the_way(values: dict[str, Any], ends: str, english: str) -> None:
    plain = told(span=WEEK)

    assert told(span=WEEK, **values) == (plain[0] + ends, plain[1] + english)


def test_calendar_days_are_put_off_where_working_days_are_not_counted() -> None:
    counted, rolled = (told(span=s, moved_by=("Quốc khánh",))[0] for s in (WEEK, MONTH))
    resumed = told(left=2, start="resumed", moved_by=("Quốc khánh",))[0]

    assert counted.endswith("; không tính Quốc khánh")
    assert resumed.endswith("; không tính Quốc khánh")
    assert "không tính" not in rolled
    assert rolled.count("; ") == told(span=MONTH, clamped=True)[0].count("; ") == 1
    assert told(span=WEEK, presumed=True)[0].count("; ") == 1


def test_days_and_fields_are_called_as_they_are_known() -> None:
    how = Reckoning(calendar="a@1", start="period", from_on=FROM, span=MONTH,
                    moved_by=(WEEKDAYS[6], "Quốc khánh"))  # fmt: skip
    fields = {"period": {"vi": "Thời gian lập thành tích"}}

    english = story(how, "en", fields=fields, days={"Quốc khánh": "National Day"})

    assert "(“Thời gian lập thành tích”)" in story(how, fields=fields)
    assert "(“Thời gian lập thành tích”)" in english  # no English label is known
    assert "Sunday, National Day" in english
    assert WEEKDAYS[6] in story(how, fields=fields)
