"""Meetings of the council: ballots are held at them."""

from dataclasses import dataclass
from datetime import date, datetime

from thidua.connection import Db
from thidua.ids import new_id
from thidua.ledger import Ledger, entry
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Meetings:
    """Acts on meetings, in the caller's transaction; they need the right `meet`."""

    ledger: Ledger

    def add(
        self,
        db: Db,
        title: str,
        held_on: date,
        *,
        by: By,
        meeting_id: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Call a meeting for a legal date; its id, which ballots are opened with."""
        key = meeting_id or new_id()
        row = {"id": key, "title": title, "held_on": held_on.isoformat(), "status": "called"}
        with self.ledger.writing(db, by, "meet", now) as (connection, at):
            said = {"held_on": row["held_on"]}
            event = entry("meet", by, at, said, private={"title": title})
            self.ledger.add(connection, self.ledger.tables.meeting, row, event)
        return key
