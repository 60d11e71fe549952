"""Units, people and what they hold, dated: what the built-in directory answers from."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.schema import Tables
from thidua.storage.script import Pen, Row, Statement, compile_statement
from thidua.workflow.person import Held, Reached, Seat


def valid(table: Table, on: date) -> ColumnElement[bool]:
    """Rows in force on a legal date: from `from_on` to `to_on`, both days included."""
    return _valid(table, on.isoformat())


def _valid(table: Table, day: str | BindParameter[str]) -> ColumnElement[bool]:
    return (table.c.from_on <= day) & or_(table.c.to_on.is_(None), table.c.to_on >= day)


def _questions(t: Tables) -> dict[str, ClauseElement]:
    h, u = t.holding, t.unit
    day: BindParameter[str] = bindparam("day")
    role: BindParameter[str] = bindparam("role")
    mine, one = h.c.actor == bindparam("actor"), u.c.id == bindparam("unit")
    return {
        "held": select(h.c.role, h.c.unit).where(mine, _valid(h, day)),
        "units": select(u.c.id, u.c.groups)
        .where(u.c.kind == role, _valid(u, day))
        .order_by(u.c.id),
        "persons": select(h.c.actor).where(h.c.role == role, _valid(h, day)).order_by(h.c.actor),
        "unit": select(u.c.name, u.c.kind, u.c.parent).where(one, _valid(u, day)),
    }


@dataclass(frozen=True, slots=True)
class Directory:
    """The built-in `People`: dated tables of its own.

    A unit is asked in the role that is its kind; a role no unit has is held by persons.
    """

    tables: Tables
    _compiled: dict[tuple[str, str], dict[str, Statement]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def _ask(self, db: Connection, question: str, on: date, **values: str) -> Sequence[Row]:
        """The questions of an act go as compiled text, as the write path itself does."""
        dialect = db.dialect
        compiled = self._compiled.get((dialect.name, dialect.driver))
        if compiled is None:
            clauses = _questions(self.tables)
            compiled = {n: compile_statement(n, c, dialect) for n, c in clauses.items()}
            self._compiled[dialect.name, dialect.driver] = compiled
        pen = Pen(db)
        try:
            return pen.run(compiled[question], {"day": on.isoformat(), **values})
        finally:
            pen.close()

    def held(self, db: Connection, actor: str, on: date) -> frozenset[Held]:
        """The roles `actor` holds on that day."""
        rows = self._ask(db, "held", on, actor=actor)
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
        rows = self._ask(db, "units", on, role=role)
        if rows:
            wanted = (groups or {}).items()
            return tuple(Seat(role, unit=key) for key, g in rows if wanted <= json.loads(g).items())
        persons = self._ask(db, "persons", on, role=role)
        return tuple(Seat(role, person=actor) for (actor,) in persons)

    def _nearest(self, db: Connection, role: str, on: date, unit: str) -> tuple[Seat, ...]:
        seen: set[str] = set()
        here: str | None = unit
        while here is not None and here not in seen:
            seen.add(here)
            found = self._unit(db, here, on)
            if found is not None and found[1] == role:
                return (Seat(role, unit=here),)
            here = found[2] if found is not None else None
        return ()

    def _unit(self, db: Connection, unit: str, on: date) -> Row | None:
        """Name, kind and parent of a unit as it was on that day."""
        rows = self._ask(db, "unit", on, unit=unit)
        return rows[0] if rows else None

    def unit_name(self, db: Connection, unit: str, on: date) -> str | None:
        """What the unit was called on that day."""
        found = self._unit(db, unit, on)
        return str(found[0]) if found is not None else None

    def above(self, db: Connection, unit: str, on: date) -> str | None:
        """The superior unit."""
        found = self._unit(db, unit, on)
        return found[2] if found is not None else None

    def closures(
        self, db: Connection, units: Collection[str], on: date
    ) -> Mapping[str, frozenset[date]]:
        """Own days off of units from a year before `on`."""
        c, since = self.tables.closure.c, (on - timedelta(366)).isoformat()
        mine = c.unit.in_(sorted(units)) & (c.closed_on >= since)
        found: dict[str, set[date]] = {}
        for unit, day in db.execute(select(c.unit, c.closed_on).where(mine)):
            found.setdefault(unit, set()).add(date.fromisoformat(day))
        return {unit: frozenset(days) for unit, days in found.items()}

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
        row = self._unit(db, owner.partition("@")[2] or owner, on)
        if row is not None:
            return str(row[0])
        p = self.tables.person
        return db.execute(select(p.c.name).where(p.c.id == owner)).scalar() or owner
