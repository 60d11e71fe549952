"""Sends mails, each at least once and under a lease, outside any transaction."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection, Engine

from thidua import witness
from thidua.content import asks, compose, is_open
from thidua.ids import new_id
from thidua.logged import kind, unsaid
from thidua.notifiers.channels import PermanentFailure, SendFailure
from thidua.outbox import Made, Post, make, reason_of
from thidua.reference import judged_again
from thidua.retrying import retry
from thidua.storage import mails
from thidua.storage.mails import Mail
from thidua.storage.rows import instant
from thidua.workflow.calendar import Calendar

if TYPE_CHECKING:
    from thidua.app import Thidua

log = logging.getLogger("thidua")

LEASE = timedelta(minutes=5)
"""How long a mail is one sender's: well over a channel's deadline for a letter (60 s)."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
TRIES = 12
"""Attempts before a mail is dead: with pauses that double from a minute to 6 hours, 26 hours."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run came to: mails made, sent, left for a later try, dead, or no longer needed;
    `paper` counts the notices put on the phone-and-paper list.
    """

    made: int = 0
    sent: int = 0
    later: int = 0
    dead: int = 0
    cancelled: int = 0
    paper: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a mail; `broken` when the channel itself does not work now."""

    mail: Mail
    values: Mapping[str, Any]
    paper: bool = False
    broken: bool = False

    @property
    def status(self) -> str:
        return str(self.values["status"])


class Sender:
    """Sends what is due over one channel; any number of senders may run beside each other.

    What is due when is the post's rhythm; in quiet hours only urgent mails are made and sent.

    Every step in the database is a short transaction of its own, repeated while the database is
    busy; rendering and sending stand outside. A mail is leased to one sender, and only the holder
    of the lease marks it. Whether it may say what it says is judged as it is leased. A crash
    between the server's yes and our mark costs one more copy with the same Message-ID; nothing
    costs a mail.
    """

    def __init__(
        self,
        engine: Engine,
        wf: "Thidua",
        post: Post,
        *,
        clock: Callable[[], datetime] | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self.engine, self.wf, self.post = engine, wf, post
        self.clock = clock or wf.clock
        self.lease = lease
        self.owner = new_id()

    def run(self, stop: Callable[[], bool] = lambda: False) -> Sent:
        """Make the mails that are due and send until none is, or `stop()` says so between two.

        After a failure of the channel itself the others wait for the next run. While the clock
        is doubted nothing is made or sent: every letter would name wrong days.
        """
        if retry(self.engine, self._doubted):
            return Sent()
        made = self._made()
        count: Counter[str] = Counter(dead=made.dead)
        last: _Outcome | None = None
        while True:
            ends = stop() or (last is not None and last.broken)
            step = partial(self._step, last=last, ends=ends)
            mail, dropped = retry(self.engine, step)
            count["cancelled"] += dropped
            if mail is None:
                return Sent(made.mails, count["sent"], count["retry"], count["dead"],
                            count["cancelled"], made.paper)  # fmt: skip
            last = self._deliver(mail)
            count[last.status] += 1

    def _doubted(self, db: Connection) -> bool:
        return self.wf.doubt(db, self.clock()) is not None

    def _made(self) -> Made:
        now = self.clock()
        made = Made(self._witnessed(now))
        one = retry(self.engine, partial(self._make, now=now))
        while True:
            made = Made(made.mails + one.mails, made.dead + one.dead, made.paper + one.paper)
            if one.next_after is None:
                return made
            terms: dict[str, Any] = {"after": one.next_after, "before": one.before}
            one = retry(self.engine, partial(self._make, now=now, **terms))

    def _witnessed(self, now: datetime) -> int:
        """Checkpoint mails made; where they cannot be, the others go out all the same."""
        if not self.post.witnesses:
            return 0
        try:
            return retry(self.engine, lambda db: witness.make(db, self.wf, self.post, now))
        except Exception as error:
            log.exception(
                "the journal's checkpoint could not be mailed; the next run tries again",
                exc_info=unsaid(error),
            )
            return 0

    def _make(self, db: Connection, *, now: datetime, **terms: Any) -> Made:
        return make(db, self.wf, self.post, now, **terms)

    def _step(
        self, db: Connection, *, last: _Outcome | None, ends: bool
    ) -> tuple[Mail | None, int]:
        """Mark the last mail and lease the next; how many on the way nobody needs any more."""
        if last is not None:
            self._mark(db, last)
        dropped = 0
        while not ends:
            mail = self._lease(db)
            if mail is None:
                break
            if not self._keeps_hours(db, mail):
                wait = {"status": "retry", "next_at": instant(self.clock() + FIRST_PAUSE * 10)}
                self._mark(db, _Outcome(mail, {**wait, "attempt": mail.attempt - 1}))
                continue
            if self._wanted(db, mail):
                return mail, dropped
            self._mark(db, _Outcome(mail, {"status": "cancelled"}))
            dropped += 1
        return None, dropped

    def _lease(self, db: Connection) -> Mail | None:
        now, rhythm = self.clock(), self.post.rhythm
        quiet = not rhythm.is_open(self._calendar(db), now)
        until = now + self.lease
        t = self.wf.tables
        mail = mails.lease(db, t, self.owner, now=now, until=until, quiet=quiet)
        if mail is None:
            return None
        return judged_again(db, t, mail, outside=self.post.is_outside(mail.mailbox))

    def _keeps_hours(self, db: Connection, mail: Mail) -> bool:
        """Whether it may go now: one that was put off may come back outside its ladder's hours."""
        hours = mail.content.get("hours", ())
        return not hours or is_open(hours, self._calendar(db), self.clock())

    def _calendar(self, db: Connection) -> Calendar:
        return self.wf.shelf.calendar(db, self.post.rhythm.calendar)

    def _wanted(self, db: Connection, mail: Mail) -> bool:
        about = asks(mail.content)
        return about is None or mails.wanted(db, self.wf.tables, about)

    def _mark(self, db: Connection, outcome: _Outcome) -> None:
        t, mail = self.wf.tables, outcome.mail
        if not mails.mark(db, t, mail, self.owner, outcome.values):
            log.warning("the lease of mail %s was lost: a second copy may go out", mail.id)
        elif outcome.paper:
            mails.to_paper(db, t, mail.id)

    def _deliver(self, mail: Mail) -> _Outcome:
        try:
            letter = compose(mail.content, mail.lang, self.wf.files)
        except Exception as error:
            log.warning("mail %s cannot be written: %s", mail.id, kind(error))
            return self._dead(mail, error, paper=False)
        try:
            self.post.channel.send(letter, mail.made_at)
        except PermanentFailure as error:
            log.warning("mail %s will never arrive: %s", mail.id, kind(error))
            return self._dead(mail, error, paper=True)
        except Exception as error:
            log.warning("mail %s could not be sent now: %s", mail.id, kind(error))
            return self._later(mail, error)
        return _Outcome(mail, {"status": "sent", "sent_at": instant(self.clock())})

    def _dead(self, mail: Mail, error: Exception, *, paper: bool) -> _Outcome:
        values = {"status": "dead", "trouble": mails.troubled(reason_of(error))}
        return _Outcome(mail, values, paper=paper)

    def _later(self, mail: Mail, error: Exception) -> _Outcome:
        broken = isinstance(error, SendFailure) and error.scope == "channel"
        if mail.attempt >= TRIES and not broken:
            return self._dead(mail, error, paper=True)
        pause = min(FIRST_PAUSE * 2 ** (mail.attempt - 1), LONGEST_PAUSE)
        values = {
            "status": "retry",
            "next_at": instant(self.clock() + (FIRST_PAUSE if broken else pause)),
            # What is the channel's fault is not counted against the letter.
            "attempt": mail.attempt - broken,
            "trouble": mails.troubled(reason_of(error)),
        }
        return _Outcome(mail, values, broken=broken)
