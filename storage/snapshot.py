"""All rows of all tables: out of a database at any revision, and into an empty one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import TableClause, column, func, insert, inspect, literal, select, table
from sqlalchemy.engine import Connection

from thidua.storage.erasing import unneeded
from thidua.storage.schema import Tables

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as the database has it: its name without prefix, its columns, those of its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    table: TableClause

    @classmethod
    def of(cls, t: Tables, name: str, columns: Iterable[str]) -> "Sheet":
        """The table of that name with these columns, which may be an earlier release's."""
        ours, have = getattr(t, name), tuple(columns)
        key = tuple(each.name for each in ours.primary_key if each.name in have)
        made = table(ours.name, *(column(each) for each in have), schema=ours.schema)
        return cls(name, have, key, made)


def names(t: Tables) -> dict[str, str]:
    """Every table's name in the database, by its name without prefix."""
    return {name: getattr(t, name).name for name in type(t).__slots__ if name != "metadata"}


def sheets(db: Connection, t: Tables) -> list[Sheet]:
    """The tables that are there, with the columns they have at the database's revision."""
    schema, look = t.metadata.schema, inspect(db)
    there = set(look.get_table_names(schema=schema))
    return [
        Sheet.of(t, name, (each["name"] for each in look.get_columns(called, schema=schema)))
        for name, called in names(t).items()
        if called in there
    ]


def count(db: Connection, sheet: Sheet) -> int:
    """How many rows there are."""
    return int(db.execute(select(func.count()).select_from(sheet.table)).scalar_one())


def rows(db: Connection, sheet: Sheet) -> Iterator[Sequence[Any]]:
    """Every row in the order of its key, some at a time."""
    query = select(sheet.table).order_by(*(sheet.table.c[each] for each in sheet.key))
    yield from db.execute(query, execution_options={"yield_per": AT_ONCE})


def add(db: Connection, sheet: Sheet, given: Iterable[Sequence[Any]]) -> Iterator[int]:
    """Write rows, some at a time; how many each time."""
    left = iter(given)
    while some := list(islice(left, AT_ONCE)):
        values = [dict(zip(sheet.columns, row, strict=True)) for row in some]
        db.execute(insert(sheet.table), values)
        yield len(some)


def filled(db: Connection, t: Tables) -> Mapping[str, int]:
    """The tables that have rows, with how many; empty for a database nobody has used."""
    found = {}
    for sheet in sheets(db, t):
        if db.execute(select(literal(1)).select_from(sheet.table).limit(1)).first() is not None:
            found[sheet.name] = count(db, sheet)
    return found


def documents(db: Connection, t: Tables) -> Iterator[tuple[str, str, str]]:
    """SHA-256, owner and kind of every document whose bytes are needed, by SHA-256."""
    d = t.document.c
    query = select(d.sha256, d.owner, d.kind).where(~unneeded(t))
    query = query.order_by(d.sha256, d.owner, d.kind)
    for row in db.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield row[0], row[1], row[2]
