"""The journal: its guards, entries not yet in the tree, and whether it is later than the clock."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from thidua.doctor.clock import OFFSET, QUIET
from thidua.doctor.finding import Finding
from thidua.storage import triggers, watch
from thidua.storage.rows import moment

if TYPE_CHECKING:
    from thidua.app import Thidua

WAITING = timedelta(minutes=1)
"""The clock gives entries their place in the tree twice a minute."""

LOOKED_AT = 1000


def journal(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Reads the newest change of a dossier, and at most a thousand entries that wait."""
    now = wf.clock()
    newest = db.execute(select(func.max(wf.tables.dossier.c.changed_at))).scalar()
    if newest is not None and moment(newest) - now > OFFSET:
        yield Finding("clock-behind-journal", "warn", {"at": moment(newest), "now": now})
    yield from _unguarded(db, wf)
    yield from _unsequenced(db, wf, now)


def _unguarded(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    prefix = wf.tables.event.name.removesuffix("event")
    missing = triggers.missing(db, wf.tables.metadata.schema, prefix)
    if missing:
        yield Finding("triggers-missing", "stop", {"triggers": ", ".join(missing)})


def _unsequenced(db: Connection, wf: "Thidua", now: datetime) -> Iterator[Finding]:
    """Only where the clock runs: one that stands is told of already."""
    beat_at = watch.seen(db, wf.tables).beat_at
    if beat_at is None or abs(now - beat_at) > QUIET:
        return
    event = wf.tables.event.c
    waiting = event.leaf.is_(None)
    bodies = db.execute(select(event.body).where(waiting).limit(LOOKED_AT)).scalars()
    oldest = min((moment(json.loads(body)["at"]) for body in bodies), default=now)
    if now - oldest > WAITING:
        count = db.execute(select(func.count()).where(waiting)).scalar()
        yield Finding("events-unsequenced", "warn", {"count": count, "since": oldest})
