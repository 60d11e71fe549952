"""Sweeping on writes: where nobody runs a clock, acts do a little of what is due."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.logged import unsaid
from thidua.savepoint import savepoint
from thidua.storage import watch
from thidua.tick import Ticker

log = logging.getLogger("thidua")

FEW = 20
"""Reminders and effects that one act does beside its own work, each: some hundredths of a second
on a machine of today.
"""

PAUSE = timedelta(minutes=1)
"""How long nothing is tried again after a sweep that failed, or was not let in."""

LONGEST_WAIT = "50ms"
"""For a lock, on PostgreSQL: well under the time after which it looks for deadlocks, because a
sweep holds a dossier already and takes the others out of order.
"""


@dataclass(slots=True)
class Sweeper:
    """Looks after an act whether the clock has stood for `stands`, and then does a small batch.

    In the caller's transaction, in a savepoint, after the act; whatever happens the act stands
    and nothing is raised. While the clock runs that is one read a minute.
    """

    ticker: Ticker
    stands: timedelta
    not_before: datetime | None = None

    def after(self, db: Db, now: datetime) -> None:
        """Sweep if it is time to."""
        if self.not_before is not None and self.not_before - PAUSE < now < self.not_before:
            return
        try:
            self._sweep(db, now)
        except Exception as error:
            log.exception("what is due could not be done beside an act", exc_info=unsaid(error))
            self.not_before = now + PAUSE

    def _sweep(self, db: Db, now: datetime) -> None:
        connection = connection_of(db)
        beat_at = watch.seen(connection, self.ticker.ledger.tables).beat_at
        if beat_at is not None and now < beat_at + self.stands:
            self.not_before = min(beat_at + self.stands, now + PAUSE)
            return
        pen, _ = self.ticker.ledger.open(db)
        try:
            with _patience(connection), savepoint(pen):
                more = self.ticker.tick(db, now, limit=FEW).more
        finally:
            pen.close()
        self.not_before = None if more else now + min(self.stands, PAUSE)


@contextmanager
def _patience(db: Connection) -> Iterator[None]:
    """Wait for locks for a moment only, then as long as the host had said."""
    if db.dialect.name != "postgresql":
        yield
        return
    before = db.exec_driver_sql("SHOW lock_timeout").scalar_one()
    db.exec_driver_sql(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
    try:
        yield
    finally:
        db.exec_driver_sql(f"SET LOCAL lock_timeout = '{before}'")
