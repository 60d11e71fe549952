"""A meeting as an act on one of its dossiers sees it: who was there, and who presided."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

Presence = Literal["present", "excused", "absent", "written"]
"""In the room; away with an excuse; away without; away with a written opinion."""

PRESENCES: tuple[str, ...] = get_args(Presence)


class Attended(NamedTuple):
    """What is recorded of one seat at one meeting; `presence` is "presides" of who presided,
    whose `seat` is then the actor's id.
    """

    meeting: str
    seat: str
    presence: str


def presences(attended: Iterable[Attended], meeting: str | None) -> Mapping[str, str]:
    """By seat what is recorded of it at a meeting; empty when nobody kept the attendance."""
    here = (a for a in attended if a.meeting == meeting and a.presence != "presides")
    return {a.seat: a.presence for a in here}


def presiding(attended: Iterable[Attended], meeting: str | None) -> str | None:
    """Who presided at a meeting; None when that is not recorded."""
    chairs = (a.seat for a in attended if a.meeting == meeting and a.presence == "presides")
    return next(chairs, None)
