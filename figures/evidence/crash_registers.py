"""What spans dossiers as use cases: papers, meetings, decisions, lists, the clock and the mails."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from figures.evidence.crash_before import after, both, lived, round_of
from figures.evidence.crash_cases import (
    LATER,
    NOTE,
    REPORT,
    SEAT,
    Case,
    acts,
    live,
    way,
)
from figures.evidence.crash_exchange import exchanged
from figures.evidence.crash_stage import NOW, OFFICER, PAPER, Stage, version
from figures.evidence.crash_told import OVERDUE, held, returned, spoken, unlogged
from thidua import By, Cast, Close, Paper
from thidua.definitions.days import Day
from thidua.definitions.levels import load_levels
from thidua.erasure import rules_of_keeping
from thidua.meetings import Member
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Head
from thidua.outbox import Post, make
from thidua.rhythm import AT_ONCE
from thidua.storage import mails
from thidua.storage.imports import Entered, put
from thidua.tree import checkpoint
from thidua.workflow import command as c

TODAY = date(2018, 6, 11)
SIGNED = Paper(number="9", symbol="QĐ", signed_on=TODAY, signer="Lê Thị Xê")
MEMBERS = [Member("m0", "chair", date(2018, 1, 1)), Member("m1", "ordinary", date(2018, 1, 1))]
MINISTER = By("minister")
POST = Post(Recording(), Address("Thường trực", "office@example.org"), Head("Thường trực"),
            rhythm=AT_ONCE)  # fmt: skip


def chains() -> tuple[tuple[Case, ...], ...]:
    """Every use case, those together that build on each other; the clock comes first, while there
    is little that is due.
    """
    alone = [(case,) for case in (*acts(), *_rounds(), *exchanged(), *_papers())]
    return (
        (*_clock(), *_mails()), *alone, tuple(_meetings()), tuple(_decisions()), tuple(_lists()),
        tuple(_calendar()), *((case,) for case in _kept()), tuple(unlogged()), tuple(_tree()),
    )  # fmt: skip


def _clock() -> Iterator[Case]:
    def tick(stage: Stage, db: Connection) -> Any:
        return stage.wf.tick(db, OVERDUE).fired

    yield Case(
        "tick", tick, both(lived("tick-a", "appraisal", 2), lived("tick-c", "consulted")),
        idempotent=True, tells=False,
    )  # fmt: skip
    yield Case("accept-clock", lambda s, db: s.wf.accept_clock(db, by="officer", now=NOW),
               lambda _: None, idempotent=True)  # fmt: skip
    yield from held()


def _mails() -> Iterator[Case]:
    nothing = after()
    yield Case("make-mails", lambda s, db: make(db, s.wf, POST, OVERDUE).mails, nothing,
               idempotent=True, tells=False)  # fmt: skip

    def lease(stage: Stage, db: Connection) -> Any:
        until = OVERDUE + timedelta(minutes=5)
        return mails.lease(db, stage.wf.tables, "sender", now=OVERDUE, until=until)

    def mark(stage: Stage, db: Connection) -> Any:
        mail = lease(stage, db)
        return mails.mark(db, stage.wf.tables, mail, "sender", {"status": "sent"})

    yield Case("mark-mail", mark, nothing)
    yield Case("lease-mail", lease, nothing)
    yield Case("hold-mails", lambda s, db: mails.hold_all(db, s.wf.tables, OVERDUE), nothing)
    yield Case("let-mails-go", lambda s, db: mails.let_go(db, s.wf.tables, OVERDUE), nothing)
    yield from spoken()
    yield from returned()


def _rounds() -> Iterator[Case]:
    def answer(stage: Stage, db: Connection) -> Any:
        round_id = round_of(stage, "list-0")
        listed = stage.wf.rounds.answer(
            db, round_id, SEAT, "agree", by=By("d0"), except_={"list-1": ("disagree", NOTE)},
            command_id="once",
        )  # fmt: skip
        return [(done.dossier_id, done.n) for done in listed.taken]

    def extend(stage: Stage, db: Connection) -> Any:
        round_id = round_of(stage, "more-0")
        listed = stage.wf.rounds.extend(
            db, round_id, LATER, by=OFFICER, note=NOTE, command_id="once"
        )
        return [(done.dossier_id, done.n) for done in listed.taken]

    def settle(stage: Stage, db: Connection) -> Any:
        round_id = round_of(stage, "rank-0")
        return len(stage.wf.rounds.settle(db, round_id, now=NOW))

    def count(stage: Stage) -> None:
        for key in ("rank-0", "rank-1"):
            live(stage, key, way("ranked"), "rank")
        for key in ("rank-0", "rank-1"):
            for n in range(4):
                choice = "for" if n < 3 or key == "rank-0" else "against"
                stage.act(key, Cast("ranking", choice), f"m{n}")
            stage.act(key, Close("ranking"), "teller")

    yield Case("answer-list", answer, lived("list", "consulted", 3), idempotent=True)
    yield Case("extend-round", extend, lived("more", "consulted", 2), idempotent=True)
    yield Case("settle-ranking", settle, count, c.Settle, idempotent=True, tells=False)


def _papers() -> Iterator[Case]:
    def submit(stage: Stage, db: Connection) -> Any:
        return stage.wf.submissions.add(db, PAPER, by=OFFICER, submission_id="s9")

    def attach(stage: Stage, db: Connection) -> Any:
        stage.wf.submissions.attach(db, "s1", REPORT, by=OFFICER)

    yield Case("submit", submit, after())
    yield Case("attach-to-submission", attach, after())


def _meetings() -> Iterator[Case]:
    def form(stage: Stage, db: Connection) -> Any:
        return stage.wf.councils.form(
            db, "Hội đồng", "member", date(2016, 1, 1), quorum="1/2", by=OFFICER, council_id="hd"
        )

    def meet(stage: Stage, db: Connection) -> Any:
        return stage.wf.meetings.add(db, "Phiên", TODAY, by=OFFICER, meeting_id="k9", council="hd")

    there = {"member:m0": "present", "member:m1": "present"}
    yield Case("form-council", form, after())
    yield Case(
        "appoint", lambda s, db: s.wf.councils.appoint(db, "hd", MEMBERS, by=OFFICER), after()
    )
    yield Case("call-meeting", meet, after())
    yield Case("preside", lambda s, db: s.wf.meetings.preside(db, "k9", "m0", by=OFFICER), after())
    yield Case("attend", lambda s, db: s.wf.meetings.attend(db, "k9", there, by=OFFICER), after())
    yield Case("begin", lambda s, db: s.wf.meetings.begin(db, "k9", by=OFFICER), after())
    yield Case("conclude", lambda s, db: s.wf.meetings.conclude(db, "k9", by=OFFICER), after())

    def minutes(stage: Stage, db: Connection) -> Any:
        stage.wf.meetings.attach(db, "k9", REPORT, by=OFFICER)

    yield Case("attach-to-meeting", minutes, after())
    at_k3 = after(lambda s, db: s.wf.meetings.add(db, "Họp", LATER, by=OFFICER, meeting_id="k3"))

    def secret(stage: Stage) -> None:
        *steps, (by, _) = way("secret")
        live(stage, "remeet", [*steps, (by, c.Fire("seal", meeting="k3"))])

    def move(stage: Stage, db: Connection) -> Any:
        return stage.wf.rescheduling.move(db, "k3", date(2018, 9, 14), by=OFFICER, ground=PAPER)

    yield Case("move-meeting", move, both(at_k3, secret))

    def defer(stage: Stage, db: Connection) -> Any:
        return stage.wf.meetings.cases.defer(
            db, "k1", "case-0", "vote", by=OFFICER, note=NOTE, command_id="once"
        )

    yield Case("defer-case", defer, lived("case", "council"), c.PutOff, idempotent=True)

    def bring(stage: Stage, db: Connection) -> Any:
        return stage.wf.meetings.cases.bring(
            db, "k1", "case-0", ballot="vote", by=OFFICER, note=NOTE, command_id="again"
        )

    yield Case("bring-case", bring, after(), c.PutTo, idempotent=True)
    yield Case("Remeet", lambda s, db: _done(s.wf.rescheduling.apply(db, "k3", "remeet")), after(),
               c.Remeet, idempotent=True, tells=False)  # fmt: skip


def _done(done: Any) -> Any:
    return done and (done.n, done.state, done.count)


def _decisions() -> Iterator[Case]:
    lines = {"award-0": "grant", "award-1": "grant", "award-2": "grant"}

    def of(act: str, *words: Any, **terms: Any) -> Callable[..., Any]:
        return lambda s, db: getattr(s.wf.decisions, act)(db, *words, **terms)

    yield Case("draft", of("draft", "Tặng", lines, by=OFFICER, decision_id="q1"),
               lived("award", "submitted", 3))  # fmt: skip
    yield Case("look-again", of("look_again", "q1", ["award-0"], by=OFFICER), after())
    yield Case("strike", of("strike", "q1", ["award-2"], by=OFFICER, note=NOTE), after())
    yield Case("number", of("number", "q1", SIGNED, by=OFFICER), after())

    def apply(stage: Stage, db: Connection, dossier: str = "award-0") -> Any:
        return _done(stage.wf.decisions.apply_line(db, "q1", dossier, by=MINISTER))

    def revoke(stage: Stage, db: Connection) -> Any:
        return stage.wf.act(db, "award-0", c.Revoke(), by=MINISTER, command_id="once")

    yield Case("apply-line", apply, after(), c.Fire, idempotent=True)
    last = after(partial(apply, dossier="award-1"))
    yield Case("finish", of("finish", "q1", by=OFFICER), last, idempotent=True)
    yield Case("Revoke", revoke, after(), c.Revoke, idempotent=True)

    def erase(stage: Stage, db: Connection) -> Any:
        stage.wf.erasure.redact_register(db, "q1", "ordered", by=OFFICER, ground=PAPER,
                                         parts=("title", "signers"))  # fmt: skip

    yield Case("erase-signer", erase, after())


def _lists() -> Iterator[Case]:
    def fill(stage: Stage, db: Connection) -> Entered:
        row = {"actor": "new", "role": "officer", "unit": "", "from_on": "2018-01-01"}
        db.execute(insert(stage.wf.tables.holding).values(row))
        return Entered(1)

    def enter(stage: Stage, db: Connection) -> Any:
        stage.wf.directory.enter(db, "roles", partial(fill, stage), by=OFFICER)

    def substitute(stage: Stage, db: Connection) -> Any:
        made = stage.wf.substitutions.add(
            db, "new", "officer", TODAY, None, by=OFFICER, ground="QĐ"
        )
        return made.actor

    def end(stage: Stage, db: Connection) -> Any:
        with stage.reading() as own:
            last = stage.wf.substitutions.listed(own)[-1]
        stage.wf.substitutions.end(db, last.id, LATER, by=OFFICER)

    def hand_over(stage: Stage, db: Connection) -> Any:
        stage.wf.handover.carry_out(
            db, "new", "officer", TODAY, by=OFFICER, ground=PAPER, command_id="once"
        )

    yield Case("enter-list", enter, after())
    yield Case("substitute", substitute, after())
    yield Case("end-substitute", end, after())
    yield Case("hand-over", hand_over, after())


def _kept() -> Iterator[Case]:
    """Secrecy, how long things are kept, and that they are not; a procedure that comes."""
    level, kept = next(iter(load_levels())), next(iter(rules_of_keeping().classes))
    basis = next(iter(rules_of_keeping().bases))
    gone = {"id": "left", "name": "Đỗ Văn Cũ", "lang": "vi", "account": None}

    def leave(stage: Stage, db: Connection) -> None:
        lists = stage.wf.directory
        lists.enter(db, "people", lambda db: put(db, stage.wf.tables.person, [gone]), by=OFFICER)

    def erase(stage: Stage, db: Connection) -> Any:
        return stage.wf.directory.erase(db, "left", basis, by=OFFICER, ground=PAPER)

    def classify(stage: Stage, db: Connection) -> Any:
        return stage.wf.classification.give(db, "s1", level, by=OFFICER, ground=PAPER)

    def confirm(stage: Stage, db: Connection) -> Any:
        return stage.wf.erasure.confirm(db, kept, 20, by=OFFICER, ground=PAPER)

    def adopt(stage: Stage, db: Connection) -> Any:
        return stage.wf.adopt(db, version("3")).hash

    yield Case("erase-person", erase, after(leave))
    yield Case("classify", classify, after())
    yield Case("confirm-retention", confirm, after())
    yield Case("adopt", adopt, after(), idempotent=True)


def _tree() -> Iterator[Case]:
    def grow(stage: Stage, db: Connection) -> Any:
        made = checkpoint(db, stage.wf)
        return made and made.checkpoint

    yield Case("checkpoint", grow, after(), idempotent=True)


def _calendar() -> Iterator[Case]:
    day = Day(date(2018, 6, 18), "off", "Nghỉ bù", "Day in lieu", "QĐ 1", "read")

    def correct(stage: Stage, db: Connection) -> Any:
        return stage.wf.calendars.correct(db, [day], by=OFFICER, ground="QĐ 1").n

    def reproject(stage: Stage, db: Connection) -> Any:
        return _done(stage.wf.reprojection.apply(db, "late-0"))

    yield Case(
        "correct-calendar", correct, lived("late", "consulted"), idempotent=True, tells=False
    )
    yield Case("Reproject", reproject, after(), c.Reproject, idempotent=True, tells=False)
