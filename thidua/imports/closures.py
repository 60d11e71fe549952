"""Lists of units' own days off: checked against the units there are, then entered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.imports.sheet import Row, Sheet
from thidua.storage import calendars
from thidua.storage.imports import Entered
from thidua.storage.schema import Tables

CLOSURE_NEEDED = ("unit", "date", "ground")


def enter_closures(db: Connection, t: Tables, sheet: Sheet) -> Entered:
    """Enter days on which units are closed; a row of the same unit and day replaces the old one.

    `DefinitionError` with every row whose cells are wrong, whose unit there is not, or that comes
    twice.
    """
    rows = [(row, _closure(row)) for row in sheet]
    units = set(db.execute(select(t.unit.c.id)).scalars())
    seen: dict[tuple[str, str], int] = {}
    for row, closure in rows:
        _check(row, closure, units, seen)
    sheet.stop_if_wrong()
    return calendars.close(db, t, [closure for _, closure in rows])


def _closure(row: Row) -> dict[str, Any]:
    on = row.day("date", needed=True)
    return {
        "unit": row.id("unit"), "closed_on": on.isoformat() if isinstance(on, date) else None,
        "ground": row.needed("ground"),
    }  # fmt: skip


def _check(
    row: Row, closure: dict[str, Any], units: Iterable[str], seen: dict[tuple[str, str], int]
) -> None:
    if closure["unit"] and closure["unit"] not in units:
        row.wrong("list-not-known", "unit", value=closure["unit"])
    first = seen.setdefault((closure["unit"], closure["closed_on"]), row.number)
    if first != row.number:
        row.wrong("list-row-twice", "date", value=closure["closed_on"], first=first)
