"""Classified matters (độ mật): who gives a level, and what that keeps out of mails."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger, entry
from thidua.storage import classified
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Classification:
    """Gives and takes levels of secrecy, each an event of the matter's own stream."""

    ledger: Ledger

    def give(
        self, db: Db, subject: str, level: str | None, *, by: By, ground: Paper,
        now: datetime | None = None,
    ) -> None:  # fmt: skip
        """Give a dossier, submission, campaign or round a level, or none any more.

        Takes the right to `hold` of some stored procedure, and the paper that orders it. `Unknown`
        for a level or a matter that there is not. Mails that go out from now on hold a reference
        alone, also those that wait already.
        """
        from thidua.definitions.levels import load_levels

        if level is not None and level not in load_levels():
            raise Unknown("unknown-level", level=level, known=", ".join(load_levels()))
        with self.ledger.writing(db, by, "hold", now) as (connection, at, hand):
            t = self.ledger.tables
            self.ledger.keep_away(connection, hand, at, [subject])
            if not classified.is_known(connection, t, subject):
                raise Unknown("unknown-matter", matter=subject)
            row = classified.locked(connection, t, subject)
            told = entry("classify", hand, at, {"level": level}, paper=ground)
            self.ledger.change(connection, t.classified, row, {"level": level}, told)

    def refuse(self, db: Connection, dossier_id: str) -> None:
        """Refuse to tell another dossier of a classified one: its copy would have no level."""
        if classified.among(db, self.ledger.tables, [dossier_id]):
            raise Refused.of("classified-linked", dossier=dossier_id)

    def levels(self, db: Db) -> dict[str, str]:
        """By id of what is classified now, its level."""
        return classified.subjects(connection_of(db), self.ledger.tables)
