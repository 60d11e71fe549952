"""verify-speed-…: how many events a second `verify` gets through, with and without a replay."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.engine import Connection, Engine

from figures.database import engine_of, on_postgresql, on_sqlite, opened
from figures.evidence.corpus import RELEASES, carried, copied
from figures.evidence.grown import grown
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from thidua import Thidua, checkpoint
from thidua.cli.journal import LARGE
from thidua.storage import difference
from thidua.verify import Crew, verify
from thidua.verify_crew import cores, crew

TARGET = 50_000
"""Events a second of `bytes_only`, as is asked; with a replay what it comes to is told."""

Hands = AbstractContextManager[Crew | None]


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The newest release's journal grown to so many events, in today's schema, each with its place
    in the tree; all of it verified as `thidua journal verify --bytes` does, then as without: a
    large one by a process a core, whose start is in the time.

    `broken` is what they find, `missed` what was changed afterwards that they do not find.
    """
    engine, wf = engine_of(url, keeping=True), Thidua()
    with tempfile.TemporaryDirectory(prefix="thidua-speed-") as folder:
        file = copied(RELEASES[-1], Path(folder))
        grown(file, size)
        carried(file, url)
    with engine.begin() as db:
        wf.migrate(db)
    with engine.begin() as db:
        checkpoint(db, wf)
    _tidied(engine)
    with engine.connect().execution_options(thidua_read=True) as db:
        events = db.execute(select(func.count()).select_from(wf.tables.event)).scalar_one()
        workers = cores() if events >= LARGE else 1
        hands = partial(crew, partial(opened, url), workers, dialect=engine.dialect.name)
        sums = dict(_timed(db, wf, hands, progress))
    with engine.begin() as db:
        sums["missed"] = _missed(db, wf, chance)
    engine.dispose()
    return Outcome(events, sums)


def _tidied(engine: Engine) -> None:
    """As the server's own housekeeping leaves it: else it runs on the same cores meanwhile."""
    tidy = "ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM (ANALYZE)"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(tidy))


def _timed(
    db: Connection, wf: Thidua, hands: Callable[[], Hands], progress: Progress
) -> Iterator[tuple[str, float]]:
    broken = 0
    for name, bytes_only in (("seconds", True), ("seconds_with_replay", False)):
        began = time.perf_counter()
        with hands() as together:
            broken += len(verify(db, wf, progress=progress, crew=together, bytes_only=bytes_only))
        yield name, time.perf_counter() - began
    yield "broken", broken


def _missed(db: Connection, wf: Thidua, chance: random.Random) -> int:
    """A row changed that a replay has to find, then a head that the bytes have to tell."""
    dossier = wf.tables.dossier
    key = chance.choice(list(db.execute(select(dossier.c.id).order_by(dossier.c.id)).scalars()))
    mine = update(dossier).where(dossier.c.id == key)
    db.execute(mine.values(state="elsewhere"))
    missed = int(not verify(db, wf, dossier_id=key))
    db.execute(mine.values(head="0" * 64))
    return missed + int(not verify(db, wf, dossier_id=key, bytes_only=True))


def judge(outcome: Outcome) -> Verdict:
    """Fast enough without a replay, everything in order, and what is not is seen."""
    speed, replayed = (_speed(outcome, name) for name in ("seconds", "seconds_with_replay"))
    broken, missed = (int(outcome.sums.get(name, 0)) for name in ("broken", "missed"))
    value = f"events_per_second={speed} with_replay={replayed} broken={broken} missed={missed}"
    return Verdict(value, f">={TARGET}/0/0", speed >= TARGET and not broken + missed)


def _speed(outcome: Outcome, name: str) -> int:
    seconds = outcome.sums.get(name, 0.0)
    return round(outcome.n / seconds) if seconds else 0


@contextmanager
def trusting() -> Iterator[None]:
    """Plant a `verify` that takes every row for what was told."""

    def nothing(*_: Any) -> Iterator[Any]:
        return iter(())

    with replaced(difference, "of_dossier", nothing):
        yield


SIZES = Sizes(500, 10_000, 100_000, 1_000_000)
FIGURES = (
    Figure("verify-speed-sqlite", SIZES, 82, on_sqlite(measure), judge, trusting),
    Figure("verify-speed-postgresql", SIZES, 83, on_postgresql(measure), judge, trusting),
)
