"""A round opened with a question of its own for some seats, in one transaction."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from thidua.definitions import shipped

LIST = """seat,question,files,dossier
stp-bac-giang,"Đề nghị cung cấp số vụ hòa giải thành năm 2017",so-vu.txt,
stp-ben-tre,"Đề nghị xác nhận quyết định tặng thưởng",,HS-2
"""


@pytest.fixture
def accepted(proposed: Any) -> Any:
    """Three dossiers in appraisal under the procedure as it ships; an appraiser at the keyboard."""
    proposed.ok("dossiers", "act", "accept", "--state", "proposed", "--yes")
    proposed.write("so-vu.txt", "Biểu mẫu số vụ")
    proposed.who = "user:tham"
    return proposed


def opened(terminal: Any, text: str = LIST, *more: str) -> Any:
    terminal.write("hoi.csv", text)
    return terminal.run("rounds", "open", "opinions", "--requests", "hoi.csv", *more)


def acts(terminal: Any, dossier: str) -> list[str]:
    return [e["act"] for e in terminal.json("dossiers", "history", dossier)["events"]]


def letter(terminal: Any) -> str:
    """What the one unit with a mailbox is written."""
    terminal.who = "user:lan"
    terminal.ok("mails", "send")
    (file,) = (terminal.folder / "thidua-mails").rglob("*.eml")
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def test_each_seat_gets_its_question_with_the_opening(accepted: Any) -> None:
    before = accepted.digest()
    assert opened(accepted, LIST, "--state", "appraisal", "--dry-run").code == 0
    assert accepted.digest() == before

    assert opened(accepted, LIST, "--state", "appraisal", "--yes").code == 0

    assert acts(accepted, "HS-1")[-2:] == ["fire", "request"]
    assert acts(accepted, "HS-2")[-3:] == ["fire", "request", "request"]
    accepted.who = "user:bg"
    looked = accepted.json("rounds", "look", "opinions")
    assert {each["note"] for each in looked["said"]} == {
        "Đề nghị cung cấp số vụ hòa giải thành năm 2017"
    }
    assert "xác nhận quyết định" not in accepted.ok("dossiers", "history", "HS-2").out
    assert "hòa giải thành năm 2017" in letter(accepted)
    assert "“Đề nghị xác nhận quyết định tặng thưởng”" in accepted.ok("paper-list").out


def test_a_row_that_reaches_nobody_undoes_it_all(accepted: Any) -> None:
    before = accepted.digest()

    told = opened(accepted, LIST + "stp-an-giang,Hỏi thêm,,\n", "--state", "appraisal", "--yes")

    assert (told.code, told.reasons) == (2, ["seat-not-asked"])
    assert "dòng 4" in told.err
    assert accepted.digest() == before


def test_who_may_open_but_not_ask_opens_nothing(office: Any) -> None:
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    text = text.replace('version: "2018.2"', 'version: "9"')
    office.write("p.yaml", text.replace("  ask: [appraiser, officer]\n", "  ask: officer\n"))
    office.write("so-vu.txt", "Biểu mẫu số vụ")
    office.ok("procedures", "store", "p.yaml", "--demo")
    office.ok("submissions", "import", "submissions.csv")
    office.ok("dossiers", "import", "dossiers.csv", "--procedure", "exemplar-selection@9",
              "--submission", "tt-1", "--campaign", "dh-2018")  # fmt: skip
    office.ok("dossiers", "act", "accept", "--state", "proposed", "--yes")
    office.who = "user:tham"

    assert opened(office, LIST, "--state", "appraisal", "--yes").reasons == ["not-allowed"]
    assert set(office.states().values()) == {"appraisal"}
