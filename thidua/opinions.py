"""What has become of each opinion about a dossier: replaced, lapsed, only kept, answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Key = tuple[str, str]
"""A round's id and a seat."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an opinion does not stand: a newer one replaced it, what it rested on was supplemented,
    or it came after the close, too late to change anything.

    `at` is the instant of the event that made it so, as that tells it; `by` the event's number.
    """

    why: Literal["replaced", "lapsed", "kept"]
    at: str
    by: int


def marks(
    events: Iterable[Mapping[str, Any]], tasks: Iterable[Mapping[str, Any]]
) -> dict[int, Mark]:
    """By the number of an opinion's event why it does not stand; those that stand are left out.

    `events` are a dossier's, in order, each with `n` and `body`; `tasks` its tasks' rows.
    """
    seats = {t["n"]: (t["round_id"], t["seat"]) for t in tasks if t["kind"] == "ask"}
    stands: dict[Key, int] = {}
    found: dict[int, Mark] = {}
    for event in events:
        n, body = event["n"], event["body"]
        if body["act"] == "answer" and "tasks" not in body:
            found[n] = Mark("kept", body["at"], n)
        elif body["act"] == "answer":
            key = (body["round_id"], body["seat"])
            if key in stands:
                found[stands[key]] = Mark("replaced", body["at"], n)
            stands[key] = n
        elif body["act"] == "supplement":
            gone = [stands.pop(key) for key in _asked_again(body, seats) if key in stands]
            found |= {opinion: Mark("lapsed", body["at"], n) for opinion in gone}
    return found


def replies(events: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """By the number of a disagreement's event the one that answered it in writing, the newest.

    `events` are a dossier's, in order, each with `n` and `body`.
    """
    given: dict[Key, int] = {}
    found: dict[int, Mapping[str, Any]] = {}
    for event in events:
        body = event["body"]
        if body["act"] == "answer" and "tasks" in body:
            given[body["round_id"], body["seat"]] = event["n"]
        elif body["act"] == "reply" and (body["round_id"], body["seat"]) in given:
            found[given[body["round_id"], body["seat"]]] = event
    return found


def _asked_again(body: Mapping[str, Any], seats: Mapping[int, Key]) -> list[Key]:
    """The seats whose ask the event opened again; one that ran on had no opinion yet."""
    rows = [(row[0], row[1], row[2]) for row in body.get("tasks", ())]
    return [seats[n] for n, status, said in rows if n in seats and status == "open" and not said]
