"""At the command line: who stands in for whom, desks handed over, who changed the lists."""

from typing import Any

import pytest

GROUND = ("--ground", "Quyết định số 12/QĐ-STP")
PAPER = ("--paper-number", "88", "--paper-symbol", "QĐ-BTP", "--paper-date", "08/06/2018")


@pytest.fixture
def deputy(consulted: Any) -> Any:
    """Kiểm stands in for the department of Bắc Giang until 15 June."""
    done = consulted.ok("substitutes", "add", "user:kiem", "user:bg", "--to", "15/06/2018", *GROUND)
    assert "đến hết 15/06/2018." in done.out
    return consulted


def test_substitute_answers_with_as(deputy: Any) -> None:
    deputy.who = "user:kiem"

    inbox = deputy.ok("inbox").out
    deputy.ok("rounds", "answer", "opinions", "agree", as_="user:bg")

    told = deputy.ok("dossiers", "history", "HS-1").out
    assert "Bạn thay Hà Văn Bắc đến hết ngày 15/06/2018" in inbox
    assert "thidua inbox --as user:bg" in inbox
    assert "Phạm Kiểm thay Hà Văn Bắc" in told
    assert deputy.ok("journal", "verify").code == 0


def test_substitute_whose_time_ended_yesterday_is_told_so(deputy: Any) -> None:
    deputy.who, deputy.now = "user:kiem", "2018-06-16T08:00"

    told = deputy.run("rounds", "answer", "opinions", "agree", as_="user:bg")

    assert (told.code != 0, told.reasons) == (True, ["substitution-ended"])
    assert "2018-06-15" in told.err or "15/06/2018" in told.err


def test_who_stands_in_sees_what_is_asked_while_he_does(consulted: Any) -> None:
    consulted.ok("substitutes", "add", "stp-ben-tre", "user:bg", "--to", "15/06/2018", *GROUND)
    consulted.who, paper = "stp-ben-tre", str(consulted.folder / "bao-cao.txt")

    tasks = consulted.json("inbox", as_="user:bg")["tasks"]
    asked = consulted.json("rounds", "status", "opinions", as_="user:bg")["seats"]
    shown = consulted.json("dossiers", "show", "HS-1", as_="user:bg")["tasks"]
    consulted.ok("dossiers", "document", "HS-1", "report", "--to", paper, as_="user:bg")
    consulted.now = "2018-06-16T08:00"
    after = consulted.run("rounds", "status", "opinions", as_="user:bg")

    assert {task["seat"] for task in tasks} == {"department@stp-bac-giang"}
    assert {row["seat"] for row in (*asked, *shown)} == {"department@stp-bac-giang"}
    assert after.reasons == ["not-yours-to-see"]
    assert consulted.json("inbox", as_="user:bg")["tasks"] == []


def test_list_and_end(deputy: Any) -> None:
    (row,) = deputy.json("substitutes", "list")["substitutes"]
    shown = deputy.ok("substitutes", "list").out
    deputy.ok("substitutes", "end", row["id"], "11/06/2018", "--note", "đã về")

    assert (row["for"], row["to_on"]) == ("user:bg", "2018-06-15")
    assert "Quyết định số 12/QĐ-STP" in shown
    assert deputy.json("substitutes", "list", "--on", "12/06/2018")["substitutes"] == []
    assert len(deputy.json("substitutes", "list", "--every")["substitutes"]) == 1


def test_desk_is_handed_over_with_a_preview(consulted: Any) -> None:
    consulted.ok("dossiers", "assign", "HS-1", "--to", "user:lan", "--task", first_task(consulted))
    words = ("people", "hand-over", "user:lan", "user:tham", "--last", "30/06/2018", *PAPER)

    seen = consulted.run(*words)
    told = consulted.json(*words, "--with-roles", "--yes", "--note", "nghỉ hưu")

    assert (seen.code != 0, seen.reasons) == (True, ["say-yes"])
    assert "Trần Thị Lan bàn giao cho Lê Văn Thẩm: 1 việc của 1 hồ sơ" in seen.out
    assert "Từ hôm sau không còn ai giữ: Chuyên viên cơ quan Thường trực" in seen.out
    assert (told["taken"], told["dossiers"], told["vacant"]) == (1, ["HS-1"], [])
    assert "HS-1: Lê Văn Thẩm không giữ vai trò “Chuyên viên cơ quan" in seen.err
    assert told["warnings"] == []  # the role goes with the desk
    roles = consulted.json("roles", "list", "--on", "01/07/2018", "--actor", "user:tham")["roles"]
    assert {row["role"] for row in roles} == {"appraiser", "officer"}
    assert "bàn giao" in consulted.ok("directory", "history").out


def first_task(terminal: Any) -> str:
    """The number of an open task of HS-1."""
    tasks = terminal.json("dossiers", "show", "HS-1")["tasks"]
    return str(next(task["n"] for task in tasks if task["status"] == "open"))


def test_directory_tells_who_changed_what(office: Any) -> None:
    office.write("more.csv", "id,name,lang\nuser:bg,Hà Văn Bắc Giang,vi\n")
    office.ok("people", "import", "more.csv", "--note", "Quyết định 9")

    changes = office.json("directory", "history")["changes"]
    shown = office.ok("directory", "history").out

    assert (changes[-1]["by"], changes[-1]["what"]) == ("user:lan", "people")
    assert "~ người user:bg: name Hà Văn Bắc → Hà Văn Bắc Giang" in shown
    assert "Căn cứ: Quyết định 9" in shown


def test_only_who_is_named_changes_the_lists(office: Any) -> None:
    office.write("more.csv", "id,name\nuser:x,Người mới\n")

    refused = office.run("people", "import", "more.csv", THIDUA_DIRECTORY="minister")
    office.who = "user:bt"
    office.ok("people", "import", "more.csv", THIDUA_DIRECTORY="minister")

    assert refused.reasons == ["not-allowed"]


def test_queue_without_anybody_is_named(consulted: Any) -> None:
    consulted.write("gone.csv", "actor,role,unit,from_on,to_on\n"
                    "user:bg,department,stp-bac-giang,01/01/2018,10/06/2018\n")  # fmt: skip
    consulted.ok("roles", "import", "gone.csv")

    told = consulted.ok("desks").out

    assert "Chưa có ai phụ trách" in told
    assert "Sở Tư pháp tỉnh Bắc Giang" in told.partition("Chưa có ai phụ trách")[2]
