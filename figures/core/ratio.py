"""ratio-…: the bench's lives beside a write-only replay of their rows on the raw driver."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

import bench.__main__ as bench
from figures.database import engine_of
from figures.fault import replaced
from figures.figure import Judge, Outcome, Progress, Verdict
from thidua import Fire, Thidua

LIVES = 10
"""Lives a turn: the engine's and the driver's follow each other closely."""

LAST = "granted"
SLOW = 0.03
"""Seconds that the planted fault adds to an act: some ten times what it takes."""


def measure(url: str, size: int, _: random.Random, progress: Progress) -> Outcome:
    """So many lives; seconds of the engine, of the replay and of the whole work by hand, and the
    lives that did not come to their end.
    """
    engine = engine_of(url, keeping=True)
    turns, lives = max(1, size // LIVES), min(size, LIVES)
    begin = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else None
    progress(0, size)
    with replaced(bench, "ROUNDS", turns), replaced(bench, "LIVES", lives):
        spent = bench.measure(engine, begin=begin)
    unfinished = _unfinished(engine)
    engine.dispose()
    return Outcome(turns * lives, {**spent, "unfinished": unfinished})


def _unfinished(engine: Engine) -> int:
    dossier = Thidua().tables.dossier
    query = select(func.count()).select_from(dossier).where(dossier.c.state != LAST)
    with engine.connect() as db:
        return db.execute(query).scalar_one()


def at_least(target: float | None) -> Judge:
    """Good when the engine lives that share of the raw lives; without a target it is only told."""

    def judge(outcome: Outcome) -> Verdict:
        spent = outcome.sums
        ratio = spent["raw"] / spent["engine"] if spent.get("engine") else 0.0
        unfinished = int(spent.get("unfinished", 0))
        wanted = "none" if target is None else f">={target:.2f}"
        good = ratio >= (target or 0.0) and not unfinished
        return Verdict(f"ratio={ratio:.2f} unfinished={unfinished}", f"{wanted}/0", good)

    return judge


@contextmanager
def tired() -> Iterator[None]:
    """Plant an engine that dawdles, and leaves the last act of a life undone."""
    act = Thidua.act

    def dawdle(wf: Thidua, db: Any, dossier: str, command: Any, **terms: Any) -> Any:
        time.sleep(SLOW)
        if command == Fire("grant"):
            return None
        return act(wf, db, dossier, command, **terms)

    with replaced(Thidua, "act", dawdle):
        yield
