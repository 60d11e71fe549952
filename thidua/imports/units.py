"""Lists of units, people and roles: checked against each other and what is there, then entered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from thidua.imports.sheet import Row, Sheet
from thidua.storage.imports import Entered, put, rows_of
from thidua.storage.schema import Tables
from thidua.workflow.journal import canonical

UNIT_NEEDED = ("id", "name", "kind", "from_on")
UNIT_KNOWN = ("code", "parent", "to_on", "successor", "groups", "mailbox", "phone")
PERSON_NEEDED = ("id", "name")
PERSON_KNOWN = ("lang", "mailbox", "phone", "account", "from_on", "to_on")
ROLE_NEEDED = ("actor", "role", "from_on")
ROLE_KNOWN = ("unit", "to_on", "ground")

ALWAYS = "1900-01-01"
"""Since when an address counts whose list does not say: before anything the engine dates."""

Values = dict[str, Any]


def enter_units(db: Connection, t: Tables, sheet: Sheet) -> Entered:
    """Enter units and their addresses. A row of the same id and from_on replaces the old one.

    `DefinitionError` with every row whose cells are wrong, whose time overlaps with another of
    the same unit, whose parent or successor there is not, or that is replaced and stands again.
    """
    rows = [(row, _unit(row)) for row in sheet]
    sheet.stop_if_wrong()
    _once(rows, ("id", "from_on"), "id")
    there = rows_of(db, t.unit)
    _apart(rows, there, ("id",), "from_on")
    units = {unit["id"] for unit in there} | {unit["id"] for _, unit in rows}
    for row, unit in rows:
        _known(row, "parent", unit["parent"], units)
        _known(row, "successor", unit["successor"], units)
        if unit["parent"] == unit["id"]:
            row.wrong("list-own-parent", "parent", value=unit["id"])
    _replaced_at_last(rows, there)
    addresses = [_address(row, unit["id"], unit) for row, unit in rows if _reachable(row)]
    sheet.stop_if_wrong()
    return put(db, t.unit, [u for _, u in rows]) + _only_changes(put(db, t.address, addresses))


def _replaced_at_last(rows: Sequence[tuple[Row, Values]], there: Iterable[Values]) -> None:
    """A unit is replaced for good: while it stands again, its people would be locked out."""
    listed = [unit for _, unit in rows]
    replaced = {(unit["id"], unit["from_on"]) for unit in listed}
    kept = [unit for unit in there if (unit["id"], unit["from_on"]) not in replaced]
    last: dict[str, str] = {}
    for unit in (*kept, *listed):
        last[unit["id"]] = max(unit["from_on"], last.get(unit["id"], ""))
    for row, unit in rows:
        since = last[unit["id"]]
        if unit["successor"] is not None and since > unit["from_on"]:
            row.wrong("list-successor-early", "successor", value=unit["id"], since=since)


def _unit(row: Row) -> Values:
    from_on, to_on = row.period()
    return {
        "id": row.id("id"), "from_on": _iso(from_on), "to_on": _iso(to_on),
        "name": row.needed("name"), "kind": row.name("kind"), "code": row.text("code"),
        "parent": row.text("parent"), "successor": row.text("successor"),
        "groups": canonical(groups_of(row)),
    }  # fmt: skip


def groups_of(row: Row) -> dict[str, str]:
    """The groups of a cell such as `cluster=C01;region=R2`."""
    found: dict[str, str] = {}
    for part in (row.text("groups") or "").split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            continue
        if not (name and equals and value) or name in found:
            row.wrong("list-cell-groups", "groups", value=part.strip())
        found[name] = value
    return found


def enter_people(db: Connection, t: Tables, sheet: Sheet) -> Entered:
    """Enter people and their addresses; an account of the computer belongs to one person."""
    rows = [(row, _person(row)) for row in sheet]
    sheet.stop_if_wrong()
    _once(rows, ("id",), "id")
    _accounts_apart(rows, rows_of(db, t.person))
    addresses = [_address(row, person["id"], _since(row)) for row, person in rows
                 if _reachable(row)]  # fmt: skip
    sheet.stop_if_wrong()
    return put(db, t.person, [p for _, p in rows]) + _only_changes(put(db, t.address, addresses))


def _person(row: Row) -> Values:
    return {
        "id": row.id("id"), "name": row.needed("name"),
        "lang": row.one_of("lang", ("vi", "en"), default="vi"), "account": row.text("account"),
    }  # fmt: skip


def _since(row: Row) -> Values:
    from_on, to_on = row.day("from_on"), row.day("to_on")
    return {"from_on": _iso(from_on) or ALWAYS, "to_on": _iso(to_on)}


def _accounts_apart(rows: Sequence[tuple[Row, Values]], there: Iterable[Values]) -> None:
    mine = {person["id"] for _, person in rows}
    taken = {p["account"]: p["id"] for p in there if p["account"] and p["id"] not in mine}
    for row, person in rows:
        account = person["account"]
        if account and taken.setdefault(account, person["id"]) != person["id"]:
            row.wrong("list-account-taken", "account", value=account, other=taken[account])


def enter_roles(db: Connection, t: Tables, sheet: Sheet, *, role: str | None = None) -> Entered:
    """Enter who holds what. `role` is the role of every row, for a list without that column.

    A row of the same actor, role, unit and from_on replaces the old one. People and units must
    be known.
    """
    rows = [(row, _holding(row, role)) for row in sheet]
    sheet.stop_if_wrong()
    _once(rows, ("actor", "role", "unit", "from_on"), "actor")
    _apart(rows, rows_of(db, t.holding), ("actor", "role", "unit"), "from_on")
    people = {person["id"] for person in rows_of(db, t.person)}
    units = {unit["id"] for unit in rows_of(db, t.unit)}
    for row, holding in rows:
        _known(row, "actor", holding["actor"], people | units)
        _known(row, "unit", holding["unit"] or None, units)
    sheet.stop_if_wrong()
    return put(db, t.holding, [holding for _, holding in rows])


def _holding(row: Row, role: str | None) -> Values:
    from_on, to_on = row.period()
    return {
        "actor": row.id("actor"), "role": role or row.name("role"),
        "unit": row.text("unit") or "", "from_on": _iso(from_on), "to_on": _iso(to_on),
        "ground": row.text("ground"),
    }  # fmt: skip


def _reachable(row: Row) -> bool:
    return row.text("mailbox") is not None or row.text("phone") is not None


def _address(row: Row, owner: str, dated: Mapping[str, Any]) -> Values:
    return {
        "owner": owner, "from_on": dated["from_on"], "to_on": dated["to_on"],
        "mailbox": row.mailbox("mailbox"), "phone": row.text("phone"),
    }  # fmt: skip


def _only_changes(entered: Entered) -> Entered:
    """An address is part of its owner's row: only a changed one counts, as a change."""
    return Entered(changed=entered.changed)


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _known(row: Row, column: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        row.wrong("list-not-known", column, value=value)


def _once(rows: Sequence[tuple[Row, Values]], key: Sequence[str], column: str) -> None:
    """Every key stands in the list once."""
    seen: dict[tuple[Any, ...], int] = {}
    for row, values in rows:
        first = seen.setdefault(tuple(values[name] for name in key), row.number)
        if first != row.number:
            row.wrong("list-row-twice", column, value=values[key[0]], first=first)


def _apart(
    rows: Sequence[tuple[Row, Values]],
    there: Iterable[Values],
    key: Sequence[str],
    column: str,
) -> None:
    """No two periods of the same key share a day, those already entered included."""
    replaced = {(_of(values, key), values["from_on"]) for _, values in rows}
    kept = [v for v in there if (_of(v, key), v["from_on"]) not in replaced]
    periods: dict[tuple[Any, ...], list[Values]] = defaultdict(list)
    for values in (*kept, *(values for _, values in rows)):
        periods[_of(values, key)].append(values)
    for row, values in rows:
        for other in periods[_of(values, key)]:
            if other is not values and _share_a_day(values, other):
                row.wrong("list-overlap", column, value=values[key[0]], since=other["from_on"])


def _of(values: Values, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[name] for name in key)


def _share_a_day(one: Values, other: Values) -> bool:
    never = "9999-12-31"
    starts = one["from_on"] <= (other["to_on"] or never)
    return bool(starts and other["from_on"] <= (one["to_on"] or never))
