"""Submissions: the papers that bring dossiers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from thidua.connection import Db
from thidua.engine import Call
from thidua.ids import new_id
from thidua.ledger import Hand, Ledger, entry
from thidua.storage import register, rows
from thidua.workflow.acts.papers import private_names
from thidua.workflow.change import Done
from thidua.workflow.command import Attach, Transfer
from thidua.workflow.dossier import Document
from thidua.workflow.journal import canonical
from thidua.workflow.paper import Paper
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Submissions:
    """Acts on submissions, in the caller's transaction; they need the right `submit`."""

    ledger: Ledger
    act: Callable[[Db, str, Call], Done]

    def transfer(self, db: Db, dossier_id: str, call: Call) -> Done:
        """Move a dossier to another submission, or out of any: an act of the dossier's own.

        Locked first are the submissions, ascending; the journals of both name the dossier. Doing
        it again under the same command id changes neither.
        """
        command, t = call.command, self.ledger.tables
        assert isinstance(command, Transfer)
        with self.ledger.saving(db, call.now) as (connection, at):
            mine = t.dossier.c.id == dossier_id
            left = connection.execute(select(t.dossier.c.submission).where(mine)).scalar()
            named = sorted({key for key in (left, command.submission) if key is not None})
            rows_ = {key: register.lock(connection, t.submission, key) for key in named}
            done = self.act(db, dossier_id, call)
            if not done.repeated:
                hand = self._hand(connection, call.by, done)
                for key, row in rows_.items():
                    act = "take_in" if key == command.submission else "give_up"
                    said = {"dossier": dossier_id, "event": done.n}
                    event = entry(act, hand, at, said, paper=command.ground)
                    self.ledger.change(connection, t.submission, row, {}, event)
        return done

    def _hand(self, db: Connection, by: By, done: Done) -> Hand:
        """Who acted, and by which substitution, as the dossier's own event has it."""
        e = self.ledger.tables.event.c
        mine = (e.stream == done.dossier_id) & (e.n == done.n)
        body = json.loads(db.execute(select(e.body).where(mine)).scalar_one())
        return Hand(by.actor, by.for_, body.get("substitution"))

    def add(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        paper: Paper,
        *,
        by: By,
        sender: str | None = None,
        received_on: date | None = None,
        campaign: str | None = None,
        submission_id: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Enter a submission of the unit `sender`; its id, which dossiers are created with."""
        key = submission_id or new_id()
        received = received_on.isoformat() if received_on else None
        row = {"id": key, "paper": canonical(paper.values()), "sender": sender,
               "received_on": received, "campaign": campaign}  # fmt: skip
        said = {"sender": sender, "received": received, "campaign": campaign}
        with self.ledger.writing(db, by, "submit", now) as (connection, at, hand):
            event = entry("submit", hand, at, said, paper=paper)
            self.ledger.add(connection, self.ledger.tables.submission, row, event)
        return key

    def attach(
        self, db: Db, submission_id: str, paper: Attach, *, by: By, now: datetime | None = None
    ) -> None:
        """Add a document: it counts for every dossier that the submission brought."""
        table, d = self.ledger.tables.submission, self.ledger.tables.document
        with self.ledger.writing(db, by, "submit", now) as (connection, at, hand):
            row = register.lock(connection, table, submission_id)
            mine = (d.c.owner == submission_id) & (d.c.kind == paper.kind)
            version = 1 + (connection.execute(select(func.count()).where(mine)).scalar() or 0)
            document = Document(
                submission_id, paper.kind, version, paper.sha256, paper.size, paper.type,
                paper.name, paper.pages,
            )  # fmt: skip
            connection.execute(insert(d).values(rows.document_row(document)))
            said = {"kind": paper.kind, "file": version, "sha256": paper.sha256,
                    "size": paper.size, "type": paper.type}  # fmt: skip
            event = entry("attach", hand, at, said, private=private_names(paper))
            self.ledger.change(connection, table, row, {}, event)
