"""What waits for whom: open tasks of seats, and those whose time is up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.engine import Connection

from thidua.storage.listing import Listed
from thidua.storage.schema import Tables


def waiting(db: Connection, t: Tables, seats: Sequence[str], actor: str) -> list[Listed]:
    """Open and paused tasks of these seats, or in the actor's own hands, the nearest due first.

    A task in somebody else's hands is not among them.
    """
    task = t.task.c
    free = or_(task.holder.is_(None), task.holder == actor)
    mine = or_(and_(task.seat.in_(seats), free), task.holder == actor)
    return _rows(db, t, _tasks(t).where(mine, task.status.in_(("open", "paused"))))


def due_before(db: Connection, t: Tables, day: str) -> list[Listed]:
    """Running tasks of anybody whose due lies before a legal date (ISO text), oldest first."""
    task = t.task.c
    running = (task.status == "open") & (task.kind != "effect")
    return _rows(db, t, _tasks(t).where(running, task.due_on < day))


def _tasks(t: Tables) -> Select[Any]:
    task, d, r = t.task.c, t.dossier.c, t.round.c
    columns = (
        task.dossier_id, task.n, task.kind, task.what, task.seat, task.status, task.round_id,
        task.holder, task.due_on, task.left, d.procedure, d.candidate_kind, d.candidate_name,
        d.award, d.unit, d.state, d.pause, r.gathered, r.seq,
    )  # fmt: skip
    return (
        select(*columns)
        .join(t.dossier, d.id == task.dossier_id)
        .join(t.round, r.id == task.round_id, isouter=True)
    )


def _rows(db: Connection, t: Tables, query: Select[Any]) -> list[Listed]:
    task = t.task.c
    ordered = query.order_by(task.due_on.is_(None), task.due_on, task.dossier_id, task.n)
    return [dict(row) for row in db.execute(ordered).mappings()]
