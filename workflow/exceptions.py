"""What is not as usual about a dossier: it stands on top of what council and decider see."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from thidua.workflow.debt import DEBT

KINDS = (
    "disagreement_open",
    "waiver_owed",
    "disagreement_answered",
    "disagreement_late",
    "conflict_of_interest",
    "agree_with_remarks",
    "not_sent",
    "no_reply",
    "answer_late",
    "excused",
)
"""Gravest first: an unanswered disagreement before everything, a silence near the end."""

_OUTCOMES = frozenset(KINDS[KINDS.index("conflict_of_interest") :]) - {"answer_late"}


class Unusual(NamedTuple):
    """One thing to look at: its kind, the round and the seat it came from.

    Of a debt `seat` is who owes it and there is no round.
    """

    kind: str
    round: str | None
    round_id: str | None
    seat: str


def exceptions(
    tasks: Iterable[Mapping[str, Any]], opinions: Iterable[Mapping[str, Any]] = ()
) -> tuple[Unusual, ...]:
    """What the tasks of one dossier tell, gravest first.

    Of a seat asked in several rounds of a name only the newest counts; tasks are rows or
    `Task._asdict()`. `opinions` (rows, ascending) tell of a seat without an answer in time what
    it said when it was too late to change anything.
    """
    kept = {(each["round_id"], each["seat"]): each for each in opinions}
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    owed: list[Unusual] = []
    for task in sorted(tasks, key=lambda task: (task["opened_n"], task["n"])):
        if task["kind"] == "ask" and (
            task["status"] != "cancelled" or task["outcome"] == "excused"
        ):
            newest[task["what"], task["seat"]] = task
        elif task["what"].startswith(DEBT) and task["status"] in ("open", "paused"):
            owed.append(Unusual("waiver_owed", None, None, task["seat"]))
    found = [each for task in newest.values() if (each := _of(task, kept)) is not None]
    return tuple(sorted((*owed, *found), key=lambda each: (KINDS.index(each.kind), each.seat)))


def _of(
    task: Mapping[str, Any], kept: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Unusual | None:
    kind, said = task["outcome"], kept.get((task["round_id"], task["seat"]))
    if kind == "disagree":
        kind = "disagreement_answered" if task["answered_n"] else "disagreement_open"
    elif kind == "no_reply" and said is not None and said["n"] > (task["closed_n"] or 0):
        kind = "disagreement_late" if said["kind"] == "disagree" else "answer_late"
    elif kind not in _OUTCOMES:
        return None
    return Unusual(kind, task["what"], task["round_id"], task["seat"])


def rank(found: Iterable[Unusual]) -> tuple[int, int]:
    """A key that puts the dossier with the gravest exception, and more of them, first."""
    kinds = [KINDS.index(each.kind) for each in found]
    gravest = min(kinds, default=len(KINDS))
    return gravest, -kinds.count(gravest)
