"""Decisions: documents with lines from many dossiers, drafted, numbered, applied."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db, connection_of
from thidua.ids import new_id
from thidua.ledger import Ledger, entry
from thidua.storage import register
from thidua.workflow.change import Done
from thidua.workflow.command import Fire, Revoke
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.journal import canonical
from thidua.workflow.paper import Paper
from thidua.workflow.person import By


@dataclass(frozen=True, slots=True)
class Decisions:
    """Acts on decisions, in the caller's transaction.

    All need the right `draft`, `number` the right `number`; a line is applied by its dossier's
    own act. Who stepped back from a dossier draws up, looks again at and strikes no line about it
    ("recused-from").
    """

    ledger: Ledger
    act: Callable[..., Done]

    def draft(
        self,
        db: Db,
        title: str,
        lines: Mapping[str, str],
        *,
        by: By,
        decision_id: str | None = None,
        changes: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Draw up a decision: for each dossier the trigger it brings ("revoke" revokes).

        Each line keeps the journal position its dossier had. `changes` names the decision that
        this one supplements or corrects.
        """
        key = decision_id or new_id()
        row = {"id": key, "title": title, "status": "drafted", "paper": "{}", "changes": changes}
        with self.ledger.writing(db, by, "draft", now) as (connection, at, hand):
            self.ledger.keep_away(connection, hand, at, lines)
            seen = self._seen(connection, lines)
            self._check_triggers(connection, lines)
            said = [[dossier, lines[dossier], n] for dossier, n in seen.items()]
            data = {"lines": said, "changes": changes}
            event = entry("draft", hand, at, data, private={"title": title})
            self.ledger.add(connection, self.ledger.tables.decision, row, event)
            self._add_lines(connection, key, said)
        return key

    def _add_lines(self, connection: Connection, key: str, said: list[list[Any]]) -> None:
        rows = [
            {"decision_id": key, "dossier_id": d, "trigger": t, "seen_n": n, "status": "open"}
            for d, t, n in said
        ]
        connection.execute(insert(self.ledger.tables.decision_line), rows)

    def _seen(self, connection: Connection, lines: Mapping[str, str]) -> dict[str, int]:
        d = self.ledger.tables.dossier
        seen: dict[str, int] = {}
        for dossier in sorted(lines):
            count = connection.execute(select(d.c.count).where(d.c.id == dossier)).scalar()
            if count is None:
                raise Unknown("unknown-dossier", dossier=dossier)
            seen[dossier] = count
        if not seen:
            raise Refused.of("decision-empty")
        return seen

    def _check_triggers(self, connection: Connection, lines: Mapping[str, str]) -> None:
        d = self.ledger.tables.dossier
        for dossier, trigger in sorted(lines.items()):
            key = connection.execute(select(d.c.procedure).where(d.c.id == dossier)).scalar()
            procedure = self.ledger.shelf.rules(connection, str(key)).procedure
            known = {each.trigger for each in procedure.transitions} | {"revoke"}
            if trigger not in known:
                raise Unknown("unknown-trigger", trigger=trigger, known=", ".join(sorted(known)))

    def look_again(
        self,
        db: Db,
        decision_id: str,
        dossiers: Collection[str],
        *,
        by: By,
        now: datetime | None = None,
    ) -> None:
        """Record that the signer has seen open lines as their dossiers stand now.

        What came after the draft (an opinion, a return, a hold) no longer makes them `Stale`.
        """
        with self.ledger.writing(db, by, "draft", now) as (connection, at, hand):
            self.ledger.keep_away(connection, hand, at, dossiers)
            row = self._open(connection, decision_id, dossiers)
            seen = self._seen(connection, dict.fromkeys(dossiers, ""))
            event = entry("look_again", hand, at, {"lines": [list(each) for each in seen.items()]})
            self.ledger.change(connection, self.ledger.tables.decision, row, {}, event)
            for dossier, n in seen.items():
                mine = self._mine(decision_id, dossier)
                line = update(self.ledger.tables.decision_line).where(mine)
                connection.execute(line.values(seen_n=n))

    def strike(
        self,
        db: Db,
        decision_id: str,
        dossiers: Collection[str],
        *,
        by: By,
        note: str,
        now: datetime | None = None,
    ) -> None:
        """Take open lines out, for a reason: the others can then be applied to the last.

        The lines stand in the decision's journal for ever.
        """
        if not note.strip():
            raise Refused.of("note-missing", trigger="strike")
        with self.ledger.writing(db, by, "draft", now) as (connection, at, hand):
            self.ledger.keep_away(connection, hand, at, dossiers)
            row = self._open(connection, decision_id, dossiers)
            data = {"dossiers": sorted(dossiers)}
            event = entry("strike", hand, at, data, private={"note": note})
            self.ledger.change(connection, self.ledger.tables.decision, row, {}, event)
            for dossier in dossiers:
                mine = self._mine(decision_id, dossier)
                connection.execute(delete(self.ledger.tables.decision_line).where(mine))

    def _open(
        self, connection: Connection, decision_id: str, dossiers: Collection[str]
    ) -> RowMapping:
        """The locked decision; `Unknown` unless every one of `dossiers` is an open line of it."""
        row = register.lock(connection, self.ledger.tables.decision, decision_id)
        running = {dossier for dossier, _ in self.open_lines(connection, decision_id)}
        for dossier in sorted(set(dossiers) - running):
            raise Unknown("unknown-line", decision=decision_id, dossier=dossier)
        return row

    def _mine(self, decision_id: str, dossier: str) -> ColumnElement[bool]:
        line = self.ledger.tables.decision_line.c
        return (line.decision_id == decision_id) & (line.dossier_id == dossier)

    def number(
        self, db: Db, decision_id: str, paper: Paper, *, by: By, now: datetime | None = None
    ) -> None:
        """Enter the registry's number, the date and the signer: from now on it can be applied.

        Refused without them, when numbered before, with a signing date still to come, and for a
        number, symbol and year in use.
        """
        table = self.ledger.tables.decision
        with self.ledger.writing(db, by, "number", now) as (connection, at, hand):
            row = register.lock(connection, table, decision_id)
            if row["status"] != "drafted":
                raise Refused.of("decision-numbered", decision=decision_id, number=row["number"])
            if paper.number is None or paper.signed_on is None or paper.signer is None:
                raise Refused.of("decision-unsigned", decision=decision_id)
            number = f"{paper.number}/{paper.symbol}" if paper.symbol else paper.number
            self._number_free(connection, number, paper.signed_on)
            values = {"status": "numbered", "number": number, "paper": canonical(paper.values()),
                      "signed_on": paper.signed_on.isoformat()}  # fmt: skip
            event = entry("number", hand, at, {}, paper=paper)
            self.ledger.change(connection, table, row, values, event)

    def _number_free(self, connection: Connection, number: str, signed_on: date) -> None:
        d = self.ledger.tables.decision
        same_year = func.substr(d.c.signed_on, 1, 4) == str(signed_on.year)
        if connection.execute(select(d.c.id).where(d.c.number == number, same_year)).first():
            raise Refused.of("number-taken", number=number, year=signed_on.year)

    def open_lines(self, db: Db, decision_id: str) -> list[tuple[str, str]]:
        """Dossier and trigger of the lines not applied yet, dossiers ascending."""
        line = self.ledger.tables.decision_line
        mine = (line.c.decision_id == decision_id) & (line.c.status == "open")
        query = select(line.c.dossier_id, line.c.trigger).where(mine).order_by(line.c.dossier_id)
        return [(dossier, trigger) for dossier, trigger in connection_of(db).execute(query)]

    def apply_line(
        self, db: Db, decision_id: str, dossier: str, *, by: By, now: datetime | None = None
    ) -> Done:
        """Carry out a numbered decision's line by its dossier's act: once, however often called.

        `Stale` when an opinion, a return or a hold came after the decision was drawn up.
        """
        with self.ledger.saving(db, now) as (connection, at):
            paper, trigger = self._line(connection, decision_id, dossier)
            command = (
                Revoke(decision_id, ground=paper)
                if trigger == "revoke"
                else Fire(trigger, decision=decision_id, ground=paper)
            )
            key = f"decision:{decision_id}"
            return self.act(connection, dossier, command, by=by, command_id=key, now=at)

    def _line(self, connection: Connection, decision_id: str, dossier: str) -> tuple[Paper, str]:
        d, line = self.ledger.tables.decision.c, self.ledger.tables.decision_line.c
        mine = (line.decision_id == decision_id) & (line.dossier_id == dossier)
        query = select(d.paper, d.status, line.trigger).where(d.id == line.decision_id, mine)
        row = connection.execute(query).first()
        if row is None:
            raise Unknown("unknown-line", decision=decision_id, dossier=dossier)
        if row[1] == "drafted":
            raise Refused.of("decision-unsigned", decision=decision_id)
        return paper_of(row[0]), row[2]

    def finish(self, db: Db, decision_id: str, *, by: By, now: datetime | None = None) -> bool:
        """After the last line: seal the decision as applied and let its notices go.

        False while it has open lines; doing it again does nothing.
        """
        table = self.ledger.tables.decision
        with self.ledger.writing(db, by, "draft", now) as (connection, at, hand):
            row = register.lock(connection, table, decision_id)
            if row["status"] != "numbered":
                return bool(row["status"] == "applied")
            if self.open_lines(connection, decision_id):
                return False
            event = entry("applied", hand, at, {})
            self.ledger.change(connection, table, row, {"status": "applied"}, event)
            n = self.ledger.tables.notice
            waiting = (n.c.waits == decision_id) & (n.c.status == "waits")
            connection.execute(update(n).where(waiting).values(status="due"))
        return True


def paper_of(text: str) -> Paper:
    """A paper from its stored text."""
    values: dict[str, Any] = json.loads(text)
    for name in ("signed_on", "postmark_on"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in ("stamped_at", "portal_at"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    return Paper(**values)
