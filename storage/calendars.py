"""Corrected calendars and units' own days off, as they are stored."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, and_, delete, func, or_, select, text
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage import register
from thidua.storage.imports import Entered, put
from thidua.storage.rows import task_of
from thidua.storage.schema import Tables
from thidua.storage.sweep import insert_new
from thidua.workflow.dossier import Task
from thidua.workflow.errors import Unknown

Told = tuple[str, str, str, str, str]
"""A corrected day: kind, name in Vietnamese, name in English, ground, certainty."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Everything corrected in one calendar: its days by ISO date, the years it covers then.

    `head` is the hash of the newest event of its journal; empty where nothing was corrected.
    """

    days: Mapping[str, Told] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    head: str = ""


def stream(name: str) -> str:
    """The stream of a calendar's journal."""
    return f"calendar:{name}"


def heads(db: Connection, t: Tables) -> str:
    """What changes with every correction of any calendar, however the transaction ends."""
    return str(db.execute(select(every_head(t, db.dialect.name))).scalar() or "")


def every_head(t: Tables, dialect: str) -> ScalarSelect[str]:
    """The heads of all calendars in one text, for a statement that reads something else too.

    Hashes, not numbers: a correction that was rolled back leaves its number to the next one.
    """
    together = func.group_concat if dialect == "sqlite" else func.string_agg
    return select(together(t.calendar.c.head, text("''"))).scalar_subquery()


def corrected(db: Connection, t: Tables, name: str) -> Corrected:
    """What was corrected in a calendar."""
    mine = t.calendar.c.id == stream(name)
    row = db.execute(select(t.calendar).where(mine)).mappings().first()
    return Corrected() if row is None else of_row(row)


def of_row(row: RowMapping) -> Corrected:
    """What a stored row says."""
    days: dict[str, Any] = json.loads(row["days"])
    first, last = row["first_year"], row["last_year"]
    years = None if first is None else (int(first), int(last))
    return Corrected({on: tuple(day) for on, day in days.items()}, years, row["head"])


def lock(db: Connection, t: Tables, name: str) -> RowMapping:
    """Take a calendar's row for this transaction; an empty one is made at its first correction."""
    blank = {"id": stream(name), "days": "{}", "first_year": None, "last_year": None,
             "count": 0, "head": ""}  # fmt: skip
    db.execute(insert_new(t.calendar, db.dialect), blank)
    return register.lock(db, t.calendar, stream(name))


def close(db: Connection, t: Tables, rows: Collection[Mapping[str, str]]) -> Entered:
    """Enter units' own days off: `unit`, `closed_on` (ISO), `ground`."""
    return put(db, t.closure, rows)


def reopen(db: Connection, t: Tables, unit: str, on: date) -> bool:
    """Take a unit's own day off back; whether there was one."""
    c = t.closure.c
    mine = (c.unit == unit) & (c.closed_on == on.isoformat())
    return db.execute(delete(t.closure).where(mine)).rowcount > 0


def closures(db: Connection, t: Tables, unit: str | None = None) -> list[Mapping[str, Any]]:
    """The own days off of a unit, or of all, by date."""
    c = t.closure.c
    query = select(t.closure).order_by(c.closed_on, c.unit)
    chosen = query if unit is None else query.where(c.unit == unit)
    return [dict(row) for row in db.execute(chosen).mappings()]


def procedure_of(db: Connection, t: Tables, dossier_id: str) -> str:
    """The content hash of a dossier's procedure; `Unknown` when there is no such dossier."""
    d = t.dossier.c
    found = db.execute(select(d.procedure).where(d.id == dossier_id)).scalar()
    if found is None:
        raise Unknown("unknown-dossier", dossier=dossier_id)
    return str(found)


def running(
    db: Connection, t: Tables, dossier_id: str | None, after: tuple[str, int], limit: int
) -> list[tuple[str, str, Task]]:
    """Open tasks with a due and its story: dossier, its procedure's hash, task, in their order.

    Of one dossier or of all, those that follow the task `after`.
    """
    task, d = t.task.c, t.dossier.c
    beyond = or_(task.dossier_id > after[0], and_(task.dossier_id == after[0], task.n > after[1]))
    told = (task.status == "open") & task.due_on.is_not(None) & task.reckoned.is_not(None)
    query = select(d.procedure, *t.task.c).join(t.dossier, d.id == task.dossier_id)
    chosen = query.where(told, beyond).order_by(task.dossier_id, task.n).limit(limit)
    if dossier_id is not None:
        chosen = chosen.where(task.dossier_id == dossier_id)
    return [(row[1], row[0], task_of(row[2:])) for row in db.execute(chosen)]
