"""`thidua due`, and how a dossier's dues are told."""

import pytest


@pytest.mark.parametrize(
    ("words", "due", "told"),
    [
        (("10 ngày làm việc", "--from", "20/01/2025"), "2025-02-10",
         "10 ngày làm việc kể từ 20/01/2025; không tính 29 Tết, Tết Nguyên Đán"),
        (("10 working days", "--from", "2019-08-30"), "2019-09-16",
         "10 ngày làm việc kể từ 30/08/2019; không tính Quốc khánh"),
        (("3 ngày làm việc", "--from", "28/04/2025"), "2025-05-06",
         "3 ngày làm việc kể từ 28/04/2025; không tính Ngày Chiến thắng, Ngày Quốc tế Lao động, "
         "Nghỉ hoán đổi, làm bù ngày 26/4/2025"),
        (("45 ngày", "--from", "18/07/2018"), "2018-09-04",
         "45 ngày kể từ 18/07/2018; ngày cuối rơi vào ngày nghỉ (Thứ Bảy, Quốc khánh) nên lùi "
         "sang ngày làm việc kế tiếp"),
        (("1 tháng", "--from", "31/01/2023"), "2023-02-28",
         "1 tháng kể từ 31/01/2023; tháng đó không có ngày này nên lấy ngày cuối tháng"),
        (("1 năm", "--from", "11/06/2018"), "2019-06-11", "1 năm kể từ 11/06/2018"),
        (("10 ngày làm việc", "--before", "11/02/2025"), "2025-01-20",
         "chậm nhất 10 ngày làm việc trước 11/02/2025; không tính 29 Tết, Tết Nguyên Đán"),
        (("31/10", "--of", "after", "--from", "15/12/2017"), "2018-10-31",
         "ngày 31/10 năm sau, tính từ 15/12/2017"),
        (("2 September", "--from", "18/07/2018"), "2018-09-02",
         "ngày 02/09 gần nhất sắp tới, tính từ 18/07/2018"),
        (("2/9", "--rolls", "--from", "18/07/2018"), "2018-09-04",
         "ngày 02/09 gần nhất sắp tới, tính từ 18/07/2018; ngày cuối rơi vào ngày nghỉ "
         "(Quốc khánh) nên lùi sang ngày làm việc kế tiếp"),
        (("7 ngày làm việc", "--from", "02/07/2018", "--after", "2 ngày làm việc", "--transit",
          "3 ngày làm việc"), "2018-07-18",
         "7 ngày làm việc kể từ khi nhận được, tạm coi là 2 ngày làm việc sau ngày gửi "
         "02/07/2018; thêm 3 ngày làm việc chờ thư đến"),
    ],
)  # fmt: skip
def test_every_kind_of_time_is_told(terminal, words, due, told):
    answer = terminal.json("due", *words)

    assert (answer["due_on"], answer["told"]["vi"]) == (due, told)
    assert told in terminal.ok("due", *words).out


def test_today_is_counted_from_unless_said(terminal):
    assert terminal.json("due", "1 ngày làm việc")["reckoned"]["from"] == "2018-06-11"


def test_a_window_opens_and_closes(terminal):
    words = ("due", "31/10", "--of", "after", "--from", "09/02/2018", "--opens", "1/1")

    answer = terminal.json(*words)

    assert (answer["opens_on"], answer["due_on"]) == ("2019-01-01", "2019-10-31")
    assert "01/01/2019" in terminal.ok(*words).out


def test_days_off_are_listed_and_named_in_english(terminal):
    told = terminal.ok("due", "10 working days", "--from", "2019-08-30", "--lang", "en").out

    assert "10 working days after 30/08/2019; not counting National Day" in told
    assert "Due: the end of 16/09/2019 Mon" in told
    assert "Late from 17/09/2019 00:00 on." in told
    assert "02/09/2019 Mon  National Day" in told


def test_a_single_day_and_a_weekend_in_english(terminal):
    told = terminal.json("due", "1 calendar day", "--from", "2018-06-15")["told"]["en"]

    assert told == (
        "1 calendar day after 15/06/2018; its last day was off (Saturday, Sunday), so the next "
        "working day"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("10 days",), "not-a-time"),
        (("mười ngày",), "not-a-time"),
        (("31/13",), "not-a-time"),
        (("31/2",), "not-a-time"),
        (("10 ngày làm việc", "--rolls"), "due-options"),
        (("10 ngày làm việc", "--opens", "1/1"), "due-options"),
        (("31/10", "--before", "11/02/2025"), "due-options"),
        (("31/10", "--after", "2 ngày làm việc"), "due-options"),
        (
            ("5 ngày làm việc", "--before", "11/02/2025", "--after", "2 ngày làm việc"),
            "due-options",
        ),
        (("31/10", "--opens", "2 ngày làm việc"), "not-a-time"),
        (("5 ngày làm việc", "--after", "31/10"), "not-a-time"),
        (("10 ngày làm việc", "--from", "20/12/2027"), "no-calendar"),
        (("10 ngày làm việc", "--from", "mai"), "usage"),
        (("1 ngày", "--calendar", "khac"), "unknown-calendar"),
    ],
)
def test_bad_input_of_a_due_is_said(terminal, words, code):
    told = terminal.run("due", *words, "--json")

    assert told.code in (2, 4)
    assert code in told.err


def test_a_dossier_tells_how_its_dues_came_about(consulted):
    told = consulted.ok("dossiers", "show", "HS-1").out

    assert "Cách tính thời hạn" in told
    assert "7 ngày làm việc kể từ khi nhận được, tạm coi là 2 ngày làm việc sau ngày gửi" in told
    assert "kết thúc “Lấy ý kiến" in told


def test_a_dossier_gives_its_reckoning_as_json(consulted):
    tasks = consulted.json("dossiers", "show", "HS-1")["tasks"]

    ask = next(t for t in tasks if t["kind"] == "ask")
    assert ask["reckoned"]["start"] in ("opening", "receipt")
    assert ask["reckoned"]["calendar"].startswith("vn-civil-service@")
