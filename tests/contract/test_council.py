"""The council as it meets: term, chair, attendance, agenda, recusal, roll; on both databases."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert

from tests.contract.hall import call, council, do
from thidua import (
    Answer,
    Attach,
    By,
    Candidate,
    Cast,
    Close,
    CommandReused,
    Counts,
    Create,
    Fire,
    Paper,
    Refused,
    Unknown,
)
from thidua.definitions import shipped
from thidua.storage import listing_registers, listing_rounds
from thidua.verify import verify
from thidua.workflow.command import BreakTie, Recuse

APPRAISER, TELLER, DEPARTMENT = By("appraiser"), By("teller"), By("stp-24")
FIELDS = {"merit_period": "2017-01-01/2018-06-30", "by_initiative": "no"}
ON_THE_DAY = datetime(2018, 8, 24, 2, tzinfo=UTC)
AUTHORITY = Paper(number="9", symbol="UQ", signed_on=date(2018, 8, 20), signer="Nguyễn Văn Mẫu")
SEATS = [f"member:m{i}" for i in range(5)]


def adopt(office: Any, *changes: tuple[str, str]) -> str:
    """The certificate's procedure with other words, under a version of its own."""
    text = shipped()["ministers-certificate"].read_text(encoding="utf-8")
    for old, new in (('version: "2018.2"', 'version: "2018.9"'), *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    with office.engine.begin() as db:
        return str(office.wf.adopt(db, text, demo=True).hash)


def dossier(office: Any, meeting: str | None, procedure: str = "ministers-certificate") -> str:
    """A consulted dossier, put to a meeting where one is named."""
    made: str = office.propose(procedure, "BK_BO", fields=FIELDS, submission=office.submit())
    office.act(made, Fire("accept"))
    office.act(made, Fire("consult"), APPRAISER)
    office.act(made, Answer("opinions", "agree"), DEPARTMENT)
    if meeting is not None:
        office.act(made, Fire("convene", meeting=meeting))
    return made


def line(office: Any, dossier: str, meeting: str) -> dict[str, Any]:
    (row,) = office.rows(office.wf.tables.line, dossier_id=dossier, meeting=meeting)
    return dict(row)


def whole(office: Any) -> None:
    with office.engine.connect() as db:
        assert [p.text() for p in verify(db, office.wf)] == []


def test_a_meeting_from_call_to_end(office: Any) -> None:
    term = council(office)
    call(office, "k1", council=term)
    one = dossier(office, "k1")
    office.now = ON_THE_DAY
    meetings = office.wf.meetings
    do(office, meetings.preside, "k1", "m1", authority=AUTHORITY)
    how = dict(zip(SEATS, ["excused", "present", "present", "present", "absent"], strict=True))
    do(office, meetings.attend, "k1", how, excuses={"member:m0": "đi công tác"})
    do(office, meetings.attend, "k1", {"member:m4": "written"})

    assert do(office, meetings.begin, "k1") == (3, 5)
    office.act(one, Cast("vote", "for", way="written"), By("m4"))
    count = Counts(5, 3, 0, 3, 3, 3, 0, 3, 0, 0)
    scan = Attach("count", "ab" * 32, 10, "application/pdf", "biên bản kiểm phiếu.pdf")
    do(office, meetings.attach, "k1", scan)
    done = office.act(one, Close("vote", count, "paper"), TELLER)
    do(office, meetings.conclude, "k1")

    assert done.state == "submitted"
    round_id = line(office, one, "k1")["round_id"]
    with office.engine.connect() as db:
        told = listing_registers.meeting(db, office.wf.tables, "k1")
        frozen = listing_rounds.verdicts(db, office.wf.tables, round_id)[one]
    assert (told["status"], told["presides"], told["attendance"]["member:m4"]) == (
        "closed", "m1", "written",
    )  # fmt: skip
    assert [f["act"] for f in told["facts"]] == [
        "meet", "preside", "attend", "attend", "begin", "attach", "conclude",
    ]  # fmt: skip
    assert told["facts"][1]["paper"]["number"] == "9"
    assert "công tác" not in json.dumps({**told["facts"][2], "private": None}, ensure_ascii=False)
    assert (frozen["needed"], frozen["base"]) == (3, 5)
    assert frozen["roll"]["present"] == ["member:m1", "member:m2", "member:m3"]
    whole(office)


def test_a_member_who_is_on_two_lists_has_one_vote(office: Any) -> None:
    again = {"actor": "m1", "role": "member", "unit": "", "from_on": "2018-02-01"}
    with office.engine.begin() as db:
        db.execute(insert(office.wf.tables.holding), [again])
    call(office, "k1", council=council(office))

    one = dossier(office, "k1")

    votes = office.rows(office.wf.tables.task, dossier_id=one, kind="vote")
    assert sorted(vote["seat"] for vote in votes) == SEATS


@pytest.mark.parametrize(
    ("actor", "authority", "code"),
    [("m1", None, "authority-missing"), ("m3", AUTHORITY, "not-chair-or-deputy"),
     ("m9", AUTHORITY, "not-chair-or-deputy")],
)  # fmt: skip
def test_who_does_not_preside(office: Any, actor: str, authority: Paper | None, code: str) -> None:
    call(office, "k1", council=council(office))

    with pytest.raises(Refused) as caught:
        do(office, office.wf.meetings.preside, "k1", actor, authority=authority)

    assert [r.code for r in caught.value.reasons] == [code]
    do(office, office.wf.meetings.preside, "k1", "m0")


def test_a_meeting_without_quorum_does_not_begin(office: Any) -> None:
    call(office, "k1", council=council(office))
    meetings = office.wf.meetings
    codes = []
    for now, steps in (
        (office.now, []),
        (ON_THE_DAY, []),
        (ON_THE_DAY, [(meetings.attend, {SEATS[0]: "present", SEATS[1]: "present"})]),
        (ON_THE_DAY, [(meetings.preside, "m0")]),
    ):
        office.now = now
        for act, what in steps:
            do(office, act, "k1", what)
        with pytest.raises(Refused) as caught:
            do(office, meetings.begin, "k1")
        codes.append(caught.value.reasons[0].code)

    assert codes == [
        "meeting-too-early", "meeting-without-attendance", "meeting-without-chair",
        "meeting-without-quorum",
    ]  # fmt: skip


def test_a_paper_count_of_a_meeting_without_quorum_is_refused(office: Any) -> None:
    call(office, "k1")
    one = dossier(office, "k1")
    office.now = ON_THE_DAY
    do(office, office.wf.meetings.attend, "k1", dict.fromkeys(SEATS[:2], "present"))
    count = Counts(5, 2, 0, 2, 2, 2, 0, 2, 0, 0)

    with pytest.raises(Refused) as caught:
        office.act(one, Close("vote", count, "paper"), TELLER)

    assert [r.code for r in caught.value.reasons] == ["meeting-without-quorum"]
    assert line(office, one, "k1")["closed_n"] is None


def test_attendance_of_strangers_and_of_nothing(office: Any) -> None:
    call(office, "k1", council=council(office))
    office.now = ON_THE_DAY

    with pytest.raises(Refused, match="member:m9"):
        do(office, office.wf.meetings.attend, "k1", {"member:m9": "present"})
    with pytest.raises(Unknown, match="late"):
        do(office, office.wf.meetings.attend, "k1", {SEATS[0]: "late"})


def test_cases_are_brought_and_put_off_in_the_room(office: Any) -> None:
    call(office, "k1")
    call(office, "k2", on=date(2018, 9, 24))
    one, two = dossier(office, "k1"), dossier(office, None)
    office.now = ON_THE_DAY
    cases = office.wf.meetings.cases

    do(office, cases.bring, "k1", two, trigger="convene", note="Bộ trưởng yêu cầu")
    do(office, cases.defer, "k1", one, "vote", to="k2", note="Chờ xác minh")
    off = {"note": "Rút khỏi chương trình", "command_id": "off"}
    done = do(office, cases.defer, "k1", two, "vote", **off)
    assert do(office, cases.defer, "k1", two, "vote", **off) == replace(done, repeated=True)
    do(office, cases.bring, "k2", two, ballot="vote", note="Đủ thông tin")

    assert line(office, one, "k1")["outcome"] == "deferred"
    assert line(office, one, "k2")["outcome"] is None
    assert (line(office, two, "k1")["outcome"], line(office, two, "k2")["outcome"]) == (
        "taken_off", None,
    )  # fmt: skip
    with office.engine.connect() as db:
        facts = listing_registers.meeting(db, office.wf.tables, "k1")["facts"]
    assert [(f["change"], f["dossier"], f["to"], f["private"]["note"]) for f in facts[1:]] == [
        ("added", two, None, "Bộ trưởng yêu cầu"),
        ("deferred", one, "k2", "Chờ xác minh"),
        ("taken_off", two, None, "Rút khỏi chương trình"),
    ]
    with pytest.raises(Refused, match="k1"):
        do(office, cases.defer, "k1", one, "vote", note="lại")
    do(office, office.wf.meetings.conclude, "k1")
    assert do(office, cases.defer, "k1", two, "vote", **off) == replace(done, repeated=True)
    with pytest.raises(CommandReused):
        do(office, cases.bring, "k2", two, ballot="vote", note="khác", command_id="off")
    with pytest.raises(Refused, match="k2"):
        do(office, office.wf.meetings.conclude, "k2")
    with pytest.raises(Refused, match="k1"):
        do(office, cases.defer, "k1", one, "vote", note="sau khi bế mạc")
    whole(office)


def test_an_id_is_used_once_whatever_has_it(office: Any) -> None:
    call(office, "k1")
    one = dossier(office, None)
    who = Candidate("individual", "An", "u")
    new = Create("ministers-certificate", "BK_BO", who, "u", FIELDS)
    for made in (partial(call, office, "k1"), partial(call, office, one),
                 partial(do, office, office.wf.create, new, dossier_id="k1")):  # fmt: skip
        with pytest.raises(Refused, match="id k1|id " + one):
            made()
    whole(office)


def test_a_refused_case_leaves_no_fact(office: Any) -> None:
    call(office, "k1")
    one = dossier(office, "k1")
    with pytest.raises(Unknown):
        do(office, office.wf.meetings.cases.defer, "k1", one, "vote", to="k9", note="x")

    with office.engine.connect() as db:
        told = listing_registers.meeting(db, office.wf.tables, "k1")
    assert len(told["facts"]) == 1
    whole(office)


def test_cases_shown_without_a_vote(office: Any) -> None:
    procedure = adopt(
        office, ("    tie: fails\n", "    tie: fails\n    also_shows: [ineligible]\n")
    )
    call(office, "k1")
    one = office.propose(procedure, "BK_BO", fields=FIELDS, submission=office.submit())
    with pytest.raises(Refused) as caught:
        do(office, office.wf.meetings.cases.show, "k1", one, note="x")
    assert caught.value.reasons[0].code == "case-not-shown"
    office.act(one, Fire("accept"))
    office.act(one, Fire("find_ineligible", note="Thiếu thời gian"), APPRAISER)

    do(office, office.wf.meetings.cases.show, "k1", one, note="Nhất trí với kết quả thẩm định")

    whole(office)


def test_the_chair_who_presided_breaks_a_tie(office: Any) -> None:
    procedure = adopt(
        office,
        ("    tie: fails\n", "    tie: chair\n"),
        ("on: opening}", "on: opening, chair: minister}"),
        ("of: entitled, ground: office}\n    tie", "of: valid, ground: office}\n    tie"),
    )
    call(office, "k1", council=council(office))
    one = dossier(office, "k1", procedure)
    office.now = ON_THE_DAY
    do(office, office.wf.meetings.preside, "k1", "m0")
    for voter, choice in zip(range(4), ("for", "for", "against", "against"), strict=True):
        office.act(one, Cast("vote", choice), By(f"m{voter}"))
    assert office.act(one, Close("vote"), TELLER).state == "council_review"

    with pytest.raises(Refused, match="m0 presided"):
        office.act(one, BreakTie("vote", "for"), By("minister"))
    done = office.act(one, BreakTie("vote", "for"), By("m0"))

    assert done.state == "submitted"
    whole(office)


def test_recusal_computed_from_the_directory(office: Any) -> None:
    from thidua import Candidate

    more = ("messages:\n", "recuse_if: [own_unit, nominator, relative, self]\nmessages:\n")
    procedure = adopt(office, more)
    call(office, "k1")
    t = office.wf.tables
    with office.engine.begin() as db:
        held = {"actor": "m1", "role": "staff", "unit": "stp-24", "from_on": "2018-01-01"}
        db.execute(insert(t.holding), [held])
        db.execute(insert(t.relation), [{"person": "m2", "relative": "m3"}])
    made = office.propose(
        procedure, "BK_BO", fields=FIELDS, submission=office.submit(),
        candidate=Candidate("individual", "Nguyễn Văn Ấn", "stp-24", "m3"),
    )  # fmt: skip
    office.act(made, Fire("accept"))
    office.act(made, Fire("consult"), APPRAISER)
    office.act(made, Answer("opinions", "agree"), DEPARTMENT)
    office.act(made, Fire("convene", meeting="k1"))

    asked = office.rows(t.task, dossier_id=made, kind="vote")
    assert [task["seat"] for task in asked] == ["member:m0", "member:m4"]
    with pytest.raises(Refused, match="not"):
        office.act(made, Cast("vote", "for"), By("m3"))
    for voter in ("m0", "m4"):
        office.act(made, Cast("vote", "for"), By(voter))
    assert office.act(made, Close("vote"), TELLER).state == "submitted"
    round_id = line(office, made, "k1")["round_id"]
    with office.engine.connect() as db:
        roll = listing_rounds.verdicts(db, t, round_id)[made]["roll"]
    assert roll["recused"] == ["member:m1", "member:m2", "member:m3"]
    whole(office)


def test_what_cannot_be_computed_is_said(office: Any) -> None:
    more = ("messages:\n", "recuse_if: [relative, self]\nmessages:\n")
    procedure = adopt(office, more)
    call(office, "k1")

    one = dossier(office, "k1", procedure)

    events = office.rows(office.wf.tables.event, stream=one)
    said = [body["unchecked"] for e in events if "unchecked" in (body := json.loads(e["body"]))]
    assert said == [["relative", "self"]]


def test_a_choice_is_shown_after_the_close_and_void_votes_are_marked(office: Any) -> None:
    call(office, "k1")
    one = dossier(office, "k1")
    for voter in range(5):
        office.act(one, Cast("vote", "for"), By(f"m{voter}"))
    office.act(one, Recuse(), By("m4"))
    round_id = line(office, one, "k1")["round_id"]

    def roll() -> list[tuple[Any, Any]]:
        with office.engine.connect() as db:
            votes = listing_rounds.votes(db, office.wf.tables, round_id)
        return [(vote["choice"], vote["void"]) for vote in votes]

    assert roll() == [(None, False)] * 4 + [(None, True)]
    office.act(one, Close("vote"), TELLER)
    assert roll() == [("for", False)] * 4 + [("for", True)]
    assert json.loads(line(office, one, "k1")["counts"])["votes_for"] == 4
    whole(office)
