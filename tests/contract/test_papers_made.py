"""Papers made by the library on both databases: hostile names, empty meetings, many dossiers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from sqlalchemy import event

from thidua import (
    Answer,
    Attach,
    By,
    Candidate,
    Close,
    Counts,
    Create,
    Fire,
    Paper,
    Refused,
    Unknown,
)  # fmt: skip
from thidua.definitions import load_file, shipped
from thidua.dunning import Head
from thidua.notifiers.render import Office as Body
from thidua.papers.case import Ballot
from thidua.papers.rule import result
from thidua.papers.signing import about as said_about
from thidua.workflow.command import PutOff, Recuse, Redeem, Waive

OFFICER = By("officer")
HEAD = Head(Body("Hội đồng", parent="Bộ Tư pháp"), place="Hà Nội")
PROCEDURE, AWARD = "exemplar-selection", "DIEN_HINH"
FIELDS = {"cluster": "C01", "prior_awards": "BK", "merit_period": "2017-01-01/2017-12-31"}
HOSTILE = "{{ 7*7 }} | [title] **Ấn** </w:t>\u202e Nguyễn"
TOLD = "{{ 7*7 }} | [title] **Ấn** </w:t> Nguyễn"
SHOWN = Paper(number="9", symbol="BTP", signed_on=date(2018, 8, 1), signer="Mẫu")
ALL = ("proposal", "decision", "summary")


@pytest.fixture
def voted(office: Any) -> str:
    """A dossier with a hostile name, judged at the meeting hop-1, in the drafted decision q-1."""
    candidate = Candidate("individual", HOSTILE, "stp-24")
    dossier: str = office.propose(PROCEDURE, AWARD, fields=FIELDS, submission=office.submit(),
                                  campaign="c", unit="stp-24", candidate=candidate)  # fmt: skip
    call(office, HOSTILE)
    office.act(dossier, Attach("prior_award_list", "cd" * 32, 3, "text/plain", "ds.txt"))
    office.act(dossier, Fire("accept"))
    office.act(dossier, Fire("consult"), By("appraiser"))
    office.act(dossier, Answer("opinions", "agree_with_remarks", note=HOSTILE), By("stp-27"))
    office.act(dossier, Fire("convene", meeting="hop-1"))
    paper = Counts(entitled=5, present=5, issued=5, returned=5, valid=5, votes_for=4,
                   votes_against=1)  # fmt: skip
    office.act(dossier, Close("vote", paper, "paper"), By("teller"))
    with office.engine.begin() as db:
        for key in office.wf.rounds.waiting(db):
            office.wf.rounds.settle(db, key, now=office.now)
    draft(office, [dossier])
    return dossier


def call(office: Any, title: str) -> None:
    with office.engine.begin() as db:
        office.wf.meetings.add(db, title, date(2018, 8, 24), by=OFFICER, meeting_id="hop-1",
                               now=office.now)  # fmt: skip


def draft(office: Any, dossiers: list[str]) -> None:
    with office.engine.begin() as db:
        lines = dict.fromkeys(dossiers, "grant")
        office.wf.decisions.draft(db, f"Quyết định {HOSTILE}", lines, by=OFFICER,
                                  decision_id="q-1", now=office.now)  # fmt: skip


def make(office: Any, kind: str, about: str, by: By = OFFICER) -> Any:
    with office.engine.connect() as db:
        return getattr(office.wf.papers, kind)(db, about, by=by, head=HEAD, now=office.now)


def words(paper: Any) -> str:
    opened = docx.Document(BytesIO(paper.docx()))
    parts = (e.text or "" for e in opened.element.body.iter() if str(e.tag).endswith("}t"))
    return " ".join(" ".join(parts).split())


def test_hostile_names_are_names_on_every_paper(office: Any, voted: str) -> None:
    about = {"minutes": "hop-1", "count": "vote", "extract": voted, "matrix": "opinions"}

    for kind, which in {**about, **dict.fromkeys(ALL, "q-1")}.items():
        paper = make(office, kind, which)
        assert TOLD in words(paper), kind
        assert " 49 " not in words(paper)
        assert "\u202e" not in paper.text()


def test_meeting_without_a_case_has_minutes_to_be_filled_in(office: Any) -> None:
    call(office, "Phiên họp")

    paper = make(office, "minutes", "hop-1")

    assert "Hội đồng xem xét 00 hồ sơ" in words(paper)
    assert "Thành viên Hội đồng: ……" in words(paper)
    assert paper.values["chain"] == []
    with pytest.raises(Refused) as caught:
        make(office, "minutes", "hop-1", By("m0"))
    assert caught.value.reasons[0].code == "paper-not-yours"


def test_open_ballot_tells_no_count(office: Any, voted: str) -> None:
    second = office.propose(PROCEDURE, AWARD, fields=FIELDS, submission=office.submit(),
                            campaign="d", unit="stp-24")  # fmt: skip
    office.act(second, Attach("prior_award_list", "cd" * 32, 3, "text/plain", "ds.txt"))
    office.act(second, Fire("accept"))
    office.act(second, Fire("consult"), By("appraiser"))
    office.act(second, Answer("opinions", "agree"), By("stp-27"))
    office.act(second, Fire("convene", meeting="hop-1"))

    values = make(office, "minutes", "hop-1").values

    (line,) = [each for g in values["groups"] for each in g["lines"] if each["dossier"] == second]
    assert (line["votes_for"], line["share"], line["result"]) == ("", "", "Chưa có kết quả")
    assert (values["any_running"], values["running"]) == (True, "01")


def test_two_hundred_dossiers_cost_no_more_queries(office: Any) -> None:
    first, *others = [create(office, n) for n in range(200)]
    counts = []
    for lines in ([first], [first, *others]):
        with office.engine.begin() as db:
            key = office.wf.decisions.draft(db, "Quyết định", dict.fromkeys(lines, "grant"),
                                            by=OFFICER, now=office.now)  # fmt: skip
        seen: list[str] = []

        def watch(*said: Any, seen: list[str] = seen) -> None:
            seen.append(said[2])

        event.listen(office.engine, "before_cursor_execute", watch)
        paper = make(office, "decision", key)
        event.remove(office.engine, "before_cursor_execute", watch)
        counts.append(len(seen))
        text = words(paper)

    assert counts[1] <= counts[0]
    assert "200 cá nhân" in text
    assert text.index("Ứng viên 005 An") < text.index("Ứng viên 003 Ẩn")
    assert text.index("Ứng viên 003 Ẩn") < text.index("Ứng viên 002 Ấn")
    assert text.index("Ứng viên 002 Ấn") < text.index("Ứng viên 000 Bình")
    assert len(paper.values["chain"]) == 200


def create(office: Any, n: int) -> str:
    key = f"k-{n:03}"
    given = ("Bình", "An", "Ấn", "Ẩn")[n % 4]
    candidate = Candidate("individual", f"Ứng viên {n:03} {given}", "stp-24")
    with office.engine.begin() as db:
        office.wf.create(db, Create(PROCEDURE, AWARD, candidate, unit="stp-24", fields=FIELDS),
                         by=OFFICER, dossier_id=key, now=office.now)  # fmt: skip
    return key


@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_written(office: Any, voted: str, kind: str) -> None:
    before = [len(office.rows(table)) for table in office.wf.tables.all()]

    make(office, kind, "q-1")

    assert [len(office.rows(table)) for table in office.wf.tables.all()] == before


def test_who_stands_for_another_needs_both_to_be_readers(office: Any, voted: str) -> None:
    make(office, "minutes", "hop-1", By("officer", "m0"))

    for by in (By("officer", "stp-27"), By("stp-27", "officer"), By("nobody")):
        with pytest.raises(Refused):
            make(office, "minutes", "hop-1", by)


@pytest.mark.parametrize("kind", ["minutes", "extract", "proposal", "count", "matrix"])
def test_what_is_not_there_is_unknown(office: Any, kind: str) -> None:
    with pytest.raises(Unknown):
        make(office, kind, "không-có")


def test_minutes_print_what_the_register_of_the_meeting_has(office: Any, voted: str) -> None:
    office.now = datetime(2018, 8, 24, 1, 30, tzinfo=UTC)
    told = {"member:m0": "present", "member:m1": "present", "member:m2": "present",
            "member:m3": "excused", "member:m4": "written"}  # fmt: skip
    with office.engine.begin() as db:
        meetings = office.wf.meetings
        meetings.attend(db, "hop-1", told, by=OFFICER, now=office.now)
        meetings.begin(db, "hop-1", by=OFFICER, now=office.now)
        scan = Attach("count", "ab" * 32, 9, "application/pdf", "kiểm phiếu.pdf")
        meetings.attach(db, "hop-1", scan, by=OFFICER, now=office.now)

    text = words(make(office, "minutes", "hop-1"))

    assert "1. Thời gian: 08 giờ 30, ngày 24 tháng 8 năm 2018" in text
    assert "Hội đồng: 05; có mặt: 03; gửi phiếu bằng văn bản: 01; vắng mặt" in text
    assert "không gửi phiếu: 01" in text
    assert text.count("Vắng, có lý do") == 1
    assert "không ghi" not in text
    assert "Tài liệu kèm theo: kiểm phiếu.pdf." in text


@pytest.fixture
def irregular(office: Any) -> list[str]:
    """Two dossiers under a procedure that lets the minister waive: one waived and one put off."""
    text = shipped()[PROCEDURE].read_text(encoding="utf-8")
    waivable = "waive: {opinions.closed: {by: minister, owes: officer}}"
    text = text.replace("waive: nobody", waivable).replace('"2018.2"', '"9"')
    text = text.replace("gather: meeting", "gather: meeting\n    also_shows: [ineligible]")
    assert waivable in text
    with office.engine.begin() as db:
        adopted = office.wf.adopt(db, text, demo=True).hash
    call(office, "Phiên họp")
    submission = office.submit()
    made = [
        office.propose(adopted, AWARD, fields=FIELDS, submission=submission, campaign="w",
                       unit="stp-24", candidate=Candidate("individual", name, "stp-24"))
        for name in ("Lê An", "Lê Bình")
    ]  # fmt: skip
    for dossier in made:
        office.act(dossier, Attach("prior_award_list", "cd" * 32, 3, "text/plain", "ds.txt"))
        office.act(dossier, Fire("accept"))
        office.act(dossier, Fire("consult"), By("appraiser"))
        waive = Waive("opinions.closed", date(2018, 9, 28), ground=SHOWN)
        office.act(dossier, waive, By("minister"))
        office.act(dossier, Fire("convene", meeting="hop-1"))
    office.act(made[1], PutOff("vote", note="Chờ xác minh"))
    return made


def test_debts_stand_on_minutes_proposal_and_summary_until_they_are_paid(
    office: Any, irregular: list[str]
) -> None:
    draft(office, irregular[:1])
    owed = "Lấy ý kiến các Sở Tư pháp trong Cụm, Khu vực thi đua: đã kết thúc"

    for kind, about in (("minutes", "hop-1"), ("proposal", "q-1"), ("summary", "q-1")):
        text = words(make(office, kind, about))
        assert owed in text, kind
        assert "9/BTP" in text
        assert "28/9/2018" in text
    office.act(irregular[0], Redeem("opinions.closed", note="Đã đủ", ground=SHOWN), By("minister"))

    assert "Điều kiện được miễn, còn nợ: không có" in words(make(office, "proposal", "q-1"))


def test_case_put_off_in_the_room_is_told_with_its_reason(
    office: Any, irregular: list[str]
) -> None:
    values = make(office, "minutes", "hop-1").values

    assert "Hội đồng: 05; phiên họp không ghi điểm danh." in words(make(office, "minutes", "hop-1"))
    (line,) = values["put_off"]
    assert (line["dossier"], line["result"]) == (irregular[1], "Rút khỏi chương trình")
    assert line["why"] == "Chờ xác minh"
    assert [each["dossier"] for g in values["groups"] for each in g["lines"]] == [irregular[0]]


def test_cases_brought_into_the_room_are_told_with_what_was_said(
    office: Any, irregular: list[str]
) -> None:
    shown = office.propose(f"{PROCEDURE}@9", AWARD, fields=FIELDS, submission=office.submit(),
                           unit="stp-24", candidate=Candidate("individual", "Lê Cúc"))  # fmt: skip
    office.act(shown, Attach("prior_award_list", "cd" * 32, 3, "text/plain", "ds.txt"))
    office.act(shown, Fire("accept"))
    office.act(shown, Fire("find_ineligible", note="Thiếu thời gian"), By("appraiser"))
    room = office.wf.meetings.cases
    with office.engine.begin() as db:
        said = {"by": OFFICER, "now": office.now}
        room.bring(db, "hop-1", irregular[1], note="Đã xác minh", ballot="vote", **said)
        room.show(db, "hop-1", shown, note="Đồng ý không xét", **said)

    values = make(office, "minutes", "hop-1").values
    text = words(make(office, "minutes", "hop-1"))

    assert [(e["dossier"], e["why"]) for e in values["added"]] == [(irregular[1], "Đã xác minh")]
    assert values["total"] == "02"
    assert f"Lê Cúc ({shown})" in text
    assert "Không đủ điều kiện Đồng ý không xét" in text


def test_member_who_stepped_back_is_named_and_leaves_the_base(
    office: Any, irregular: list[str]
) -> None:
    office.act(irregular[0], Recuse("member:m0"))
    paper = Counts(entitled=4, present=4, issued=4, returned=4, valid=4, votes_for=4)
    office.act(irregular[0], Close("vote", paper, "paper"), By("teller"))

    values = make(office, "minutes", "hop-1").values

    assert [(each["dossier"], each["members"]) for each in values["recusals"]] == [
        (irregular[0], "m0")
    ]
    (line,) = [each for g in values["groups"] for each in g["lines"]]
    assert (line["entitled"], line["share"]) == (4, "100,00%")


def test_what_the_chair_decided_is_not_told_as_the_council_s_vote() -> None:
    rule = load_file(shipped()["ministers-certificate"]).rounds["vote"]
    counts = {"votes_for": 2, "entitled": 5}
    broken = Ballot(rule, "r", 1, "hop-1", counts, "passed", closed_n=9, needed=3)

    assert result(broken) == "Thông qua, do người chủ trì quyết định"
    assert result(replace(broken, counts={**counts, "votes_for": 3})) == "Thông qua"


def test_what_a_decision_is_about_keeps_an_acronym() -> None:
    assert [said_about(t) for t in ("QĐ tặng", "Quyết định Tặng", "Tặng")] == [
        "QĐ tặng",
        "tặng",
        "tặng",
    ]
