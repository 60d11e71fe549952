"""Changes to a SQLite database by whoever has its file: single bytes, cells, rows, tails."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.engine import Connection

from thidua.storage.journal import CLOCKS, Kind, kinds
from thidua.storage.schema import Tables

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Forgery:
    """One change, made anew each time with what chance says; `where` names what it hits, and
    `stream` the one whose own check has to see it, if it is known.
    """

    where: str
    make: Callable[[Connection, random.Random], object]
    stream: str | None = None


def forgeries(db: Connection, t: Tables) -> dict[str, list[Forgery]]:
    """Every place there is to change what is stored now, by the kind of change."""
    return {
        "bytes": [*_bytes(db, t.event, "body"), *_bytes(db, t.event, "hash")],
        "values": [*_bytes(db, t.event_private, "body")],
        "cells": [each for table in _told(t) for each in _cells(db, table)],
        "procedures": [
            _cell(t.procedure, row, t.procedure.c.text) for row in _rows(db, t.procedure)
        ],
        "rows gone": [each for table in _told(t) for each in _gone(db, table)],
        "rows more": [each for table in _told(t) for each in _more(db, table)],
        "tails": [each for kind in kinds(t) for each in _tails(db, t, kind)],
        "swaps": [*_swaps(db, t.event, "body", "hash")],
    }


def _told(t: Tables) -> list[Table]:
    """The tables that the journal speaks of, and its own."""
    found = [t.event, t.event_private]
    for kind in kinds(t):
        found += [kind.owner, *(child.table for child in kind.children.values())]
    return list(dict.fromkeys(found))


def _rows(db: Connection, table: Table) -> list[Row]:
    order = list(table.primary_key)
    return [dict(row) for row in db.execute(select(table).order_by(*order)).mappings()]


def _bytes(db: Connection, table: Table, column: str) -> Iterator[Forgery]:
    """Each byte of a column becomes another."""
    for row in _rows(db, table):
        content = row[column].encode()
        for at in range(len(content)):
            yield _byte(table, row, column, content, at)


def _byte(table: Table, row: Row, column: str, content: bytes, at: int) -> Forgery:
    def make(db: Connection, chance: random.Random) -> None:
        other = (content[at] + chance.randrange(1, 256)) % 256
        changed = content[:at] + bytes([other]) + content[at + 1 :]
        _put(db, table, row, column, changed)

    where = f"{table.name}.{column} byte {at} of {_key(table, row)}"
    return Forgery(where, make, row.get("stream"))


def _cells(db: Connection, table: Table) -> Iterator[Forgery]:
    """Each cell gets another value, but those whose every byte is changed anyway."""
    left = {"event": ("body", "hash"), "event_private": ("body",), "task": CLOCKS}
    beside = left.get(table.name.removeprefix("td_"), ())
    columns = [column for column in table.c if column.name not in beside]
    for row in _rows(db, table):
        for column in columns:
            yield _cell(table, row, column)


def _cell(table: Table, row: Row, column: Column[Any]) -> Forgery:
    def make(db: Connection, chance: random.Random) -> None:
        _put(db, table, row, column.name, _other(row[column.name], column, chance))

    return Forgery(f"{table.name}.{column.name} of {_key(table, row)}", make)


def _other(value: Any, column: Column[Any], chance: random.Random) -> Any:
    if value is not None and column.nullable and chance.random() < 0.3:
        return None
    if column.type.python_type is int:
        return (value or 0) + chance.choice([-1, 1, 1000])
    if not value:
        return chance.choice(["x", "{}", "2018-01-01"])
    at = chance.randrange(len(value))
    return value[:at] + chance.choice([c for c in "0a9z-" if c != value[at]]) + value[at + 1 :]


def _gone(db: Connection, table: Table) -> Iterator[Forgery]:
    for row in _rows(db, table):
        yield _delete(table, row)


def _delete(table: Table, row: Row) -> Forgery:
    def make(db: Connection, _: random.Random) -> None:
        where, values = _where(table, row)
        db.exec_driver_sql(f"DELETE FROM {table.name} WHERE {where}", values)  # noqa: S608 -- our own names

    return Forgery(f"{table.name} without {_key(table, row)}", make)


def _more(db: Connection, table: Table) -> Iterator[Forgery]:
    """Each row once more under a key that nobody has."""
    for row in _rows(db, table):
        yield _copy(table, row)


def _copy(table: Table, row: Row) -> Forgery:
    def make(db: Connection, chance: random.Random) -> None:
        last = [*table.primary_key][-1].name
        new = 1000 + chance.randrange(1000)
        values = {**row, last: new if isinstance(row[last], int) else f"{row[last]}{new}"}
        if "command_id" in values:
            values["command_id"] = None  # it is unique
        db.execute(table.insert().values(values))

    return Forgery(f"{table.name} with another {_key(table, row)}", make)


def _tails(db: Connection, t: Tables, kind: Kind) -> Iterator[Forgery]:
    """The last entries of each stream gone, and count and head put back to what is left."""
    for owner in _rows(db, kind.owner):
        hashes = [row["hash"] for row in _rows(db, t.event) if row["stream"] == owner["id"]]
        for left in range(len(hashes)):
            head = hashes[left - 1] if left else ""
            yield _tail(t, kind.owner, owner["id"], left, None)
            yield _tail(t, kind.owner, owner["id"], left, head)


def _tail(t: Tables, owner: Table, key: str, left: int, head: str | None) -> Forgery:
    def make(db: Connection, _: random.Random) -> None:
        for table in (t.event, t.event_private):
            db.execute(table.delete().where(table.c.stream == key, table.c.n > left))
        if head is not None:
            put_back = owner.update().where(owner.c.id == key)
            db.execute(put_back.values(count=left, head=head))

    return Forgery(f"{key} after {left}{' with head' if head is not None else ''}", make)


def _swaps(db: Connection, table: Table, *columns: str) -> Iterator[Forgery]:
    """Two entries that follow each other change places."""
    for first, second in pairwise(_rows(db, table)):
        if first["stream"] == second["stream"]:
            yield _swap(table, first, second, columns)


def _swap(table: Table, first: Row, second: Row, columns: tuple[str, ...]) -> Forgery:
    def make(db: Connection, _: random.Random) -> None:
        for to, source in ((first, second), (second, first)):
            for column in columns:
                _put(db, table, to, column, source[column])

    return Forgery(f"{table.name} {_key(table, first)} with the next", make)


def _put(db: Connection, table: Table, row: Row, column: str, value: Any) -> None:
    """Bytes go in as text, whether they are or not: SQLite lets them."""
    where, keys = _where(table, row)
    mark = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    text = f"UPDATE {table.name} SET {column} = {mark} WHERE {where}"  # noqa: S608 -- our own names
    db.exec_driver_sql(text, (value, *keys))


def _where(table: Table, row: Row) -> tuple[str, tuple[Any, ...]]:
    names = [column.name for column in table.primary_key]
    return " AND ".join(f'"{name}" = ?' for name in names), tuple(row[name] for name in names)


def _key(table: Table, row: Row) -> str:
    return "/".join(map(str, _where(table, row)[1]))


def in_turns(places: Mapping[str, list[Forgery]], chance: random.Random) -> Iterator[Forgery]:
    """All of them, kind by kind in turns, each kind shuffled; and again when all are through."""
    while True:
        piles = [chance.sample(each, len(each)) for each in places.values()]
        longest = max(map(len, piles))
        rounds = (pile[n] for n in range(longest) for pile in piles if n < len(pile))
        yield from chain(rounds)
