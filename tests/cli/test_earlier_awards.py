"""Awards given once in a life: the list of earlier ones, named by a setting."""

from pathlib import Path
from typing import Any

EARLIER = Path(__file__).parents[2] / "examples/medal-2018/earlier-awards.csv"
PAPERS = (
    "TTr-1,12,TTr-STP,01/10/2018,Huỳnh Thị Giang,stp-an-giang,02/10/2018,knc,paper.txt,paper.txt"
)


def test_medal_is_not_stored_without_the_list(terminal: Any) -> None:
    terminal.ok("db", "init")

    told = terminal.run("procedures", "store", "commemorative-medal", "--demo")

    assert told.reasons == ["no-such-predicate"]
    assert "not_awarded_before" in told.err


def test_who_is_on_the_list_is_not_put_forward(terminal: Any) -> None:
    terminal.now = "2018-10-03T08:00"
    with_list = {"THIDUA_EARLIER_AWARDS": str(EARLIER)}
    terminal.write("people.csv", "id,name\nuser:lan,Trần Thị Lan\nuser:tham,Lê Văn Thẩm\n")
    terminal.write("roles.csv", "actor,role,from_on\nuser:lan,officer,2018-01-01\n"
                   "user:tham,appraiser,2018-01-01\n")  # fmt: skip
    terminal.write("submissions.csv", "id,number,symbol,signed_on,signer,sender,received_on,"
                   f"campaign,submission,summary\n{PAPERS}\n")  # fmt: skip
    terminal.write("paper.txt", "nội dung")
    terminal.write("medals.csv", "id,kind,name,person,category,years\n"
                   "K-1,individual,Trần Thị Mẫu,CB-0007,head,6\n"
                   "K-2,individual,Đỗ Văn Mẫu,CB-0100,head,6\n")  # fmt: skip
    terminal.ok("db", "init", **with_list)
    terminal.ok("procedures", "store", "commemorative-medal", "--demo")
    terminal.ok("people", "import", "people.csv")
    terminal.ok("roles", "import", "roles.csv")
    terminal.ok("submissions", "import", "submissions.csv")
    terminal.ok("dossiers", "import", "medals.csv", "--procedure", "commemorative-medal",
                "--submission", "TTr-1")  # fmt: skip
    terminal.ok("dossiers", "act", "K-1", "K-2", "accept", "--yes")
    terminal.who = "user:tham"

    told = terminal.run("dossiers", "act", "K-1", "K-2", "put_forward", "--yes")

    assert terminal.states() == {"K-1": "checked", "K-2": "submitted"}
    assert "not_awarded_before" in told.out + told.err


def test_list_without_its_column_is_refused(terminal: Any) -> None:
    wrong = terminal.folder / "wrong.csv"
    wrong.write_text("who,award\n", encoding="utf-8")

    told = terminal.run("db", "init", THIDUA_EARLIER_AWARDS=str(wrong))

    assert told.reasons == ["earlier-without-column"]
