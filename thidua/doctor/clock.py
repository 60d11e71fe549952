"""The clock: whether it runs, and whether its time can be right."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.ids import utc_now
from thidua.storage import watch
from thidua.storage.rows import instant

if TYPE_CHECKING:
    from thidua.app import Thidua

QUIET = timedelta(minutes=15)
"""The clock rings twice a minute: after this long it was stopped, or hangs."""

OFFSET = timedelta(minutes=1)


def clock(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    now, task = wf.clock(), wf.tables.task.c
    beat_at = watch.seen(db, wf.tables).beat_at
    late = select(func.count()).where(task.wake_at <= instant(now - QUIET))
    waiting = db.execute(late).scalar() or 0
    if doubt := wf.doubt(db, now):
        yield Finding(doubt.code, "stop", {"since": doubt.since or now, "now": now})
    elif not beat_at and waiting:
        yield Finding("clock-never", "warn", {"waiting": waiting})
    elif beat_at and now - beat_at > QUIET:
        yield Finding("clock-stands", "warn", {"since": beat_at, "waiting": waiting})
    elif beat_at and beat_at - now > QUIET:
        yield Finding("clock-ahead", "warn", {"beat": beat_at, "now": now})
    there = watch.servers(db) if wf.clock is utc_now else None
    if there is not None and abs(there - now) > OFFSET:
        yield Finding("clock-offset", "warn", {"seconds": int((there - now).total_seconds())})
