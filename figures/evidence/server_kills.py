"""kills-server: a whole PostgreSQL server killed with -9 while writers act, and started again."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from figures.database import Unavailable
from figures.evidence import kills, server
from figures.evidence.server import Server, served
from figures.evidence.writers import COUNTS, GONE, Writers, outcome
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office

WRITERS = 4
SOON, LATE = 0.3, 0.8
"""Seconds between the start of the writers and the end of the server."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Kill the server so many times.

    `lost` are acts that were acknowledged and are not in the journal after the restart, `torn`
    what `verify` finds, `doubled` acts beyond those asked for; `broken` writers that were told
    anything but that their database was gone.
    """
    try:
        with served() as running:
            writers = Writers.on(Office.new(running.url), chance, WRITERS)
            for n in range(size):
                _kill(running, writers)
                progress(n, size)
            return outcome(size, writers.judged())
    except Unavailable as error:
        return Outcome(0, why=str(error))


def _kill(running: Server, writers: Writers) -> None:
    """Let them write for a moment, end the server, hear what each of them was told."""
    writers.begin()
    time.sleep(writers.chance.uniform(SOON, LATE))
    running.kill()
    for writer in writers.several:
        ended = writers.ended(writer)
        if ended.code != GONE:
            writers.wrong(ended)
    running.start()
    writers.look()
    writers.count["torn"] += writers.office.problems()


@contextmanager
def forgetful() -> Iterator[None]:
    """Plant a server that acknowledges before anything is on the disk, and an engine that
    forgets which act it was asked for.
    """
    late = ("synchronous_commit=off", "wal_writer_delay=10s")
    with replaced(server, "SETTINGS", (*server.SETTINGS, *late)), kills.forgetting():
        yield


FIGURES = (Figure("kills-server", Sizes(1, 2, 20, 200), 59, measure, zero(*COUNTS), forgetful),)
