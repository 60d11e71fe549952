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
from figures.evidence.model.tour import DEEDS, PAIRS, carried, tour
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from thidua.storage import load
from thidua.workflow.acts import papers

TENTH = 200
"""So few steps side by side are all drawn; from quick size on all that can be done comes first."""

BATCH = 10
"""Plays drawn from one seed: what is told of a divergence is found again by it."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many steps, those of the tour of every act in every state first."""
    office, counts = Office.new(), Counter[Any]()
    try:
        wrong = int(not _toured([office], counts, chance))
        if not wrong:
            wrong = _played([office], size, chance, counts, progress)
    finally:
        office.close()
    unhit = sorted(PAIRS - counts.keys())
    undone = sorted(act for act in DEEDS if not counts[act, True])
    for what, missing in (("tried", unhit), ("done, only refused", undone)):
        if missing:
            print(f"never {what}: {missing}", file=sys.stderr)
    found = {"divergences": wrong, "unhit": len(unhit), "undone": len(undone)}
    return Outcome(counts["steps"], found)


def _toured(
    sides: Sequence[Office], counts: Counter[Any], chance: random.Random | None = None
) -> bool:
    """All that can be done; with chance all that can be tried as well. Whether it went well."""
    try:
        with counted():
            carried(Play(sides, counts))
            if chance is not None:
                tour(Play(sides, counts), chance)
    except Diverged as error:
        print(f"tour: {error}", file=sys.stderr)
        return False
    return True


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


def beside(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The same steps on SQLite and on another database: the same journal, byte by byte."""
    sides, counts = [Office.new(), Office.new(url)], Counter[Any]()
    try:
        wrong = int(size > TENTH and not _toured(sides, counts))
        if not wrong:
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
        zero("divergences", "unhit", "undone"), lax,
    ),
    Figure(
        "side-by-side", Sizes(120, TENTH, 2_000, 100_000), 68, on_postgresql(beside),
        zero("differing"), forgetful,
    ),
)  # fmt: skip
