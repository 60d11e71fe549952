"""model, side-by-side: the whole engine beside a model of it, step by step; on two databases."""

import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from figures.database import on_postgresql
from figures.evidence.model.machine import STEPS, Diverged, Play, plays
from figures.evidence.model.office import Office, counted
from figures.evidence.model.tour import PAIRS, tour
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from thidua.storage import load
from thidua.workflow.acts import papers

BATCH = 10
"""Plays drawn from one seed: what is told of a divergence is found again by it."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many steps, those of the tour of every act in every state first."""
    office, counts = Office.new(), Counter[Any]()
    try:
        wrong = int(not _toured(office, chance, counts))
        if not wrong:
            wrong = _played([office], size, chance, counts, progress)
    finally:
        office.close()
    unhit = sorted(PAIRS - counts.keys())
    if unhit:
        print(f"never tried: {unhit}", file=sys.stderr)
    _tell(counts)
    return Outcome(counts["steps"], {"divergences": wrong, "unhit": len(unhit)})


def _toured(office: Office, chance: random.Random, counts: Counter[Any]) -> bool:
    try:
        with counted():
            return tour(Play([office], counts), chance)
    except Diverged as error:
        print(f"tour: {error}", file=sys.stderr)
        return False


def _played(
    sides: Sequence[Office], size: int, chance: random.Random, counts: Counter[Any],
    progress: Progress,
) -> int:  # fmt: skip
    """Plays until so many steps are done; one divergence is enough."""
    while (left := size - counts["steps"]) > 0:
        many = min(BATCH, -(-left // STEPS))
        if not plays(sides, many, chance.getrandbits(32), counts):
            return 1
        progress(counts["steps"], size)
    return 0


def _tell(counts: Counter[Any]) -> None:
    """Say which acts were never done, only refused: nothing is known of what they change."""
    acts = {act for _, act in PAIRS}
    never = sorted(act for act in acts if not counts[act, True])
    print(f"{len(PAIRS)} pairs of state and act; never done: {', '.join(never)}", file=sys.stderr)


def beside(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The same steps on SQLite and on another database: the same journal, byte by byte."""
    sides, counts = [Office.new(), Office.new(url)], Counter[Any]()
    try:
        wrong = _played(sides, size, chance, counts, progress)
    finally:
        for side in sides:
            side.close()
    return Outcome(counts["steps"], {"differing": wrong})


def lax() -> AbstractContextManager[object]:
    """Plant a return during which everything may be corrected, not only what was asked for."""
    return replaced(papers, "_only_asked_for", lambda _draft, _command: None)


def forgetful() -> AbstractContextManager[object]:
    """Plant an engine that forgets a dossier's papers on the other database."""
    whole = load.view

    def view(pen: Any, s: Any, *terms: Any) -> Any:
        found = whole(pen, s, *terms)
        return found if s.locks_by_update else found._replace(documents=())

    return replaced(load, "view", view)


FIGURES = (
    Figure(
        "model", Sizes(500, 2_000, 15_000, 1_000_000), 67, measure,
        zero("divergences", "unhit"), lax,
    ),
    Figure(
        "side-by-side", Sizes(120, 200, 2_000, 100_000), 68, on_postgresql(beside),
        zero("differing"), forgetful,
    ),
)  # fmt: skip
