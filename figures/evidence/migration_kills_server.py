"""migration-kills-postgresql: the same on a server of the figure's own, whose processes die too."""

import os
import random
import signal
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from figures.database import Unavailable, engine_of
from figures.evidence.corpus import RELEASES, carried, copied
from figures.evidence.grown import grown
from figures.evidence.migration_kills import (
    EVENTS,
    Death,
    Place,
    hashed,
    judge,
    killed,
    oneself,
    piecemeal,
)
from figures.evidence.server import Server, served
from figures.figure import Figure, Outcome, Progress, Sizes
from figures.victim import Ended, forked

LEAST, TRIES = 4, 5
SOON, LATE = 0.02, 0.4
"""Seconds between the start of a migration and its end, where that is left to chance."""

SETTINGS = ("fsync=off", "autovacuum=off")
"""Processes are killed, not the machine: what is written is there, on the disk or not."""

SCHEMA = """
SELECT table_name, column_name, ordinal_position::text, data_type, is_nullable, column_default
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexname, indexdef, '', '', '' FROM pg_indexes
  WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '', ''
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT '', proname, prosrc, '', '', '' FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
"""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, half of them of the migrating process and half of the server's own that
    serves it, whereupon the server ends all others and recovers.

    `lost`, `differing` and `broken` as on SQLite.
    """
    try:
        with served(*SETTINGS) as server, tempfile.TemporaryDirectory() as folder:
            places = [_Database(each, Path(folder), server, size) for each in RELEASES]
            return killed(places, size, chance, progress)
    except Unavailable as error:
        return Outcome(0, why=str(error))


def _pid(db: Connection) -> int:
    """Of the server's process at the other end."""
    driver: Any = db.connection.driver_connection
    return int(driver.info.backend_pid)


def _served(db: Connection) -> None:
    """Death of the server's process that serves the migration."""
    os.kill(_pid(db), signal.SIGKILL)


class _Database(Place):
    """A database of the server, made anew from one that is kept as the release left it."""

    deaths: Sequence[Death] = (oneself, _served)

    def __init__(self, release: str, folder: Path, server: Server, size: int) -> None:
        self.server, self.name = server, release.translate({ord("."): "_"})
        old = copied(release, folder)
        grown(old, EVENTS if size > LEAST else 0)
        self._run(f"CREATE DATABASE {self.name}")
        carried(old, self._at(self.name))
        super().__init__(self._at("tried"))

    def fresh(self) -> None:
        self._run("DROP DATABASE IF EXISTS tried WITH (FORCE)")
        self._run(f"CREATE DATABASE tried TEMPLATE {self.name}")

    def digest(self) -> dict[str, str]:
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with engine_of(self.url).connect() as db:
            names = list(db.execute(text(tables)).scalars())
            rows: dict[str, Iterable[Any]] = {
                name: db.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608 -- its own names
                for name in names
            }
            return hashed(rows, db.execute(text(SCHEMA)).all())

    def sound(self) -> bool:
        """The server has no check of its own that reads everything; `digest` has done so."""
        return True

    def at_random(self, chance: random.Random) -> Ended:
        moment = chance.uniform(SOON, LATE)
        if chance.random() < 1 / 2:
            return forked(self.dying, moment)
        return forked(partial(self.dying, 1, partial(_served_after, moment)))

    def migrated(self) -> int:
        """As whoever runs it again: until the server is there once more."""
        for _ in range(TRIES):
            self.server.wait()
            with suppress(OperationalError):
                return super().migrated()
        return super().migrated()

    def _at(self, name: str) -> str:
        return make_url(self.server.url).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self.server.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as db:
            db.execute(text(statement))


def _served_after(seconds: float, db: Connection) -> None:
    """Death of the server's process so much later, unless the migration ends before."""
    timer = threading.Timer(seconds, os.kill, (_pid(db), signal.SIGKILL))
    timer.daemon = True
    timer.start()


FIGURES = (
    Figure("migration-kills-postgresql", Sizes(LEAST, 8, 40, 400), 81, measure, judge, piecemeal),
)
