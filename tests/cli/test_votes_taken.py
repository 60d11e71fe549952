"""Votes at the command line: cast, counted, closed, ranked, and who sees the roll."""

from typing import Any

import pytest

PAPER = ("--paper-number", "7", "--paper-date", "02/07/2018", "--signer", "Phạm Kiểm")
HEAD = "dossier,present,issued,returned,for,against,valid,invalid,entitled\n"


def count(terminal: Any, *more: str, file: str = "counts.csv") -> Any:
    return terminal.run("votes", "count", "vote", file, *PAPER, *more, as_="user:kiem")


def test_count_of_the_tellers_closes_and_ranks(council: Any) -> None:
    told = count(council)

    assert told.code == 0, told.err
    assert "Đã xếp thứ tự 3 hồ sơ" in told.out
    assert council.states() == {"HS-1": "submitted", "HS-2": "not_chosen", "HS-3": "submitted"}


def test_count_is_shown_by_group_with_most_votes_first(council: Any) -> None:
    before = council.json("votes", "show", "vote")
    count(council)
    after = council.json("votes", "show", "vote")

    assert [d["counts"] for d in before["dossiers"]] == [{}, {}, {}]
    told = [(d["group"], d["dossier_id"], d["outcome"]) for d in after["dossiers"]]
    assert told == [
        (["C01", "collective"], "HS-3", "passed"),
        (["C01", "individual"], "HS-1", "passed"),
        (["C01", "individual"], "HS-2", "failed"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("HS-1,5,5,5,4,2,,,\n", "valid", "count-papers"),
        ("HS-1,5,5,5,4,0,5,,\n", "for", "count-choices"),
        ("HS-1,6,5,5,5,0,,,\n", "present", "count-taking-part"),
        ("HS-1,5,6,5,5,0,,,\n", "issued", "count-issued"),
        ("HS-1,5,4,5,5,0,,,\n", "returned", "count-returned"),
        ("HS-1,5,5,5,5,0,,,6\n", "entitled", "count-entitled"),
        ("HS-1,5,5,5,-1,0,,,\n", "for", "list-cell-number"),
        ("HS-1,5,5,5,năm,0,,,\n", "for", "list-cell-number"),
        ("HS-7,5,5,5,5,0,,,\n", "dossier", "list-not-in-round"),
        ("HS-2,5,5,5,5,0,,,\n", "dossier", "list-row-twice"),
    ],
)
def test_count_that_does_not_add_up_enters_nothing(
    council: Any, row: str, column: str, code: str
) -> None:
    council.write("c.csv", HEAD + "HS-2,5,5,5,5,0,,,\n" + row)
    before = council.digest()

    told = count(council, file="c.csv")

    assert told.code == 2
    assert f"c.csv, dòng 3, cột {column}: " in told.err
    assert code in told.reasons
    assert council.digest() == before


def test_rehearsal_of_a_count_closes_nothing(council: Any) -> None:
    before = council.digest()

    assert count(council, "--dry-run").code == 0
    assert council.digest() == before


def test_count_by_somebody_who_is_no_teller_is_refused(council: Any) -> None:
    told = council.run("votes", "count", "vote", "counts.csv", *PAPER, as_="user:bt")

    assert (told.code, told.reasons) == (1, ["not-allowed"])


def test_count_after_the_close_is_refused(council: Any) -> None:
    count(council)
    before = council.digest()

    told = count(council)

    assert told.code == 1
    assert "round-closed" in told.reasons
    assert council.digest() == before


def test_member_votes_for_all_but_one(council: Any) -> None:
    council.who = "user:m1"

    council.ok("votes", "cast", "vote", "for", "--except", "HS-2=against", "--yes")

    council.who = "user:kiem"
    open_roll = council.json("votes", "show", "vote")["roll"]
    council.ok("votes", "close", "vote", "--yes")
    roll = council.json("votes", "show", "vote@hop-1#1")["roll"]
    assert {v["choice"] for v in open_roll} == {None}
    assert {v["dossier_id"]: v["choice"] for v in roll} == {
        "HS-1": "for", "HS-2": "against", "HS-3": "for",
    }  # fmt: skip


