"""A consultation ended by hand at the command line."""

from typing import Any

import pytest

NOTE = ("--note", "Đã đủ ý kiến cần thiết")
PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")


@pytest.fixture
def closable(consulted: Any) -> Any:
    """Two departments are asked about three dossiers; an officer may close; one has answered."""
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang", *PAPER,
                 as_="user:bg")  # fmt: skip
    return consulted


def test_who_may_closes_it_for_a_reason_and_the_silent_are_named(closable: Any) -> None:
    close = ("rounds", "close", "opinions")
    assert closable.run(*close, "--yes").reasons == ["note-missing"]
    seen = closable.ok(*close, *NOTE, "--dry-run").out
    assert "1 nơi chưa được gửi đề nghị (thư chưa gửi đi) sẽ được ghi như vậy: Sở" in seen
    assert "không trả lời" not in seen
    assert "Sở Tư pháp tỉnh Bến Tre" in seen
    assert "Sẽ thực hiện 3 hồ sơ" in seen

    one = closable.json(*close, "HS-2", *NOTE, *PAPER)
    rest = closable.json(*close, *NOTE, "--yes")

    assert one["dossier"] == "HS-2"
    assert [each["dossier"] for each in rest["dossiers"]] == ["HS-1", "HS-3"]
    seats = {s["seat"]: s for s in closable.json("rounds", "status", "opinions")["seats"]}
    assert seats["department@stp-ben-tre"]["unsent"] == 3
    last = closable.json("dossiers", "history", "HS-2")["events"][-1]
    assert (last["act"], last["note"]) == ("close_round", NOTE[1])
    told = closable.ok("dossiers", "history", "HS-2").out
    assert "kết thúc theo quyết định" in told
    assert "đã trả lời đủ" not in told
    assert closable.run(*close, *NOTE, "--yes").reasons == ["round-closed"]
    assert closable.ok("journal", "verify").code == 0


def test_who_was_sent_the_request_will_be_silent(closable: Any) -> None:
    closable.ok("mails", "send")
    for line in closable.json("paper-list")["lines"]:
        closable.ok("paper-list", "--done", line["code"])

    seen = closable.ok("rounds", "close", "opinions", *NOTE, "--dry-run").out

    assert "1 nơi chưa trả lời sẽ được ghi là không trả lời: Sở Tư pháp tỉnh Bến Tre." in seen
    assert "chưa được gửi" not in seen


def test_others_do_not_and_hear_nothing(closable: Any) -> None:
    closable.who = "user:bg"

    told = closable.run("rounds", "close", "opinions", *NOTE, "--yes")

    assert set(told.reasons) == {"not-allowed"}
    assert "Bến Tre" not in told.out + told.err


def test_a_ballot_is_not_closed_so(council: Any) -> None:
    assert council.run("rounds", "close", "vote", *NOTE).reasons == ["not-that-kind"]
