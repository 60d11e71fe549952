"""reader-fuzz and loader-fuzz: whatever is in a file, it is used or refused with a place."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from figures.fault import replaced
from figures.figure import Measure, Outcome, Progress
from figures.procedures.mutation import KINDS, mutated, spoilt
from figures.procedures.strain import Case, seeded, tried
from thidua.definitions import loader, reader, shipped
from thidua.definitions.check import check
from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError

SHARES = 2
"""Processes, as many as the machine that the sizes are for has cores."""
BAD = ("escaped", "placeless", "slow", "fat")
SUBJECT = Path(__file__).parent / "subject.yaml"
WHOLE_FILES = 20
"""One in so many cases of the loader begins with text, which takes thirty times as long to read."""


def reading(text: str, draw: random.Random) -> Case:
    """A case for the reader alone."""
    data = draw.choice(KINDS)(text, draw)
    return lambda: reader.read(data, "f")


def loading(text: str, draw: random.Random) -> Case:
    """A case for reading, typing, proving and, if it may be used, drawing."""
    if not draw.randrange(WHOLE_FILES):
        changed = mutated(text, draw)
        return lambda: _whole(loader.parse(changed, "f"))
    tree = _tree(text)
    data = spoilt(tree.data, draw)
    return lambda: _whole(loader.typed(replace(tree, data=data)))


@lru_cache
def _tree(text: str) -> Tree:
    return reader.read(text, "f")


def _whole(loaded: loader.Loaded) -> None:
    found = check(loaded, predicates=("has_budget",))
    if found.errors:
        raise DefinitionError.because(found.errors)
    mermaid(loaded.procedure, "vi")


def measure(made: Callable[[str, random.Random], Case]) -> Measure:
    """So many cases made by `made`, shared by processes; every case has a seed of its own."""

    def run(size: int, chance: random.Random, progress: Progress) -> Outcome:
        seed = chance.randrange(1 << 32)
        shares = [(made, size, seed, first, progress) for first in range(SHARES)]
        with multiprocessing.get_context("fork").Pool(SHARES) as pool:
            count = sum(pool.starmap(_share, shares), Counter[str]())
        return Outcome(count.total() - count["fat"], {name: count[name] for name in BAD})

    return run


def _share(
    made: Callable[[str, random.Random], Case], size: int, seed: int, first: int, progress: Progress
) -> Counter[str]:
    texts = [path.read_text(encoding="utf-8") for path in (SUBJECT, *shipped().values())]

    def cases() -> Iterator[Case]:
        for number in range(first, size, SHARES):
            draw = seeded(seed + number)
            yield made(draw.choice(texts), draw)

    def told(number: int) -> None:
        if first == 0:
            progress(number * SHARES, size)

    return tried(cases(), told)


def careless() -> AbstractContextManager[object]:
    """Plant a reader that lets the errors of YAML through as they come."""

    def broken(error: Exception, _: object) -> Exception:
        return error

    return replaced(reader, "_broken", broken)


def trusting() -> AbstractContextManager[object]:
    """Plant a loader that takes every form for right."""

    def reasons(*_: object) -> tuple[()]:
        raise ValueError("nobody looked")

    from thidua.definitions import schema

    return replaced(schema, "reasons", reasons)