def test_choice_of_each_dossier_is_told_before_votes_that_stay(council: Any) -> None:
    council.who = "user:m1"
    before = council.digest()
    cast = ("votes", "cast", "vote", "for", "--except", "HS-2=against")

    planned = council.ok(*cast, "--dry-run").out
    asked = council.run(*cast)
    wrong = council.run("votes", "cast", "vote", "for", "--except", "HS-9=against", "--yes")

    told = "Phiếu (bỏ rồi không sửa được): đồng ý: 2 hồ sơ; không đồng ý: HS-2."
    assert told in planned
    assert (asked.out.count(told), asked.code) == (1, 2)
    assert (wrong.reasons, council.digest()) == (["not-chosen"], before)


def test_roll_is_seen_by_the_roles_that_are_named(council: Any) -> None:
    council.who = "user:m1"
    council.ok("votes", "cast", "vote", "for", "HS-1")

    council.who = "user:m2"
    other = council.json("votes", "show", "vote")
    mine = council.ok("votes", "show", "vote", "--roll").out
    shown = council.json("dossiers", "show", "HS-1")
    council.who = "user:kiem"
    teller = council.ok("votes", "show", "vote", "--roll").out

    assert other["roll"] is None
    assert shown["votes"] == []
    assert "Đặng Văn Ân" not in mine
    assert "Ai bỏ phiếu thế nào chỉ hiện với vai trò được xem." in mine
    assert "Đặng Văn Ân  đã bỏ phiếu  điện tử" in teller


def test_choice_of_a_vote_is_not_in_the_history(council: Any) -> None:
    council.who = "user:m1"
    council.ok("votes", "cast", "vote", "against", "HS-1", "--note", "bí mật riêng")
    council.who = "user:ag"

    told = council.ok("dossiers", "history", "HS-1", "--json").out

    assert "against" not in told
    assert "bí mật riêng" not in told


@pytest.mark.parametrize(
    ("who", "words", "code", "reason"),
    [
        ("user:bt", ("for", "HS-1"), 1, "not-a-member"),
        ("user:m1", ("yes", "HS-1"), 4, "unknown-choice"),
        ("user:m1", ("for", "HS-9"), 4, "unknown-dossier"),
        ("user:m1", ("for", "HS-1", "--way", "paper"), 1, "way-not-allowed"),
        ("user:m1", ("for", "HS-1", "--seat", "user:m2"), 1, "not-your-seat"),
    ],
)
def test_vote_that_cannot_be_taken_changes_nothing(
    council: Any, who: str, words: tuple[str, ...], code: int, reason: str
) -> None:
    council.who = who
    before = council.digest()

    told = council.run("votes", "cast", "vote", *words)

    assert (told.code, reason in told.reasons) == (code, True)
    assert council.digest() == before


def test_member_votes_once(council: Any) -> None:
    council.who = "user:m1"
    council.ok("votes", "cast", "vote", "for", "HS-1")
    before = council.digest()

    told = council.run("votes", "cast", "vote", "against", "HS-1")

    assert (told.code, told.reasons) == (1, ["voted-already"])
    assert council.digest() == before


def test_vote_after_the_close_is_refused(council: Any) -> None:
    count(council)
    council.who = "user:m1"

    told = council.run("votes", "cast", "vote", "for", "HS-1")

    assert told.code == 1
    assert "round-closed" in told.reasons


def test_electronic_vote_is_never_entered_for_another(council: Any) -> None:
    before = council.digest()

    told = council.run("votes", "cast", "vote", "for", "HS-1", *PAPER, as_="user:m1")

    assert (told.code, told.reasons) == (1, ["vote-in-person"])
    assert council.digest() == before


def test_written_votes_are_entered_from_their_papers(council: Any) -> None:
    for member in ("user:m1", "user:m2", "user:m3", "user:m4"):
        council.ok("votes", "cast", "vote", "for", "--way", "written", "--yes", *PAPER, as_=member)
    told = council.run("votes", "close", "vote", "--yes", *PAPER, as_="user:kiem")

    assert told.code == 0, told.err
    assert council.states() == {
        "HS-1": "council_review", "HS-2": "council_review", "HS-3": "submitted",
    }  # fmt: skip
    assert council.json("rounds", "list", "--open")["rounds"][0]["ref"] == "vote@hop-1#2"


