"""The clock's statements: its lease, the tasks that are due, rungs claimed, notices they raise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, Select, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.rows import dossier_of, instant, moment, notice_row, task_of
from thidua.storage.schema import Tables
from thidua.storage.script import Pen, Statement, compile_statement
from thidua.workflow.dossier import Dossier, Task
from thidua.workflow.rungs import Fired

LEASE = "clock"
LONGEST = timedelta(days=1)
"""No lease is given for longer: one that ends later was written by a clock that ran ahead."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The statements, compiled once per dialect, driver and table names."""

    take: Statement
    add_lease: Statement
    beat: Statement
    leave: Statement
    effects: Statement
    rungs: Statement
    claim: Statement
    put_off: Statement
    add_notice: Statement
    task_width: int


def build(tables: Tables, dialect: Dialect) -> Sweep:
    """Every statement as text for `dialect`."""
    added = {"add_notice": insert_new(tables.notice, dialect)}
    clauses = {**_lease(tables, dialect), **_tasks(tables), **added}
    compiled = {name: compile_statement(name, c, dialect) for name, c in clauses.items()}
    return Sweep(**compiled, task_width=len(tables.task.c))


def insert_new(table: Table, dialect: Dialect) -> Insert:
    """An insert that leaves a row that is there as it is."""
    make = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.c}
    return make(table).values(values).on_conflict_do_nothing()


def _lease(t: Tables, dialect: Dialect) -> dict[str, ClauseElement]:
    lease = t.lease.c
    named = lease.name == bindparam("k_name")
    free = (
        (lease.owner == bindparam("k_owner"))
        | (lease.until_at <= bindparam("k_now"))
        | (lease.until_at > bindparam("k_longest"))
    )
    owned: dict[str, Any] = {"owner": bindparam("owner"), "until_at": bindparam("until_at")}
    return {
        # The heartbeat is left as it is, so that what comes back is the last one.
        "take": update(t.lease).where(named, free).values(owned).returning(lease.beat_at),
        "add_lease": insert_new(t.lease, dialect),
        "beat": update(t.lease)
        .where(named, lease.owner == bindparam("k_owner"))
        .values(beat_at=bindparam("beat_at"), until_at=bindparam("until_at")),
        "leave": update(t.lease)
        .where(named, lease.owner == bindparam("k_owner"))
        .values(until_at=bindparam("until_at")),
    }


def _due(t: Tables, query: Select[Any]) -> Select[Any]:
    task = t.task.c
    ready = (task.wake_at <= bindparam("now")) & (task.status == "open")
    ordered = query.where(ready).order_by(task.wake_at, task.dossier_id, task.n)
    return ordered.limit(bindparam("limit"))


def _tasks(t: Tables) -> dict[str, ClauseElement]:
    task = t.task.c
    keyed = (task.dossier_id == bindparam("k_dossier_id")) & (task.n == bindparam("k_n"))
    running = task.status == "open"
    laddered = (
        select(*t.task.c, *t.dossier.c)
        .join(t.dossier, t.dossier.c.id == task.dossier_id)
        .where(task.kind != "effect")
    )
    return {
        "effects": _due(t, select(task.dossier_id, task.n).where(task.kind == "effect")),
        # SQLite takes no row locks: there the lease's update holds the only write lock.
        "rungs": _due(t, laddered).with_for_update(of=t.task, skip_locked=True),
        "claim": update(t.task)
        .where(keyed, task.rung == bindparam("k_rung"), task.wake_at == bindparam("k_wake_at"))
        .where(running)
        .values(rung=bindparam("rung"), wake_at=bindparam("wake_at"))
        .returning(task.n),
        "put_off": update(t.task)
        .where(keyed, running, task.wake_at <= bindparam("k_now"))
        .values(wake_at=bindparam("wake_at")),
    }


