"""The built-in directory's lists: who may change them, and a journal of who changed what."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.erasure import rules_of_keeping
from thidua.ledger import Hand, Ledger, entry
from thidua.storage import erasing_people, listing, register
from thidua.storage.imports import LISTS, Entered, rows_of
from thidua.storage.sweep import insert_new
from thidua.workflow.errors import Refused
from thidua.workflow.journal import canonical
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.register import FOUND

STREAM = "directory"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Altered:
    """One row of a list: as it was (None: it was not there) and as it is now."""

    table: str
    was: Row | None
    now: Row | None


@dataclass(frozen=True, slots=True)
class Written:
    """A change of the directory as its journal has it; of whom was erased since only the id.

    `erased` is who an erasure was about; of none, it was of the grounds that were given.
    """

    n: int
    at: datetime
    by: str
    entered: str | None
    what: str
    ground: str | None
    rows: tuple[Altered, ...]
    erased: str | None = None


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
        bytes. The first also keeps every row as it found them, so that `verify` knows all that
        there may be. Nothing is written of a list that changes nothing.
        """
        with self.writing(db, by, now) as (connection, at, hand):
            row = self._lock(connection)
            before = self._lists(connection)
            entered = fill(connection)
            rows = _altered(before, self._lists(connection))
            if rows:
                said: dict[str, Any] = {"what": what, "changes": _counts(rows)}
                private = {"rows": _kept(rows), **({"ground": ground} if ground else {})}
                if row["count"] == 0:
                    found = _altered({}, before)
                    said["found"], private[FOUND] = _counts(found), _kept(found)
                event = entry("enter_list", hand, at, said, private=private)
                self.ledger.change(connection, self.ledger.tables.directory, row, {}, event)
            return entered

    def erase(
        self, db: Db, actor: str, basis: str, *, by: By, ground: Paper,
        now: datetime | None = None,
    ) -> int:  # fmt: skip
        """Erase a person's name, account, mailbox and telephone, for good; the entry's number.

        In all dated rows, in the journal of these lists, in notices and mails, of which those not
        sent are cancelled. The id stays, with the roles, days and acts that journals prove. Takes
        the right to `redact` of some stored procedure. `Refused` for a kind of ground that is not
        declared ("unknown-basis"), for who holds a role today ("still-holds") and where nothing is
        left ("nothing-of-person"). What is held of a candidate is the dossiers' to erase.
        """
        t = self.ledger.tables
        if basis not in (bases := rules_of_keeping().bases):
            raise Refused.of("unknown-basis", basis=basis, known=", ".join(bases))
        with self.ledger.writing(db, by, "redact", now) as (connection, at, hand):
            held = self.ledger.people.held(connection, actor, self.ledger.shelf.today(at))
            if held:
                roles = ", ".join(sorted({each.role for each in held}))
                raise Refused.of("still-holds", actor=actor, roles=roles, key=actor)
            row = self._lock(connection)
            taken = erasing_people.take_out(connection, t, actor)
            if not (taken.rows or taken.erased):
                raise Refused.of("nothing-of-person", actor=actor)
            said = {"actor": actor, "basis": basis, "rows": taken.rows, "erased": taken.erased}
            event = entry("erase_person", hand, at, said, paper=ground, private=taken.kept)
            self.ledger.change(connection, t.directory, row, {}, event)
            return int(row["count"]) + 1

    def history(self, db: Db) -> list[Written]:
        """Every change, oldest first."""
        rows = listing.history(connection_of(db), self.ledger.tables, STREAM)
        left = {name: value for row in rows for name, value in row["private"].items()}
        return [
            _erasure(row["n"], row["body"]) if row["body"]["act"] != "enter_list"
            else _written(row["n"], row["body"], row["private"], left.get(f"rows.{row['n']}"))
            for row in rows
        ]  # fmt: skip

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


def _counts(rows: Iterable[Altered]) -> dict[str, int]:
    return dict(Counter(each.table for each in rows))


def _kept(rows: Iterable[Altered]) -> str:
    return canonical([[each.table, each.was, each.now] for each in rows])


def _erasure(n: int, body: Mapping[str, Any]) -> Written:
    paper, at = body.get("paper", {}), datetime.fromisoformat(body["at"])
    ground = "/".join(paper[part] for part in ("number", "symbol") if part in paper) or None
    return Written(n, at, body["by"], body.get("entered"), body["act"], ground, (),
                   body.get("actor"))  # fmt: skip


def _written(
    n: int, body: Mapping[str, Any], private: Mapping[str, str], left: str | None
) -> Written:
    """`left` is what an erasure kept of the entry's rows."""
    rows = (Altered(*each) for each in json.loads(private.get("rows") or left or "[]"))
    at = datetime.fromisoformat(body["at"])
    return Written(
        n, at, body["by"], body.get("entered"), body["what"], private.get("ground"), tuple(rows)
    )
