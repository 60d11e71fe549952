"""The parts of a ballot's rule beside quorum and majority: voters, ways, seats, rounds."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Voters:
    """Who is entitled to vote: all holders of a role on the day the ballot opens.

    `chair` is the role that breaks a tie where nobody is recorded as presiding.
    """

    role: str
    on: Literal["opening"] = "opening"
    chair: str | None = None


@dataclass(frozen=True, slots=True)
class SeatsRule:
    """A ballot that fills seats: the `count` best by votes for within each group."""

    per: tuple[str, ...]
    count: int
    tie: Literal["revote", "none"]
    ground: str = ""


@dataclass(frozen=True, slots=True)
class RoundsRule:
    """How many ballots one meeting holds about a dossier, and what then becomes of it."""

    at_most: int
    then: Literal["fails", "next_meeting"]
    ground: str = ""


Way = Literal["electronic", "paper", "show_of_hands", "written"]
