"""How far each subscriber has been told: its place among all events, its lease, its failures."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, null, select, update
from sqlalchemy.engine import Connection

from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.sweep import LONGEST, insert_new


class Told(NamedTuple):
    """A subscriber's row: `position` is the first leaf that it has not been told of."""

    name: str
    position: int
    owner: str
    until_at: datetime
    attempt: int
    trouble: str | None


class Row(NamedTuple):
    """An event of a dossier as stored; `private` is the JSON text of its values, where asked."""

    leaf: int
    stream: str
    n: int
    body: str
    private: str | None


def enter(db: Connection, t: Tables, name: str, now: datetime, *, past: bool) -> None:
    """Write a name down that is new; it begins with what has no leaf yet, or with the `past`."""
    s = t.subscriber.c
    if db.execute(select(s.name).where(s.name == name)).first() is None:
        given = db.execute(select(func.coalesce(func.max(t.event.c.leaf), -1) + 1)).scalar_one()
        row = {"name": name, "position": 0 if past else given, "owner": "", "attempt": 0}
        values = {**row, "until_at": instant(now), "trouble": None}
        db.execute(insert_new(t.subscriber, db.dialect), values)


def told(db: Connection, t: Tables, name: str | None = None) -> list[Told]:
    """Every subscriber's row by its name, or that of one."""
    s = t.subscriber.c
    query = select(*s).order_by(s.name)
    rows = db.execute(query if name is None else query.where(s.name == name))
    return [Told(*row)._replace(until_at=moment(row.until_at)) for row in rows]


def take(
    db: Connection, t: Tables, name: str, owner: str, *, now: datetime, until: datetime
) -> bool:
    """Lease a subscriber to `owner`, if nobody has it and no pause after a failure runs.

    A lease too long to be one was given by a clock that ran ahead.
    """
    s = t.subscriber.c
    free = (s.until_at <= instant(now)) | (s.until_at > instant(now + LONGEST))
    leased = update(t.subscriber).where(s.name == name, free)
    return bool(db.execute(leased.values(owner=owner, until_at=instant(until))).rowcount)


def change(db: Connection, t: Tables, name: str, owner: str, **values: Any) -> bool:
    """Change the row of a subscriber that `owner` has; False when another one has it by now."""
    s = t.subscriber.c
    mine = update(t.subscriber).where(s.name == name, s.owner == owner)
    return bool(db.execute(mine.values(**values)).rowcount)


def forget(db: Connection, t: Tables, name: str) -> bool:
    """Take a subscriber's row away; whether there was one."""
    return bool(db.execute(t.subscriber.delete().where(t.subscriber.c.name == name)).rowcount)


def page(
    db: Connection, t: Tables, position: int, limit: int, *, private: bool = False
) -> list[Row]:
    """The next events of dossiers from a leaf on, in the order of the leaves."""
    e, p = t.event.c, t.event_private
    among = t.event.join(t.dossier, t.dossier.c.id == e.stream)
    if private:
        among = among.outerjoin(p, and_(p.c.stream == e.stream, p.c.n == e.n))
    columns = (e.leaf, e.stream, e.n, e.body, p.c.body if private else null())
    query = select(*columns).select_from(among).where(e.leaf >= position)
    return [Row(*row) for row in db.execute(query.order_by(e.leaf).limit(limit))]
