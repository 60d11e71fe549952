"""faults-server: the disk of a PostgreSQL server itself is full or broken, at every statement of
every use case; the commit meets a log that is full or whose flush fails, and the server crashes.
"""

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from figures.database import Unavailable
from figures.evidence.crash_stage import Stage
from figures.evidence.disk import BROKEN, FULL, LOG_BROKEN, LOG_FULL, Disk, failing
from figures.evidence.faults import careless
from figures.evidence.server import LONGEST, Server, served
from figures.evidence.trial import TENTH, TYPED, Fault, Trial, driver, measured, own_row
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from thidua.storage import load

SETTINGS = ("shared_buffers=128kB", "autovacuum=off")
"""Next to nothing is held in memory, so that nearly every statement reads and writes."""

AT_COMMIT: Mapping[str, bytes] = {"full log": LOG_FULL, "broken log": LOG_BROKEN}


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """As on SQLite and PostgreSQL. A commit that failed is of unknown outcome: `partial` is
    neither nothing of it nor all of it, `unusable` a repeat that comes to something else.
    """
    try:
        with failing() as disk, served(*SETTINGS, environment=disk.environment) as server:
            stage = Stage.new(server.url)
            _make_wide(stage)
            each = {"full": _failing(disk, FULL), "broken": _failing(disk, BROKEN)}
            trial = partial(
                _OnServer, faults=each, kept=frozenset(each), first=0, disk=disk, server=server
            )
            return measured(stage, trial, size, chance, progress)
    except Unavailable as error:
        return Outcome(0, why=str(error))


def _make_wide(stage: Stage) -> None:
    """Let a page hold next to nothing, so that nearly every row that comes makes a file grow."""
    with stage.engine.begin() as db:
        for name in stage.wf.tables.metadata.tables:
            db.execute(text(f"ALTER TABLE {name} SET (fillfactor = 10)"))


def _failing(disk: Disk, how: bytes) -> Fault:
    return lambda *_: disk.fail(how)


@dataclass(frozen=True, kw_only=True)
class _OnServer(Trial):
    """On a server whose disk fails; after the faults at its statements those at its commit."""

    disk: Disk
    server: Server

    def lift(self) -> None:
        self.disk.mend()

    def further(self, _: int, wanted: Any, before: Any) -> None:
        self.note("unusable", self.done() != wanted, "afterwards")
        for name, how in AT_COMMIT.items():
            failed = self._committed(how, name)
            if self._is_stored(wanted, before, failed, name):
                return
        self.finish(wanted)

    def _committed(self, how: bytes, name: str) -> bool:
        """Commit it and a row of the host's while the log fails, which crashes the server; whether
        that was said.
        """
        failed = False
        with self.stage.engine.connect() as db:
            process = Path(f"/proc/{driver(db).info.backend_pid}")
            deal = db.begin()
            own_row(db)
            self.do(db)
            self.disk.fail(how)
            try:
                deal.commit()
            except Exception as error:
                failed = True
                self.judge(error, name)
            self.disk.mend()
            db.invalidate()
        self.seen["met"] += failed
        _wait_for_end(process)
        self.server.again()
        return failed

    def _is_stored(self, wanted: Any, before: Any, failed: bool, name: str) -> bool:  # noqa: FBT001 -- an outcome
        """All of it or nothing; what was not said to have failed is stored."""
        now, own = self.stage.stored(), self.take_own_rows()
        if now == before and not own:
            self.note("lost", not failed, name)
            self.note("unusable", self.done() != wanted, f"after a {name}")
            return False
        self.note("partial", self.shape(now) != wanted[1] or own != 1, name)
        if self.case.idempotent:
            self._again(wanted[0], now, name)
        return True

    def _again(self, result: Any, now: Any, name: str) -> None:
        """Whoever asks again is told what was done."""
        try:
            with self.stage.engine.begin() as db:
                told = self.do(db)
        except TYPED as error:
            told = repr(error)
        same = self.case.repeats(told, result) and self.stage.stored() == now
        self.note("unusable", not same, f"again after a {name}: {told} for {result}")


def _wait_for_end(process: Path) -> None:
    """Until the server has buried one of its processes, and so knows of the crash."""
    until = time.monotonic() + LONGEST
    while process.exists() and time.monotonic() < until:
        time.sleep(0.002)


@contextmanager
def forgetful() -> Iterator[None]:
    """The planted fault: an engine that leaves what it began when a statement fails, and knows no
    command again.
    """
    with careless(), replaced(load, "_prior", lambda *_: None):
        yield


WHOLE = 2_000
"""What three runs of quick size do not come to, and four do."""

FIGURES = (
    Figure(
        "faults-server", Sizes(20, TENTH, 600, WHOLE), 58, measure,
        zero("partial", "untyped", "lost", "unusable"), forgetful,
    ),
)  # fmt: skip
