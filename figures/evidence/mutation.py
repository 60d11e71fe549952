"""mutation: small faults put into the rules one at a time; how many of them some test sees."""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from figures.evidence import mutants
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from thidua.verify_crew import cores

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests/workflow"
TARGET = 0.85
LIMIT = 300
"""Seconds after which a fault that lets nothing end counts as seen."""

NEEDED = ("thidua", "workflow", "storage", "definitions", "notifiers", "tests", "pyproject.toml")
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
WITNESS = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


class Place(NamedTuple):
    """One fault: which file of the rules, and which of its mutants."""

    file: Path
    number: int


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many faults drawn from all that the rules can have, each tried on a copy of its own.

    `seen` by a test of `workflow/` alone; `broken` if that test fails without the fault too. What
    nobody saw is told on stderr.
    """
    drawn, workers = chance.sample(_places(), size), min(size, cores())
    sums = {"seen": 0, "broken": 0}
    with _benches(workers) as benches, ThreadPoolExecutor(workers) as pool:
        for done, found in enumerate(pool.map(partial(_tried, benches), drawn), 1):
            if found is not None:
                sums[found] += 1
            progress(done, size)
    return Outcome(size, sums)


def judge(outcome: Outcome) -> Verdict:
    """Nothing failed without a fault, and of a hundred faults 85 are seen."""
    seen, broken = (int(outcome.sums.get(name, 0)) for name in ("seen", "broken"))
    score = seen / outcome.n if outcome.n else 0.0
    value = f"score={score:.3f} seen={seen} broken={broken}"
    return Verdict(value, f">={TARGET}/0", score >= TARGET and not broken)


def _places() -> list[Place]:
    """Every fault that the rules can have, in an order that is always the same."""
    files = sorted((ROOT / "workflow").rglob("*.py"))
    return [Place(file, number) for file in files
            for number in range(mutants.count(file.read_text(encoding="utf-8")))]  # fmt: skip


def _tried(benches: "SimpleQueue[Bench]", place: Place) -> str | None:
    """Under which name this one is counted, if under any."""
    mutant = mutants.mutant(place.file.read_text(encoding="utf-8"), place.number)
    bench, name = benches.get(), place.file.relative_to(ROOT)
    try:
        with bench.spoilt(name, mutant.source):
            witness = bench.witness(_nearest(place.file))
        if witness is None:
            print(f"not seen: {name}:{mutant.line}: {mutant.what}", file=sys.stderr)
            return None
        return "broken" if witness and bench.witness([witness]) is not None else "seen"
    finally:
        benches.put(bench)


def _nearest(file: Path) -> list[str]:
    """The files of tests, those that speak of these rules the most first."""
    tests = sorted(TESTS.glob("test_*.py"))
    tests.sort(key=lambda test: -test.read_text(encoding="utf-8").count(file.stem))
    return [str(test.relative_to(ROOT)) for test in tests]


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of the rules and their tests, for one fault at a time."""

    folder: Path

    @contextmanager
    def spoilt(self, name: Path, source: str) -> Iterator[None]:
        """While inside, that file is another."""
        file = self.folder / name
        before = file.read_bytes()
        file.write_text(source, encoding="utf-8")
        try:
            yield
        finally:
            file.write_bytes(before)

    def witness(self, tests: Sequence[str]) -> str | None:
        """The first test that fails, "" for tests that do not end; None if all pass."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "THIDUA_CI": "1",
                       "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        words = [*PYTEST, *tests]
        try:
            done = subprocess.run(words, cwd=self.folder, env=environment, capture_output=True,  # noqa: S603 -- words of our own
                                  check=False, text=True, timeout=LIMIT)  # fmt: skip
        except subprocess.TimeoutExpired:
            return ""
        if done.returncode == 0:
            return None
        found = WITNESS.search(done.stdout)
        return found[1] if found else tests[0]  # what all of them begin with fails


@contextmanager
def _benches(number: int) -> Iterator[SimpleQueue[Bench]]:
    """So many, to be taken and given back."""
    benches: SimpleQueue[Bench] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="thidua-mutation-") as folder:
        for each in range(number):
            bench = Path(folder) / str(each)
            _copy(bench)
            benches.put(Bench(bench))
        yield benches


def _copy(bench: Path) -> None:
    bench.mkdir()
    skipped = shutil.ignore_patterns("__pycache__", "corpus")
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, bench / name, symlinks=True, ignore=skipped)
        else:
            shutil.copy(source, bench / name)


@contextmanager
def blind() -> Iterator[None]:
    """Plant tests that are collected and never run."""
    with replaced(sys.modules[__name__], "PYTEST", [*PYTEST, "--collect-only"]):
        yield


FIGURES = (Figure("mutation", Sizes(1, 2, 16, 1_000), 93, measure, judge, blind),)
