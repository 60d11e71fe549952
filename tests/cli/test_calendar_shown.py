"""The working calendar at the command line."""

import pytest

NATIONAL_DAY = "2018-09-03"


def test_show_counts_the_working_days(terminal):
    told = terminal.json("calendar", "show", "2018-09")

    days = {each["on"]: each for each in told["days"]}
    assert (told["month"], told["working_days"], len(days)) == ("2018-09", 19, 30)
    assert not days[NATIONAL_DAY]["working"]
    assert days[NATIONAL_DAY]["kind"] == "off"
    assert days["2018-09-04"]["working_day"] == 1
    assert days["2018-09-28"]["working_day"] == 19


@pytest.mark.parametrize("written", ["09/2018", "9/2018", "2018-9"])
def test_show_reads_months_as_people_write_them(terminal, written):
    assert terminal.json("calendar", "show", written)["month"] == "2018-09"


def test_show_is_this_month_unless_said(terminal):
    assert terminal.json("calendar", "show")["month"] == "2018-06"


def test_show_sets_the_days_under_their_weekdays(terminal):
    lines = terminal.ok("calendar", "show", "2018-09").out.splitlines()

    head, week = lines[2], next(line for line in lines if " 3*" in line)
    assert lines[0] == "Tháng 9 năm 2018: 19 ngày làm việc"
    assert [head.index(name) + 2 for name in ("T2", "T7", "CN")] == [
        week.index(day) + len(day) for day in (" 3", " 8", " 9")
    ]
    assert "03/09/2018" in "\n".join(lines)


def test_show_marks_a_saturday_that_is_worked(terminal):
    told = terminal.ok("calendar", "show", "2026-01", "--lang", "en")

    assert "10+" in told.out
    assert "21 working days" in told.out
    assert "12729/VPCP-KGVX" in told.out


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("show", "2018-13"), ["not-a-month"]),
        (("show", "mai"), ["not-a-month"]),
        (("show", "2018-09-01"), ["not-a-month"]),
        (("show", "2030-01"), ["no-calendar"]),
        (("show", "0001-01"), ["no-calendar"]),
        (("draft", "1800"), ["usage"]),
    ],
)
def test_bad_input_is_said(terminal, words, codes):
    told = terminal.run("calendar", *words)

    assert (told.code, told.reasons) == (2, codes)


def test_show_of_an_unknown_calendar(terminal):
    told = terminal.run("calendar", "show", "2018-09", "--calendar", "moon")

    assert (told.code, told.reasons) == (4, ["unknown-calendar"])


def test_draft_prints_what_the_calendar_then_takes(terminal):
    told = terminal.ok("calendar", "draft", "2028")
    (terminal.folder / "more").mkdir()
    (terminal.folder / "more" / "2028.yaml").write_text(told.out, encoding="utf-8")

    shown = terminal.json(
        "calendar", "show", "2028-01", THIDUA_CALENDARS=str(terminal.folder / "more")
    )

    assert shown["days"][0]["certainty"] == "assumed"
    assert "thidua calendar correct" in told.err


def test_draft_of_a_known_year_says_so(terminal):
    told = terminal.json("calendar", "draft", "2018")

    assert told["covered"] is True


def test_show_names_the_document_and_how_sure_it_is(terminal):
    told = terminal.ok("calendar", "show", "2026-01").out

    assert "Căn cứ: Công văn số 12729/VPCP-KGVX ngày 25/12/2025 (đã đọc văn bản)" in told
    assert "  02/01/2026 T6  nghỉ      Nghỉ hoán đổi" in told
    assert "+ ngày nghỉ hằng tuần nhưng làm việc" in told


def test_show_counts_each_week_and_so_far(terminal):
    lines = terminal.ok("calendar", "show", "2018-09").out.splitlines()

    weeks = [line.split()[-2:] for line in lines[3:8]]
    assert weeks == [["0", "0"], ["4", "4"], ["5", "9"], ["5", "14"], ["5", "19"]]


def test_show_warns_of_assumed_days(terminal):
    assert "giả định" in terminal.ok("calendar", "show", "2027-02").err
    assert terminal.ok("calendar", "show", "2018-09").err == ""
