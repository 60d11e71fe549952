"""The rules of a ballot: who votes, in which ways, when it counts and when it passes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from thidua.definitions.schema.scalar import Name, Names, Number, Ratio, wrong
from thidua.definitions.schema.shape import Shape
from thidua.workflow.balloting import RoundsRule, SeatsRule, Voters, Way
from thidua.workflow.tally import Abstained, Base, Pass, Quorum, Taking

WayList = Annotated[tuple[Way, ...], Field(min_length=1)]


class VotersShape(Shape):
    """`{role: …, on: opening, chair: ROLE}`; `chair` breaks a tie."""

    role: Name
    on: Literal["opening"]
    chair: Name | None = None

    def value(self) -> Voters:
        """Who is entitled."""
        return Voters(self.role, self.on, self.chair)


class QuorumShape(Shape):
    """`{at_least: 2/3, of: entitled, counts: [present, written], else: revote, ground: …}`."""

    missing = {"ground": "number-without-ground"}

    at_least: Ratio
    of: Literal["entitled"]
    counts: Annotated[tuple[Taking, ...], Field(min_length=1)]
    else_: Literal["revote", "fails"] = Field(alias="else")
    ground: Name

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.at_least:
            raise wrong("fraction-out-of-range", found=str(self.at_least))
        return self

    def value(self) -> Quorum:
        """The rule."""
        return Quorum(self.at_least, self.of, frozenset(self.counts))


class SeatsShape(Shape):
    """`{per: [cluster, kind], count: 1, rank_by: votes_for, tie: revote, ground: …}`."""

    missing = {"ground": "number-without-ground"}

    per: Names
    count: Number
    rank_by: Literal["votes_for"]
    tie: Literal["revote", "none"]
    ground: Name

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.count:
            raise wrong("bad-number", found=str(self.count))
        return self

    def value(self) -> SeatsRule:
        """The rule."""
        return SeatsRule(self.per, self.count, self.tie, self.ground)


class RoundsShape(Shape):
    """`{at_most: 2, then: fails | next_meeting, ground: …}`: how often one meeting votes."""

    missing = {"ground": "number-without-ground"}

    at_most: Number
    then: Literal["fails", "next_meeting"]
    ground: Name

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.at_most:
            raise wrong("bad-number", found=str(self.at_most))
        return self

    def value(self) -> RoundsRule:
        """The rule."""
        return RoundsRule(self.at_most, self.then, self.ground)


class PassShape(Shape):
    """`{votes: for, more_than: 1/2, of: entitled, ground: …}`, or `at_least`; `seats` on top."""

    missing = {"ground": "number-without-ground"}

    votes: Literal["for"]
    more_than: Ratio | None = None
    at_least: Ratio | None = None
    of: Base
    abstained: Abstained = "in_base"
    seats: SeatsShape | None = None
    ground: Name

    @model_validator(mode="after")
    def _one_fraction(self) -> Self:
        if self.of == "entitled" and self.abstained == "left_out":
            raise wrong("keys-apart", key="abstained", other="of: entitled")
        if self.more_than is None and self.at_least is None:
            raise wrong("key-missing", key="more_than")
        if self.more_than is not None and self.at_least is not None:
            raise wrong("keys-apart", key="at_least", other="more_than")
        if self.more_than == 1 or self.at_least == 0:
            raise wrong("fraction-out-of-range", found=str(self.value_or_edge))
        return self

    @property
    def value_or_edge(self) -> object:
        """The fraction given, for a message."""
        return self.at_least if self.more_than is None else self.more_than

    def value(self) -> Pass:
        """The rule."""
        return Pass(self.more_than, self.at_least, self.of, self.votes, self.abstained)
