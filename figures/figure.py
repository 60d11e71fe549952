"""A figure: what is measured, at which sizes, from which seed, and when it is good enough."""

import random
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

Sums = Mapping[str, float]
"""What adds up over several runs: faults seen, seconds spent."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `n` trials came to. `why` says why a figure could not be measured at all."""

    n: int
    sums: Sums = field(default_factory=dict)
    why: str = ""

    def __add__(self, other: "Outcome") -> "Outcome":
        names = [*self.sums, *(name for name in other.sums if name not in self.sums)]
        sums = {name: self.sums.get(name, 0) + other.sums.get(name, 0) for name in names}
        return Outcome(self.n + other.n, sums, other.why)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome as it is printed beside its target."""

    value: str
    target: str
    good: bool


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of trials: the least that shows anything, a tenth of quick, quick, and full."""

    least: int
    tenth: int
    quick: int
    full: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Tells on stderr how far a figure is, where somebody looks on; `turn` runs were before it."""

    name: str
    turn: int = 0
    began: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, of: int) -> None:
        """`done` trials of `of`."""
        if sys.stderr.isatty():
            spent = time.monotonic() - self.began
            print(f"\r\x1b[K{self.name}: {done}/{of}, {spent:.0f} s", end="", file=sys.stderr)

    def end(self, n: int) -> None:
        """Say what it took."""
        start = "\r\x1b[K" if sys.stderr.isatty() else ""
        spent = time.monotonic() - self.began
        print(f"{start}{self.name}: {n} in {spent:.1f} s", file=sys.stderr)


Measure = Callable[[int, random.Random, Progress], Outcome]
Judge = Callable[[Outcome], Verdict]
Fault = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Figure:
    """`measure` runs about so many trials; `fault` plants one that must turn every count."""

    name: str
    sizes: Sizes
    seed: int
    measure: Measure
    judge: Judge
    fault: Fault

    def run(self, size: int, turn: int = 0) -> Outcome:
        """One run; `turn` is the number of runs before it, each with chances of its own."""
        progress = Progress(self.name, turn)
        chance = random.Random(self.seed + turn)  # noqa: S311 -- draws moments, keeps no secret
        outcome = self.measure(size, chance, progress)
        progress.end(outcome.n)
        return outcome

    def line(self, outcome: Outcome, *, of: int = 0) -> tuple[str, bool]:
        """The line and whether it is good; `of` is a size that has to be reached."""
        verdict = self.judge(outcome)
        good = verdict.good and not outcome.why and outcome.n >= max(of, 1)
        n = f"n={outcome.n}" + (f"/{of}" if outcome.n < of else "")
        why = f" ({outcome.why})" if outcome.why else ""
        word = "OK" if good else "SHORT"
        return (
            f"{self.name} {verdict.value} target={verdict.target} {n} seed={self.seed} {word}{why}",
            good,
        )


def zero(*names: str) -> Judge:
    """Good when none of these was seen."""

    def judge(outcome: Outcome) -> Verdict:
        counts = {name: int(outcome.sums.get(name, 0)) for name in names}
        value = " ".join(f"{name}={count}" for name, count in counts.items())
        return Verdict(value, "/".join("0" for _ in names), not any(counts.values()))

    return judge
