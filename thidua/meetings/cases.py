"""Cases as the agenda changes in the room: brought, put off, taken off, shown without a vote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db
from thidua.ledger import Ledger, entry
from thidua.storage import listing, register
from thidua.workflow.change import Done
from thidua.workflow.command import Command, Fire, PutOff, PutTo
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By

STATUSES = {
    "called": ("chưa khai mạc", "not begun"),
    "open": ("đã khai mạc", "begun already"),
    "closed": ("đã bế mạc", "concluded"),
}


def running(ledger: Ledger, db: Connection, meeting_id: str, *only: str) -> RowMapping:
    """The locked meeting, unless it is concluded or in another status than `only`."""
    row = register.lock(db, ledger.tables.meeting, meeting_id)
    _must_run(row, *only)
    return row


def _must_run(row: RowMapping, *only: str) -> None:
    if row["status"] not in (only or ("called", "open")):
        status = dict(zip(("vi", "en"), STATUSES[row["status"]], strict=True))
        raise Refused.of("meeting-status", meeting=row["id"], status=status)


@dataclass(frozen=True, slots=True)
class Cases:
    """Each is one act of its dossier and one fact of the meeting, with who, why, on what paper.

    They need the right `meet`. The meeting's row is locked before the dossier's.
    """

    ledger: Ledger
    act: Callable[..., Done]

    def bring(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        meeting_id: str,
        dossier: str,
        *,
        by: By,
        note: str,
        ground: Paper | None = None,
        ballot: str | None = None,
        trigger: str | None = None,
        command_id: str | None = None,
        now: datetime | None = None,
    ) -> Done:
        """Add a case in the room: by the `trigger` that leads to its ballot, or, of a dossier that
        waits for a meeting, by the name of the `ballot`.
        """
        command: Command = (
            Fire(trigger, meeting=meeting_id, note=note, ground=ground)
            if trigger is not None
            else PutTo(ballot or "", meeting_id, note=note, ground=ground)
        )
        return self._case(
            db, meeting_id, dossier, command, change="added", by=by, command_id=command_id, now=now
        )

    def defer(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        meeting_id: str,
        dossier: str,
        ballot: str,
        *,
        by: By,
        note: str,
        ground: Paper | None = None,
        to: str | None = None,
        command_id: str | None = None,
        now: datetime | None = None,
    ) -> Done:
        """Put a case off to another meeting, or take it off this one's agenda (`to` None)."""
        kind = "taken_off" if to is None else "deferred"
        command = PutOff(ballot, to, note=note, ground=ground)
        return self._case(
            db, meeting_id, dossier, command, change=kind, by=by, command_id=command_id, now=now
        )

    def _case(  # noqa: PLR0913 -- one act of two streams
        self,
        db: Db,
        meeting_id: str,
        dossier: str,
        command: Command,
        *,
        change: str,
        by: By,
        command_id: str | None,
        now: datetime | None,
    ) -> Done:
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = register.lock(connection, self.ledger.tables.meeting, meeting_id)
            act = partial(self.act, connection, dossier, command, by=by, command_id=command_id)
            if command_id and listing.done_by(connection, self.ledger.tables, dossier, command_id):
                return act(now=at)
            _must_run(row)
            if isinstance(command, PutOff):
                self._must_be_here(connection, meeting_id, dossier)
            done = act(now=at)
            to = command.meeting if isinstance(command, PutOff) else None
            said = {"dossier": dossier, "change": change, "dossier_n": done.n, "to": to}
            note, paper = {"note": command.note or ""}, command.ground
            event = entry("case", hand, at, said, paper=paper, private=note)
            self.ledger.change(connection, self.ledger.tables.meeting, row, {}, event)
        return done

    def _must_be_here(self, db: Connection, meeting_id: str, dossier: str) -> None:
        line = self.ledger.tables.line.c
        mine = (line.dossier_id == dossier) & (line.meeting == meeting_id)
        if db.execute(select(line.round_id).where(mine, line.closed_n.is_(None))).first() is None:
            raise Refused.of("case-elsewhere", dossier=dossier, meeting=meeting_id)

    def show(
        self,
        db: Db,
        meeting_id: str,
        dossier: str,
        *,
        by: By,
        note: str,
        now: datetime | None = None,
    ) -> None:
        """Record what the council said of a case that it is shown without a vote.

        Refused unless a ballot of the dossier's procedure names its state under `also_shows`.
        """
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            self.ledger.keep_away(connection, hand, at, [dossier])
            row = running(self.ledger, connection, meeting_id)
            d = self.ledger.tables.dossier.c
            found = connection.execute(select(d.state, d.procedure).where(d.id == dossier)).first()
            if found is None:
                raise Unknown("unknown-dossier", dossier=dossier)
            procedure = self.ledger.shelf.rules(connection, found[1]).procedure
            if all(found[0] not in rule.also_shows for rule in procedure.rounds.values()):
                raise Refused.of("case-not-shown", state=found[0], dossier=dossier)
            said: dict[str, Any] = {
                "dossier": dossier,
                "change": "shown",
                "dossier_n": None,
                "to": None,
            }
            event = entry("case", hand, at, said, private={"note": note})
            self.ledger.change(connection, self.ledger.tables.meeting, row, {}, event)
