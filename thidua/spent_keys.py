"""Destroying the keys of boxes that have been counted, once the count is committed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from thidua.keys import Keys
from thidua.sqlite import READ
from thidua.storage.schema import Tables
from thidua.value_keys import ValueKeyFolder, destroy_spent_values

STRAY = timedelta(days=2)
"""A key that no box names after so long belongs to a vote that was rolled back."""


def spent(db: Connection, t: Tables, keys: Keys, now: datetime) -> list[str]:
    """The keys that are kept and needed no more; `db` must see committed rows alone."""
    made = keys.made()
    if not made:
        return []
    box, line = t.box.c, t.line.c
    of = (line.dossier_id == box.dossier_id) & (line.round_id == box.round_id)
    rows = db.execute(select(box.key_id, line.closed_n).join(t.line, of)).all()
    ended = {key_id: closed_n is not None for key_id, closed_n in rows if key_id in made}
    stray = {key_id for key_id, at in made.items() if now - at > STRAY}
    return sorted(key for key in made if ended.get(key, key in stray))


def destroy_all(
    engine: Engine, t: Tables, keys: Keys | None, values: ValueKeyFolder | None, now: datetime
) -> int:
    """Destroy the keys of counted boxes and of erased values; how many there were."""
    gone = 0 if values is None else destroy_spent_values(engine, t, values)
    return gone + (0 if keys is None else destroy_spent(engine, t, keys, now))


def destroy_spent(engine: Engine, t: Tables, keys: Keys, now: datetime) -> int:
    """Destroy them; how many there were. Reads in a transaction of its own, so that no count is
    lost by a rollback.
    """
    with engine.connect().execution_options(**{READ: True}) as db:
        gone = spent(db, t, keys, now)
    for key_id in gone:
        keys.destroy(key_id)
    return len(gone)