def take(
    pen: Pen, s: Sweep, owner: str, *, now: datetime, until: datetime
) -> tuple[bool, datetime | None]:
    """Take or keep the lease until `until`: whether `owner` has it, and the last heartbeat.

    The transaction's first statement: it holds the lease's row, so that one tick runs at a time.
    """
    values = {
        "k_name": LEASE, "k_owner": owner, "k_now": instant(now),
        "k_longest": instant(now + LONGEST), "owner": owner, "until_at": instant(until),
    }  # fmt: skip
    rows = pen.run(s.take, values)
    if not rows:
        blank = {"name": LEASE, "owner": owner, "until_at": instant(now), "beat_at": ""}
        pen.run(s.add_lease, blank)
        rows = pen.run(s.take, values)
    return bool(rows), moment(rows[0][0]) if rows and rows[0][0] else None


def beat(pen: Pen, s: Sweep, owner: str, *, at: datetime, until: datetime) -> None:
    """Write down that everything due at `at` is done."""
    pen.run(
        s.beat,
        {"k_name": LEASE, "k_owner": owner, "beat_at": instant(at), "until_at": instant(until)},
    )


def leave(pen: Pen, s: Sweep, owner: str, *, now: datetime) -> None:
    """End the lease of `owner` now."""
    pen.run(s.leave, {"k_name": LEASE, "k_owner": owner, "until_at": instant(now)})


@dataclass(frozen=True, slots=True)
class Beat:
    """Who has the clock until when, and up to when everything due is done."""

    owner: str
    until_at: datetime
    beat_at: datetime | None


def heartbeat(db: Connection, t: Tables) -> Beat | None:
    """The clock's last sign of life; None when it never ran."""
    lease = t.lease.c
    query = select(lease.owner, lease.until_at, lease.beat_at).where(lease.name == LEASE)
    row = db.execute(query).first()
    return Beat(row[0], moment(row[1]), moment(row[2]) if row[2] else None) if row else None


def effects(pen: Pen, s: Sweep, *, now: datetime, limit: int) -> list[tuple[str, int]]:
    """Dossier and number of effect tasks that are due, at most `limit`, oldest first; no lock."""
    rows = pen.run(s.effects, {"now": instant(now), "limit": limit})
    return [(row[0], row[1]) for row in rows]


def rungs(pen: Pen, s: Sweep, *, now: datetime, limit: int) -> list[tuple[Task, Dossier]]:
    """Tasks whose next rung is due, with their dossiers, oldest first.

    On PostgreSQL their rows are locked, and those another transaction holds are left out.
    """
    width = s.task_width
    rows = pen.run(s.rungs, {"now": instant(now), "limit": limit})
    return [(task_of(row[1:width]), dossier_of(row[width:])) for row in rows]


def claim(pen: Pen, s: Sweep, dossier_id: str, task: Task, fired: Fired) -> bool:
    """Move the task past its rung, if it still stands there and is open: whether it did."""
    wake_at = None if fired.wake_at is None else instant(fired.wake_at)
    assert task.wake_at is not None
    return bool(
        pen.run(
            s.claim,
            {
                "k_dossier_id": dossier_id, "k_n": task.n, "k_rung": task.rung,
                "k_wake_at": instant(task.wake_at), "rung": fired.rung, "wake_at": wake_at,
            },
        )
    )  # fmt: skip


def put_off(pen: Pen, s: Sweep, dossier_id: str, n: int, *, now: datetime, until: datetime) -> None:
    """Look at a due task that could not be done again at `until`."""
    key = {"k_dossier_id": dossier_id, "k_n": n, "k_now": instant(now)}
    pen.run(s.put_off, {**key, "wake_at": instant(until)})


def raise_notices(pen: Pen, s: Sweep, fired: Iterable[tuple[str, Fired]], *, now: datetime) -> int:
    """Write the reminders of claimed tasks, each once however often it is tried; how many."""
    rows: list[Mapping[str, Any]] = [
        {**notice_row(dossier_id, each.notice, now), "status": each.status}
        for dossier_id, one in fired
        for each in one.reminders
    ]
    pen.run_many(s.add_notice, rows)
    return len(rows)
