"""The built-in directory's lists: who may change them, and a journal of who changed what."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Hand, Ledger, entry
from thidua.storage import listing, register
from thidua.storage.imports import Entered, rows_of
from thidua.storage.sweep import insert_new
from thidua.workflow.errors import Refused
from thidua.workflow.journal import canonical
from thidua.workflow.person import By

STREAM = "directory"
LISTS = ("unit", "person", "holding", "address", "relation")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Altered:
    """One row of a list: as it was (None: it was not there) and as it is now."""

    table: str
    was: Row | None
    now: Row | None


@dataclass(frozen=True, slots=True)
class Written:
    """A change of the directory as its journal has it; what was erased since is empty."""

    n: int
    at: datetime
    by: str
    entered: str | None
    what: str
    ground: str | None
    rows: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class DirectoryBook:
    """Changes of units, people and roles, in the caller's transaction.

    `roles` may change them; None is whoever can write here. While nobody holds any of the roles,
    everybody may: the first lists have to come in somehow.
    """

    ledger: Ledger
    roles: frozenset[str] | None = None

    @contextmanager
    def writing(
        self, db: Db, by: By, now: datetime | None
    ) -> Iterator[tuple[Connection, datetime, Hand]]:
        """The caller's connection inside a savepoint, and who acts; `Refused` ("not-allowed")
        without the right.
        """
        with self.ledger.writing(db, by, None, now) as (connection, at, hand):
            self._check(connection, by, at)
            yield connection, at, hand

    def enter(
        self,
        db: Db,
        what: str,
        fill: Callable[[Connection], Entered],
        *,
        by: By,
        ground: str | None = None,
        now: datetime | None = None,
    ) -> Entered:
        """Let `fill` change lists, such as `enter_units`, and keep what it changed.

        One event: who, when, on what ground, and each row as it was and is, beside the journal's
        bytes. Nothing is written of a list that changes nothing.
        """
        with self.writing(db, by, now) as (connection, at, hand):
            row = self._lock(connection)
            before = self._lists(connection)
            entered = fill(connection)
            rows = _altered(before, self._lists(connection))
            if rows:
                counts = {name: sum(1 for each in rows if each.table == name) for name in LISTS}
                said = {"what": what, "changes": {n: count for n, count in counts.items() if count}}
                kept = [[each.table, each.was, each.now] for each in rows]
                private = {"rows": canonical(kept), **({"ground": ground} if ground else {})}
                event = entry("enter_list", hand, at, said, private=private)
                self.ledger.change(connection, self.ledger.tables.directory, row, {}, event)
            return entered

    def history(self, db: Db) -> list[Written]:
        """Every change, oldest first."""
        rows = listing.history(connection_of(db), self.ledger.tables, STREAM)
        return [_written(row["n"], row["body"], row["private"]) for row in rows]

    def _check(self, db: Connection, by: By, at: datetime) -> None:
        people, on = self.ledger.people, self.ledger.shelf.today(at)
        if self.roles is None or {h.role for h in people.held(db, by.decider, on)} & self.roles:
            return
        if any(people.seats(db, role, on) for role in self.roles):
            named = ", ".join(sorted(self.roles))
            raise Refused.of("not-allowed", actor=by.decider, roles=named)

    def _lock(self, db: Connection) -> Any:
        table = self.ledger.tables.directory
        db.execute(insert_new(table, db.dialect), {"id": STREAM, "count": 0, "head": ""})
        return register.lock(db, table, STREAM)

    def _lists(self, db: Connection) -> dict[tuple[str, ...], Row]:
        found: dict[tuple[str, ...], Row] = {}
        for name in LISTS:
            table = getattr(self.ledger.tables, name)
            keys = [column.name for column in table.primary_key]
            found |= {(name, *(row[key] for key in keys)): row for row in rows_of(db, table)}
        return found


def _altered(before: Mapping[Any, Row], after: Mapping[Any, Row]) -> list[Altered]:
    return [
        Altered(key[0], before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _written(n: int, body: Mapping[str, Any], private: Mapping[str, str]) -> Written:
    rows = (Altered(*each) for each in json.loads(private.get("rows") or "[]"))
    at = datetime.fromisoformat(body["at"])
    return Written(
        n, at, body["by"], body.get("entered"), body["what"], private.get("ground"), tuple(rows)
    )
