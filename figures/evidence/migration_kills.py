"""migration-kills: a migration dies at each of its statements and at random moments, and is run
again.
"""

import hashlib
import json
import os
import random
import signal
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from figures.database import engine_of
from figures.evidence.corpus import RELEASES, copied
from figures.evidence.grown import grown
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from figures.victim import forked
from thidua import Thidua
from thidua.storage import migrate
from thidua.verify import verify

BAD = ("lost", "differing", "broken")
EVENTS = 5_000


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, shared by the schemas of all releases, in databases grown to many events.

    `lost` are events gone, `differing` what came out otherwise than without a kill, `broken` what
    SQLite's own check or `verify` finds.
    """
    counted, kills = Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="thidua-migration-") as folder:
        places = [_Place.of(release, Path(folder), size) for release in RELEASES]
        while kills < size:
            place = places[kills % len(places)]
            kills += place.kill(chance)
            place.judge(counted)
            progress(kills, size)
        for place in places:
            counted["broken"] += place.problems()
    sums = {name: float(counted[name]) for name in BAD}
    return Outcome(kills, sums)


def judge(outcome: Outcome) -> Verdict:
    """Nothing lost, nothing else than without a kill; from how many schemas is told."""
    counts = {name: int(outcome.sums.get(name, 0)) for name in BAD}
    value = " ".join(f"{name}={count}" for name, count in counts.items())
    return Verdict(f"{value} schemas={len(RELEASES)}", "0/0/0", not any(counts.values()))


@contextmanager
def piecemeal() -> Iterator[None]:
    """Plant a migration that commits after each of its statements."""
    run = migrate._run

    def committing(context: Any, schema: str | None, prefix: str) -> None:
        driver = context.connection.connection.dbapi_connection

        def commit(*_: object) -> None:
            driver.execute("COMMIT")
            driver.execute("BEGIN IMMEDIATE")

        event.listen(context.connection, "after_cursor_execute", commit)
        run(context, schema, prefix)

    with replaced(migrate, "_run", committing):
        yield


class _Place:
    """One release's database: as it was, as it is to become, and where the kills are."""

    def __init__(self, release: str, folder: Path, old: Path) -> None:
        self.old, self.file = old, folder / f"{release}-tried.db"
        self._fresh()
        self.points = list(range(_migrated(self.file), 0, -1))
        self.right = _digest(self.file)
        self.failed = False

    @classmethod
    def of(cls, release: str, folder: Path, size: int) -> "_Place":
        """A copy, grown; `size` kills are to come."""
        old = copied(release, folder)
        grown(old, EVENTS if size > 8 else 0)
        return cls(release, folder, old)

    def kill(self, chance: random.Random) -> bool:
        """Kill a migration: after each of its statements, then at random moments. Run it again."""
        self._fresh()
        if self.points:
            at = self.points.pop(chance.randrange(len(self.points)))
            ended = forked(partial(_dying, self.file, at))
        else:
            ended = forked(partial(_dying, self.file, 0), chance.uniform(0.05, 0.4))
        try:
            _migrated(self.file)
            self.failed = False
        except DBAPIError:
            self.failed = True
        return ended.killed

    def judge(self, counted: Counter[str]) -> None:
        """What came of it."""
        found = _digest(self.file)
        counted["lost"] += found["event"] != self.right["event"]
        counted["differing"] += found != self.right
        counted["broken"] += self.failed
        with closing(sqlite3.connect(self.file)) as db:
            counted["broken"] += db.execute("PRAGMA integrity_check").fetchone() != ("ok",)

    def problems(self) -> int:
        """What `verify` finds at the end."""
        engine, wf = engine_of(f"sqlite:///{self.file}"), Thidua()
        with engine.connect() as db:
            try:
                return len(verify(db, wf))
            except DBAPIError:  # a table is missing
                return 1

    def _fresh(self) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
        self.file.write_bytes(self.old.read_bytes())


def _migrated(file: Path) -> int:
    """Bring it up; how many statements that took."""
    engine = engine_of(f"sqlite:///{file}")
    seen = _counting(engine, 0)
    with engine.begin() as db:
        Thidua().migrate(db)
    engine.dispose()
    return len(seen)


def _dying(file: Path, at: int) -> int:
    engine = engine_of(f"sqlite:///{file}")
    _counting(engine, at)
    with engine.begin() as db:
        Thidua().migrate(db)
    return 0


def _counting(engine: Engine, last: int) -> list[str]:
    seen: list[str] = []

    def count(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)
        if len(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", count)
    return seen


def _digest(file: Path) -> dict[str, str]:
    """Each table's rows, and the schema, as hashes."""
    with closing(sqlite3.connect(file)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 -- its own names
        schema = sorted(map(repr, db.execute("SELECT type, name, sql FROM sqlite_master")))
    told = {name.removeprefix("td_"): _hash(sorted(map(repr, each))) for name, each in rows.items()}
    return {**told, "": _hash(schema)}


def _hash(lines: list[str]) -> str:
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


FIGURES = (Figure("migration-kills", Sizes(8, 12, 80, 400), 65, measure, judge, piecemeal),)
