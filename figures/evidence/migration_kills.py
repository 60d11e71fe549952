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
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from figures.database import engine_of
from figures.evidence.corpus import RELEASES, copied
from figures.evidence.grown import grown
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from figures.victim import Ended, forked
from thidua import Thidua
from thidua.storage import migrate
from thidua.verify import verify

BAD = ("lost", "differing", "broken")
EVENTS = 5_000
LEAST = 8

Death = Callable[[Connection], None]
"""What ends a migration that runs on this connection."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, shared by the schemas of all releases, in databases grown to many events.

    `lost` are events gone, `differing` what came out otherwise than without a kill, `broken` what
    SQLite's own check or `verify` finds.
    """
    with tempfile.TemporaryDirectory(prefix="thidua-migration-") as folder:
        return killed(
            [_File(each, Path(folder), size) for each in RELEASES], size, chance, progress
        )


def killed(
    places: "Sequence[Place]", size: int, chance: random.Random, progress: Progress
) -> Outcome:
    """So many kills in these databases, in turns."""
    counted, kills = Counter[str](), 0
    while kills < size:
        place = places[kills % len(places)]
        kills += place.kill(chance)
        place.judge(counted)
        progress(kills, size)
    for place in places:
        counted["broken"] += place.problems()
    return Outcome(kills, {name: float(counted[name]) for name in BAD})


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
            driver.execute("BEGIN")

        event.listen(context.connection, "after_cursor_execute", commit)
        run(context, schema, prefix)

    with replaced(migrate, "_run", committing):
        yield


def oneself(_: Connection) -> None:
    """Death of the process that migrates."""
    os.kill(os.getpid(), signal.SIGKILL)


class Place(ABC):
    """One release's database: what it is to become, and where the kills are."""

    deaths: Sequence[Death] = (oneself,)

    def __init__(self, url: str) -> None:
        self.url = url
        self.fresh()
        self.points = [(at, death) for at in range(self.migrated(), 0, -1) for death in self.deaths]
        self.right = self.digest()
        self.failed = False

    @abstractmethod
    def fresh(self) -> None:
        """Make it as the release left it."""

    @abstractmethod
    def digest(self) -> dict[str, str]:
        """Each table's rows as a hash, by its name without prefix; the schema's under ""."""

    @abstractmethod
    def sound(self) -> bool:
        """What the database says of itself."""

    @abstractmethod
    def at_random(self, chance: random.Random) -> Ended:
        """Kill a migration at some moment."""

    def kill(self, chance: random.Random) -> bool:
        """Kill a migration: after each of its statements, then at random moments. Run it again."""
        self.fresh()
        if self.points:
            at, death = self.points.pop(chance.randrange(len(self.points)))
            ended = forked(partial(self.dying, at, death))
        else:
            ended = self.at_random(chance)
        try:
            self.migrated()
            self.failed = False
        except DBAPIError:
            self.failed = True
        return ended.code != 0

    def judge(self, counted: Counter[str]) -> None:
        """What came of it."""
        found = self.digest()
        counted["lost"] += found["event"] != self.right["event"]
        counted["differing"] += found != self.right
        counted["broken"] += self.failed
        counted["broken"] += not self.sound()

    def problems(self) -> int:
        """What `verify` finds at the end."""
        with engine_of(self.url).connect() as db:
            try:
                return len(verify(db, Thidua()))
            except DBAPIError:  # a table is missing
                return 1

    def dying(self, at: int = 0, death: Death = oneself) -> int:
        """Migrate, and die after that statement."""
        engine = engine_of(self.url)
        _counting(engine, at, death)
        with engine.begin() as db:
            Thidua().migrate(db)
        return 0

    def migrated(self) -> int:
        """Bring it up; how many statements that took."""
        engine = engine_of(self.url)
        seen = _counting(engine)
        with engine.begin() as db:
            Thidua().migrate(db)
        engine.dispose()
        return len(seen)


class _File(Place):
    """A SQLite file."""

    def __init__(self, release: str, folder: Path, size: int) -> None:
        self.old, self.file = copied(release, folder), folder / f"{release}-tried.db"
        grown(self.old, EVENTS if size > LEAST else 0)
        super().__init__(f"sqlite:///{self.file}")

    def fresh(self) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
        self.file.write_bytes(self.old.read_bytes())

    def digest(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.file)) as db:
            names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 -- its own names
            schema = db.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        return hashed(rows, schema)

    def sound(self) -> bool:
        with closing(sqlite3.connect(self.file)) as db:
            return bool(db.execute("PRAGMA integrity_check").fetchone() == ("ok",))

    def at_random(self, chance: random.Random) -> Ended:
        return forked(self.dying, chance.uniform(0.05, 0.4))


def hashed(rows: dict[str, Iterable[Any]], schema: Iterable[Any]) -> dict[str, str]:
    """A digest of tables by name, and of the schema under "": in no order."""
    told = {name.removeprefix("td_"): _hash(each) for name, each in rows.items()}
    return {**told, "": _hash(schema)}


def _hash(lines: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps(sorted(map(repr, lines))).encode()).hexdigest()


def _counting(engine: Engine, last: int = 0, death: Death = oneself) -> list[str]:
    seen: list[str] = []

    def count(db: Connection, _: object, statement: str, *__: object) -> None:
        seen.append(statement)
        if len(seen) == last:
            death(db)

    event.listen(engine, "after_cursor_execute", count)
    return seen


FIGURES = (Figure("migration-kills", Sizes(8, 12, 40, 400), 65, measure, judge, piecemeal),)
