"""Every act in every state, paused and not, by somebody who may: none is left to luck."""

import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.acts import ACTS as BOOKED
from figures.evidence.model.calls import Call, Chooser
from figures.evidence.model.commands import ACTS, NOTE, TRIGGERS
from figures.evidence.model.machine import Diverged, Play
from figures.evidence.model.office import START
from thidua import (
    Answer,
    Attach,
    Candidate,
    Cast,
    Close,
    Correct,
    Create,
    Fire,
    Hold,
    Paper,
    Return,
    Withdraw,
)

PAIRS = frozenset((state, act) for state in book.STATES
                  for act in (*TRIGGERS, *BOOKED.keys() - {"Create", "Fire"}))  # fmt: skip
"""What has to be tried: a step or an act, in a state."""

PAUSES = ("", "return", "hold")
KEY = "D1"


def acted(actor: str, command: Any) -> Call:
    """An act of the dossier of the tour."""
    return "act", {"key": KEY, "command": command, "actor": actor}


def way(state: str) -> list[Call]:
    """How a dossier comes to a state."""
    today = local_date(START)
    who = Candidate("individual", "Người D1", "u1")
    paper = Paper(number="1", symbol="QĐ", signed_on=today, signer="Bộ trưởng")
    create = Create("model", "PRIZE", who, "u1", {"merit": "tốt"}, campaign="c1")
    voted = [acted(f"m{n}", Cast("vote", "against" if state == "failed" else "for"))
             for n in range(4)] + [acted("teller", Close("vote"))]  # fmt: skip
    legs: dict[str, list[Call]] = {
        "new": [acted("p1", create), acted("officer", _report())],
        "appraisal": [acted("officer", Fire("accept"))],
        "consulted": [acted("appraiser", Fire("consult"))],
        "council": [*(acted(d, Answer("opinions", "agree")) for d in ("d0", "d1", "d2")),
                    ("meet", {"meeting": "k1", "held_on": today, "actor": "officer"}),
                    acted("officer", Fire("convene", meeting="k1"))],
        "submitted": voted,
        "granted": [("draft", {"decision": "q1", "lines": {KEY: "grant"}, "actor": "officer"}),
                    ("number", {"decision": "q1", "paper": paper, "actor": "officer"}),
                    ("apply_line", {"decision": "q1", "key": KEY, "actor": "minister"})],
    }  # fmt: skip
    ends: dict[str, tuple[str, list[Call]]] = {
        "refused": ("appraisal", [acted("appraiser", Fire("reject", note=NOTE))]),
        "failed": ("council", voted),
        "gone": ("new", [acted("p1", Withdraw())]),
        "lapsed": ("appraisal", [acted("officer", Correct({"urgent": "no"}, note=NOTE)),
                                 ("tick", {"now": START + timedelta(days=40)})]),
    }  # fmt: skip
    last, more = ends.get(state, (state, []))
    names = list(legs)
    return [call for name in names[: names.index(last) + 1] for call in legs[name]] + more


def _report() -> Attach:
    return Attach("report", "ab" * 32, 10, "application/pdf", "report.pdf")


def tour(play: Play, chance: random.Random) -> bool:
    """Try every pair, each undone; whether all went well."""
    with_pauses = [(state, pause) for state in book.STATES for pause in PAUSES
                   if not pause or state not in book.FINAL]  # fmt: skip
    for state, pause in with_pauses:
        for side in play.sides:
            side.begin()
        play = replace(play, model=type(play.model)(), now=START)
        for name, terms in (*way(state), *_paused(pause)):
            play.do(name, {"now": play.now, **terms})
        assert play.model.cases[KEY].state == state, (state, play.model.cases[KEY].state)
        for name, terms in _each(play, chance):
            _undone(play, name, terms)
    return True


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
    play.model = copy.deepcopy(before)
    points = [side.db.begin_nested() for side in play.sides]
    try:
        play.do(name, terms)
    except Diverged as error:
        raise Diverged(f"{before.cases[KEY].state}: {name} {terms}: {error}") from error
    finally:
        for point in points:
            point.rollback()
        play.model = before
