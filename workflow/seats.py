"""Seats of a ballot: who is chosen when a group has only so many places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One dossier's count: its group (such as cluster and kind), votes for, passed or not."""

    dossier_id: str
    group: Group
    votes_for: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Seats:
    """Who has a seat. Every dossier stands in exactly one of the three.

    Each is ordered by group, votes for (most first) and dossier id. `vacant` says how many seats
    of a group nobody has yet: those a tie is about, or for which too few have passed; groups
    that are full are left out.
    """

    chosen: tuple[str, ...]
    not_chosen: tuple[str, ...]
    tied: tuple[str, ...]
    vacant: Mapping[Group, int]


def award_seats(
    standings: Iterable[Standing], *, count: int, tie: Literal["revote", "none"]
) -> Seats:
    """Give each group's `count` seats to those of its passed dossiers with most votes for.

    When the last seats fall on dossiers with equal votes that do not all fit, none of them is
    chosen: with `tie` "revote" they are tied and `vacant` tells for how many seats, with "none"
    they are not chosen and the seats stay empty. The order of the lines never matters. A count
    below 1 or a dossier that comes twice is `ValueError`.
    """
    lines = sorted(standings, key=lambda s: (s.group, -s.votes_for, s.dossier_id))
    if count < 1 or len({line.dossier_id for line in lines}) < len(lines):
        raise ValueError("expected at least 1 seat and each dossier once")
    chosen: set[str] = set()
    tied: set[str] = set()
    vacant: dict[Group, int] = {}
    for group, members in groupby(lines, key=lambda s: s.group):
        inside, at_cut = _cut([line for line in members if line.passed], count)
        chosen.update(inside)
        tied.update(at_cut if tie == "revote" else ())
        if len(inside) < count:
            vacant[group] = count - len(inside)
    ids = [line.dossier_id for line in lines]
    return Seats(
        tuple(i for i in ids if i in chosen),
        tuple(i for i in ids if i not in chosen | tied),
        tuple(i for i in ids if i in tied),
        vacant,
    )


def _cut(ranked: list[Standing], count: int) -> tuple[list[str], list[str]]:
    """The ids that have a seat for sure, and those with equal votes at the cut."""
    if len(ranked) <= count:
        return [line.dossier_id for line in ranked], []
    last = ranked[count - 1].votes_for
    if ranked[count].votes_for < last:
        return [line.dossier_id for line in ranked[:count]], []
    inside = [line.dossier_id for line in ranked if line.votes_for > last]
    return inside, [line.dossier_id for line in ranked if line.votes_for == last]
