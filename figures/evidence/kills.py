"""kills-sqlite: writers on one SQLite file killed with -9 within their acts, and begun again."""

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from figures.evidence.writers import COUNTS, Writers, outcome
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import Done, Thidua
from thidua.ids import new_id

WRITERS = 3
MOST_KILLS = 100
"""In one file, so that looking through it stays short."""

LIVES = 0.04
"""Seconds between two kills, at most."""

ALL = 0.1
"""Share of moments at which every writer dies: the next one to open the file recovers it."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, in as many files as are needed.

    `lost` are acts that were acknowledged and are not in the journal, `torn` what `verify` finds,
    `doubled` acts beyond those asked for; `broken` what SQLite's own check finds and a writer
    that ended in an error.
    """
    counted, kills = Counter[str](), 0
    while kills < size:
        with TemporaryDirectory(prefix="thidua-kills-") as folder:
            office = Office.new(f"sqlite:///{Path(folder) / 'thidua.db'}")
            writers = Writers.on(office, chance, WRITERS)
            until = min(size, kills + MOST_KILLS)
            while kills < until:
                kills += _kill(writers)
                progress(kills, size)
            kills += _end(writers, range(WRITERS))
            counted.update(writers.judged())
    return outcome(kills, counted)


def _kill(writers: Writers) -> int:
    """Let them write for a moment; kill one, or all."""
    writers.begin()
    time.sleep(writers.chance.uniform(0, LIVES))
    everybody = writers.chance.random() < ALL
    return _end(writers, range(WRITERS) if everybody else [writers.chance.randrange(WRITERS)])


def _end(writers: Writers, numbers: Iterable[int]) -> int:
    kills = 0
    for writer in (writers.several[n] for n in numbers):
        if writer.process is None:
            continue
        ended = writers.ended(writer, kill_after=0)
        kills += ended.killed
        if not ended.killed:
            writers.wrong(ended)
    writers.look()
    return kills


@contextmanager
def forgetting() -> Iterator[None]:
    """Plant an engine that gives every act an id of its own, so that a repeat is a new act."""
    act = Thidua.act

    def anew(wf: Thidua, *words: Any, **terms: Any) -> Done:
        return act(wf, *words, **{**terms, "command_id": new_id()})

    with replaced(Thidua, "act", anew):
        yield


FIGURES = (
    Figure("kills-sqlite", Sizes(3, 100, 1_000, 10_000), 58, measure, zero(*COUNTS), forgetting),
)
