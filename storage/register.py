"""Rows with a journal chain of their own: submissions, meetings, decisions, rounds."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.schema import Tables
from thidua.workflow.errors import Unknown
from thidua.workflow.journal import NOTHING_BEFORE, Entry, Sealed, seal

_UNKNOWN = {
    "submission": "unknown-submission",
    "meeting": "unknown-meeting",
    "council": "unknown-council",
    "decision": "unknown-decision",
    "round": "unknown-round-here",
    "substitution": "unknown-substitution",
}


def add(
    db: Connection,
    t: Tables,
    table: Table,
    values: Mapping[str, Any],
    entry: Entry,
    salts: Iterator[str],
) -> None:
    """Write a new row and the first event of its chain."""
    (first,) = seal(values["id"], 0, NOTHING_BEFORE, [entry], salts)
    db.execute(insert(table).values(**values, count=1, head=first.hash))
    _append(db, t, values["id"], first)


def lock(db: Connection, table: Table, key: str) -> RowMapping:
    """Take a row for this transaction; `Unknown` when there is none of that id."""
    mine = table.c.id == key
    if db.dialect.name == "sqlite":
        same = update(table).where(mine).values(count=table.c.count).returning(*table.c)
        row = db.execute(same).mappings().first()
    else:
        row = db.execute(select(table).where(mine).with_for_update()).mappings().first()
    if row is None:
        raise _unknown(table, key)
    return row


def _unknown(table: Table, key: str) -> Unknown:
    noun = next(noun for noun in _UNKNOWN if table.name.endswith(noun))
    return Unknown(_UNKNOWN[noun], **{noun: key}, known="-")


def change(
    db: Connection,
    t: Tables,
    table: Table,
    row: RowMapping,
    values: Mapping[str, Any],
    entry: Entry,
    salts: Iterator[str],
) -> None:
    """Change a locked row and append the event that says so."""
    (event,) = seal(row["id"], row["count"], row["head"], [entry], salts)
    moved = {**values, "count": event.n, "head": event.hash}
    db.execute(update(table).where(table.c.id == row["id"]).values(**moved))
    _append(db, t, row["id"], event)


def _append(db: Connection, t: Tables, stream: str, event: Sealed) -> None:
    row = {"stream": stream, "n": event.n, "body": event.body, "hash": event.hash}
    db.execute(insert(t.event).values(**row, command_id=event.command_id))
    if event.private is not None:
        db.execute(insert(t.event_private).values(stream=stream, n=event.n, body=event.private))
