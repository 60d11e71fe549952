"""Units, people and what they hold, dated: what the built-in directory answers from."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    Text,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.schema import Tables
from thidua.storage.script import Pen, Row, Statement, compile_statement
from thidua.workflow.person import Held, Reached, Seat
from thidua.workflow.substitution import Substitution


def valid(table: Table, on: date) -> ColumnElement[bool]:
    """Rows in force on a legal date: from `from_on` to `to_on`, both days included."""
    return _valid(table, on.isoformat())


def _valid(table: Table, day: str | BindParameter[str]) -> ColumnElement[bool]:
    return (table.c.from_on <= day) & or_(table.c.to_on.is_(None), table.c.to_on >= day)


def _questions(t: Tables) -> dict[str, ClauseElement]:
    h, u = t.holding, t.unit
    day: BindParameter[str] = bindparam("day")
    role: BindParameter[str] = bindparam("role")
    one = u.c.id == bindparam("unit")
    mine, his = held_part(t)
    return {
        "held": select(*mine).where(his),
        "taken_over": _taken_over(t, day),
        "units": select(u.c.id, u.c.groups)
        .where(u.c.kind == role, _valid(u, day))
        .order_by(u.c.id),
        "persons": select(h.c.actor).where(h.c.role == role, _valid(h, day)).order_by(h.c.actor),
        "unit": select(u.c.name, u.c.kind, u.c.parent, u.c.groups).where(one, _valid(u, day)),
        "last": select(u.c.name, u.c.successor)
        .where(one, u.c.to_on < day)
        .order_by(u.c.from_on.desc())
        .limit(1),
    }


def held_part(t: Tables) -> tuple[list[ColumnElement[Any]], ColumnElement[bool]]:
    """What `:actor` holds on `:day`, and whether a succession of the unit matters: it has one, or
    is one; columns and condition, for a statement that reads something else too.

    Asked in every act: the successions themselves are followed only where there are any.
    """
    h, u = t.holding, t.unit
    day: BindParameter[str] = bindparam("day", type_=Text)
    actor: BindParameter[str] = bindparam("actor", type_=Text)
    over = u.c.to_on < day
    replaced = exists().where(u.c.id == h.c.unit, over, u.c.successor.is_not(None))
    succeeds = exists().where(u.c.successor == h.c.unit, over)
    no: ColumnElement[int] = literal_column("0")
    yes: ColumnElement[int] = literal_column("1")
    matters = case((h.c.unit == literal_column("''"), no), (replaced | succeeds, yes), else_=no)
    return [h.c.role, h.c.unit, matters], (h.c.actor == actor) & _valid(h, day)


def _taken_over(t: Tables, day: BindParameter[str]) -> ClauseElement:
    """What an actor holds in units that stand, and so in those that they took the place of."""
    h, gone = t.holding, t.unit.alias("gone")
    replaced = exists().where(
        gone.c.id == h.c.unit, gone.c.to_on < day, gone.c.successor.is_not(None)
    )
    own = select(h.c.role, h.c.unit).where(
        h.c.actor == bindparam("actor"), _valid(h, day), ~replaced
    )
    mine, before = own.cte("mine", recursive=True), t.unit.alias("before")
    whole = mine.union(
        select(mine.c.role, before.c.id).where(
            before.c.successor == mine.c.unit, before.c.to_on < day
        )
    )
    return select(whole.c.role, whole.c.unit)


def _substitution(t: Tables) -> list[ColumnElement[Any]]:
    return [column for column in t.substitution.c if column.name not in ("count", "head")]


def substitution_of(row: Any) -> Substitution:
    """A substitution from its row's columns, without count and head."""
    key, actor, for_, from_on, to_on, roles, units, procedures, acts, ground = row
    since, until = date.fromisoformat(from_on), date.fromisoformat(to_on) if to_on else None
    return Substitution(
        key, actor, for_, since, until, roles=tuple(json.loads(roles)),
        units=tuple(json.loads(units)), procedures=tuple(json.loads(procedures)),
        acts=tuple(json.loads(acts)), ground=ground,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Directory:
    """The built-in `People`: dated tables of its own.

    A unit is asked in the role that is its kind; a role no unit has is held by persons. The
    successor of a unit that is no more stands in its place: its people hold the same roles there,
    and what is addressed to the old unit reaches the new one.
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
        return self.held_by(db, self._ask(db, "held", on, actor=actor), actor, on)

    def held_by(self, db: Connection, rows: Sequence[Row], actor: str, on: date) -> frozenset[Held]:
        """The same, of the rows of `held_part` that a statement for more than that has read."""
        if any(row[2] for row in rows):
            rows = self._ask(db, "taken_over", on, actor=actor)
        return frozenset(Held(row[0], row[1] or None) for row in rows)

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
        for here, found in self._upwards(db, unit, on):
            if found[1] == role:
                return (Seat(role, unit=here),)
        return ()

    def _upwards(self, db: Connection, unit: str, on: date) -> Iterator[tuple[str, Row]]:
        """The unit and those above it, each as whatever stands in its place on that day."""
        seen: set[str] = set()
        here: str | None = self.standing(db, unit, on)
        while here is not None and here not in seen:
            seen.add(here)
            found = self._unit(db, here, on)
            if found is None:
                return
            yield here, found
            here = self.standing(db, found[2], on) if found[2] else None

    def groups(self, db: Connection, unit: str, on: date) -> Mapping[str, str]:
        """The groups of a unit, and of the units above it where it has none of that name."""
        found: dict[str, str] = {}
        for _, row in self._upwards(db, unit, on):
            found = {**json.loads(row[3]), **found}
        return found

    def standing(self, db: Connection, unit: str, on: date) -> str:
        """The unit that stands in a unit's place on that day: itself, or a successor."""
        seen: set[str] = set()
        here = unit
        while here not in seen and self._unit(db, here, on) is None:
            seen.add(here)
            last = self._ask(db, "last", on, unit=here)
            here = (last[0][1] if last else None) or here
        return here

    def _unit(self, db: Connection, unit: str, on: date) -> Row | None:
        """Name, kind and parent of a unit as it was on that day."""
        rows = self._ask(db, "unit", on, unit=unit)
        return rows[0] if rows else None

    def substitutions(self, db: Connection, actor: str) -> tuple[Substitution, ...]:
        """All by which `actor` stands in for others, those of other times too."""
        s = self.tables.substitution
        query = select(*_substitution(self.tables)).where(s.c.actor == actor).order_by(s.c.id)
        return tuple(substitution_of(row) for row in db.execute(query))

    def unit_name(self, db: Connection, unit: str, on: date) -> str | None:
        """What the unit was called on that day; one that is no more, as it was last."""
        found = self._unit(db, unit, on) or next(iter(self._ask(db, "last", on, unit=unit)), None)
        return str(found[0]) if found is not None else None

    def above(self, db: Connection, unit: str, on: date) -> str | None:
        """The superior unit of whatever stands in the unit's place."""
        found = self._unit(db, self.standing(db, unit, on), on)
        return self.standing(db, found[2], on) if found is not None and found[2] else None

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

    def within(self, db: Connection, unit: str, on: date) -> Mapping[str, frozenset[str]]:
        """Who holds a role in the unit on that day, with the roles."""
        h = self.tables.holding
        query = select(h.c.actor, h.c.role).where(h.c.unit == unit, valid(h, on))
        found: dict[str, set[str]] = {}
        for actor, role in db.execute(query):
            found.setdefault(actor, set()).add(role)
        return {actor: frozenset(roles) for actor, roles in found.items()}

    def relatives(self, db: Connection, person: str, on: date) -> frozenset[str] | None:  # noqa: ARG002 -- a relation has no dates
        """Who is declared to be a relative, from either side; None while the list is empty."""
        r = self.tables.relation.c
        if db.execute(select(r.person).limit(1)).first() is None:
            return None
        either = or_(r.person == person, r.relative == person)
        pairs = db.execute(select(r.person, r.relative).where(either))
        return frozenset(other for pair in pairs for other in pair if other != person)

    def reached(self, db: Connection, seat: Seat, on: date) -> tuple[Reached, ...]:
        """The post's or the unit's own address; else those of the persons who sit there.

        A seat that nobody and nothing is known of is reached by its own name, on paper; the seat
        of a unit that is no more, at its successor.
        """
        if seat.unit is not None:
            seat = replace(seat, unit=self.standing(db, seat.unit, on))
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
        named = self.unit_name(db, owner.partition("@")[2] or owner, on)
        if named is not None:
            return named
        p = self.tables.person
        return db.execute(select(p.c.name).where(p.c.id == owner)).scalar() or owner
