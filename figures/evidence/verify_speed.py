"""verify-speed-…: how many events a second `verify` gets through in a journal grown to many."""

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.engine import Connection

from figures.database import engine_of, on_postgresql, on_sqlite, opened
from figures.evidence.corpus import RELEASES, carried, copied
from figures.evidence.grown import grown
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from thidua import Thidua, checkpoint
from thidua.cli.journal import LARGE
from thidua.storage import difference
from thidua.verify import verify
from thidua.verify_crew import cores, crew

TARGET = 50_000
"""Events a second."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The newest release's journal grown to so many events, in today's schema, each with its place
    in the tree; all of it verified once, as `thidua journal verify` does: a large one by a
    process a core, whose start is in the time.

    `broken` is what it finds, `missed` a dossier's row changed afterwards that it does not find.
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
        db.execute(text("ANALYZE"))
    with engine.connect().execution_options(thidua_read=True) as db:
        events = db.execute(select(func.count()).select_from(wf.tables.event)).scalar_one()
        workers = cores() if events >= LARGE else 1
        began = time.perf_counter()
        with crew(partial(opened, url), workers) as together:
            broken = len(verify(db, wf, progress=progress, crew=together))
        seconds = time.perf_counter() - began
    with engine.begin() as db:
        missed = _missed(db, wf, chance)
    engine.dispose()
    return Outcome(events, {"seconds": seconds, "broken": broken, "missed": missed})


def _missed(db: Connection, wf: Thidua, chance: random.Random) -> int:
    dossier = wf.tables.dossier
    key = chance.choice(list(db.execute(select(dossier.c.id).order_by(dossier.c.id)).scalars()))
    db.execute(update(dossier).where(dossier.c.id == key).values(state="elsewhere"))
    return int(not verify(db, wf, dossier_id=key))


def judge(outcome: Outcome) -> Verdict:
    """Fast enough, everything in order, and what is not is seen."""
    seconds = outcome.sums.get("seconds", 0.0)
    speed = round(outcome.n / seconds) if seconds else 0
    broken, missed = (int(outcome.sums.get(name, 0)) for name in ("broken", "missed"))
    value = f"events_per_second={speed} broken={broken} missed={missed}"
    return Verdict(value, f">={TARGET}/0/0", speed >= TARGET and not broken + missed)


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
