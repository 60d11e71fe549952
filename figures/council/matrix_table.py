"""Who may do what, where: written by hand, beside the engine and without reading a procedure.

A cell is an act, somebody, a state and a pause. What is not in this table is denied.
"""

from itertools import product
from typing import NamedTuple

RUNNING = ("new", "appraisal", "consulted", "council", "submitted")
FINAL = ("granted", "refused", "gone")
SITUATIONS = (*product(RUNNING, ("", "return", "hold")), *((state, "") for state in FINAL))
ACTORS = ("p1", "p2", "officer", "appraiser", "d0", "d9", "m0", "teller", "minister", "stranger",
          "duo", "engine")  # fmt: skip
"""`p1` proposes for the dossier's unit, `p2` for another; `d0` is asked, `d9` is not; `duo` has
proposed it and is an appraiser too: one who proposed must not appraise."""

OWN = ("p1", "duo")
RIGHTS: dict[str, tuple[str, ...]] = {
    "accept": ("officer",),
    "consult": ("appraiser",),
    "reject": ("appraiser",),
    "convene": ("officer",),
    "pass": (),
    "grant": ("minister",),
    "attach": (*OWN, "officer"),
    "supplement": OWN,
    "reply": ("officer",),
    "assign": ("officer",),
    "return": ("officer",),
    "hold": ("officer",),
    "release": ("officer",),
    "extend": ("officer",),
    "promise": ("officer",),
    "contact": ("officer",),
    "recall": ("officer",),
    "correct": ("officer",),
    "waive": ("minister",),
    "redeem": ("minister",),
    "transfer": ("officer",),
    "withdraw": OWN,
    "revoke": ("minister",),
    "recuse": ("m0", "officer"),
    "close": ("officer",),
    "answer": ("d0",),
    "cast": ("m0",),
    "count": ("teller",),
}
ACTS = tuple(RIGHTS)
FROM = {"accept": "new", "consult": "appraisal", "reject": "appraisal", "convene": "consulted",
        "pass": "council", "grant": "submitted"}  # fmt: skip
ASKED = ("consulted", "council", "submitted", "granted")
"""Where the opinions have been asked for; the vote is open from the council on."""
VOTED = ("council", "submitted", "granted")


UNTOLD = {"not-allowed", "not-your-seat"}
"""Who may not at all is told nothing of how the dossier stands."""


class Cell(NamedTuple):
    """One question: may `who` do `act` to a dossier in `state`, paused so?"""

    act: str
    who: str
    state: str
    pause: str


CELLS = tuple(Cell(act, who, *place) for act, who, place in product(ACTS, ACTORS, SITUATIONS))


def expected(cell: Cell) -> frozenset[str]:
    """The codes of every reason against it; none when it is allowed."""
    if cell.who == "engine":
        return frozenset(("engine-reserved",))
    if cell.act in FROM:
        return frozenset(_step(cell))
    known = _KNOWN.get(cell.act)
    if known is not None and cell.state not in known:
        return frozenset(("round-not-opened",))
    standing = _STANDING.get(cell.act, _nothing)(cell)
    denied = _denied(cell)
    if denied & UNTOLD:
        return frozenset(denied)
    last = _LAST.get(cell.act, _nothing)(cell) if not standing and not denied else set()
    return frozenset(standing | denied | last)


def _denied(cell: Cell) -> set[str]:
    if cell.who in RIGHTS[cell.act]:
        return set()
    if cell.who == "duo" and "appraiser" in RIGHTS[cell.act]:
        return {"duties-apart"}
    return {"not-your-seat" if cell.act in ("answer", "cast") else "not-allowed"}


def _step(cell: Cell) -> set[str]:
    denied = _denied(cell)
    if denied & UNTOLD:
        return denied
    if cell.state != FROM[cell.act]:
        return denied | {"not-from-here"}
    paused = {"paused"} if cell.pause else set()
    unmet = {"convene": {"round-still-open"}, "pass": {"round-not-passed"}}
    return denied | paused | unmet.get(cell.act, set())


def _nothing(_: Cell) -> set[str]:
    return set()


def _must_run(cell: Cell) -> set[str]:
    if cell.pause:
        return {"paused"}
    return _not_final(cell)


def _not_final(cell: Cell) -> set[str]:
    return {"dossier-final"} if cell.state in FINAL else set()


def _extend(cell: Cell) -> set[str]:
    """A return gives its own time, which can be made longer."""
    return set() if cell.pause == "return" else _must_run(cell)


def _supplement(cell: Cell) -> set[str]:
    return set() if cell.pause == "return" else {"not-returned", "not-asked-for"}


def _recall(cell: Cell) -> set[str]:
    if cell.state in FINAL:
        return {"dossier-final"}
    paused = {"paused"} if cell.pause else set()
    return paused | ({"nothing-to-recall"} if cell.state == "new" else set())


def _recalled(cell: Cell) -> set[str]:
    """What the engine would do again at once."""
    return {"recall-repeated"} if cell.state == "submitted" else set()


def _waive(cell: Cell) -> set[str]:
    return {"nothing-to-waive"} if cell.state in ("council", "submitted") else set()


def _recuse(cell: Cell) -> set[str]:
    return set() if cell.state == "council" else {"nothing-to-recuse"}


def _close(cell: Cell) -> set[str]:
    closed = {"round-closed"} if cell.state != "consulted" else set()
    return closed | ({"paused"} if cell.pause else set())


def _count(cell: Cell) -> set[str]:
    closed = {"round-closed"} if cell.state != "council" else set()
    return closed | ({"paused"} if cell.pause else set())


def _cast(cell: Cell) -> set[str]:
    over = {"round-closed", "voted-already"} if cell.state != "council" else set()
    return over | ({"paused"} if cell.pause else set())


_KNOWN = {"reply": ASKED, "promise": ASKED, "close": ASKED, "answer": ASKED, "cast": VOTED,
          "count": VOTED}  # fmt: skip
_STANDING = {
    "return": _must_run,
    "hold": _must_run,
    "release": lambda cell: set() if cell.pause == "hold" else {"not-held"},
    "supplement": _supplement,
    "extend": _extend,
    "recall": _recall,
    "reply": lambda cell: {"no-disagreement"} | _not_final(cell),
    "promise": lambda cell: set() if cell.state == "consulted" else {"nothing-to-promise"},
    "assign": lambda cell: {"task-ended"} if cell.state in FINAL else set(),
    "waive": _not_final,
    "redeem": lambda _: {"no-such-debt"},
    "transfer": lambda cell: set() if cell.state == "new" else {"accepted-already"},
    "withdraw": _not_final,
    "revoke": lambda cell: set() if cell.state == "granted" else {"nothing-awarded"},
    "recuse": _recuse,
    "close": _close,
    "count": _count,
    "answer": _not_final,
    "cast": _cast,
}
"""What stands in the way of anybody."""
_LAST = {"waive": _waive, "recall": _recalled}
"""What is only looked at when nothing else stands in the way."""
