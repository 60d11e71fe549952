"""Time at the command line: whose tasks, how late, on whose desk, how timely; and files of it."""

import csv
import io
from typing import Any

import pytest
from icalendar import Calendar

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")


def test_inbox_says_how_and_puts_the_most_urgent_first(consulted: Any) -> None:
    told = consulted.ok("inbox", as_="user:bg").out
    (group,) = consulted.json("inbox", as_="user:bg")["groups"]

    assert "Việc của Hà Văn Bắc: 3 việc, 0 quá hạn" in told
    command = "thidua rounds answer opinions@dh-2018 agree --seat stp-bac-giang"
    assert command in told
    assert [way["command"] for way in group["ways"]] == [command]


def test_way_that_is_shown_can_be_gone(proposed: Any) -> None:
    (group,) = proposed.json("inbox")["groups"]
    accept = next(way["command"] for way in group["ways"] if " accept " in way["command"])

    proposed.ok(*accept.split()[1:], "--yes")

    assert set(proposed.states().values()) == {"appraisal"}


def test_inbox_of_a_unit_and_of_a_seat(consulted: Any) -> None:
    unit = consulted.json("inbox", "--unit", "stp-ben-tre")
    seat = consulted.json("inbox", "--seat", "stp-ben-tre")

    assert unit["tasks"] == seat["tasks"]
    assert {task["seat"] for task in unit["tasks"]} == {"department@stp-ben-tre"}
    assert unit["name"] == "Sở Tư pháp tỉnh Bến Tre"


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("inbox", "--unit", "stp-x"), 4, "unknown-unit"),
        (("inbox", "--seat", "x"), 4, "unknown-seat"),
        (("inbox", "--seat", "x", "--unit", "y"), 2, "whose-tasks"),
        (("inbox", "--unit", "stp-ben-tre", "--ics", "x.ics"), 2, "agenda-for-person"),
        (("timeliness", "--from", "02/06/2018", "--to", "01/06/2018"), 2, "period-backwards"),
        (("timeliness", "--unit", "stp-x"), 4, "unknown-unit"),
        (("timeliness", "--plot", "x.pdf"), 2, "plot-ending"),
        (("timeliness", "--to", "01/01/2018", "--plot", "x.png"), 2, "plot-empty"),
        (("late", "--csv", "-", "--json"), 2, "csv-or-json"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_wrong_words_are_refused_with_what_to_do(
    consulted: Any, words: tuple[str, ...], code: int, reason: str, lang: str
) -> None:
    consulted.lang = lang

    told = consulted.run(*words)

    assert told.code == code
    assert reason in told.err


def test_paused_task_keeps_its_days_and_is_not_late(consulted: Any) -> None:
    consulted.ok("dossiers", "hold", "HS-1", "--note", "Có đơn")
    consulted.now = "2018-07-30T09:00"

    told = consulted.json("inbox", "--unit", "stp-ben-tre")

    assert (told["late"], told["paused"]) == (2, 1)
    assert [(t["dossier_id"], t["days_left"]) for t in told["tasks"]] == [
        ("HS-2", -26), ("HS-3", -26), ("HS-1", 7)
    ]  # fmt: skip


def test_late_list_is_told_by_round_with_reminders_and_extensions(consulted: Any) -> None:
    consulted.ok("dossiers", "extend", "HS-1", "opinions", "25/06/2018", "--seat", "stp-ben-tre",
                 "--note", "Bưu điện chậm")  # fmt: skip
    consulted.now = "2018-06-15T09:00"
    consulted.ok("run", "--once")
    consulted.now = "2018-06-26T09:00"

    told = consulted.ok("late").out
    tasks = consulted.json("late")["tasks"]

    assert told.splitlines()[0] == "6 việc quá hạn"
    assert "(opinions@dh-2018): 6 việc của 2 nơi" in told
    late = {(t["dossier_id"], t["seat"]): (t["days_left"], t["extended"]) for t in tasks}
    assert late["HS-1", "department@stp-ben-tre"] == (-1, 1)
    assert late["HS-1", "department@stp-bac-giang"] == (-2, 0)
    assert {t["phone"] for t in tasks} == {"0204", "0275"}


def test_reminders_that_went_out_are_counted(consulted: Any) -> None:
    for day in (19, 21):  # three working days before the due of the 22nd, and one
        consulted.now = f"2018-06-{day}T09:00"
        consulted.ok("run", "--once")
    consulted.now = "2018-06-25T07:00"

    tasks = consulted.json("late")["tasks"]

    (sent,) = {t["sent"] for t in tasks if t["seat"] == "department@stp-bac-giang"}
    assert sent == 2
    assert {t["sent"] for t in tasks if t["seat"] == "department@stp-ben-tre"} == {0}  # by phone
    assert {t["last_at"][:10] for t in tasks if t["sent"]} == {"2018-06-21"}


def test_desks_age_in_working_days_and_tell_pauses_apart(consulted: Any) -> None:
    consulted.ok("dossiers", "hold", "HS-3", "--note", "Có đơn")
    consulted.now = "2018-06-20T09:00"

    rows = {row["key"]: row for row in consulted.json("desks")["desks"]}
    told = consulted.ok("desks").out

    # Asked on Monday the 11th: 12, 13, 14, 15, 18, 19, 20.
    ben_tre = rows["department@stp-ben-tre"]
    assert (ben_tre["open"], ben_tre["paused"], ben_tre["late"]) == (2, 1, 0)
    assert ben_tre["ages"] == {"0-2": 0, "3-5": 0, "6-10": 2, "11-": 0}
    assert (ben_tre["oldest_days"], ben_tre["oldest_on"]) == (7, "2018-06-11")
    assert "6 việc đang chờ ở 3 nơi: 0 quá hạn; ngoài ra 3 tạm dừng" in told


def test_desk_of_a_holder_is_the_holders(proposed: Any) -> None:
    proposed.ok("dossiers", "assign", "HS-1", "--to", "user:tham")

    by_who = {row["name"]: row["open"] for row in proposed.json("desks")["desks"]}
    by_role = proposed.json("desks", "--by", "role")["desks"]

    assert by_who == {"Lê Văn Thẩm": 1, "Chuyên viên cơ quan Thường trực Hội đồng": 2}
    assert [row["open"] for row in by_role] == [3]


def test_timeliness_is_told_with_its_numbers(consulted: Any) -> None:
    for unit, day, actor in (("stp-bac-giang", 20, "user:bg"), ("stp-ben-tre", 25, "stp-ben-tre")):
        consulted.now = f"2018-06-{day}T09:00"
        consulted.ok("rounds", "answer", "opinions", "agree", "--seat", unit, *PAPER, as_=actor)

    told = consulted.json(
        "timeliness", "--by", "unit", "--from", "22/06/2018", "--to", "22/06/2018"
    )
    text = consulted.ok("timeliness", "--by", "unit", "--from", "22/06/2018", "--to", "22/06/2018")

    rates = {row["key"]: (row["in_time"], row["late"], row["median_days"], row["worst_past_days"])
             for row in told["rates"]}  # fmt: skip
    assert rates == {"stp-bac-giang": (3, 0, 7, 0), "stp-ben-tre": (0, 3, 10, 1)}
    assert told["total"]["share"] == 0.5
    assert "Đúng hạn 50%: 3 trên 6 việc đến hạn từ 22/06/2018 đến 22/06/2018" in text.out


def test_share_has_a_comma_in_vietnamese() -> None:
    from thidua.cli.timely import percent

    assert (percent(47 / 48, "vi"), percent(47 / 48, "en")) == ("97,9%", "97.9%")
    assert (percent(1, "vi"), percent(None, "vi")) == ("100%", "–")


def test_tables_go_into_spreadsheets(consulted: Any) -> None:
    consulted.ok("dossiers", "correct", "HS-1", "--name", "=HYPERLINK(1)", "--note", "thử")
    shown = consulted.ok("inbox", "--unit", "stp-ben-tre", "--csv", "-").out
    file = consulted.folder / "viec.csv"
    consulted.ok("inbox", "--unit", "stp-ben-tre", "--csv", str(file))

    rows = list(csv.DictReader(io.StringIO(shown)))
    assert [row["Hồ sơ"] for row in rows] == ["HS-1", "HS-2", "HS-3"]
    assert {row["Hạn"] for row in rows} == {"2018-06-22"}
    assert rows[0]["Tên"] == "'=HYPERLINK(1)"
    assert file.read_bytes().startswith("\ufeffHạn,".encode())


def test_who_is_asked_sees_no_desk_but_its_own(consulted: Any) -> None:
    """What lies on the others' desks tells who is asked, who has answered and how far it came."""
    consulted.who = "user:bg"
    assert [row["key"] for row in consulted.json("desks")["desks"]] == ["department@stp-bac-giang"]

    consulted.who = "user:m1"
    assert len(consulted.json("desks")["desks"]) == 3


@pytest.mark.parametrize("command", ["late", "desks", "timeliness"])
def test_every_list_has_a_spreadsheet(consulted: Any, command: str) -> None:
    consulted.now = "2018-06-26T09:00"

    rows = list(csv.reader(io.StringIO(consulted.ok(command, "--csv", "-").out)))

    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_dues_go_into_a_calendar(consulted: Any) -> None:
    file = consulted.folder / "han.ics"
    told = consulted.ok("inbox", "--ics", str(file), as_="user:bg")

    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2018-06-22"
    assert "han.ics" in told.out


def test_charts_are_png_and_svg(consulted: Any) -> None:
    consulted.now = "2018-06-26T09:00"
    png, svg = consulted.folder / "d.png", consulted.folder / "d.svg"
    for file in (png, svg):
        consulted.ok("timeliness", "--by", "unit", "--plot", str(file))
    first = svg.read_bytes()
    consulted.ok("timeliness", "--by", "unit", "--plot", str(svg))

    assert png.read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in first
    assert svg.read_bytes() == first


def test_long_name_keeps_its_end() -> None:
    from thidua.cli.table import cut_within, width
    from thidua.plots import folded

    cut = cut_within("Sở Tư pháp tỉnh Bà Rịa - Vũng Tàu", 18)

    assert cut.startswith("Sở Tư")
    assert cut.endswith("Vũng Tàu")
    assert width(cut) <= 18
    long = folded("Lấy ý kiến " * 8 + "về hộ gia đình tiêu biểu")
    assert long.endswith("hộ gia đình tiêu biểu")
    assert long.count("\n") == 1
