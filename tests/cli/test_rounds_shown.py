"""Rounds at the command line: opened, answered, and who sees what was said."""

from datetime import date
from typing import Any

import pytest

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")
OFFICER = "user:lan"
BG = ("--seat", "stp-bac-giang", *PAPER)


def answer(terminal: Any, *words: str, seat: str = "stp-bac-giang", as_: str = "user:bg") -> Any:
    return terminal.run(
        "rounds", "answer", "opinions", *words, "--seat", seat, *PAPER, as_=as_
    )  # fmt: skip


def seats(terminal: Any, **more: Any) -> dict[str, Any]:
    told = terminal.json("rounds", "status", "opinions", **more)
    return {seat["seat"].partition("@")[2]: seat for seat in told["seats"]}


def test_status_tells_who_is_missing_and_how_long_is_left(consulted: Any) -> None:
    told = consulted.ok("rounds", "status", "opinions").out

    assert "2 nơi được hỏi: 0 đúng hạn, 0 quá hạn, 2 chưa trả lời, 0 không trả lời." in told
    assert "Sở Tư pháp tỉnh Bến Tre" in told
    assert "0275" in told
    assert "22/06/2018  còn 7 ngày" in told


def test_unit_agrees_to_all_but_one(consulted: Any) -> None:
    told = answer(consulted, "agree", "--except", "HS-2=disagree:Chưa đủ thời gian")

    assert told.code == 0
    assert "đã ghi 3 ý kiến (đồng ý; riêng 1 hồ sơ khác)" in told.out
    seat = seats(consulted)["stp-bac-giang"]
    assert (seat["in_time"], seat["opinions"]) == (3, {"agree": 2, "disagree": 1})
    (opinion,) = consulted.json("dossiers", "show", "HS-2")["opinions"]
    assert (opinion["kind"], opinion["note"]) == ("disagree", "Chưa đủ thời gian")


def test_exceptions_come_from_a_file(consulted: Any) -> None:
    consulted.write("e.csv", "dossier,opinion,reasons\nHS-1,no_information,\nHS-3,disagree,Trùng\n")

    assert answer(consulted, "agree", "--except-file", "e.csv").code == 0

    opinions = seats(consulted)["stp-bac-giang"]["opinions"]
    assert opinions == {"no_information": 1, "agree": 1, "disagree": 1}


def test_seat_is_one_s_own_when_there_is_one_only(consulted: Any) -> None:
    consulted.who = "user:bg"

    told = consulted.json("rounds", "answer", "opinions", "agree")
    (mine,) = consulted.json("dossiers", "show", "HS-1")["opinions"]

    assert told["seat"] == "department@stp-bac-giang"
    assert mine["kind"] == "agree"


def test_answer_after_the_due_is_late_unless_posted_in_time(consulted: Any) -> None:
    consulted.now = "2018-06-25T09:00"

    answer(consulted, "agree")
    answer(consulted, "agree", "--postmark", "22/06/2018", seat="stp-ben-tre", as_="stp-ben-tre")

    found = seats(consulted)
    assert (found["stp-bac-giang"]["late"], found["stp-bac-giang"]["in_time"]) == (3, 0)
    assert (found["stp-ben-tre"]["late"], found["stp-ben-tre"]["in_time"]) == (0, 3)


def test_answer_in_its_time_after_the_close_is_told_as_that(consulted: Any) -> None:
    answer(consulted, "agree")
    answer(consulted, "agree", seat="stp-ben-tre", as_="stp-ben-tre")

    assert answer(consulted, "disagree", "--note", "Nghĩ lại").code == 0

    found = seats(consulted)["stp-bac-giang"]
    assert (found["in_time"], found["late"], found["after_close"]) == (3, 0, 3)
    assert found["opinions"] == {"disagree": 3}
    assert (
        "(đúng hạn, nhận sau khi kết thúc đợt)" in consulted.ok("dossiers", "history", "HS-1").out
    )
    shown = consulted.ok("dossiers", "show", "HS-1").out
    assert "giải trình ý kiến không đồng ý" in shown
    assert "đúng hạn; thay bằng ý kiến ngày 13/06/2018" in shown
    marked = [o["mark"] for o in consulted.json("dossiers", "show", "HS-1")["opinions"]]
    assert [each and each["why"] for each in marked] == ["replaced", None, None]


def test_answer_says_when_it_really_happened(consulted: Any) -> None:
    consulted.now = "2018-06-14T09:00"

    told = answer(consulted, "agree", "--happened", "13/06/2018 15:30")
    early = answer(consulted, "agree", "--happened", "14/06/2018 09:01")
    (line,) = [e for e in consulted.json("dossiers", "history", "HS-1")["events"]
               if e["act"] == "answer"]  # fmt: skip

    assert (told.code, early.code, early.reasons) == (0, 1, ["happened-later"])
    assert line["happened"].startswith("2018-06-13T15:30")
    assert "diễn ra 13/06/2018 15:30" in consulted.ok("dossiers", "history", "HS-1").out


