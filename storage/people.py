"""Units, people and what they hold, dated: what the built-in directory answers from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Table, bindparam, or_, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.schema import Tables
from thidua.workflow.person import Held, Reached, Seat


def valid(table: Table, on: date) -> ColumnElement[bool]:
    """Rows in force on a legal date: from `from_on` to `to_on`, both days included."""
    day = on.isoformat()
    return (table.c.from_on <= day) & or_(table.c.to_on.is_(None), table.c.to_on >= day)


def _held_on(h: Table) -> Select[Any]:
    day: BindParameter[str] = bindparam("day")
    lasts = or_(h.c.to_on.is_(None), h.c.to_on >= day)
    mine = h.c.actor == bindparam("actor")
    return select(h.c.role, h.c.unit).where(mine, h.c.from_on <= day, lasts)


@dataclass(frozen=True, slots=True)
class Directory:
    """The built-in `People`: dated tables of its own.

    A unit is asked in the role that is its kind; a role no unit has is held by persons.
    `heads` are the roles of a unit's head and deputies.
    """

    tables: Tables
    heads: tuple[str, ...] = ("head", "deputy")
    _held: Select[Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the question that every act asks once."""
        object.__setattr__(self, "_held", _held_on(self.tables.holding))

    def held(self, db: Connection, actor: str, on: date) -> frozenset[Held]:
        """The roles `actor` holds on that day."""
        query = {"actor": actor, "day": on.isoformat()}
        rows = db.execute(self._held, query)
        return frozenset(Held(role, unit or None) for role, unit in rows)

    def seats(
        self,
        db: Connection,
        role: str,
        on: date,
        *,
        unit: str | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> tuple[Seat, ...]:
        """Seats of a role: units of that kind, else the persons who hold it."""
        if unit is not None:
            return self._nearest(db, role, on, unit)
        u = self.tables.unit
        query = select(u.c.id, u.c.groups).where(u.c.kind == role, valid(u, on)).order_by(u.c.id)
        rows = db.execute(query).all()
        if rows:
            wanted = (groups or {}).items()
            return tuple(Seat(role, unit=key) for key, g in rows if wanted <= json.loads(g).items())
        return self._persons(db, role, on)

    def _persons(self, db: Connection, role: str, on: date) -> tuple[Seat, ...]:
        h = self.tables.holding
        query = select(h.c.actor).where(h.c.role == role, valid(h, on)).order_by(h.c.actor)
        return tuple(Seat(role, person=actor) for (actor,) in db.execute(query))

    def _nearest(self, db: Connection, role: str, on: date, unit: str) -> tuple[Seat, ...]:
        seen: set[str] = set()
        here: str | None = unit
        while here is not None and here not in seen:
            seen.add(here)
            row = self.unit(db, here, on)
            if row is None:
                return ()
            if row["kind"] == role:
                return (Seat(role, unit=here),)
            here = row["parent"]
        return ()

    def unit(self, db: Connection, unit: str, on: date) -> RowMapping | None:
        """A unit's row as it was on that day."""
        u = self.tables.unit
        return db.execute(select(u).where(u.c.id == unit, valid(u, on))).mappings().first()

    def headed(self, db: Connection, actor: str, on: date) -> frozenset[str]:
        """Units whose head or deputy `actor` is."""
        held = self.held(db, actor, on)
        return frozenset(h.unit for h in held if h.unit is not None and h.role in self.heads)

    def above(self, db: Connection, units: Iterable[str], on: date) -> Mapping[str, str]:
        """The superior unit of each of `units` that has one."""
        u = self.tables.unit
        query = select(u.c.id, u.c.parent).where(u.c.id.in_(list(units)), valid(u, on))
        return {key: parent for key, parent in db.execute(query) if parent is not None}

    def reached(self, db: Connection, seat: Seat, on: date) -> tuple[Reached, ...]:
        """The post's or the unit's own address; else those of the persons who sit there.

        A seat that nobody and nothing is known of is reached by its own name, on paper.
        """
        owners = [str(seat)] if seat.unit is None else [str(seat), seat.unit]
        own = [r for owner in owners if (r := self._address(db, owner, on)) is not None]
        if own:
            return (own[0],)
        holders = [self._actor(db, actor, on) for actor in self._sitting(db, seat, on)]
        return tuple(holders) or (Reached(owners[-1], self._name(db, owners[-1], on)),)

    def _sitting(self, db: Connection, seat: Seat, on: date) -> list[str]:
        if seat.person is not None:
            return [seat.person]
        h = self.tables.holding
        mine = (h.c.role == seat.role) & valid(h, on)
        if seat.unit is not None:
            mine &= h.c.unit == seat.unit
        return list(db.execute(select(h.c.actor).where(mine).order_by(h.c.actor)).scalars())

    def _actor(self, db: Connection, actor: str, on: date) -> Reached:
        p = self.tables.person
        row = db.execute(select(p.c.name, p.c.lang).where(p.c.id == actor)).first()
        name, lang = (row[0], row[1]) if row else (actor, "vi")
        found = self._address(db, actor, on)
        mailbox, phone = (found.mailbox, found.phone) if found else (None, None)
        return Reached(actor, name, mailbox, phone, lang)

    def _address(self, db: Connection, owner: str, on: date) -> Reached | None:
        a = self.tables.address
        query = select(a.c.mailbox, a.c.phone).where(a.c.owner == owner, valid(a, on))
        row = db.execute(query).first()
        return Reached(owner, self._name(db, owner, on), row[0], row[1]) if row else None

    def _name(self, db: Connection, owner: str, on: date) -> str:
        row = self.unit(db, owner.partition("@")[2] or owner, on)
        if row is not None:
            return str(row["name"])
        p = self.tables.person
        return db.execute(select(p.c.name).where(p.c.id == owner)).scalar() or owner