def test_close_tells_its_result_when_another_dossier_is_in_a_newer_ballot(council: Any) -> None:
    council.ok("meetings", "defer", "hop-1", "HS-1", "--note", "Chờ xác minh", *PAPER)
    council.ok("meetings", "bring", "hop-1", "HS-1", "--note", "Đủ thông tin", *PAPER)
    refs = {row["ref"] for row in council.json("inbox", as_="user:m1")["tasks"]}
    assert refs == {"vote@hop-1#1", "vote@hop-1#2"}
    assert [row["ref"] for row in council.json("rounds", "list")["rounds"]][-2:] == sorted(refs)
    for member in ("user:m1", "user:m2", "user:m3", "user:m4"):
        council.ok("votes", "cast", "vote@hop-1#1", "for", "HS-3", "--way", "written", *PAPER,
                   as_=member)  # fmt: skip

    told = council.ok("votes", "close", "vote", "HS-3", "--yes", *PAPER, as_="user:kiem").out

    assert "Kết quả kiểm phiếu" in told


def test_consultation_is_no_ballot(council: Any) -> None:
    told = council.run("votes", "close", "opinions", "--yes")

    assert (told.code, told.reasons) == (1, ["not-that-kind"])


def test_count_says_what_it_came_to(council: Any) -> None:
    told = count(council)
    shown = council.json("votes", "show", "vote")

    assert "Kết quả kiểm phiếu" in told.out
    results = {r["dossier"]: (r["counted"], r["outcome"], r["next"]) for r in shown["results"]}
    assert results == {
        "HS-1": ("counted", "passed", None), "HS-2": ("counted", "failed", None),
        "HS-3": ("counted", "passed", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "counted", "after", "said"),
    [
        ("HS-1,2,2,2,2,0,,,\n", "no_quorum", "new-ballot", "không đủ thành viên tham gia"),
        ("HS-1,5,5,5,2,3,,,\n", "failed", None, "không thông qua (2/5, cần 3)"),
        ("HS-1,5,5,5,4,1,,,\n", "counted", "rank", "đủ phiếu (4/5, cần 3)"),
    ],
)
def test_count_tells_of_every_outcome(
    council: Any, row: str, counted: str, after: str | None, said: str
) -> None:
    council.write("c.csv", HEAD + row)
    council.who = "user:kiem"
    told = count(council, "--dry-run", file="c.csv")
    (result,) = council.json("votes", "count", "vote", "c.csv", *PAPER)["results"]

    assert said in told.out
    assert (result["counted"], result["next"]) == (counted, after)
    assert (result["base"], result["needed"]) == (5, 3)
    assert bool(result["next_round"]) == (after == "new-ballot")


def test_count_in_english(council: Any) -> None:
    council.write("c.csv", HEAD + "HS-1,2,2,2,2,0,,,\n")

    told = count(council, "--lang", "en", file="c.csv")

    assert "no quorum; a new ballot is open" in told.out


def test_rule_is_shown_in_words(council: Any) -> None:
    vietnamese = council.ok("votes", "show", "vote").out
    english = council.json("votes", "show", "vote", "--lang", "en")["rule"]

    assert "ít nhất 2/3 tổng số thành viên" in vietnamese
    assert "Passed when more than 1/2 of all members entitled are for." in english


def test_close_says_what_it_came_to(council: Any) -> None:
    council.who = "user:kiem"

    told = council.run("votes", "close", "vote", "HS-1")

    assert told.code == 0
    assert "không đủ thành viên tham gia; đã mở cuộc bỏ phiếu mới" in told.out


def test_minutes_of_the_count_are_kept_with_the_meeting(council: Any) -> None:
    council.write("bb.pdf", "%PDF")

    assert count(council, "--minutes", "bb.pdf").code == 0

    council.who = "user:lan"
    documents = council.json("meetings", "show", "hop-1")["documents"]
    assert [(d["kind"], d["name"]) for d in documents] == [("count", "bb.pdf")]
    assert council.run("journal", "verify").code == 0


def test_tie_is_no_chairs_where_the_procedure_does_not_say_so(council: Any) -> None:
    told = council.run("votes", "break", "vote", "for", "HS-1")

    assert (told.code, told.reasons) == (1, ["not-allowed"])