def test_answer_with_the_same_command_id_is_given_once(consulted: Any) -> None:
    words = ("agree", "--command-id", "thư-45")
    answer(consulted, *words)
    after = consulted.digest()

    assert answer(consulted, *words).code == 0
    assert consulted.digest() == after


@pytest.mark.parametrize(
    ("words", "more", "code", "reasons"),
    [
        (("agree",), {"seat": "stp-long-an"}, 1, ["not-your-seat"]),
        (("maybe",), {}, 4, ["unknown-opinion"]),
        (("disagree",), {}, 1, ["reasons-missing"]),
        (("agree",), {"as_": "user:ag"}, 1, ["not-your-seat"]),
        (("agree",), {"as_": "nobody"}, 4, ["unknown-actor"]),
        (("agree", "--except", "HS-9=agree"), {}, 4, ["not-on-list"]),
        (("agree", "--except", "HS-1"), {}, 2, ["not-a-pair"]),
    ],
)
def test_answer_that_cannot_be_taken_changes_nothing(
    consulted: Any, words: tuple[str, ...], more: Any, code: int, reasons: list[str]
) -> None:
    before = consulted.digest()

    told = answer(consulted, *words, **more)

    assert (told.code, told.reasons) == (code, reasons)
    assert consulted.digest() == before


@pytest.mark.parametrize("verb", [("answer", "agree"), ("look",), ("prepare", "agree"),
                                  ("confirm",), ("ask-back", "--note", "Sao?")])  # fmt: skip
def test_nobody_learns_by_a_refusal_who_else_is_asked(consulted: Any, verb: Any) -> None:
    said = {
        unit: consulted.run("rounds", verb[0], "opinions", *verb[1:], "--seat", unit,
                            *PAPER, as_="user:bg")
        for unit in ("stp-ben-tre", "stp-an-giang")
    }  # fmt: skip
    asked, other = said.values()

    assert (asked.code, asked.reasons) == (other.code, other.reasons) == (1, ["not-your-seat"])
    assert asked.err.replace("Bến Tre", "An Giang") == other.err


@pytest.mark.parametrize("words", [
    ("extend", "opinions", "29/06/2018", "--seat", "X"), ("excuse", "opinions", "X"),
    ("promise", "opinions", "X", "22/06/2018"), ("request", "opinions", "--seat", "X"),
    ("answer-back", "opinions", "X"),
])  # fmt: skip
def test_who_may_not_conduct_a_round_learns_not_who_is_asked(consulted: Any, words: Any) -> None:
    consulted.who = "user:bg"

    asked, other = (
        consulted.run("rounds", *(unit if word == "X" else word for word in words), "--note", "a")
        for unit in ("stp-ben-tre", "stp-an-giang")
    )

    assert (asked.code, asked.reasons) == (other.code, other.reasons) == (1, ["not-allowed"])
    assert (asked.out, asked.err) == (other.out, other.err)


def test_entering_for_a_unit_needs_its_paper(consulted: Any) -> None:
    words = ("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang")

    told = consulted.run(*words, as_="user:bg")

    assert (told.code, told.reasons) == (1, ["ground-missing"])


def test_some_lines_may_be_refused_and_the_others_taken(consulted: Any) -> None:
    consulted.ok("dossiers", "withdraw", "HS-2", *PAPER, as_="user:ag")

    told = answer(consulted, "agree")

    assert told.code == 1
    assert "dossier-final" in told.reasons
    assert seats(consulted)["stp-bac-giang"]["in_time"] == 2


def test_all_or_nothing_takes_no_line(consulted: Any) -> None:
    consulted.ok("dossiers", "withdraw", "HS-2", *PAPER, as_="user:ag")
    before = consulted.digest()

    told = answer(consulted, "agree", "--all-or-nothing")

    assert told.code == 1
    assert "dossier-final" in told.reasons
    assert consulted.digest() == before


def test_opinions_are_hidden_from_the_proposing_unit(consulted: Any) -> None:
    answer(consulted, "disagree", "--note", "Chưa đủ thời gian")
    consulted.who = "user:ag"

    shown = consulted.json("dossiers", "show", "HS-1")
    history = consulted.ok("dossiers", "history", "HS-1", "--json").out
    said = consulted.ok("dossiers", "show", "HS-1").out

    assert shown["opinions"] == []
    assert consulted.run("rounds", "status", "opinions").reasons == ["not-yours-to-see"]
    assert "Chưa đủ thời gian" not in history + said
    assert "disagree" not in history
    assert "Bắc Giang" not in history + said
    assert "ý kiến khác" not in said


def test_officer_looking_with_the_eyes_of_another_sees_no_more(consulted: Any) -> None:
    answer(consulted, "agree")

    told = consulted.run("rounds", "status", "opinions", as_="user:ag")

    assert told.reasons == ["not-yours-to-see"]
    assert seats(consulted)["stp-bac-giang"]["opinions"] == {"agree": 3}


