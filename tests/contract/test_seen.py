"""A dossier as one actor may see it, on both databases."""

from datetime import date
from typing import Any

import pytest

from thidua import Answer, By, Cast, Close, Fire, Hold, Paper, Reply

AWARD = ("ministers-certificate", "BK_BO")
FIELDS = {"merit_period": "2017-01-01/2018-06-30", "by_initiative": "no"}
SEAT = "department@stp-24"
DEPARTMENT, MINISTER = By("stp-24"), By("minister")


def test_ground_of_a_hold_is_for_who_holds(office: Any) -> None:
    dossier = office.propose(*AWARD)
    office.act(dossier, Hold(note="chimkhuou"))

    with office.engine.connect() as db:
        inside = office.wf.seen(db, dossier, "officer", now=office.now)
        outside = office.wf.seen(db, dossier, "stranger", now=office.now)
        nobody = office.wf.seen(db, dossier, now=office.now)

    assert [e["private"].get("note") for e in inside.events][-1] == "chimkhuou"
    for seen in (outside, nobody):
        assert "chimkhuou" not in str(seen)
        assert seen.events[-1]["body"]["act"] == "hold"
        assert (seen.dossier["state"], seen.handles, seen.tasks) == ("proposed", False, [])


@pytest.fixture
def half_applied(office: Any) -> tuple[Any, list[str]]:
    """Two dossiers of one signed decision, of which only the first is carried out."""
    submission, dossiers = office.submit(), ["", ""]
    for i in range(2):
        dossiers[i] = office.propose(*AWARD, fields=FIELDS, submission=submission)
        office.act(dossiers[i], Fire("accept"))
        office.act(dossiers[i], Fire("consult"), By("appraiser"))
        office.act(dossiers[i], Answer("opinions", "disagree", note="có đơn thư"), DEPARTMENT)
        office.act(dossiers[i], Reply("opinions", SEAT, note="đã xác minh"))
    with office.engine.begin() as db:
        meeting = office.wf.meetings.add(
            db, "Phiên họp", date(2018, 9, 20), by=By("officer"), now=office.now
        )
    for each in dossiers:
        office.act(each, Fire("convene", meeting=meeting))
        for member in range(5):
            office.act(each, Cast("vote", "for"), By(f"m{member}"))
        office.act(each, Close("vote"), By("teller"))
    with office.engine.begin() as db:
        lines = dict.fromkeys(dossiers, "grant")
        key = office.wf.decisions.draft(db, "QĐ", lines, by=By("officer"), now=office.now)
        paper = Paper(number="1850", signed_on=office.now.date(), signer="B")
        office.wf.decisions.number(db, key, paper, by=By("officer"), now=office.now)
        office.wf.decisions.apply_line(db, key, dossiers[0], by=MINISTER, now=office.now)
    return office, dossiers


def looked(office: Any, dossier: str, actor: str) -> Any:
    with office.engine.connect() as db:
        return office.wf.seen(db, dossier, actor, now=office.now)


def test_a_decision_half_applied_looks_the_same_on_every_line(half_applied: Any) -> None:
    office, dossiers = half_applied

    told = [
        (seen.dossier["state"], seen.embargo, [(e["n"], e["body"]) for e in seen.events])
        for seen in (looked(office, dossier, "proposer-24") for dossier in dossiers)
    ]

    def plain(event: Any) -> Any:
        n, body = event
        return n, {k: v for k, v in body.items() if k not in ("at", "round_id", "sha256")}

    first, second = ((*rest, [plain(e) for e in events]) for *rest, events in told)
    assert first == second
    assert first[:2] == (None, True)
    steps = [body["trigger"] for _, body in first[2] if body["act"] == "fire"]
    assert steps == ["accept", "consult", "convene"]


def test_who_disagreed_is_not_read_from_the_answer_to_it(half_applied: Any) -> None:
    office, (dossier, _) = half_applied

    teller = looked(office, dossier, "teller")

    assert "reply" not in {each["body"]["act"] for each in teller.events}
    assert "reply" in {each["body"]["act"] for each in looked(office, dossier, "officer").events}
