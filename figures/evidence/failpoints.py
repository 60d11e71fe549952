"""failpoints-…: every use case dies after each of its statements, is repeated, and is done once.

For each use case it is noted what it does undisturbed: its statements, its result, every row. Then
a copy of the process does it and ends by `os._exit` after the first statement, after the second,
and so on; after its commit as well, before it could answer.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from figures.database import on_postgresql, on_sqlite
from figures.evidence.crash_cases import Case
from figures.evidence.crash_registers import chains
from figures.evidence.crash_stage import CRASHED, Image, Stage, drawn
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.victim import forked
from thidua.storage import apply, load
from thidua.storage.script import Pen

WHOLE = 900
"""So many points there are at least, on either database."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Use cases, all or some that are drawn, until there are so many points.

    `torn`: something of a crashed one stands, or not all of one that was committed; `differing`:
    the repeat comes to something else than the undisturbed run; `doubled`: a repeat after the
    commit changes something; `broken`: what SQLite or `verify` finds, or another end than asked.
    """
    stage, seen, points = Stage.new(url), Counter[str](), 0
    every = chains()
    share = len(every) * min(size, WHOLE) // WHOLE
    for number in sorted(chance.sample(range(len(every)), max(1, share))):
        for case in every[number]:
            case.before(stage)
            points += _Trial(stage, case, seen).run()
            progress(points, max(size, points))
    seen["broken"] += stage.problems()
    stage.engine.dispose()
    return Outcome(points, dict(seen))


@dataclass(frozen=True, slots=True)
class _Trial:
    """One use case, from the crash after its first statement to the one after its commit."""

    stage: Stage
    case: Case
    seen: Counter[str]

    def run(self) -> int:
        before = self.stage.stored()
        self._undone()  # what is read once and kept is read here
        wanted = self._undone()
        names = list(self.stage.failpoint.seen)
        for at, name in enumerate(names, start=1):
            self._crash(at)
            self._note("torn", self.stage.stored() != before, name)
            self._note("differing", self._undone() != wanted, name)
        self._crash(None)
        self._note("torn", self._image() != wanted[1], "COMMIT")
        if self.case.idempotent:
            self._again(wanted[0])
        return len(names) + 1

    def _undone(self) -> tuple[Any, Any]:
        """What it comes to, and everything that then is stored; all of it undone."""
        self.stage.failpoint.set(None)
        with self.stage.engine.connect() as db, db.begin() as deal:
            try:
                return self._do(db), self._seen(self.stage.image(db))
            except Exception as error:
                return repr(error), None
            finally:
                if deal.is_active:
                    deal.rollback()

    def _do(self, db: Connection) -> Any:
        with drawn(self.case.name):
            return self.case.do(self.stage, db)

    def _crash(self, at: int | None) -> None:
        """Do it in a copy of this process that ends after so many statements, or its commit."""

        def work() -> int:
            self.stage.failpoint.set(at)
            with self.stage.engine.begin() as db:
                self._do(db)
                self.stage.failpoint.set(None)
            os._exit(CRASHED)

        ended = forked(work)
        self._note("broken", ended.code != CRASHED, ended.errors)

    def _again(self, result: Any) -> None:
        before = self.stage.stored()
        self.stage.failpoint.set(None)
        try:
            with self.stage.engine.begin() as db:
                told = self._do(db)
        except Exception as error:
            told = repr(error)
        same = self.case.repeats(told, result)
        self._note("differing", not same, f"again: {told} for {result}")
        self._note("doubled", self.stage.stored() != before, "again")

    def _image(self) -> Any:
        return self._seen(self.stage.stored())

    def _seen(self, image: Image) -> Any:
        return {name: len(rows) for name, rows in image.items()} if self.case.alike else image

    def _note(self, what: str, wrong: bool, where: str) -> None:  # noqa: FBT001 -- a finding
        if wrong:
            self.seen[what] += 1
            print(f"{self.case.name}: {what}: {where}", file=sys.stderr)


@contextmanager
def hasty() -> Iterator[None]:
    """The planted fault: an engine that commits once in the middle, and knows no command again."""
    here, add = os.getpid(), apply.add_events

    def adding(pen: Pen, *words: Any) -> None:
        add(pen, *words)
        if os.getpid() != here:
            pen.connection.connection.commit()

    with replaced(apply, "add_events", adding), replaced(load, "_prior", lambda *_: None):
        yield


_JUDGED = zero("torn", "differing", "doubled", "broken")
_SIZES = Sizes(12, 90, WHOLE, WHOLE)
FIGURES = (
    Figure("failpoints-sqlite", _SIZES, 55, on_sqlite(measure), _JUDGED, hasty),
    Figure("failpoints-postgresql", _SIZES, 56, on_postgresql(measure), _JUDGED, hasty),
)
