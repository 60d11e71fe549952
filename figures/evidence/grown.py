"""A corpus grown to many events: its dossiers again under other ids, sealed anew."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from thidua.workflow.journal import NOTHING_BEFORE, compact, event_hash

OF_A_DOSSIER = {"task": "dossier_id", "line": "dossier_id", "opinion": "dossier_id",
                "vote": "dossier_id", "notice": "dossier_id", "document": "owner"}  # fmt: skip


def grown(file: Path, events: int) -> None:
    """Copy the dossiers of a database in an old schema until there are so many events.

    Not those in a decision: its journal names its lines.
    """
    with closing(sqlite3.connect(file)) as db, db:
        free = "SELECT id FROM td_dossier EXCEPT SELECT dossier_id FROM td_decision_line"
        ids = sorted(row[0] for row in db.execute(free))
        for turn in count(1):
            if db.execute("SELECT count(*) FROM td_event").fetchone()[0] >= events:
                return
            for dossier in ids:
                _copy(db, dossier, f"{dossier}-{turn}")


def _copy(db: sqlite3.Connection, old: str, new: str) -> None:
    head = NOTHING_BEFORE
    for n, body, _, command in _rows(db, "event", "stream", old, "n, body, hash, command_id"):
        text = compact({**json.loads(body), "stream": new, "prev": head})
        head = event_hash(text)
        _put(db, "event", {"stream": new, "n": n, "body": text, "hash": head,
                           "command_id": command})  # fmt: skip
    for n, body in _rows(db, "event_private", "stream", old, "n, body"):
        _put(db, "event_private", {"stream": new, "n": n, "body": body})
    for row in _named(db, "dossier", "id", old):
        _put(db, "dossier", {**row, "id": new, "head": head})
    for table, key in OF_A_DOSSIER.items():
        for row in _named(db, table, key, old):
            _put(db, table, {**row, key: new})


def _rows(
    db: sqlite3.Connection, table: str, key: str, value: str, columns: str
) -> list[tuple[Any, ...]]:
    query = f"SELECT {columns} FROM td_{table} WHERE {key} = ? ORDER BY 1"  # noqa: S608 -- our names
    return db.execute(query, (value,)).fetchall()


def _named(db: sqlite3.Connection, table: str, key: str, value: str) -> Iterator[dict[str, Any]]:
    found = db.execute(f"SELECT * FROM td_{table} WHERE {key} = ?", (value,))  # noqa: S608 -- likewise
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found.fetchall())


def _put(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    columns = ", ".join(row)
    statement = f"INSERT INTO td_{table} ({columns}) VALUES ({marks})"  # noqa: S608 -- likewise
    db.execute(statement, list(row.values()))
