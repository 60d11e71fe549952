"""What becomes of reminders and mails by hand, and lists without a journal, as use cases."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from figures.evidence.crash_before import after
from figures.evidence.crash_cases import NOTE, Case
from figures.evidence.crash_stage import NOW, OFFICER, Stage
from thidua.reminders import Spoken
from thidua.storage import calendars, library, mails

OVERDUE = NOW + timedelta(days=14)
CLOSED = date(2018, 6, 14)
"""A Thursday."""


def held() -> Iterator[Case]:
    """Reminders that wait for somebody's word: one is sent after all, one is not."""

    def release(stage: Stage, db: Connection) -> Any:
        stage.wf.reminders.release(db, [_held(stage)], by=OFFICER, now=OVERDUE)

    def drop(stage: Stage, db: Connection) -> Any:
        stage.wf.reminders.drop(db, [_held(stage)], by=OFFICER, now=OVERDUE)

    yield Case("release-reminders", release, after())
    yield Case("drop-reminder", drop, after())


def _held(stage: Stage) -> Any:
    with stage.reading() as own:
        return stage.wf.reminders.held(own)[0].key


def spoken() -> Iterator[Case]:
    """What was told by telephone or on paper."""

    def posted(stage: Stage, db: Connection) -> None:
        mails.to_paper(db, stage.wf.tables, _leased(stage, db).id)

    def done(stage: Stage, db: Connection) -> Any:
        with stage.reading() as own:
            line, *_ = stage.wf.reminders.by_hand(own, now=OVERDUE)
        stage.wf.reminders.done(db, line, by=OFFICER, spoken=Spoken(note=NOTE), now=OVERDUE)

    yield Case("told-on-paper", done, after(posted))


def _leased(stage: Stage, db: Connection) -> Any:
    return mails.lease(db, stage.wf.tables, "sender", now=OVERDUE, until=OVERDUE)


def returned() -> Iterator[Case]:
    """A dead mail is made again; of a hold nothing goes out."""

    def die(stage: Stage, db: Connection) -> None:
        mails.mark(db, stage.wf.tables, _leased(stage, db), "sender", {"status": "dead"})

    def again(stage: Stage, db: Connection) -> Any:
        with stage.reading() as own:
            dead, *_ = mails.listed(own, stage.wf.tables, status="dead")
        mails.again(db, stage.wf.tables, dead["id"])

    def hold(stage: Stage, db: Connection) -> None:
        mails.hold_all(db, stage.wf.tables, OVERDUE)

    yield Case("mail-again", again, after(die))
    yield Case("drop-held-mails", lambda s, db: mails.drop_held(db, s.wf.tables), after(hold))


def unlogged() -> Iterator[Case]:
    """Units' own days off, and an assumption that somebody confirms."""
    closure = {"unit": "d0", "closed_on": CLOSED.isoformat(), "ground": "TB 1"}
    told = {"by": "officer", "at": NOW.isoformat()}

    def confirm(stage: Stage, db: Connection) -> Any:
        with stage.reading() as own:
            key = library.listed(own, stage.wf.tables)[0]["hash"]
        library.confirm(db, stage.wf.tables, key, "rule", told)

    yield Case("close-unit", lambda s, db: calendars.close(db, s.wf.tables, [closure]), after())
    yield Case(
        "reopen-unit", lambda s, db: calendars.reopen(db, s.wf.tables, "d0", CLOSED), after()
    )
    yield Case("confirm-assumption", confirm, after())
