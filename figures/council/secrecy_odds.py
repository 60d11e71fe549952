"""How much an attack may hit by luck: the law of drawing the published slips at random."""

from collections import Counter
from collections.abc import Mapping
from math import sqrt

from figures.figure import Outcome, Verdict

HALVES = 2
SIGMAS = 2.0
AGAIN = 4
"""Luck alone links one of 33 attacks in about one run of sixty: up to so many times as many
councils are held before an attack that links is believed.
"""


class Odds:
    """Adds up, for every attack and half of the councils, hits, their mean and their variance."""

    def __init__(self) -> None:
        self.sums: dict[str, float] = {}

    def add(
        self, attack: str, half: int, guess: Mapping[str, str], truth: Mapping[str, str]
    ) -> None:
        """An attack's guesses about one council; about whom it says nothing it is not asked."""
        hits = sum(truth[voter] == choice for voter, choice in guess.items())
        mean, variance = law(Counter(guess.values()), Counter(truth.values()), len(guess))
        told = {"hits": hits, "mean": mean, "variance": variance, "asked": len(guess)}
        for name, value in told.items():
            key = f"{attack}.{half}.{name}"
            self.sums[key] = self.sums.get(key, 0) + value


def law(guessed: Counter[str], given: Counter[str], asked: int) -> tuple[float, float]:
    """Mean and variance of the hits when choices that were `given` are dealt out at random.

    Of n voters `asked` are guessed about; a choice k is guessed g[k] times and given c[k] times:
    the hits of k are hypergeometric, those of two choices hinder each other.
    """
    n = given.total()
    if n < 2 or asked == 0:
        return float(asked), 0.0
    mean = sum(guessed[k] * given[k] for k in given) / n
    variance = 0.0
    for k in given:
        variance += guessed[k] * given[k] * (n - guessed[k]) * (n - given[k])
        for other in given:
            if other != k:
                variance += guessed[k] * given[k] * guessed[other] * given[other]
    return mean, variance / (n * n * (n - 1))


def enough(sums: Mapping[str, float], held: int, size: int) -> bool:
    """Whether so many councils say what is asked of `size`: all of these, and more while an attack
    links that luck may have helped.
    """
    return held >= size and (held >= AGAIN * size or not linking(sums))


def linking(sums: Mapping[str, float]) -> list[str]:
    """The attacks that tell votes apart better than luck in both halves of the councils."""
    names = sorted({key.partition(".")[0] for key in sums})
    return [n for n in names if all(_sigmas(sums, n, {h}) > SIGMAS for h in range(HALVES))]


def judge(outcome: Outcome) -> Verdict:
    """The attacks that link, and the one that hit most beyond luck, with its rate and luck's."""
    sums = outcome.sums
    names = sorted({key.partition(".")[0] for key in sums})
    linked = len(linking(sums))
    if not names:
        return Verdict("linked=0", "0", good=False)
    best = max(names, key=lambda name: _sigmas(sums, name, set(range(HALVES))))
    asked, hits, mean = (_sum(sums, best, set(range(HALVES)), n) for n in ("asked", "hits", "mean"))
    rates = f"{100 * hits / max(asked, 1):.1f}%/{100 * mean / max(asked, 1):.1f}%"
    return Verdict(f"linked={linked} {best}={rates}", "0", good=linked == 0)


def _sigmas(sums: Mapping[str, float], name: str, halves: set[int]) -> float:
    spread = sqrt(_sum(sums, name, halves, "variance"))
    beyond = _sum(sums, name, halves, "hits") - _sum(sums, name, halves, "mean")
    return beyond / spread if spread else 0.0


def _sum(sums: Mapping[str, float], name: str, halves: set[int], what: str) -> float:
    return sum(sums.get(f"{name}.{half}.{what}", 0) for half in halves)
