"""Every act in every state, paused and not, by somebody who may: none is left to luck."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.acts import ACTS as BOOKED
from figures.evidence.model.calls import Call, Chooser
from figures.evidence.model.commands import ACTS, NOTE, TRIGGERS
from figures.evidence.model.deeds import deeds
from figures.evidence.model.machine import Diverged, Play
from figures.evidence.model.office import START
from figures.evidence.model.ways import KEY, acted, way
from thidua import Hold, Return

PAIRS = frozenset((state, act) for state in book.STATES
                  for act in (*TRIGGERS, *BOOKED.keys() - {"Create", "Fire"}))  # fmt: skip
"""What has to be tried: a step or an act, in a state."""

DEEDS = frozenset(act for _, act in PAIRS)
"""What has to be done at least once, not only tried."""

PAUSES = ("", "return", "hold")


def tour(play: Play, chance: random.Random) -> None:
    """Try every pair, each undone."""
    with_pauses = [(state, pause) for state in book.STATES for pause in PAUSES
                   if not pause or state not in book.FINAL]  # fmt: skip
    for state, pause in with_pauses:
        play = _begun(play)
        play.go([*way(state), *_paused(pause)])
        assert play.model.cases[KEY].state == state, (state, play.model.cases[KEY].state)
        for name, terms in _each(play, chance):
            _undone(play, name, terms)


def carried(play: Play) -> None:
    """Everything that can be done, done."""
    for act, state, calls in deeds():
        before = play.counts[act, True]
        play = _begun(play)
        play.go([*way(state), *calls])
        play.end()
        assert play.counts[act, True] > before, (act, state, calls)


def _begun(play: Play) -> Play:
    for side in play.sides:
        side.begin()
    return replace(play, model=type(play.model)(), now=START)


def _paused(pause: str) -> Iterator[Call]:
    if pause == "return":
        yield acted("officer", Return(("merit", "report"), note=NOTE))
    elif pause == "hold":
        yield acted("officer", Hold(note=NOTE))


def _each(play: Play, chance: random.Random) -> Iterator[Call]:
    chooser = Chooser(chance.choice, play.model, play.now, KEY)
    if not play.model.world.meetings:
        play.do("meet", {"meeting": "k1", "held_on": local_date(START), "actor": "officer",
                         "now": START})  # fmt: skip
    for act in ACTS:
        yield chooser.own(act)


def _undone(play: Play, name: str, terms: dict[str, Any]) -> None:
    before = play.model
    play.model = before.copied()
    points = [side.db.begin_nested() for side in play.sides]
    try:
        play.do(name, terms)
    except Diverged as error:
        raise Diverged(f"{before.cases[KEY].state}: {name} {terms}: {error}") from error
    finally:
        for point in points:
            point.rollback()
        play.model = before
