"""One use case under every fault that its database may meet, and the check of what that left."""

import gc
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from figures.evidence.crash_cases import Case
from figures.evidence.crash_registers import chains
from figures.evidence.crash_stage import Stage, drawn
from figures.figure import Outcome, Progress
from thidua import ThiduaError

TYPED = (ThiduaError, DBAPIError)
"""An act gives an error of ours; a statement of SQLAlchemy's own, such as a register's, its own."""

TURNS = 4
"""So many runs of quick size go through every use case."""

TENTH = 150
EVERY = 2_700
"""Of so many faults a share is drawn that comes to about the size asked for."""

Fault = Callable[[Stage, Connection], None]


def measured(
    stage: Stage,
    trial: Callable[[Stage, Case, Counter[str]], "Trial"],
    size: int,
    chance: random.Random,
    progress: Progress,
) -> Outcome:
    """Use cases, some that are drawn or the next part; counted are the faults that were met.

    `partial`: something is stored of what failed; `untyped`: an error of another kind; `lost`: a
    row of the host's that the transaction could have kept; `unusable`: the same engine cannot do
    it afterwards, or comes to something else.
    """
    seen = Counter(dict.fromkeys(("partial", "untyped", "lost", "unusable"), 0))
    with stage.engine.begin() as db:
        db.execute(text("CREATE TABLE host_rows (id TEXT)"))
    for chain in _chosen(size, chance, progress.turn):
        try:
            for case in chain:
                case.before(stage)
                trial(stage, case, seen).run()
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
    share = max(1, len(every) * size // EVERY)
    return [every[number] for number in sorted(chance.sample(range(len(every)), share))]


def driver(db: Connection) -> Any:
    """The driver's own connection."""
    return db.connection.dbapi_connection


def own_row(db: Connection) -> None:
    """A row of the host's; on the driver's cursor, so that no failpoint counts it."""
    driver(db).cursor().execute("INSERT INTO host_rows VALUES ('own')")


def _state(error: BaseException | None) -> str | None:
    """What PostgreSQL calls the error that this one was made of."""
    while error is not None:
        if (state := getattr(error, "sqlstate", None)) is not None:
            return str(state)
        error = getattr(error, "orig", None) or error.__cause__
    return None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One use case under every fault, and then without one."""

    stage: Stage = field(kw_only=False)
    case: Case = field(kw_only=False)
    seen: Counter[str] = field(kw_only=False)
    faults: Mapping[str, Fault]
    """What may happen after a statement."""
    kept: frozenset[str]
    """Those under which the transaction of an act's caller goes on."""
    first: int = 1
    """The statement after which they begin; 0 is before the first."""

    def run(self) -> None:
        """Every fault after every statement; each leaves nothing, and at last it is done."""
        self.done()
        wanted, before = self.done(), self.stage.stored()
        count = len(self.stage.failpoint.seen)
        for name, fault in self.faults.items():
            for at in range(self.first, count):
                self._at(at, name, fault)
                self.note("partial", self.stage.stored() != before, f"{name} after {at}")
        self.further(count, wanted, before)

    def further(self, _: int, wanted: Any, __: Any) -> None:
        """What else may happen to it, which has so many statements, and what it comes to then."""
        self.finish(wanted)

    def lift(self) -> None:
        """End the fault; most of them end with their connection."""

    def finish(self, wanted: Any) -> None:
        """Do it for good."""
        self.note("unusable", self.done() != wanted, "afterwards")
        with self.stage.engine.begin() as db:
            self.do(db)

    def done(self) -> tuple[Any, Any]:
        """What it comes to without a fault, undone."""
        with self.stage.engine.connect() as db, db.begin() as deal:
            try:
                return self.do(db), self.shape(self.stage.image(db))
            finally:
                deal.rollback()

    def shape(self, image: Any) -> Any:
        """What two runs of the case have in common of all rows."""
        return {name: len(rows) for name, rows in image.items()} if self.case.alike else image

    def do(self, db: Connection, at: int | None = None) -> Any:
        """Do it, with the stage's fault after statement number `at`."""
        self.stage.failpoint.set(at)
        if at == 0:
            self.stage.failpoint.end()
        with drawn(self.case.name):
            return self.case.do(self.stage, db)

    def _at(self, at: int, name: str, fault: Fault) -> None:
        """An act's caller keeps own rows where that is possible; others roll back."""
        keeps = self.case.kind is not None and name in self.kept
        db = self.stage.engine.connect()
        try:
            deal = db.begin()
            own_row(db)
            self.stage.failpoint.end = partial(fault, self.stage, db)
            met = self._fails(db, at, f"{name} after {at}")
            deal.commit() if met and keeps else deal.rollback()
        except DBAPIError:
            met = True  # the transaction died with the connection
        finally:
            self.lift()
            db.invalidate()
            db.close()
            gc.collect(1)  # a statement that was cut off keeps its lock as long as its error lives
        self.seen["met"] += met
        self.note("lost", met and keeps and not self.take_own_rows(), f"{name} after {at}")

    def _fails(self, db: Connection, at: int, where: str) -> bool:
        try:
            self.do(db, at)
        except Exception as error:
            self.judge(error, where)
            return True
        return False

    def judge(self, error: Exception, where: str) -> None:
        """Of a known kind, and of what failed, not only that something had failed before it."""
        known = isinstance(error, TYPED) and _state(error) != "25P02"
        self.note("untyped", not known, f"{where}: {error!r}")

    def take_own_rows(self) -> int:
        """How many rows of the host's are stored; they are removed."""
        with self.stage.engine.begin() as db:
            return db.execute(text("DELETE FROM host_rows")).rowcount

    def note(self, what: str, wrong: bool, where: str) -> None:  # noqa: FBT001 -- a finding
        """Count a finding and say it."""
        if wrong:
            self.seen[what] += 1
            print(f"{self.case.name}: {what}: {where}", file=sys.stderr)
