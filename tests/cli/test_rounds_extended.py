"""More time for a round, a state or a span; what was never sent; opinions that stand no more."""

from datetime import date
from typing import Any

import pytest

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")
WHY = ("--note", "Theo đề nghị của Sở")


def answer(terminal: Any, *words: str, seat: str = "stp-bac-giang", as_: str = "user:bg") -> Any:
    return terminal.run("rounds", "answer", "opinions", *words, "--seat", seat, *PAPER, as_=as_)


def seats(terminal: Any) -> dict[str, Any]:
    told = terminal.json("rounds", "status", "opinions")
    return {seat["seat"].partition("@")[2]: seat for seat in told["seats"]}


def silent(terminal: Any) -> Any:
    """Bắc Giang has agreed, the mails were sent, the clock has closed the round."""
    answer(terminal, "agree")
    terminal.ok("mails", "send")
    for line in terminal.json("paper-list")["lines"]:
        terminal.ok("paper-list", "--done", line["code"])
    terminal.now = "2018-06-26T09:00"
    terminal.ok("run", "--once")
    return terminal


@pytest.fixture
def closed(consulted: Any) -> Any:
    """The round is over: Bến Tre is silent."""
    return silent(consulted)


def test_letter_posted_in_time_stands_instead_of_the_silence(closed: Any) -> None:
    before = seats(closed)["stp-ben-tre"]

    told = answer(closed, "disagree", "--note", "Có đơn", "--postmark", "22/06/2018",
                  seat="stp-ben-tre", as_="stp-ben-tre")  # fmt: skip
    after = seats(closed)["stp-ben-tre"]
    closed.call_meeting("hop-1", date(2018, 7, 2))
    blocked = closed.run("dossiers", "act", "HS-1", "convene", "--meeting", "hop-1")

    assert (before["never"], before["late"], told.code) == (3, 0, 0)
    assert (after["never"], after["late"], after["in_time"], after["after_close"]) == (0, 0, 3, 3)
    assert blocked.reasons == ["disagreement-unanswered"]
    assert "giải trình ý kiến không đồng ý" in closed.ok("inbox").out
    closed.ok("dossiers", "reply", "HS-1", "opinions", "stp-ben-tre", "--note", "Đã xác minh")
    closed.ok("dossiers", "act", "HS-1", "convene", "--meeting", "hop-1")
    assert closed.ok("journal", "verify").code == 0


def test_electronic_stamp_counts_where_it_is_declared(closed: Any) -> None:
    answer(closed, "agree", "--stamped", "22/06/2018 16:59", seat="stp-ben-tre", as_="stp-ben-tre")

    assert seats(closed)["stp-ben-tre"]["in_time"] == 3
    assert "dấu điện tử 22/06/2018 16:59" in closed.ok("dossiers", "history", "HS-1").out


def test_portal_s_time_does_not_count_where_it_is_not_declared(closed: Any) -> None:
    answer(closed, "agree", "--portal", "22/06/2018 16:59", seat="stp-ben-tre", as_="stp-ben-tre")

    assert (seats(closed)["stp-ben-tre"]["late"], seats(closed)["stp-ben-tre"]["in_time"]) == (3, 0)


def test_round_gets_more_time_after_the_clock_closed_it(closed: Any) -> None:
    told = closed.ok("rounds", "extend", "opinions", "06/07/2018", *WHY, "--yes")

    found = seats(closed)["stp-ben-tre"]
    assert (found["missing"], found["due_on"]) == (3, "2018-07-06")
    assert "Đã thực hiện 3 hồ sơ" in told.out
    assert "→ 06/07/2018 (mở lại đợt)" in closed.ok("dossiers", "history", "HS-1").out
    assert closed.json("rounds", "list", "--open")["rounds"][0]["running"] == 3
    assert closed.ok("journal", "verify").code == 0


def test_one_seat_gets_more_time(consulted: Any) -> None:
    consulted.ok("rounds", "extend", "opinions", "29/06/2018", "--seat", "stp-ben-tre", *WHY,
                 "--yes")  # fmt: skip

    found = seats(consulted)
    assert found["stp-ben-tre"]["due_on"] == "2018-06-29"
    assert found["stp-bac-giang"]["due_on"] == "2018-06-22"


