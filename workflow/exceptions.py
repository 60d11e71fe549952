"""What is not as usual about a dossier: it stands on top of what council and decider see."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from thidua.workflow.debt import DEBT

KINDS = (
    "disagreement_open",
    "waiver_owed",
    "disagreement_answered",
    "conflict_of_interest",
    "agree_with_remarks",
    "not_sent",
    "no_reply",
    "excused",
)
"""Gravest first: an unanswered disagreement before everything, a silence near the end."""

_OUTCOMES = frozenset(KINDS[3:])


class Unusual(NamedTuple):
    """One thing to look at: its kind, the round and the seat it came from.

    Of a debt `seat` is who owes it and there is no round.
    """

    kind: str
    round: str | None
    round_id: str | None
    seat: str


def exceptions(tasks: Iterable[Mapping[str, Any]]) -> tuple[Unusual, ...]:
    """What the tasks of one dossier tell, gravest first.

    Of a seat asked in several rounds of a name only the newest counts; tasks are rows or
    `Task._asdict()`.
    """
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    owed: list[Unusual] = []
    for task in sorted(tasks, key=lambda task: (task["opened_n"], task["n"])):
        if task["kind"] == "ask" and (
            task["status"] != "cancelled" or task["outcome"] == "excused"
        ):
            newest[task["what"], task["seat"]] = task
        elif task["what"].startswith(DEBT) and task["status"] in ("open", "paused"):
            owed.append(Unusual("waiver_owed", None, None, task["seat"]))
    found = [each for task in newest.values() if (each := _of(task)) is not None]
    return tuple(sorted((*owed, *found), key=lambda each: (KINDS.index(each.kind), each.seat)))


def _of(task: Mapping[str, Any]) -> Unusual | None:
    kind = task["outcome"]
    if kind == "disagree":
        kind = "disagreement_answered" if task["answered_n"] else "disagreement_open"
    elif kind not in _OUTCOMES:
        return None
    return Unusual(kind, task["what"], task["round_id"], task["seat"])


def rank(found: Iterable[Unusual]) -> tuple[int, int]:
    """A key that puts the dossier with the gravest exception, and more of them, first."""
    kinds = [KINDS.index(each.kind) for each in found]
    gravest = min(kinds, default=len(KINDS))
    return gravest, -kinds.count(gravest)
