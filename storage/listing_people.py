"""Lists of units, people and roles on a day, and the names of all of them at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from thidua.storage.listing import Listed
from thidua.storage.people import valid
from thidua.storage.schema import Tables
from thidua.workflow.person import Seat


def units(db: Connection, t: Tables, on: date | None, *, kind: str | None = None) -> list[Listed]:
    """Units in force on a day, or all there ever were, with their mailbox and telephone."""
    u = t.unit.c
    query = select(t.unit).order_by(u.id, u.from_on)
    if kind is not None:
        query = query.where(u.kind == kind)
    rows = db.execute(_on(query, t.unit, on)).mappings()
    reached = _addresses(db, t, on)
    return [
        {**row, "groups": json.loads(row["groups"]), **reached.get(row["id"], _NOWHERE)}
        for row in rows
    ]


def people(db: Connection, t: Tables, on: date | None) -> list[Listed]:
    """Everybody, with mailbox and telephone as of the day."""
    reached = _addresses(db, t, on)
    rows = db.execute(select(t.person).order_by(t.person.c.id)).mappings()
    return [{**row, **reached.get(row["id"], _NOWHERE)} for row in rows]


def roles(
    db: Connection, t: Tables, on: date | None, *, role: str | None = None, actor: str | None = None
) -> list[Listed]:
    """Who holds what on the day, or ever."""
    h = t.holding.c
    query = select(t.holding).order_by(h.role, h.unit, h.actor, h.from_on)
    if role is not None:
        query = query.where(h.role == role)
    if actor is not None:
        query = query.where(h.actor == actor)
    return [dict(row) for row in db.execute(_on(query, t.holding, on)).mappings()]


_NOWHERE = {"mailbox": None, "phone": None}


def _on(query: Any, table: Table, on: date | None) -> Any:
    return query if on is None else query.where(valid(table, on))


def _addresses(db: Connection, t: Tables, on: date | None) -> dict[str, dict[str, Any]]:
    a = t.address
    query = _on(select(a).order_by(a.c.from_on), a, on)
    return {
        row["owner"]: {"mailbox": row["mailbox"], "phone": row["phone"]}
        for row in db.execute(query).mappings()
    }


@dataclass(frozen=True, slots=True)
class Names:
    """What people and units are called; whoever is not known is called by the id.

    `after` has the unit that stands in the place of each that is no more.
    """

    people: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    reached: dict[str, dict[str, Any]] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    def actor(self, actor: str) -> str:
        """A person's name."""
        return self.people.get(actor) or self.units.get(actor) or actor

    def unit(self, unit: str | None) -> str:
        """A unit's name; nothing for none."""
        return "" if unit is None else self.units.get(unit, unit)

    def standing(self, unit: str) -> str:
        """The unit that stands in a unit's place: itself, or its successor."""
        return self.after.get(unit, unit)

    def stood(self, unit: str) -> list[str]:
        """The unit, and all in whose place it stands."""
        return [unit, *sorted(old for old, new in self.after.items() if new == unit)]

    def seat(self, seat: str) -> str | None:
        """The unit or person of a seat; None of a seat that is a role alone.

        Of a unit that is no more the unit that was asked and the one that answers now.
        """
        parsed = Seat.parse(seat)
        if parsed.unit is not None:
            now = self.standing(parsed.unit)
            asked = self.unit(parsed.unit)
            return asked if now == parsed.unit else f"{asked} → {self.unit(now)}"
        return self.actor(parsed.person) if parsed.person is not None else None

    def reach(self, seat: str) -> dict[str, Any]:
        """The mailbox and telephone of a seat, its unit or its person."""
        parsed = Seat.parse(seat)
        if parsed.unit in self.after:
            parsed = replace(parsed, unit=self.after[parsed.unit])
        owners = (str(parsed), parsed.unit, parsed.person)
        return next((self.reached[o] for o in owners if o in self.reached), _NOWHERE)


def names(db: Connection, t: Tables, on: date) -> Names:
    """The names on a day, in three queries; a unit that is no more is called as it was last."""
    persons = db.execute(select(t.person.c.id, t.person.c.name))
    u = t.unit.c
    known: dict[str, str] = {}
    gone: dict[str, str | None] = {}
    rows = db.execute(select(u.id, u.name, u.from_on, u.to_on, u.successor).order_by(u.from_on))
    for key, name, from_on, to_on, successor in rows:
        if from_on <= on.isoformat() or key not in known:
            known[key] = name
            gone[key] = successor if to_on is not None and to_on < on.isoformat() else None
    after = {key: last for key in gone if (last := _last(gone, key)) != key}
    return Names({row.id: row.name for row in persons}, known, _addresses(db, t, on), after)


def _last(gone: Mapping[str, str | None], unit: str) -> str:
    """The end of a chain of successors."""
    seen = {unit}
    while (following := gone.get(unit)) is not None and following not in seen:
        seen.add(following)
        unit = following
    return unit
