"""Why a member must not vote on a dossier: computed from what the directory knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from thidua.workflow.dossier import Candidate
from thidua.workflow.person import Seat

TieGround = Literal["own_unit", "nominator", "relative", "self"]


@dataclass(frozen=True, slots=True)
class Kin:
    """What is known about a dossier's people; None where it is not known.

    `in_unit` are the actors with a role in the candidate's own unit, `nominators` who decided the
    nomination and who leads the unit that nominated, `relatives` the actors declared to be
    relatives of the candidate.
    """

    in_unit: frozenset[str] | None = None
    nominators: frozenset[str] | None = None
    relatives: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """By seat the grounds on which it steps back; the grounds that could not be computed."""

    tied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()


def ties(grounds: Iterable[str], candidate: Candidate, seats: Iterable[Seat], kin: Kin) -> Ties:
    """Who of `seats` steps back on which of `grounds`.

    A collective or a household is nobody's self and nobody's relative. A seat that is no person's
    is never tied.
    """
    wanted = list(grounds)
    known = {ground: _persons(ground, candidate, kin) for ground in wanted}
    tied: dict[str, tuple[str, ...]] = {}
    for seat in seats:
        mine = tuple(g for g in wanted if seat.person in (known[g] or ()))
        if mine and seat.person is not None:
            tied[str(seat)] = mine
    return Ties(tied, tuple(sorted(g for g in wanted if known[g] is None)))


def _persons(ground: str, candidate: Candidate, kin: Kin) -> frozenset[str] | None:
    if ground == "own_unit":
        return kin.in_unit
    if ground == "nominator":
        return kin.nominators
    if candidate.kind != "individual":
        return frozenset()
    if candidate.person is None:
        return None
    return frozenset({candidate.person}) if ground == "self" else kin.relatives
