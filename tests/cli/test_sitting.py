"""The council at the command line: terms and posts, a meeting from its call to its end."""

import json
from datetime import date
from typing import Any

import pytest

MEMBERS = """actor,post,from_on
user:m1,chair,01/01/2018
user:m2,deputy,01/01/2018
user:m3,secretary,01/01/2018
user:m4,ordinary,01/01/2018
user:m5,ordinary,01/01/2018
"""
AUTHORITY = ("--paper-number", "9", "--paper-symbol", "UQ", "--paper-date", "20/05/2018",
             "--signer", "Đặng Văn Ân")  # fmt: skip
ALL = [f"user:m{i}=present" for i in range(1, 6)]


@pytest.fixture
def term(council: Any) -> Any:
    """A council of five with its posts, and a second meeting of it."""
    council.write("hd.csv", MEMBERS)
    council.ok("council", "form", "Hội đồng TĐKT", "01/01/2016", "--id", "hd", "--quorum", "3/5")
    council.ok("council", "appoint", "hd", "hd.csv")
    council.ok("meetings", "add", "Phiên hai", "02/07/2018", "--id", "hop-2", "--council", "hd")
    return council


def test_council_is_shown_by_post(term: Any) -> None:
    shown = term.ok("council", "show", "hd").out
    (row,) = term.json("council", "terms")["councils"]

    assert shown.index("Chủ tịch") < shown.index("Phó Chủ tịch") < shown.index("Thư ký")
    assert (row["id"], row["quorum"], row["members"]) == ("hd", "3/5", 5)


def test_nobody_is_appointed_whom_no_list_has(term: Any) -> None:
    term.write("la.csv", "actor,post,from_on\nuser:none,ordinary,01/01/2018\n")

    told = term.run("council", "appoint", "hd", "la.csv")

    assert (told.code, told.reasons) == (4, ["unknown-actor"])
    assert term.json("council", "terms")["councils"][0]["members"] == 5


def test_a_meeting_from_its_call_to_its_end(term: Any) -> None:
    term.ok("meetings", "preside", "hop-2", "user:m2", *AUTHORITY)
    attended = term.json("meetings", "attend", "hop-2", "user:m1=excused", "--all", "present")
    begun = term.ok("meetings", "begin", "hop-2").out
    shown = term.ok("meetings", "show", "hop-2").out
    told = term.json("meetings", "show", "hop-2")
    term.ok("meetings", "conclude", "hop-2")

    assert attended["present"] == 4
    assert "có mặt 4/5 thành viên" in begun
    assert "Ái Thị Bình" in shown
    assert "vắng có lý do" in shown
    assert "số 9/UQ" in shown
    assert (told["presides"], told["status"], told["authority"]["number"]) == (
        "user:m2", "open", "9",
    )  # fmt: skip
    assert term.run("journal", "verify").code == 0


def test_minutes_tell_posts_authority_and_who_was_not_noted(term: Any) -> None:
    before = term.ok("papers", "minutes", "hop-2", "--text").out
    term.ok("meetings", "preside", "hop-2", "user:m2", *AUTHORITY)
    term.ok("meetings", "attend", "hop-2", *ALL[:4])
    after = " ".join(term.ok("papers", "minutes", "hop-2", "--text").out.split())

    assert all(post in before for post in ("Chủ tịch", "Phó Chủ tịch", "Thư ký", "Ủy viên"))
    assert "(theo ủy quyền số 9/UQ ngày 20/5/2018)" in after
    assert "Hội đồng: 05; có mặt: 04" in after
    assert "không gửi phiếu: 00; không ghi: 01" in after


