"""faults-…: at every statement of every use case the disk is full, or may only be read, or the
connection is gone; on SQLite nothing more can be read (EIO), and the commit meets a full or a
broken disk as well.

The faults are real ones: pragmas and transaction modes that the database itself answers for, a
closed or killed connection, and in a copy of this process the descriptors of the database and its
log bent to a device that is always full, to one that takes no write, or to one that gives no read.
"""

import gc
import os
import random
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from figures.database import on_postgresql, on_sqlite
from figures.evidence.crash_cases import Case
from figures.evidence.crash_registers import chains
from figures.evidence.crash_stage import Image, Stage, drawn
from figures.fault import replaced
from figures.figure import Figure, Measure, Outcome, Progress, Sizes, zero
from figures.victim import forked
from thidua import ThiduaError, savepoint

TYPED = (ThiduaError, DBAPIError)
"""An act gives an error of ours; a statement of SQLAlchemy's own, such as a register's, its own."""

UNTYPED = 71
"""The exit code of a copy whose commit failed with anything else."""

TURNS = 4
"""So many runs of quick size go through every use case."""

TENTH = 150
WHOLE = {"sqlite": 2_600, "postgresql": 2_200}
"""What three of those runs do not come to, and four do."""

Fault = Callable[[Stage, Connection], None]


def _say(words: str) -> Fault:
    return lambda _, db: _driver(db).cursor().execute(words)


def _driver(db: Connection) -> Any:
    return db.connection.dbapi_connection


def _terminate(stage: Stage, db: Connection) -> None:
    pid = _driver(db).info.backend_pid
    with stage.engine.connect() as other:
        other.connection.cursor().execute(f"SELECT pg_terminate_backend({pid}, 5000)")


def _cut(_: Stage, db: Connection) -> None:
    with socket.socket(fileno=os.dup(_driver(db).fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


_FAULTS: Mapping[str, Mapping[str, Fault]] = {
    "sqlite": {
        "full": _say("PRAGMA max_page_count = 1"),
        "read-only": _say("PRAGMA query_only = ON"),
        "closed": lambda _, db: _driver(db).close(),
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


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Use cases, some that are drawn or the next part; counted are the faults that were met.

    `partial`: something is stored of what failed; `untyped`: an error of another kind; `lost`: a
    row of the host's that the transaction could have kept; `unusable`: the same engine cannot do
    it afterwards, or comes to something else.
    """
    stage, seen = Stage.new(url), Counter[str]()
    with stage.engine.begin() as db:
        db.execute(text("CREATE TABLE host_rows (id TEXT)"))
    for chain in _chosen(size, chance, progress.turn):
        try:
            for case in chain:
                case.before(stage)
                _Trial(stage, case, seen).run()
                progress(seen["met"], max(size, seen["met"]))
        except ThiduaError as error:  # what was left behind stands in the way
            seen["unusable"] += 1
            print(f"{case.name}: {error}", file=sys.stderr)
    seen["partial"] += stage.problems()
    stage.engine.dispose()
    return Outcome(seen.pop("met"), dict(seen))


def _chosen(size: int, chance: random.Random, turn: int) -> Sequence[Sequence[Case]]:
    """Some that are drawn, or from quick size on the next part of all, until none is left."""
    every = chains()
    if size > TENTH:
        return every[turn % TURNS :: TURNS]
    share = max(1, len(every) * size // WHOLE["postgresql"])
    return [every[number] for number in sorted(chance.sample(range(len(every)), share))]


@dataclass(frozen=True, slots=True)
class _Trial:
    """One use case under every fault, and then without one."""

    stage: Stage
    case: Case
    seen: Counter[str]

    def run(self) -> None:
        self._done()
        wanted, before = self._done(), self.stage.stored()
        count = len(self.stage.failpoint.seen)
        for name, fault in _FAULTS[self.stage.engine.dialect.name].items():
            for at in range(1, count):
                self._at(at, name, fault)
                self._note("partial", self.stage.stored() != before, f"{name} after {at}")
        if self.stage.engine.dialect.name == "sqlite":
            self._in_copies(count, before)
        self._note("unusable", self._done() != wanted, "afterwards")
        with self.stage.engine.begin() as db:
            self._do(db)

    def _done(self) -> tuple[Any, Image | None]:
        """What it comes to without a fault, undone."""
        with self.stage.engine.connect() as db, db.begin() as deal:
            try:
                return self._do(db), None if self.case.alike else self.stage.image(db)
            finally:
                deal.rollback()

    def _do(self, db: Connection, at: int | None = None) -> Any:
        self.stage.failpoint.set(at)
        with drawn(self.case.name):
            done = self.case.do(self.stage, db)
        return str(done) if self.case.alike else done

    def _at(self, at: int, name: str, fault: Fault) -> None:
        """An act's caller keeps own rows where that is possible; others roll back."""
        keeps = self.case.kind is not None and name == "read-only"
        db = self.stage.engine.connect()
        try:
            deal = db.begin()
            db.connection.cursor().execute("INSERT INTO host_rows VALUES ('own')")
            self.stage.failpoint.end = partial(fault, self.stage, db)
            met = self._fails(db, at, f"{name} after {at}")
            deal.commit() if met and keeps else deal.rollback()
        except DBAPIError:
            met = True  # the transaction died with the connection
        finally:
            db.invalidate()
            db.close()
            gc.collect(1)  # a statement that was cut off keeps its lock as long as its error lives
        self.seen["met"] += met
        self._note("lost", met and keeps and not self._take_own_rows(), f"{name} after {at}")

    def _fails(self, db: Connection, at: int, where: str) -> bool:
        try:
            self._do(db, at)
        except TYPED:
            return True
        except Exception as error:
            self._note("untyped", True, f"{where}: {error!r}")
            return True
        return False

    def _take_own_rows(self) -> int:
        with self.stage.engine.begin() as db:
            return db.execute(text("DELETE FROM host_rows")).rowcount

    def _in_copies(self, count: int, before: Image) -> None:
        for name, device in _AT_COMMIT.items():
            self._in_copy(None, partial(self._bend, *device, "-wal"), f"{name} at the commit")
            self._note("partial", self.stage.stored() != before, f"{name} at the commit")
        for at in range(1, count):
            self._in_copy(at, partial(self._bend, *_UNREADABLE, "", "-wal"), f"EIO after {at}")
            self._note("partial", self.stage.stored() != before, f"EIO after {at}")

    def _in_copy(self, at: int | None, bend: Callable[[], None], where: str) -> None:
        def work() -> int:
            self.stage.failpoint.end = bend
            try:
                with self.stage.engine.begin() as db:
                    self._do(db, at)
                    bend()
            except TYPED:
                return 1
            except BaseException:
                return UNTYPED
            return 0

        code = forked(work).code
        self.seen["met"] += code != 0
        self._note("untyped", code not in (0, 1), where)

    def _bend(self, device: str, mode: int, *ends: str) -> None:
        """From here on the descriptors of the database's files are the device's."""
        bad = os.open(device, mode)
        files = {os.path.realpath(f"{self.stage.engine.url.database}{end}") for end in ends}
        for each in Path("/proc/self/fd").iterdir():
            if os.path.realpath(each) in files:
                os.dup2(bad, int(each.name))

    def _note(self, what: str, wrong: bool, where: str) -> None:  # noqa: FBT001 -- a finding
        if wrong:
            self.seen[what] += 1
            print(f"{self.case.name}: {what}: {where}", file=sys.stderr)


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
    _figure("sqlite", on_sqlite(measure)),
    _figure("postgresql", on_postgresql(measure)),
)