@pytest.mark.parametrize(
    ("words", "code", "reasons"),
    [
        (("opinions", "29/06/2018"), 1, ["note-missing"]),
        (("opinions", "13/06/2018", *WHY), 1, ["until-past"]),
        (("opinions", "22/06/2018", *WHY), 1, ["not-later"]),
        (("opinions", "29/06/2018", "--seat", "stp-long-an", *WHY), 4, ["seat-not-asked"]),
        (("opinion", "29/06/2018", *WHY), 4, ["unknown-round-here"]),
    ],
)
def test_more_time_that_is_none(
    consulted: Any, words: tuple[str, ...], code: int, reasons: list[str]
) -> None:
    before = consulted.digest()

    told = consulted.run("rounds", "extend", *words, "--yes")

    assert (told.code, told.reasons) == (code, reasons)  # one line for all three
    assert consulted.digest() == before


def test_many_are_shown_before_they_get_more_time(consulted: Any) -> None:
    before = consulted.digest()

    told = consulted.run("rounds", "extend", "opinions", "29/06/2018", *WHY)

    assert (told.code, told.reasons) == (2, ["say-yes"])
    assert "Sẽ thực hiện 3 hồ sơ" in told.out
    asked, closes = [line for line in told.out.splitlines() if line.startswith("HS-2")]
    assert "2 đầu mối  22/06/2018 T6  29/06/2018 T6" in asked
    assert closes.endswith("25/06/2018 T2  02/07/2018 T2")
    assert consulted.digest() == before


def test_programs_are_told_old_and_new_dues(consulted: Any) -> None:
    told = consulted.json("rounds", "extend", "opinions", "29/06/2018", *WHY, "--dry-run", "--yes")

    assert {d["dossier"]: [(due["was_on"], due["due_on"]) for due in d["dues"]]
            for d in told["dossiers"]} == dict.fromkeys(
        ("HS-1", "HS-2", "HS-3"),
        [("2018-06-22", "2018-06-29")] * 2 + [("2018-06-25", "2018-07-02")],
    )  # fmt: skip


def test_state_and_span_get_more_time(proposed: Any) -> None:
    dossier = proposed.json("dossiers", "show", "HS-1")
    due = {t["due_on"] for t in dossier["tasks"] if t["kind"] == "desk"}

    proposed.ok("dossiers", "extend", "HS-1", "state", "29/06/2018", *WHY)

    tasks = proposed.json("dossiers", "show", "HS-1")["tasks"]
    assert due != {"2018-06-29"}
    assert {t["due_on"] for t in tasks if t["kind"] == "desk"} == {"2018-06-29"}
    assert "→ 29/06/2018" in proposed.ok("dossiers", "history", "HS-1").out
    span = proposed.run("dossiers", "extend", "HS-1", "nothing", "29/06/2018", *WHY)
    assert (span.code, span.reasons) == (4, ["unknown-round"])


def test_who_was_not_written_to_is_not_called_silent(consulted: Any) -> None:
    consulted.now = "2018-06-26T09:00"
    answer(consulted, "agree")
    consulted.ok("run", "--once")  # the clock closes before a mail is made

    found = seats(consulted)["stp-ben-tre"]
    told = consulted.ok("rounds", "status", "opinions").out

    assert (found["unsent"], found["never"]) == (3, 0)
    assert "1 nơi chưa được gửi đề nghị khi đợt kết thúc" in told
    assert "chưa gửi đề nghị đến: Sở Tư pháp tỉnh Bến Tre" in consulted.ok(
        "dossiers", "history", "HS-1"
    ).out  # fmt: skip
    assert consulted.ok("journal", "verify").code == 0


def test_opinions_that_lapsed_are_marked(consulted: Any) -> None:
    answer(consulted, "agree")
    consulted.ok("dossiers", "return", "HS-1", "--item", "report", "--note", "Thiếu")
    consulted.now = "2018-06-14T09:00"
    consulted.ok("dossiers", "supplement", "HS-1", *PAPER, as_="user:ag")

    (opinion,) = consulted.json("dossiers", "show", "HS-1")["opinions"]
    shown = consulted.ok("dossiers", "show", "HS-1").out

    assert opinion["mark"]["why"] == "lapsed"
    assert "không còn hiệu lực do bổ sung hồ sơ ngày 14/06/2018" in shown
