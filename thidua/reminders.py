"""What waits for a person's word or hand: held reminders, and the phone-and-paper list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.lookup import Lookup
from thidua.paperlist import PaperLine, lines
from thidua.storage import notices
from thidua.storage.notices import Key, Told
from thidua.workflow.change import Done
from thidua.workflow.command import Contact, Promise
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of a call or a letter: when it was, who answered, what was said.

    `promised_on` is the legal date for which the answer is promised; `ground` the paper that
    whoever enters it for another has.
    """

    happened_at: datetime | None = None
    spoke_to: str | None = None
    note: str | None = None
    promised_on: date | None = None
    ground: Paper | None = None

    @property
    def terms(self) -> dict[str, Any]:
        """The parts that every command of the engine carries."""
        return {"note": self.note, "ground": self.ground, "happened_at": self.happened_at}


@dataclass(frozen=True, slots=True)
class Reminders:
    """Lists, and their settling by a person, in the caller's transaction."""

    ledger: Ledger
    act: Callable[..., Done]

    def held(self, db: Db) -> tuple[Told, ...]:
        """Reminders to a superior or an officer that somebody must release, oldest first."""
        return tuple(notices.standing(connection_of(db), self.ledger.tables, "held"))

    def release(self, db: Db, keys: Iterable[Key], *, by: By, now: datetime | None = None) -> None:
        """Let held reminders go at the next open hour, under the name of who released them.

        Needs the right `release`. `Unknown` for a key that is not held any more.
        """
        with self.ledger.writing(db, by, "release", now) as (connection, at, _):
            look = self._look(connection, at)
            mark = {"released_by": look.person(by.decider), "released_on": look.today.isoformat()}
            for key in keys:
                if not notices.release(connection, self.ledger.tables, key, mark):
                    raise Unknown("unknown-notice", notice=key)

    def drop(self, db: Db, keys: Iterable[Key], *, by: By, now: datetime | None = None) -> None:
        """Decide that held reminders are not sent. Needs the right `release`."""
        with self.ledger.writing(db, by, "release", now) as (connection, _, _):
            for key in keys:
                if not notices.close(connection, self.ledger.tables, key, "held", "pointless"):
                    raise Unknown("unknown-notice", notice=key)

    def by_hand(self, db: Db, *, now: datetime | None = None) -> tuple[PaperLine, ...]:
        """The phone-and-paper list: seats without a mailbox, calls and letters of ladders.

        What was done meanwhile is not on it.
        """
        connection = connection_of(db)
        told = notices.standing(connection, self.ledger.tables, "paper")
        return lines(self._look(connection, now or self.ledger.clock()), told)

    def done(
        self,
        db: Db,
        line: PaperLine,
        *,
        by: By,
        spoken: Spoken = Spoken(),
        now: datetime | None = None,
    ) -> None:
        """Take a line off the list: it was phoned or posted, and what was said.

        Each of its dossiers gets the contact as an event, what was said and by whom beside the
        journal's bytes; with `promised_on` the seat's ladder is quiet until then. Needs the right
        `promise`. `Unknown` when the line is not there any more; `Refused` ("promise-whose") for a
        promise on a line about several seats.
        """
        if spoken.promised_on is not None and len(line.seats) != 1:
            raise Refused.of("promise-whose", count=len(line.seats))
        connection, t = connection_of(db), self.ledger.tables
        round_name = self._round(connection, line.matter)
        for dossier, seat in line.contacts:
            command = Contact(seat, line.way, round_name, spoken.spoke_to, **spoken.terms)
            self.act(db, dossier, command, by=by, now=now)
        for key in line.notices:
            if not notices.close(connection, t, key, "paper", "told"):
                raise Unknown("unknown-paper-line", line=key[0])
        if spoken.promised_on is not None and round_name is not None:
            self.promise(db, line.matter, line.seats[0], by=by, spoken=spoken, now=now)

    def promise(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        spoken: Spoken,
        now: datetime | None = None,
    ) -> tuple[Done, ...]:
        """Note that a seat promises its answers in a round for `spoken.promised_on`.

        One act a dossier it has not answered about, dossiers ascending. It is no answer: only the
        seat's ladder is quiet until then. Needs the right `promise`. `Unknown` for a seat that has
        nothing left to answer in the round, `Refused` for a day that has passed.
        """
        connection = connection_of(db)
        self.ledger.require_in_round(db, by, "promise", round_id, now)
        name, until_on = self._round(connection, round_id), spoken.promised_on
        asked = self._asked(connection, round_id, seat)
        waiting = sorted({dossier for dossier, status in asked if status in ("open", "paused")})
        if name is None or until_on is None or not waiting:
            code = "nothing-to-promise" if asked else "seat-not-asked"
            raise Unknown(code, seat=seat, round=name or round_id)
        command = Promise(name, seat, until_on, spoken.spoke_to, **spoken.terms)
        return tuple(self.act(db, dossier, command, by=by, now=now) for dossier in waiting)

    def _asked(self, db: Connection, round_id: str, seat: str) -> list[tuple[str, str]]:
        """The dossiers a seat is or was asked about in a round, each with how its task stands."""
        task = self.ledger.tables.task.c
        mine = (task.round_id == round_id) & (task.seat == seat) & task.kind.in_(("ask", "vote"))
        query = select(task.dossier_id, task.status).where(mine)
        return [(dossier, status) for dossier, status in db.execute(query)]

    def _round(self, db: Connection, round_id: str) -> str | None:
        r = self.ledger.tables.round.c
        name: str | None = db.execute(select(r.name).where(r.id == round_id)).scalar()
        return name

    def _look(self, connection: Connection, now: datetime) -> Lookup:
        ledger = self.ledger
        return Lookup(connection, ledger.tables, ledger.people, ledger.shelf, now)
