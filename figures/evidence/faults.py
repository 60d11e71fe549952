"""faults-…: at every statement of every use case the disk is full, or may only be read, or the
connection is gone; on SQLite nothing more can be read (EIO), and the commit meets a full or a
broken disk as well.

The faults are real ones: pragmas and transaction modes that the database itself answers for, a
closed or killed connection, and in a copy of this process the descriptors of the database and its
log bent to a device that is always full, to one that takes no write, or to one that gives no read.
"""

import os
import random
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from figures.database import on_postgresql, on_sqlite
from figures.evidence.crash_stage import Stage
from figures.evidence.trial import TENTH, TYPED, Fault, Trial, driver, measured
from figures.fault import replaced
from figures.figure import Figure, Measure, Outcome, Progress, Sizes, zero
from figures.victim import forked
from thidua import savepoint

UNTYPED = 71
"""The exit code of a copy whose commit failed with anything else."""

WHOLE = {"sqlite": 3_200, "postgresql": 2_700}
"""What three of those runs do not come to, and four do."""


def _say(words: str) -> Fault:
    return lambda _, db: driver(db).cursor().execute(words)


def _terminate(stage: Stage, db: Connection) -> None:
    pid = driver(db).info.backend_pid
    with stage.engine.connect() as other:
        other.connection.cursor().execute(f"SELECT pg_terminate_backend({pid}, 5000)")


def _cut(_: Stage, db: Connection) -> None:
    with socket.socket(fileno=os.dup(driver(db).fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


_FAULTS: Mapping[str, Mapping[str, Fault]] = {
    "sqlite": {
        "full": _say("PRAGMA max_page_count = 1"),
        "read-only": _say("PRAGMA query_only = ON"),
        "closed": lambda _, db: driver(db).close(),
    },
    "postgresql": {
        "read-only": _say("SET TRANSACTION READ ONLY"),
        "terminated": _terminate,
        "cut": _cut,
    },
}
_AT_COMMIT = {"full": ("/dev/full", os.O_RDWR), "broken": ("/dev/null", os.O_RDONLY)}
"""What takes the place of the write-ahead log: no space left, and no write taken at all."""

_UNREADABLE = ("/proc/self/mem", os.O_RDONLY)
"""Gives EIO where nothing is mapped, as at its beginning."""


def on_a_line(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """What may happen to PostgreSQL's transaction and to the line to it."""
    return measured(Stage.new(url), _trial("postgresql", Trial), size, chance, progress)


def on_a_file(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """What may happen to SQLite's file, its log and its connection."""
    return measured(Stage.new(url), _trial("sqlite", _OnFile), size, chance, progress)


def _trial(kind: str, trial: type[Trial]) -> Callable[..., Trial]:
    return partial(trial, faults=_FAULTS[kind], kept=frozenset({"read-only"}))


class _OnFile(Trial):
    """On SQLite: what the transaction does not survive is done in copies of this process."""

    def further(self, count: int, wanted: Any, before: Any) -> None:
        self._in_copies(count, before)
        self.finish(wanted)

    def _in_copies(self, count: int, before: Any) -> None:
        for name, device in _AT_COMMIT.items():
            self._in_copy(None, partial(self._bend, *device, "-wal"), f"{name} at the commit")
            self.note("partial", self.stage.stored() != before, f"{name} at the commit")
        for at in range(1, count):
            self._in_copy(at, partial(self._bend, *_UNREADABLE, "", "-wal"), f"EIO after {at}")
            self.note("partial", self.stage.stored() != before, f"EIO after {at}")

    def _in_copy(self, at: int | None, bend: Callable[[], None], where: str) -> None:
        def work() -> int:
            self.stage.failpoint.end = bend
            try:
                with self.stage.engine.begin() as db:
                    self.do(db, at)
                    bend()
            except TYPED:
                return 1
            except BaseException:
                return UNTYPED
            return 0

        code = forked(work).code
        self.seen["met"] += code != 0
        self.note("untyped", code not in (0, 1), where)

    def _bend(self, device: str, mode: int, *ends: str) -> None:
        """From here on the descriptors of the database's files are the device's."""
        bad = os.open(device, mode)
        files = {os.path.realpath(f"{self.stage.engine.url.database}{end}") for end in ends}
        for each in Path("/proc/self/fd").iterdir():
            if os.path.realpath(each) in files:
                os.dup2(bad, int(each.name))


@contextmanager
def careless() -> Iterator[None]:
    """The planted fault: an engine that leaves what it began when a statement fails."""
    with replaced(savepoint, "_undo", lambda *_: None):
        yield


_JUDGED = zero("partial", "untyped", "lost", "unusable")


def _figure(kind: str, measured: Measure) -> Figure:
    sizes = Sizes(20, TENTH, 600, WHOLE[kind])
    return Figure(f"faults-{kind}", sizes, 57, measured, _JUDGED, careless)


FIGURES = (
    _figure("sqlite", on_sqlite(on_a_file)),
    _figure("postgresql", on_postgresql(on_a_line)),
)