def test_cases_are_put_off_and_brought(term: Any) -> None:
    put_off = ("meetings", "defer", "hop-1", "HS-1", "--to", "hop-2", "--note", "Chờ xác minh")
    told = term.ok(*put_off).out
    term.ok("meetings", "defer", "hop-1", "HS-2", "--note", "Rút", *AUTHORITY)
    term.ok("meetings", "bring", "hop-2", "HS-2", "--note", "Đủ thông tin", *AUTHORITY)
    events = term.json("dossiers", "history", "HS-2")["events"]
    shown = term.json("meetings", "show", "hop-1")
    after = term.json("meetings", "show", "hop-2")
    page = term.ok("dossiers", "show", "HS-1").out

    assert "sang phiên hop-2" in told
    assert [(c["dossier"], c["change"], c["to"], c["note"]) for c in shown["changes"]] == [
        ("HS-1", "deferred", "hop-2", "Chờ xác minh"), ("HS-2", "taken_off", None, "Rút"),
    ]  # fmt: skip
    assert [c["dossier_id"] for c in after["cases"]] == ["HS-1", "HS-2"]
    assert "chuyển phiên khác" in page
    papers = {e["act"]: e["paper"]["number"] for e in events if e["act"] in ("putoff", "putto")}
    assert papers == {"putoff": "9", "putto": "9"}
    assert term.run("journal", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("meetings", "preside", "hop-2", "user:m2"), 1, "authority-missing"),
        (("meetings", "preside", "hop-2", "user:m4"), 1, "not-chair-or-deputy"),
        (("meetings", "begin", "hop-2"), 1, "meeting-without-attendance"),
        (("meetings", "attend", "hop-2", "user:bt=present"), 1, "not-on-council"),
        (("meetings", "attend", "hop-2", "user:m1=late"), 4, "unknown-presence"),
        (("meetings", "attend", "hop-2"), 2, "nothing-said"),
        (("meetings", "conclude", "hop-1"), 1, "meeting-ballots-open"),
        (("meetings", "show", "hop-9"), 4, "unknown-meeting"),
        (("meetings", "defer", "hop-1", "HS-1"), 1, "note-missing"),
        (("meetings", "defer", "hop-2", "HS-1", "--note", "x"), 1, "case-elsewhere"),
        (("meetings", "bring", "hop-2", "HS-1", "--note", "x"), 1, "not-waiting"),
        (("meetings", "note", "hop-2", "HS-1", "--note", "x"), 1, "case-not-shown"),
        (("council", "show", "hd-9"), 4, "unknown-council"),
        (("council", "form", "Khác", "01/01/2018", "--id", "hd"), 1, "id-taken"),
        (("council", "form", "Khác", "01/01/2018", "--quorum", "3"), 2, "bad-share"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    term: Any, words: tuple[str, ...], code: int, reason: str
) -> None:
    before = term.digest()

    told = term.run(*words)

    assert (told.code, reason in told.reasons) == (code, True), told.err
    assert term.digest() == before


def test_a_case_that_is_before_no_meeting_needs_its_step(proposed: Any) -> None:
    proposed.call_meeting("hop-1", date(2018, 7, 2))

    told = proposed.run("meetings", "bring", "hop-1", "HS-1", "--note", "x")

    assert (told.code, told.reasons) == (1, ["before-no-meeting"])
    assert "--trigger" in told.err


def test_a_paper_count_without_quorum_is_refused(council: Any) -> None:
    council.ok("meetings", "attend", "hop-1", "user:m1=present", "user:m2=present")
    council.write("c.csv", "dossier,present,issued,returned,for,against\nHS-1,2,2,2,2,0\n")
    council.who = "user:kiem"

    told = council.run("votes", "count", "vote", "c.csv", "--paper-number", "7")

    assert (told.code, told.reasons) == (1, ["meeting-without-quorum"])


def test_relatives_are_entered(council: Any) -> None:
    council.write("rel.csv", "person,relative,ground\nuser:m1,user:ag,Bản kê khai\n")

    told = council.json("council", "relatives", "rel.csv")

    assert (told["added"], told["changed"]) == (1, 0)


def test_minutes_give_the_reason_of_who_is_away(term: Any) -> None:
    term.ok("meetings", "attend", "hop-2", "user:m1=excused:đi công tác: Huế", "user:m2=absent:ốm",
            "--all", "present")  # fmt: skip
    term.ok("meetings", "attend", "hop-2", "user:m2=present")
    paper = term.json("papers", "minutes", "hop-2")

    away = {m["name"]: (m["presence"], m["why"]) for m in paper["values"]["attendance"]["members"]}
    assert away["Đặng Văn Ân"] == ("Vắng, có lý do", "đi công tác: Huế")
    assert away["Ái Thị Bình"] == ("Có mặt", None)
    assert "do: đi công" in paper["text"]


def test_what_is_held_about_a_member_tells_of_meetings_and_tasks(term: Any) -> None:
    term.ok("meetings", "attend", "hop-2", "user:m1=excused:đi công tác: Huế", "user:m2=absent:ốm")
    term.ok("people", "export", "user:m1", "--to", str(term.folder / "xuat"))

    held = json.loads((term.folder / "xuat" / "du-lieu.json").read_text(encoding="utf-8"))
    page = (term.folder / "xuat" / "du-lieu.html").read_text(encoding="utf-8")
    (met,) = held["meetings"]
    assert (met["id"], met["presence"], met["why"]) == ("hop-2", "excused", "đi công tác: Huế")
    assert {each["seat"] for each in held["tasks"]} <= {"member:user:m1"}
    assert "đi công tác: Huế" in page
    assert "ốm" not in str(held)


def test_attendance_from_a_list(council: Any) -> None:
    council.write("dd.csv", "seat,presence,excuse\nuser:m1,present,\nuser:m2,excused,đi công tác\n")

    council.ok("meetings", "attend", "hop-1", "--file", "dd.csv")

    members = {
        m["seat"]: m["presence"] for m in council.json("meetings", "show", "hop-1")["members"]
    }
    assert (members["member:user:m1"], members["member:user:m2"]) == ("present", "excused")
    assert "công tác" not in council.ok("meetings", "show", "hop-1").out
