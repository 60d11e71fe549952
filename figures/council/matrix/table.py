"""Who may do what, where: written by hand, beside the engine and without reading a procedure.

A cell is an act, somebody, a place and a pause. What is not in this table is denied.
"""

from itertools import product
from typing import NamedTuple

from figures.council.matrix.standing import (
    ASKED,
    FINAL,
    FROM,
    KNOWN,
    LAST,
    PLACES,
    RUNNING,
    STANDING,
    VOTED,
    nothing,
    step,
)

SITUATIONS = (*product(PLACES, ("", "return", "hold")), *((place, "") for place in FINAL))
ALONE = ("p1", "p2", "officer", "appraiser", "d0", "h0", "d9", "m0", "teller", "minister", "chair",
         "stranger", "former", "duo", "gone", "engine")  # fmt: skip
"""`p1` proposes for the dossier's unit, `p2` for another; `d0` is asked and `h0` its head, `d9` is
not; `duo` has proposed it and is an appraiser too: one who proposed must not appraise; `former`
held every role of the office until yesterday; `gone` holds every role of the office and of the
council, and steps back when the ballot opens."""

OWN = ("p1", "duo")
RIGHTS: dict[str, tuple[str, ...]] = {
    "create": (*OWN, "officer", "gone"),
    "accept": ("officer", "gone"),
    "consult": ("appraiser", "gone"),
    "reject": ("appraiser", "gone"),
    "convene": ("officer", "gone"),
    "pass": (),
    "grant": ("minister", "gone"),
    "attach": (*OWN, "officer", "gone"),
    "supplement": OWN,
    "reply": ("officer", "gone"),
    "assign": ("officer", "gone"),
    "return": ("officer", "gone"),
    "hold": ("officer", "gone"),
    "release": ("officer", "gone"),
    "extend": ("officer", "gone"),
    "promise": ("officer", "gone"),
    "contact": ("officer", "gone"),
    "recall": ("officer", "gone"),
    "correct": ("officer", "gone"),
    "waive": ("minister", "gone"),
    "redeem": ("minister", "gone"),
    "transfer": ("officer", "gone"),
    "withdraw": OWN,
    "revoke": ("minister", "gone"),
    "recuse": ("m0", "officer", "gone"),
    "close": ("officer", "gone"),
    "look": ("d0", "h0"),
    "prepare": ("d0",),
    "confirm": ("h0",),
    "answer": ("h0",),
    "ask_back": ("d0",),
    "answer_back": ("officer", "gone"),
    "inform": ("d0",),
    "request": ("officer", "gone"),
    "include": ("officer", "gone"),
    "excuse": ("officer", "gone"),
    "cancel_round": ("officer", "gone"),
    "reopen": ("officer", "gone"),
    "cast": ("m0",),
    "count": ("teller", "gone"),
    "void": ("teller", "gone"),
    "settle": (),
    "break_tie": ("chair", "gone"),
    "put_off": ("officer", "gone"),
    "put_to": ("officer", "gone"),
    "expire": (),
    "reproject": (),
    "remeet": (),
    "migrate": ("officer", "gone"),
    "redact": ("officer", "gone"),
    "refuse_erasure": ("officer", "gone"),
}
ENGINES = ("pass", "settle", "expire", "reproject", "remeet")
"""The engine's alone: a person is refused them everywhere."""
ACTS = tuple(RIGHTS)
SEATED = ("look", "prepare", "confirm", "answer", "ask_back", "inform", "cast")
"""Done by who sits on the seat of a task."""

DENIED = frozenset(("not-allowed", "not-your-seat", "recused"))
"""Who may not at all is told nothing of how the dossier stands, only of himself:"""
OF_PERSONS = DENIED | {"duties-apart", "ground-missing", "may-not-enter-for", "not-delegable",
                       "substitution-elsewhere", "substitution-ended",
                       "substitution-not-begun"}  # fmt: skip


class Cell(NamedTuple):
    """One question: may `who` do `act` to a dossier at `place`, paused so?"""

    act: str
    who: str
    place: str
    pause: str


def expected(cell: Cell) -> frozenset[str]:
    """The codes of every reason against somebody who acts for himself; none when it is allowed."""
    if cell.who == "engine":
        return frozenset(("engine-reserved",))
    if (early := _before_rights(cell)) is not None:
        return frozenset(early)
    denied = _denied(cell)
    if denied & DENIED:
        return frozenset(denied)
    if cell.act in FROM:
        return frozenset(denied | step(cell))
    standing = STANDING.get(cell.act, nothing)(cell)
    last = LAST.get(cell.act, nothing)(cell) if not standing and not denied else set()
    return frozenset(standing | denied | last)


def _before_rights(cell: Cell) -> set[str] | None:
    """What is told to anybody: there is no such round; and to a unit: it was never asked."""
    known = KNOWN.get(cell.act)
    if known is not None and cell.place not in known:
        return {"round-not-opened"}
    if cell.act == "inform" and cell.place not in ASKED and cell.who in RIGHTS["inform"]:
        return {"never-asked"} | STANDING["inform"](cell)
    return None


def is_gone(cell: Cell) -> bool:
    """Whether the one who steps back has done so."""
    return cell.who == "gone" and cell.place in VOTED


def _denied(cell: Cell) -> set[str]:
    seated = {"not-your-seat"} if cell.act in SEATED else set()
    may = cell.who in RIGHTS[cell.act]
    if is_gone(cell) and (may or seated):
        other = {"not-your-seat"} if cell.act == "recuse" and cell.place in RUNNING else seated
        return {"recused", *other}
    if may:
        return set()
    if cell.who == "d0" and cell.act in ("answer", "confirm"):
        return {"not-confirmed"}
    if cell.who == "duo" and "appraiser" in RIGHTS[cell.act]:
        return {"duties-apart"}
    return seated or {"not-allowed"}
