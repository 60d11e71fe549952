"""A unit in every province, from the table that ships, with the office's own columns beside it."""

import json
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy.engine import Connection

from thidua.collation import folded
from thidua.definitions.provinces import Province, provinces, successor
from thidua.imports.sheet import Row, Sheet
from thidua.imports.units import groups_of
from thidua.storage.imports import Entered, put, rows_of
from thidua.storage.schema import Tables
from thidua.workflow.journal import canonical

KNOWN = ("groups", "mailbox", "phone", "parent")

FIRST = date(2018, 1, 1)
"""Where the table begins."""


def enter_provinces(
    db: Connection, t: Tables, *, kind: str, start: str, name: str, sheet: Sheet | None = None
) -> Entered:
    """Enter one unit a province and period. Its id is `start` and the province's name without
    marks, so that it means the same before and after a code was given to another province. The
    same name is the unit's group `province`, by which units of one province find each other.

    `name` is how a unit is called, `{province}` in it the province with its rank. `sheet` adds
    columns by the province's name, or by a code that only one province ever had.
    """
    own = _own(sheet) if sheet is not None else {}
    if sheet is not None:
        sheet.stop_if_wrong()
    there = {(unit["id"], unit["from_on"]): unit for unit in rows_of(db, t.unit)}
    units, addresses = [], []
    for province in every_province():
        row = own.get(_slug(province.name))
        unit = _unit(province, kind, start, name, row)
        if row is None and (before := there.get((unit["id"], unit["from_on"]))):
            kept = {**json.loads(unit["groups"]), **json.loads(before["groups"])}
            unit |= {"parent": before["parent"], "groups": canonical(kept)}
        units.append(unit)
        if row is not None and (row.text("mailbox") or row.text("phone")):
            addresses.append(_address(unit, row))
    if sheet is not None:
        sheet.stop_if_wrong()
    entered = put(db, t.unit, units)
    put(db, t.address, addresses)
    return entered


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", folded(name)))


def _unit(p: Province, kind: str, start: str, name: str, row: Row | None) -> dict[str, Any]:
    after = successor(p.code, p.from_on)
    other = after is not None and _slug(after.name) != _slug(p.name)
    return {
        "id": start + _slug(p.name), "from_on": p.from_on.isoformat(),
        "to_on": p.to_on.isoformat() if p.to_on else None,
        "name": name.replace("{province}", f"{p.kind} {p.name}"), "kind": kind, "code": p.code,
        "parent": row.text("parent") if row else None,
        "successor": start + _slug(after.name) if after and other else None,
        "groups": canonical({"province": _slug(p.name), **(groups_of(row) if row else {})}),
    }  # fmt: skip


def _address(unit: dict[str, Any], row: Row) -> dict[str, Any]:
    dated = {"owner": unit["id"], "from_on": unit["from_on"], "to_on": unit["to_on"]}
    return {**dated, "mailbox": row.mailbox("mailbox"), "phone": row.text("phone")}


def _own(sheet: Sheet) -> dict[str, Row]:
    """The sheet's rows by the province they are about."""
    codes: dict[str, set[str]] = {}
    for province in every_province():
        codes.setdefault(province.code, set()).add(_slug(province.name))
    names = {slug for slugs in codes.values() for slug in slugs}
    rows: dict[str, Row] = {}
    for row in sheet:
        said = row.needed("province")
        slugs = codes.get(said, set())
        slug = slugs.copy().pop() if len(slugs) == 1 else _slug(said)
        if len(slugs) > 1:
            row.wrong("list-not-unique", "province", value=said)
        elif slug not in names:
            row.wrong("list-not-known", "province", value=said)
        elif slug in rows:
            row.wrong("list-row-twice", "province", value=said, first=rows[slug].number)
        rows.setdefault(slug, row)
    return rows


@cache
def every_province() -> tuple[Province, ...]:
    """Every province of every time that the table knows, in the order of their beginning."""
    found: dict[Province, None] = {}
    on: date | None = FIRST
    while on is not None:
        standing = provinces(on)
        found.update(dict.fromkeys(standing))
        on = min((p.to_on + timedelta(1) for p in standing if p.to_on), default=None)
    return tuple(found)
