"""A round opened with a question of its own for some seats, in one transaction."""

import hashlib
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from thidua.definitions import shipped

PAPER = ("--paper-number", "1", "--paper-date", "08/06/2018", "--signer", "A")
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


def letter(terminal: Any, **settings: str) -> tuple[str, dict[str, bytes]]:
    """What the one unit with a mailbox is written, and what is enclosed."""
    terminal.who = "user:lan"
    terminal.ok("mails", "send", **settings)
    (file,) = (terminal.folder / "thidua-mails").rglob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    papers = {
        str(each.get_filename()): each.get_payload(decode=True)
        for each in message.iter_attachments()
    }
    return str(body.get_content()) if body is not None else "", papers


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
    text, papers = letter(accepted)
    assert "hòa giải thành năm 2017" in text
    assert papers == {"so-vu.txt": "Biểu mẫu số vụ".encode()}
    assert "Gửi kèm thư này: so-vu.txt." in text
    assert "xem tại cơ quan hoặc trên hệ thống" not in text
    assert "“Đề nghị xác nhận quyết định tặng thưởng”" in accepted.ok("paper-list").out


@pytest.fixture
def asked(accepted: Any) -> Any:
    """All of them asked, two departments with a question; nothing mailed yet."""
    assert opened(accepted, LIST, "--state", "appraisal", "--yes").code == 0
    return accepted


AT_OFFICE = "xin nhận tại cơ quan hoặc trên hệ thống: so-vu.txt"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"THIDUA_MAIL_ENCLOSE_MB": "0"}, "Nguyễn Văn Ấn"),
        ({"THIDUA_MAIL_DOMAINS": "tw.example"}, "HS-1"),
    ],
)
def test_no_file_goes_along_where_it_must_not(asked: Any, settings: Any, words: str) -> None:
    text, papers = letter(asked, **settings)

    assert papers == {}
    assert words in " ".join(text.split())
    assert "Gửi kèm" not in text


def test_no_file_of_a_classified_dossier_goes_along(asked: Any) -> None:
    asked.who = "user:lan"
    for dossier in ("HS-1", "HS-2", "HS-3"):
        asked.ok("dossiers", "classify", dossier, "secret", "--paper-number", "1", "--paper-date",
                 "08/06/2018", "--signer", "A")  # fmt: skip

    text, papers = letter(asked)

    assert (papers, "so-vu" in text) == ({}, False)


@pytest.mark.parametrize("made", [False, True])
def test_no_erased_file_goes_along(asked: Any, made: bool) -> None:  # noqa: FBT001 -- a case
    """Though its bytes are still in the folder."""
    asked.who = "user:lan"
    if made:
        asked.run("mails", "send", THIDUA_SMTP_HOST="127.0.0.1", THIDUA_SMTP_PORT="1")
    for dossier in ("HS-1", "HS-2", "HS-3"):
        asked.ok("dossiers", "redact", dossier, "--part", "documents", "--basis", "ordered",
                 "--yes", *PAPER)  # fmt: skip
    asked.now = "2018-06-13T09:00"

    text, papers = letter(asked)

    assert papers == {}
    assert "so-vu" not in text


def test_a_file_beyond_the_cap_stays_at_the_office(accepted: Any) -> None:
    accepted.write("so-vu.txt", "x" * 1_000_001)
    assert opened(accepted, LIST, "--state", "appraisal", "--yes").code == 0

    text, papers = letter(accepted, THIDUA_MAIL_ENCLOSE_MB="1")

    assert papers == {}
    assert AT_OFFICE in " ".join(text.split())


@pytest.mark.parametrize("content", [None, b"other bytes"])
def test_a_letter_goes_without_a_file_that_is_missing_or_changed(asked: Any, content: Any) -> None:
    sha256 = hashlib.sha256("Biểu mẫu số vụ".encode()).hexdigest()
    kept = asked.folder / "thidua-files" / sha256[:2] / sha256
    kept.unlink()
    if content is not None:
        kept.write_bytes(content)

    text, papers = letter(asked)

    assert papers == {}
    assert AT_OFFICE in " ".join(text.split())


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
