"""Entering whole lists: what is new is added, what differs is changed, the rest is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.engine import Connection

Values = Mapping[str, Any]

LISTS = ("unit", "person", "holding", "address", "relation")
"""The directory's tables: each change of a row is told in its journal."""


@dataclass(frozen=True, slots=True)
class Entered:
    """How many rows were added, changed, or were there just so."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Entered") -> "Entered":
        return Entered(
            self.added + other.added, self.changed + other.changed, self.same + other.same
        )


def rows_of(db: Connection, table: Table) -> list[dict[str, Any]]:
    """Every row of a small table."""
    return [dict(row) for row in db.execute(select(table)).mappings()]


def put(db: Connection, table: Table, rows: Iterable[Values]) -> Entered:
    """Make the table hold these rows, by their primary key; three statements however many."""
    names = [column.name for column in table.primary_key]
    there = {_key(row, names): row for row in rows_of(db, table)}
    wanted = {_key(row, names): dict(row) for row in rows}
    new = [row for key, row in wanted.items() if key not in there]
    known = [(row, there[key]) for key, row in wanted.items() if key in there]
    other = [row for row, before in known if any(before[n] != v for n, v in row.items())]
    if new:
        db.execute(insert(table), new)
    if other:
        db.execute(_update(table, names, list(other[0])), [_bound(row, names) for row in other])
    return Entered(len(new), len(other), len(wanted) - len(new) - len(other))


def _key(row: Values, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _update(table: Table, keys: Sequence[str], columns: Sequence[str]) -> Any:
    where = [table.c[name] == bindparam(f"k_{name}") for name in keys]
    values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in columns if name not in keys}
    return update(table).where(*where).values(values)


def _bound(row: Values, keys: Sequence[str]) -> dict[str, Any]:
    return {("k_" if name in keys else "v_") + name: value for name, value in row.items()}
