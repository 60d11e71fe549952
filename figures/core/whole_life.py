"""A life in which everything happens: papers, pauses, an answer on paper, a ballot, decisions."""

from datetime import date

from bench.life import DEPARTMENTS, FIELDS, MEMBERS, MINISTER, NOW, OFFICER, TELLER
from figures.office import Office
from thidua import (
    Answer,
    Attach,
    By,
    Candidate,
    Cast,
    Close,
    Correct,
    Create,
    Fire,
    Hold,
    Paper,
    Release,
    Reply,
    Return,
    Supplement,
)

DOSSIER, SUBMISSION = "h-1", "tt-1"
LETTER = Paper(number="12", symbol="TTr-STP", signed_on=date(2018, 6, 8), signer="Trần Văn Bê")


def live(office: Office) -> None:
    """From the submission to an award that is undone, under `DOSSIER`."""
    _propose(office)
    _supplement(office)
    _consult(office)
    _vote(office)
    _decide(office, "qd-1", "grant")
    _decide(office, "qd-2", "revoke")


def _propose(office: Office) -> None:
    candidate = Candidate("individual", "Nguyễn Văn Ấn", "d1", "p-1")
    create = Create(
        "bench-life", "A", candidate, unit="d1", fields=FIELDS, submission=SUBMISSION,
        campaign="2018",
    )  # fmt: skip
    with office.engine.begin() as db:
        office.wf.submissions.add(
            db, LETTER, by=OFFICER, sender="d1", received_on=date(2018, 6, 11),
            campaign="2018", submission_id=SUBMISSION, now=NOW,
        )  # fmt: skip
        office.wf.submissions.attach(db, SUBMISSION, _document("tờ trình"), by=OFFICER, now=NOW)
        office.wf.create(db, create, by=OFFICER, dossier_id=DOSSIER, now=NOW)


def _supplement(office: Office) -> None:
    office.act(DOSSIER, _document("báo cáo"), command_id="báo cáo")
    office.act(DOSSIER, Correct({"f0": "một"}, note="Ghi sai"))
    office.act(DOSSIER, Return(("f1",), note="Thiếu số liệu"))
    office.act(DOSSIER, Supplement({"f1": "hai"}))


def _consult(office: Office) -> None:
    office.act(DOSSIER, Fire("consult"))
    first, second, *rest = (By(f"d{n}") for n in DEPARTMENTS)
    office.act(DOSSIER, Answer("opinions", "disagree", note="Đang có đơn"), first)
    office.act(DOSSIER, Reply("opinions", "department@d0", note="Đã xác minh"))
    entered = By(OFFICER.actor, second.actor)
    office.act(DOSSIER, Answer("opinions", "agree", ground=LETTER, happened_at=NOW), entered)
    office.act(DOSSIER, Hold(note="Chờ kết luận thanh tra"))
    office.act(DOSSIER, Release())
    for each in rest:
        office.act(DOSSIER, Answer("opinions", "agree_with_remarks", note="Bổ sung số liệu"), each)


def _vote(office: Office) -> None:
    office.act(DOSSIER, Fire("convene", meeting="meeting"))
    for n in MEMBERS:
        office.act(DOSSIER, Cast("vote", "for" if n else "against"), By(f"m{n}"))
    office.act(DOSSIER, Close("vote"), TELLER)


def _decide(office: Office, key: str, trigger: str) -> None:
    signed = Paper(number=key, symbol="QĐ-BTP", signed_on=date(2018, 6, 11), signer="Lê Thị Xê")
    with office.engine.begin() as db:
        decisions, lines = office.wf.decisions, {DOSSIER: trigger}
        title = "Về việc khen thưởng"
        decisions.draft(db, title, lines, by=OFFICER, decision_id=key, now=NOW)
        decisions.number(db, key, signed, by=OFFICER, now=NOW)
        decisions.apply_line(db, key, DOSSIER, by=MINISTER, now=NOW)
        decisions.finish(db, key, by=OFFICER, now=NOW)


def _document(name: str) -> Attach:
    return Attach("report", "ab" * 32, 10, "application/pdf", f"{name}.pdf", "1-3")
