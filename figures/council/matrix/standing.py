"""What stands in the way of anybody, by act and by where the dossier is: written by hand."""

from collections.abc import Callable
from typing import Protocol

PLACES = ("new", "appraisal", "consulted", "queried", "objected", "council", "tied", "waiting",
          "lost", "submitted")  # fmt: skip
"""States, some of them twice: `queried` is consulted with a question and a draft that wait, and
with the round's end waived, which is owed; `objected` consulted when all have answered and one
disagrees; `tied` is council with a vote that the chair has to decide, `waiting` council when the
case was taken off the agenda."""
STATE = {"queried": "consulted", "objected": "consulted", "tied": "council", "waiting": "council",
         "lost": "council"}  # fmt: skip
FINAL = ("granted", "refused", "gone")
OPENED = ("consulted", "queried")
"""Where opinions are still given; the vote runs in `council` and `lost`."""
RUNNING = ("council", "lost")
VOTED = ("council", "tied", "waiting", "lost", "submitted", "granted")
ASKED = (*OPENED, "objected", *VOTED)


class At(Protocol):
    """Where a dossier is."""

    @property
    def act(self) -> str:
        """What is asked of it."""

    @property
    def place(self) -> str:
        """The place."""

    @property
    def pause(self) -> str:
        """The pause; empty when it runs."""


FROM = {"accept": "new", "consult": "appraisal", "reject": "appraisal", "convene": "consulted",
        "pass": "council", "grant": "submitted"}  # fmt: skip
KNOWN = {
    **dict.fromkeys(("reply", "promise", "close", "answer", "confirm", "look", "prepare",
                     "ask_back", "answer_back", "request", "include", "excuse", "cancel_round",
                     "reopen"), ASKED),
    **dict.fromkeys(("cast", "count", "void", "settle", "break_tie", "put_off", "put_to"), VOTED),
}  # fmt: skip
"""Where there is a round to speak of."""


def state_of(place: str) -> str:
    """The state of a place."""
    return STATE.get(place, place)


def nothing(_: At) -> set[str]:
    """Nothing stands in the way."""
    return set()


def step(at: At) -> set[str]:
    """What stands in the way of a step of the procedure."""
    if state_of(at.place) != FROM[at.act]:
        return {"not-from-here"}
    unmet = at.act == "convene" and at.place == "consulted"
    return _paused(at) | ({"round-still-open"} if unmet else set())


def _paused(at: At) -> set[str]:
    return {"paused"} if at.pause else set()


def _must_run(at: At) -> set[str]:
    return _paused(at) | _not_final(at)


def _not_final(at: At) -> set[str]:
    return {"dossier-final"} if at.place in FINAL else set()


def _unless(holds: bool, code: str) -> set[str]:  # noqa: FBT001 -- reads as a sentence
    return set() if holds else {code}


def _extend(at: At) -> set[str]:
    """A return gives its own time, which can be made longer."""
    return set() if at.pause == "return" else _must_run(at)


def _supplement(at: At) -> set[str]:
    return set() if at.pause == "return" else {"not-returned", "not-asked-for"}


def _recall(at: At) -> set[str]:
    if at.place in FINAL:
        return {"dossier-final"}
    begun = at.place == "new"
    spoken = _unless(at.place not in ("objected", "tied", "lost"), "recall-too-late")
    return _paused(at) | spoken | _unless(not begun, "nothing-to-recall")


def _recalled(at: At) -> set[str]:
    """What the engine would do again at once."""
    return _unless(at.place != "submitted", "recall-repeated")


def _waive(at: At) -> set[str]:
    return _unless(at.place not in (*VOTED, "objected"), "nothing-to-waive")


def _reply(at: At) -> set[str]:
    return _not_final(at) | _unless(at.place == "objected", "no-disagreement")


def _promise(at: At) -> set[str]:
    return _unless(at.place in OPENED, "nothing-to-promise")


def _asked(at: At, otherwise: str) -> set[str]:
    return _must_run(at) | _unless(at.place in OPENED, otherwise)


def _close(at: At) -> set[str]:
    return _paused(at) | _unless(at.place in OPENED, "round-closed")


def _ask_back(at: At) -> set[str]:
    if at.place == "queried":
        return {"asked-back-already"}
    return _not_final(at) | _unless(at.place in OPENED, "answered-already")


def _excuse(at: At) -> set[str]:
    answered = _unless(at.place in OPENED, "answered-already")
    return answered | ({"decided-already"} if at.place in FINAL else set())


def _reopen(at: At) -> set[str]:
    if at.place in OPENED:
        return _paused(at) | {"round-runs"}
    decided = {"decided-already"} if at.place in FINAL else set()
    return _must_run(at) | decided | _unless(at.place == "objected", "nothing-open")


def _running(at: At) -> set[str]:
    return _paused(at) | _unless(at.place in RUNNING, "round-closed")


def _cast(at: At) -> set[str]:
    """In `waiting` the votes were taken back and not given; a paused ballot asks for no key."""
    given = _unless(at.place in (*RUNNING, "waiting"), "voted-already")
    lost = at.place == "lost" and not at.pause
    return _running(at) | given | ({"key-lost"} if lost else set())


def _count(at: At) -> set[str]:
    return _running(at) | _unless(at.place != "lost", "key-lost")


def _void(at: At) -> set[str]:
    """Elsewhere no box is sealed."""
    return _running(at) | _unless(at.place == "lost", "box-not-lost")


def _break_tie(at: At) -> set[str]:
    return _must_run(at) | _unless(at.place == "tied", "no-tie")


def _put_to(at: At) -> set[str]:
    here = _unless(state_of(at.place) == "council", "state-without-round")
    return _paused(at) | here | _unless(at.place == "waiting", "not-waiting")


STANDING: dict[str, Callable[[At], set[str]]] = {
    "return": _must_run,
    "hold": _must_run,
    "release": lambda at: _unless(at.pause == "hold", "not-held"),
    "supplement": _supplement,
    "extend": _extend,
    "recall": _recall,
    "reply": _reply,
    "promise": _promise,
    "assign": lambda at: _unless(at.place not in FINAL, "task-ended"),
    "waive": _not_final,
    "redeem": lambda at: _unless(at.place == "queried", "no-such-debt"),
    "transfer": lambda at: _unless(at.place == "new", "accepted-already"),
    "withdraw": _not_final,
    "revoke": lambda at: _unless(at.place == "granted", "nothing-awarded"),
    "recuse": lambda at: _unless(at.place in RUNNING, "nothing-to-recuse"),
    "close": _close,
    "answer": _not_final,
    "confirm": _not_final,
    "prepare": _not_final,
    "ask_back": _ask_back,
    "answer_back": lambda at: _unless(at.place == "queried", "no-question"),
    "inform": lambda at: _unless(at.place not in FINAL, "informed-too-late"),
    "request": lambda at: _asked(at, "nobody-to-request"),
    "include": lambda at: _asked(at, "round-closed"),
    "excuse": _excuse,
    "cancel_round": lambda at: _asked(at, "round-closed"),
    "reopen": _reopen,
    "count": _count,
    "cast": _cast,
    "void": _void,
    "break_tie": _break_tie,
    "put_off": _running,
    "put_to": _put_to,
    "migrate": _not_final,
}
LAST: dict[str, Callable[[At], set[str]]] = {"waive": _waive, "recall": _recalled}
"""What is only looked at when nothing else stands in the way."""
