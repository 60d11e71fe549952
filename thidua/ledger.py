"""Writing the council's registers: rows that span dossiers, each change an event of its own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db
from thidua.engine import savepoint
from thidua.ids import salts
from thidua.people import People
from thidua.shelf import Shelf
from thidua.storage import register, rows
from thidua.storage.schema import Tables
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.errors import Refused
from thidua.workflow.journal import Entry
from thidua.workflow.paper import Paper
from thidua.workflow.person import ENGINE, By

_PERSONAL = ("signer",)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Checks the right, keeps the savepoint, chains the events.

    Who may is read from the stored procedures: a role with the right of that name under `may:`
    in any of them.
    """

    tables: Tables
    people: People
    shelf: Shelf
    clock: Callable[[], datetime]
    open: Callable[[Db], tuple[Pen, Statements]]

    @contextmanager
    def writing(
        self, db: Db, by: By, act: str | None, now: datetime | None
    ) -> Iterator[tuple[Connection, datetime]]:
        """The caller's connection inside a savepoint, after checking that `by` has the right.

        None is what any person may do who can write here, such as entering lists.
        """
        pen, s = self.open(db)
        connection, at = pen.connection, now or self.clock()
        try:
            if s.locks_by_update:
                pen.run(s.begin, {})
            with savepoint(pen):
                self._check_right(connection, by, act, at)
                yield connection, at
        finally:
            pen.close()

    def _check_right(self, db: Connection, by: By, act: str | None, at: datetime) -> None:
        if ENGINE in (by.actor, by.for_):
            raise Refused.of("engine-reserved")
        on = self.shelf.today(at)
        roles = self.shelf.roles(db, act) if act is not None else None
        if roles is not None and not {h.role for h in self.people.held(db, by.decider, on)} & roles:
            named = ", ".join(sorted(roles)) or "-"
            raise Refused.of("not-allowed", actor=by.decider, roles=named)
        if by.for_ is None:
            return
        entering = self.shelf.roles(db, "enter_for")
        if not {h.role for h in self.people.held(db, by.actor, on)} & entering:
            raise Refused.of("may-not-enter-for", actor=by.actor, decider=by.decider)

    def add(self, db: Connection, table: Table, row: Mapping[str, Any], entry: Entry) -> None:
        """Write a new row and its first event."""
        register.add(db, self.tables, table, row, entry, salts(len(entry.private)))

    def change(
        self,
        db: Connection,
        table: Table,
        row: RowMapping,
        values: Mapping[str, Any],
        entry: Entry,
    ) -> None:
        """Change a locked row and write the event that says so."""
        register.change(db, self.tables, table, row, values, entry, salts(len(entry.private)))


def entry(
    act: str,
    by: By,
    at: datetime,
    data: Mapping[str, Any],
    *,
    paper: Paper | None = None,
    private: Mapping[str, str] | None = None,
) -> Entry:
    """An event of a register; the signer's name is kept beside the bytes."""
    who = {"by": by.decider} if by.for_ is None else {"by": by.decider, "entered": by.actor}
    values = paper.values() if paper else {}
    public = {k: v for k, v in values.items() if k not in _PERSONAL}
    named = {f"paper.{k}": v for k, v in values.items() if k in _PERSONAL}
    said = {"paper": public} if public else {}
    return Entry(act, {"at": rows.instant(at), **who, **data, **said}, {**named, **(private or {})})
