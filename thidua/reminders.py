"""What waits for a person's word or hand: held reminders, and the phone-and-paper list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.letters import Lookup
from thidua.paperlist import PaperLine, lines
from thidua.storage import notices
from thidua.storage.notices import Key, Told
from thidua.workflow.errors import Unknown
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Reminders:
    """Lists, and their settling by a person, in the caller's transaction."""

    ledger: Ledger

    def held(self, db: Db) -> tuple[Told, ...]:
        """Reminders to a superior or an officer that somebody must release, oldest first."""
        return tuple(notices.standing(connection_of(db), self.ledger.tables, "held"))

    def release(self, db: Db, keys: Iterable[Key], *, by: By, now: datetime | None = None) -> None:
        """Let held reminders go, under the name of who released them.

        Needs the right `release`. `Unknown` for a key that is not held any more.
        """
        with self.ledger.writing(db, by, "release", now) as (connection, at):
            look = self._look(connection, at)
            mark = {"released_by": look.person(by.decider), "released_on": look.today.isoformat()}
            for key in keys:
                if not notices.release(connection, self.ledger.tables, key, mark):
                    raise Unknown("unknown-notice", notice=key)

    def drop(self, db: Db, keys: Iterable[Key], *, by: By, now: datetime | None = None) -> None:
        """Decide that held reminders are not sent. Needs the right `release`."""
        with self.ledger.writing(db, by, "release", now) as (connection, _):
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

    def done(self, db: Db, line: PaperLine) -> None:
        """Take a line off the list: it was phoned or posted."""
        for key in line.notices:
            notices.close(connection_of(db), self.ledger.tables, key, "paper", "told")

    def _look(self, connection: Connection, now: datetime) -> Lookup:
        ledger = self.ledger
        return Lookup(connection, ledger.tables, ledger.people, ledger.shelf, now)
