"""What waits for whom: open tasks of seats, and those whose time is up."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.engine import Connection

from thidua.storage.erasing import shown
from thidua.storage.listing import Listed
from thidua.storage.listing_times import told
from thidua.storage.schema import Tables

RUNNING = ("open", "paused")


def of_person(t: Tables, seats: Sequence[str], actor: str) -> ColumnElement[bool]:
    """Tasks of these seats, or in the actor's own hands; not those in somebody else's hands."""
    task = t.task.c
    free = or_(task.holder.is_(None), task.holder == actor)
    return or_(and_(task.seat.in_(seats), free), task.holder == actor)


def of_seat(t: Tables, seat: str) -> ColumnElement[bool]:
    """Everything asked of one seat, whoever holds it."""
    return t.task.c.seat == seat


def of_units(t: Tables, units: Sequence[str]) -> ColumnElement[bool]:
    """Everything asked of some units, in whatever role."""
    seat = t.task.c.seat
    return or_(*(seat.endswith(f"@{unit}", autoescape=True) for unit in units))


def due_before(t: Tables, day: str) -> ColumnElement[bool]:
    """Running tasks whose due lies before a legal date (ISO text)."""
    return and_(t.task.c.status == "open", t.task.c.due_on < day)


def of(t: Tables, keys: Sequence[tuple[str, int]]) -> ColumnElement[bool]:
    """The tasks of these dossiers and numbers."""
    task = t.task.c
    by_number: dict[int, list[str]] = {}
    for dossier_id, n in keys:
        by_number.setdefault(n, []).append(dossier_id)
    return or_(*(and_(task.n == n, task.dossier_id.in_(ids)) for n, ids in by_number.items()))


def waiting(db: Connection, t: Tables, which: ColumnElement[bool] | None = None) -> list[Listed]:
    """Open and paused tasks of persons, the nearest due first; all of them, or `which`."""
    query = _tasks(db, t) if which is None else _tasks(db, t).where(which)
    return [dict(row) for row in db.execute(query).mappings()]


def still(t: Tables) -> ColumnElement[bool]:
    """Tasks of persons that are not ended."""
    return and_(t.task.c.status.in_(RUNNING), t.task.c.kind != "effect")


def dues(db: Connection, t: Tables, ids: Collection[str]) -> list[Listed]:
    """Every task of the dossiers that has a due, done ones too, by dossier and number."""
    task = t.task.c
    told = (task.dossier_id, task.n, task.kind, task.what, task.seat, task.due_on)
    dated = task.dossier_id.in_(ids) & task.due_on.is_not(None)
    query = select(*told).where(dated).order_by(task.dossier_id, task.n)
    return [dict(row) for row in db.execute(query).mappings()]


def seats(db: Connection, t: Tables) -> list[str]:
    """Every seat that something is or was asked of."""
    task = t.task.c
    query = select(task.seat).where(task.kind != "effect").distinct().order_by(task.seat)
    return list(db.execute(query).scalars())


def _tasks(db: Connection, t: Tables) -> Select[Any]:
    task, d, r = t.task.c, t.dossier.c, t.round.c
    first, again = t.event.alias("first"), t.round.alias("again")
    newest = select(func.max(again.c.seq)).where(again.c.gathered == r.gathered)
    columns = (
        task.dossier_id, task.n, task.kind, task.what, task.seat, task.status, task.round_id,
        task.holder, task.outcome, task.due_on, task.left, d.procedure, d.candidate_kind,
        shown(d.candidate_name), d.award, d.unit, d.state, d.pause, r.gathered, r.seq,
        newest.scalar_subquery().label("newest"),
        told(db.dialect, first.c.body, "at").label("opened_at"),
    )  # fmt: skip
    return (
        select(*columns)
        .join(t.dossier, d.id == task.dossier_id)
        .join(t.round, r.id == task.round_id, isouter=True)
        .join(first, and_(first.c.stream == task.dossier_id, first.c.n == task.opened_n))
        .where(still(t))
        .order_by(task.due_on.is_(None), task.due_on, task.dossier_id, task.n)
    )
