"""What is known of the clock itself: its last sign of life, a reading doubted, one confirmed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.engine import Connection

from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.sweep import LEASE, insert_new

CHECK = "clock-check"
"""The lease row beside the clock's: `until_at` is the reading doubted, `beat_at` the one that was
confirmed last, `owner` who did so. Each may be empty.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """The heartbeat, the first reading that is not believed, the last that a person confirmed."""

    beat_at: datetime | None = None
    doubted_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""

    @property
    def trusted_at(self) -> datetime | None:
        """The latest reading that is known to be good; None where nothing is known."""
        known = [at for at in (self.beat_at, self.accepted_at) if at is not None]
        return max(known, default=None)


def seen(db: Connection, t: Tables) -> Seen:
    """What the database knows of the clock; one read."""
    lease = t.lease.c
    query = select(lease.name, lease.owner, lease.until_at, lease.beat_at)
    rows = {row[0]: row for row in db.execute(query.where(lease.name.in_((LEASE, CHECK))))}
    _, _, _, beat = rows.get(LEASE, ("", "", "", ""))
    _, by, doubted, accepted = rows.get(CHECK, ("", "", "", ""))
    return Seen(_moment(beat), _moment(doubted), _moment(accepted), by)


def _moment(said: str) -> datetime | None:
    return moment(said) if said else None


def servers(db: Connection) -> datetime | None:
    """What the database server's own clock reads; None for SQLite, which has none."""
    if db.dialect.name != "postgresql":
        return None
    at: datetime = db.execute(text("SELECT clock_timestamp()")).scalar_one()
    return at


def doubt(db: Connection, t: Tables, at: datetime | None) -> None:
    """Write down that readings from `at` on are not believed; None ends the doubt."""
    _set(db, t, until_at="" if at is None else instant(at))


def accept(db: Connection, t: Tables, at: datetime, by: str) -> None:
    """Write down that `by` said the clock is right when it read `at`; a later heartbeat is no more.

    For a clock that had run ahead and is right now the heartbeat has to come back with it.
    """
    lease, said = t.lease, instant(at)
    ahead = (lease.c.name == LEASE) & (lease.c.beat_at > said)
    db.execute(update(lease).where(ahead).values(beat_at=said))
    _set(db, t, until_at="", beat_at=said, owner=by)


def _set(db: Connection, t: Tables, **values: str) -> None:
    blank = {"name": CHECK, "owner": "", "until_at": "", "beat_at": ""}
    db.execute(insert_new(t.lease, db.dialect), blank)
    db.execute(update(t.lease).where(t.lease.c.name == CHECK).values(**values))
