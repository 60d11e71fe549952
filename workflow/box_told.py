"""A sealed box as the journal tells of it, and whether what was published makes up the counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

COUNTED = {"for": "votes_for", "against": "votes_against", "abstain": "abstained"}


class BoxTold(NamedTuple):
    """Of a box that runs `seal` is the commitment to its content; of an opened one `slips` are
    the choices found in it.
    """

    key_id: str
    public: str
    votes: int
    seal: str
    slips: str | None = None


def adds_up(body: Mapping[str, Any], openly: Iterable[str]) -> bool:
    """Whether the slips that a close published, the votes given openly and the tellers' papers
    are what it counted.

    An open vote whose choice was erased since counts as the one that is missing.
    """
    slips, counts = body["slips"], dict(_counts(body))
    given = Counter(slips) + Counter(openly)
    papers = body.get("papers") or {}
    told = {c: counts.get(n, 0) - papers.get(n, 0) for c, n in COUNTED.items()}
    known = given.total() == sum(told.values())
    least = all(given[choice] <= told[choice] for choice in COUNTED)
    return known and least and slips == sorted(slips) and set(slips) <= set(COUNTED)


def _counts(body: Mapping[str, Any]) -> Mapping[str, int]:
    """The event counts the line before anything it causes touches another."""
    for round_id, _, counts, _ in body.get("lines", ()):
        if round_id == body["round_id"]:
            return {**counts}
    return {}
