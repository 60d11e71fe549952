"""Letters in the post when a round closes, more time, requests never sent, postings: on both."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from thidua import (
    Answer,
    Attach,
    By,
    Candidate,
    Cast,
    Close,
    Create,
    Extend,
    Fire,
    Paper,
    Refused,
    Reply,
    Stale,
)
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Head
from thidua.outbox import Post
from thidua.rhythm import AT_ONCE
from thidua.sender import Sender
from thidua.verify import verify

TRIAL = Path(__file__).parents[1] / "workflow" / "trial.yaml"
FIELDS = {"merit_period": "2017-01-01/2018-06-30", "by_initiative": "no"}
APPRAISER, MINISTER = By("appraiser"), By("officer", for_="minister")
OFFICE = By("officer", for_="stp-24")
SEAT = "department@stp-24"
POSTED = Paper(number="7", symbol="STP-VP", signed_on=date(2018, 8, 14), signer="A",
               postmark_on=date(2018, 8, 15))  # fmt: skip
DISAGREE = Answer("opinions", "disagree", note="có đơn thư", ground=POSTED)


@pytest.fixture
def asked(office: Any) -> str:
    """A dossier about which one department is asked, until 17 August, by the clock's word."""
    submission = office.submit()
    dossier = office.propose("ministers-certificate", "BK_BO", fields=FIELDS, submission=submission)
    office.act(dossier, Fire("accept"))
    office.act(dossier, Fire("consult"), APPRAISER)
    return str(dossier)


def tick(office: Any, on: datetime) -> None:
    office.now = on
    with office.engine.begin() as db:
        office.wf.tick(db, office.now)


def send(office: Any) -> None:
    post = Post(Recording(), Address("", "o@example.org"), Head(name={"vi": "V", "en": "O"}),
                rhythm=AT_ONCE)  # fmt: skip
    Sender(office.engine, office.wf, post, clock=lambda: office.now).run()
    with office.engine.begin() as db:
        for line in office.wf.reminders.by_hand(db, now=office.now):
            office.wf.reminders.done(db, line, by=By("officer"), now=office.now)


def ask_of(office: Any, dossier: str) -> dict[str, Any]:
    rows = office.rows(office.wf.tables.task, dossier_id=dossier, kind="ask")
    return dict(rows[-1])


def vote(office: Any, dossier: str) -> None:
    with office.engine.begin() as db:
        key = office.wf.meetings.add(
            db, "Phiên họp", date(2018, 9, 20), by=By("officer"), now=office.now
        )
    office.act(dossier, Fire("convene", meeting=key))
    for i in range(5):
        office.act(dossier, Cast("vote", "for"), By(f"m{i}"))
    office.act(dossier, Close("vote"), By("teller"))


def decision(office: Any, dossier: str) -> str:
    with office.engine.begin() as db:
        key: str = office.wf.decisions.draft(
            db, "Tặng Bằng khen", {dossier: "grant"}, by=By("officer"), now=office.now
        )
        paper = Paper(number="1850", signed_on=office.now.date(), signer="B")
        office.wf.decisions.number(db, key, paper, by=By("officer"), now=office.now)
    return key


def apply(office: Any, key: str, dossier: str) -> Any:
    with office.engine.begin() as db:
        return office.wf.decisions.apply_line(db, key, dossier, by=MINISTER, now=office.now)


def sound(office: Any) -> bool:
    with office.engine.connect() as db:
        return verify(db, office.wf) == []


CLOSED = datetime(2018, 9, 5, 2, tzinfo=UTC)


def test_posted_in_time_and_received_after_the_close(office: Any, asked: str) -> None:
    send(office)
    tick(office, CLOSED)
    assert ask_of(office, asked)["outcome"] == "no_reply"
    vote(office, asked)
    key = decision(office, asked)

    office.act(asked, DISAGREE, OFFICE)
    with pytest.raises(Stale) as stale:
        apply(office, key, asked)
    with office.engine.begin() as db:
        office.wf.decisions.look_again(db, key, [asked], by=By("officer"), now=office.now)
    with pytest.raises(Refused) as refused:
        apply(office, key, asked)
    office.act(asked, Reply("opinions", SEAT, note="đã xác minh"))

    (opinion,) = office.rows(office.wf.tables.opinion)
    assert opinion["standing"] == "in_time_after_close"
    assert ask_of(office, asked)["outcome"] == "disagree"
    assert "answer" in stale.value.fields["since"]
    assert [r.code for r in refused.value.reasons] == ["disagreement-unanswered"]
    assert apply(office, key, asked).state == "decided"
    assert sound(office)


def test_request_that_was_never_sent_is_not_silence(office: Any, asked: str) -> None:
    tick(office, CLOSED)

    assert ask_of(office, asked)["outcome"] == "not_sent"
    assert sound(office)


def test_round_is_given_more_time_after_its_due(office: Any, asked: str) -> None:
    send(office)
    tick(office, CLOSED)
    round_id = ask_of(office, asked)["round_id"]

    with office.engine.begin() as db:
        listed = office.wf.rounds.extend(
            db, round_id, date(2018, 9, 14), by=By("officer"),
            seat=SEAT, note="bão lụt", now=office.now,
        )  # fmt: skip
    office.act(asked, Answer("opinions", "agree"), By("stp-24"))

    (line,) = office.rows(office.wf.tables.line, dossier_id=asked)
    (opinion,) = office.rows(office.wf.tables.opinion)
    assert [done.dossier_id for done in listed.taken] == [asked]
    assert (line["outcome"], opinion["standing"]) == ("answered", "in_time")
    assert sound(office)


def test_answer_goes_to_the_round_of_its_id(office: Any, asked: str) -> None:
    send(office)
    round_id = ask_of(office, asked)["round_id"]

    with office.engine.begin() as db:
        once, again = (
            office.wf.rounds.answer(
                db, round_id, SEAT, "agree", by=By("stp-24"), command_id="thư-1", now=office.now
            )
            for _ in range(2)
        )  # fmt: skip

    (opinion,) = office.rows(office.wf.tables.opinion)
    assert opinion["round_id"] == round_id
    assert (once.taken[0].repeated, again.taken[0].repeated) == (False, True)


def test_posting_waits_for_its_proof(office: Any) -> None:
    text = TRIAL.read_text(encoding="utf-8").replace(", host.has_budget", "")
    candidate = Candidate("individual", "Nguyễn Văn Ấn", "stp-24")
    with office.engine.begin() as db:
        office.wf.adopt(db, text, now=office.now)
        create = Create("trial", "PRIZE", candidate, unit="cuc-24", fields={"merit": "tốt"})
        office.wf.create(db, create, by=By("officer"), dossier_id="p-1", now=office.now)
    office.act("p-1", Attach("report", "ab" * 32, 10, "application/pdf", "a.pdf"))
    office.act("p-1", Fire("accept"))
    office.act("p-1", Fire("consult"), APPRAISER)
    office.act("p-1", Extend("opinions", date(2018, 12, 28), note="chờ niêm yết"))

    tick(office, CLOSED)
    tick(office, CLOSED.replace(day=6))
    (before,) = office.rows(office.wf.tables.line, dossier_id="p-1", name="posted")
    office.act("p-1", Attach("notice", "cd" * 32, 10, "application/pdf", "niêm yết.pdf"))
    (after,) = office.rows(office.wf.tables.line, dossier_id="p-1", name="posted")

    bodies = [row["body"] for row in office.rows(office.wf.tables.event, stream="p-1")]
    assert sum('"act":"due_blocked"' in body for body in bodies) == 1
    assert (before["closed_n"], after["outcome"]) == (None, "expired")
    assert sound(office)
