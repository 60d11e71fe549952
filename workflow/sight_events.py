"""How much of an event of a dossier's journal somebody may see."""

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import (
    Eyes,
    Standing,
    What,
    announcing,
    embargoed,
    handles,
    may_see,
)

Part = Literal["all", "fact", "nothing"]
"""All of it; that it happened, without words and papers; not even that."""

OPEN = frozenset({"create", "attach", "supplement", "correct", "return", "withdraw"})
"""Acts on what the proposing side brought: everybody who may look at the dossier sees them."""

SAID = frozenset({"answer", "prepare", "ask_back", "answer_back", "inform", "reply", "request"})
ASKING = frozenset({"look", "contact", "promise", "excuse", "include", "extend", "cancel_round",
                    "reopen"})  # fmt: skip
BALLOT = frozenset({"settle", "breaktie", "voidballot"})


def part_of(
    procedure: Procedure,
    body: Mapping[str, Any],
    eyes: Collection[Eyes],
    at: Standing,
    running: Collection[str] = (),
    *,
    announced: bool = True,
) -> Part:
    """How much of an event may be seen by all that look; one's own act wholly.

    `body` is the event's; `running` has the ids of rounds not closed for the dossier; `announced`
    is False from the event on that `kept_back` names.
    """
    act = body["act"]
    if act in OPEN or is_own_act(body, eyes):
        return "all"
    if act in ("hold", "release"):
        return "all" if may_see(procedure, What("hold"), eyes, at) else "fact"
    if act in SAID or act == "cast":
        return _said(procedure, body, eyes, at, running)
    if act in ("fire", "revoke"):
        told: Part = "all" if handles(procedure, eyes, at) else "fact"
        known = announced or may_see(procedure, What("outcome"), eyes, at)
        return told if known else "nothing"
    return "all" if may_see(procedure, _matter(procedure, body), eyes, at) else "nothing"


def kept_back(
    procedure: Procedure, events: Iterable[Mapping[str, Any]], waiting: Collection[str]
) -> float:
    """The number of the first event whose result is not announced; infinite when all are.

    `events` number and body, ascending; `waiting` has the decisions whose notices have not gone
    out. What came before is the same whether a line of such a decision was applied or not, so
    that nobody reads from one dossier's history what another's does not tell yet.
    """
    first, shut, told = math.inf, embargoed(procedure), announcing(procedure)
    for event in events:
        body = event["body"]
        if body.get("decision") in waiting:
            return min(first, float(event["n"]))
        if body["act"] == "fire" and body["to"] in shut:
            first = min(first, event["n"])
        elif body["act"] == "fire" and body["to"] in told:
            first = math.inf
    return first


def is_own_act(body: Mapping[str, Any], eyes: Collection[Eyes]) -> bool:
    """Whether each that looks decided or entered the event."""
    return bool(eyes) and all(e.actor in (body.get("by"), body.get("entered")) for e in eyes)


def _matter(procedure: Procedure, body: Mapping[str, Any]) -> What:
    """What an act without words of its own is about; what is not known is for handlers alone."""
    rule = procedure.rounds.get(body.get("round", ""))
    ballot = rule is not None and rule.kind == "ballot"
    if body["act"] in BALLOT or (body["act"] == "close_round" and ballot):
        return What("tally", body.get("round"))
    return What("asked", body.get("round"), body.get("seat") if body["act"] in ASKING else None)


def _said(
    procedure: Procedure,
    body: Mapping[str, Any],
    eyes: Collection[Eyes],
    at: Standing,
    running: Collection[str],
) -> Part:
    thing: Literal["roll", "opinion"] = "roll" if body["act"] == "cast" else "opinion"
    seat, shut = body.get("seat"), body.get("round_id") in running
    names = [body["round"]] if "round" in body else _consultations(procedure)
    if all(may_see(procedure, What(thing, name, seat, shut), eyes, at) for name in names):
        return "all"
    if body["act"] == "reply":
        return "nothing"  # it names who disagreed
    return "fact" if may_see(procedure, What("asked", seat=seat), eyes, at) else "nothing"


def _consultations(procedure: Procedure) -> list[str | None]:
    found = [name for name, rule in procedure.rounds.items() if rule.kind == "consultation"]
    return [*found] or [None]