def test_nobody_known_sees_nothing_said(consulted: Any) -> None:
    answer(consulted, "agree")
    consulted.who = None

    assert consulted.run("rounds", "status", "opinions").reasons == ["not-yours-to-see"]
    assert consulted.run("inbox").reasons == ["operator-unknown"]


def test_only_the_missing_are_listed(consulted: Any) -> None:
    answer(consulted, "agree")

    told = consulted.json("rounds", "status", "opinions", "--missing")

    assert [seat["seat"] for seat in told["seats"]] == ["department@stp-ben-tre"]
    assert told["totals"] == {
        "seats": 2, "in_time": 1, "late": 0, "missing": 1, "never": 0, "unsent": 0, "excused": 0,
        "after_close": 0, "recused": 0,
    }  # fmt: skip


@pytest.mark.parametrize("ref", ["opinions", "opinions@dh-2018", "opinions@dh-2018#1"])
def test_round_is_named_as_people_do(consulted: Any, ref: str) -> None:
    (row,) = consulted.json("rounds", "list", "--open")["rounds"]

    assert consulted.json("rounds", "status", ref)["round"]["id"] == row["id"]
    assert consulted.json("rounds", "status", row["id"])["round"]["ref"] == "opinions@dh-2018"


def test_round_that_is_not_there_is_told_with_those_that_are(consulted: Any) -> None:
    told = consulted.run("rounds", "status", "opinion")

    assert (told.code, told.reasons) == (4, ["unknown-round-here"])
    assert "opinions@dh-2018" in told.err


def test_name_of_two_rounds_must_be_made_clear(consulted: Any) -> None:
    consulted.write(
        "d.csv",
        "id,kind,name,unit,cluster,prior_awards,merit_period,report,prior_award_list\n"
        "X,individual,A,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt\n",
    )
    consulted.ok("dossiers", "import", "d.csv", "--procedure", "exemplar-selection",
                 "--submission", "tt-1", "--campaign", "khác")  # fmt: skip
    consulted.ok("dossiers", "act", "X", "accept")
    consulted.ok("rounds", "open", "X", "opinions", *PAPER, as_="user:tham")

    told = consulted.run("rounds", "status", "opinions")

    assert (told.code, told.reasons) == (1, ["which-round"])
    assert consulted.json("rounds", "status", "opinions@khác")["round"]["dossiers"] == 1


def test_round_is_opened_by_the_step_that_leads_to_it(proposed: Any) -> None:
    proposed.ok("dossiers", "act", "HS-1", "accept")

    wrong = proposed.run("rounds", "open", "HS-2", "opinions", *PAPER, as_="user:tham")
    unknown = proposed.run("rounds", "open", "HS-1", "opinion", *PAPER, as_="user:tham")
    proposed.ok("rounds", "open", "HS-1", "opinions", *PAPER, as_="user:tham")

    assert (wrong.code, wrong.reasons) == (1, ["which-step"])
    assert (unknown.code, unknown.reasons) == (4, ["unknown-round"])
    assert proposed.states()["HS-1"] == "consulted"


def test_disagreement_is_answered_in_writing(consulted: Any) -> None:
    answer(consulted, "disagree", "--note", "Chưa đủ")
    answer(consulted, "agree", seat="stp-ben-tre", as_="stp-ben-tre")
    consulted.call_meeting("hop-1", date(2018, 7, 2))

    blocked = consulted.run("dossiers", "act", "HS-1", "convene", "--meeting", "hop-1")
    consulted.ok("dossiers", "reply", "HS-1", "opinions", "stp-bac-giang", "--note", "Đã đủ")
    consulted.ok("dossiers", "act", "HS-1", "convene", "--meeting", "hop-1")

    assert (blocked.code, blocked.reasons) == (1, ["disagreement-unanswered"])


def test_answer_stands_beside_the_disagreement_to_whom_may_see_it(consulted: Any) -> None:
    answer(consulted, "disagree", "--note", "Chưa đủ")
    answer(consulted, "agree", seat="stp-ben-tre", as_="stp-ben-tre")
    consulted.ok("dossiers", "reply", "HS-1", "opinions", "stp-bac-giang", "--note", "Đã đủ căn cứ")

    def shown(who: str) -> dict[str, tuple[str, str | None]]:
        consulted.who = who
        found = consulted.json("dossiers", "show", "HS-1")["opinions"]
        return {each["seat"]: (each["kind"], each["reply"]) for each in found}

    disputed = {"department@stp-bac-giang": ("disagree", "Đã đủ căn cứ")}
    agreed = {"department@stp-ben-tre": ("agree", None)}
    assert shown(OFFICER) == disputed | agreed
    assert shown("user:bg") == disputed
    assert "13/06/2018: Đã đủ căn cứ" in consulted.ok("dossiers", "show", "HS-1").out
    assert shown("stp-ben-tre") == agreed
    assert "căn cứ" not in consulted.ok("dossiers", "show", "HS-1").out
