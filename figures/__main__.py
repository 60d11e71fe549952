"""Measure a topic's figures: `python -m figures TOPIC [--tenth]`, with FULL=1 or BREAK=1.

Prints a line a figure on stdout; ends with 1 when one is SHORT.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib import import_module

from figures.figure import Figure, Outcome
from figures.record import FOLDER, Record

TOPICS = {
    "core": "figures.core",
    "clock": "figures.clock",
    "council": "figures.council",
    "procedures": "figures.procedures",
    "evidence": "figures.evidence",
}


def main(words: Sequence[str]) -> int:
    """Measure what the words and the environment ask for; the exit code."""
    asked = _parser().parse_args(words)
    every = figures_of(asked.topic)
    if asked.names:
        print(*(figure.name for figure in every), sep="\n")
        return 0
    if not every:
        print("no figures yet")
        return 0
    chosen = [f for f in every if asked.only in (None, f.name)]
    if not chosen:
        print(f"no figure {asked.only}: {', '.join(f.name for f in every)}", file=sys.stderr)
        return 2
    if _said("FULL"):
        return full(chosen, Record(FOLDER / f"{asked.topic}.json"), seconds=asked.minutes * 60)
    return once(chosen, _size(asked), broken=_said("BREAK"))


def figures_of(topic: str) -> tuple[Figure, ...]:
    """The figures of a topic."""
    return import_module(TOPICS[topic]).FIGURES


def once(figures: Sequence[Figure], size: Callable[[Figure], int], *, broken: bool = False) -> int:
    """One run of each; `broken` plants their faults, each of which has to be seen."""
    code = 0
    for figure in figures:
        with figure.fault() if broken else nullcontext():
            outcome = figure.run(size(figure))
        good = _tell(figure, outcome)
        code = code if good else 1
        if broken and good:
            print(f"{figure.name} is blind: it does not see its planted fault", file=sys.stderr)
    return code


def full(figures: Sequence[Figure], record: Record, *, seconds: float = 0) -> int:
    """Runs of each in turns, until all have their full size or the seconds are over."""
    until = time.monotonic() + seconds if seconds else math.inf
    missing = _missing(figures, record)
    while missing and time.monotonic() < until:
        for figure in missing:
            if time.monotonic() < until:
                _add(figure, record)
        missing = [f for f in _missing(missing, record) if record.kept(f.name).runs]
    told = [_tell(f, record.kept(f.name).outcome, of=f.sizes.full) for f in figures]
    return 0 if all(told) else 1


def _missing(figures: Sequence[Figure], record: Record) -> list[Figure]:
    return [f for f in figures if record.kept(f.name).outcome.n < f.sizes.full]


def _add(figure: Figure, record: Record) -> None:
    before = record.kept(figure.name)
    size = min(figure.sizes.quick, figure.sizes.full - before.outcome.n)
    outcome = figure.run(size, before.runs)
    if outcome.why:
        print(f"{figure.name}: {outcome.why}", file=sys.stderr)
    else:
        record.add(figure.name, outcome)


def _tell(figure: Figure, outcome: Outcome, *, of: int = 0) -> bool:
    line, good = figure.line(outcome, of=of)
    print(line, flush=True)
    return good


def _size(asked: argparse.Namespace) -> Callable[[Figure], int]:
    if asked.least:
        return lambda figure: figure.sizes.least
    return lambda figure: figure.sizes.tenth if asked.tenth else figure.sizes.quick


def _said(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("figures", description=__doc__)
    parser.add_argument("topic", choices=TOPICS)
    parser.add_argument("--tenth", action="store_true", help="a tenth of the quick size, for CI")
    parser.add_argument("--least", action="store_true", help="the least size that shows anything")
    parser.add_argument("--names", action="store_true", help="only name the figures, one a line")
    parser.add_argument("--only", metavar="FIGURE", help="this figure alone")
    parser.add_argument("--minutes", type=float, default=0, help="with FULL=1: stop after so many")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
