"""Rounds: consultations, public postings and ballots."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from thidua.definitions.schema.ballot import (
    PassShape,
    QuorumShape,
    RoundsShape,
    VotersShape,
    WayList,
)
from thidua.definitions.schema.due import RoundDue
from thidua.definitions.schema.exchange import AskBackShape, Confirm
from thidua.definitions.schema.right import ExpressionShape
from thidua.definitions.schema.scalar import (
    AS_LIST,
    BY_FORM,
    MAPPING,
    ONE_AS_LIST,
    OR_NONE,
    WORD,
    Name,
    Names,
    NotYet,
    Number,
    Ratio,
    Time,
    UnitName,
    YesNo,
    wrong,
)
from thidua.definitions.schema.shape import Labelled, Shape
from thidua.workflow.procedure import Ask, Close, DueRule, Expression, Proof, RoundRule

Gather = Literal["submission", "campaign", "meeting", "officer"]
OwnCase = Literal["ask", "ask_superior", "skip"]
Due = Annotated[RoundDue | None, OR_NONE]
Proofs = Annotated[tuple[Proof, ...], Field(min_length=1), AS_LIST]


def value_of(due: RoundDue | None) -> DueRule | None:
    """The rule, where there is one."""
    return due.value() if due else None


class Group(Shape):
    """`{same: FIELD}`: the units that share the dossier's value of a field."""

    same: Name


class Beside(Shape):
    """`{group: NAME}`: the units that share a group with the candidate's unit."""

    group: Name


def _units(value: Any) -> str:
    if isinstance(value, dict):
        return "beside" if "group" in value else "same"
    return "word"


Units = Annotated[
    Annotated[Group, Tag("same")]
    | Annotated[Beside, Tag("beside")]
    | Annotated[Literal["of_candidate", "all", "same_province"], WORD],
    Discriminator(_units),
]
When = Annotated[Annotated[ExpressionShape, MAPPING] | Annotated[Name, WORD], BY_FORM]


class AskShape(Shape):
    """`{role: …, units: of_candidate | all | same_province | {same: FIELD} | {group: NAME}, …}`.

    `if` is a yes_no field or a typed condition.
    """

    role: Name
    units: Units
    if_: When | None = Field(default=None, alias="if")
    if_none: Literal["skip", "refuse"] = "refuse"
    own_head: OwnCase = "ask"
    own_proposal: OwnCase = "ask"

    def value(self) -> Ask:
        """Whom the round asks."""
        when = self.if_.value().name if isinstance(self.if_, ExpressionShape) else self.if_
        return Ask(
            self.role, self._units(), self.if_none, self.own_head, self.own_proposal, when=when
        )

    def _units(self) -> str:
        if isinstance(self.units, str):
            return "group:province" if self.units == "same_province" else self.units
        if isinstance(self.units, Beside):
            return f"group:{self.units.group}"
        return f"same:{self.units.same}"


def _some(value: Any) -> Any:
    if value == []:
        raise wrong("empty-list", found="[]")
    return value


Asks = Annotated[tuple[AskShape, ...], BeforeValidator(_some), ONE_AS_LIST]


class Enough(Shape):
    """`{share: 2/3}`, `{answers: 5}` or `{units: […], plus: 5}`: how many answers are enough."""

    share: Ratio | None = None
    answers: Annotated[Number, Field(ge=1)] | None = None
    units: tuple[UnitName, ...] = ()
    plus: Number = 0


Over = Annotated[Annotated[Enough, MAPPING] | Annotated[Literal["all_answered"], WORD], BY_FORM]


class CloseShape(Shape):
    """`{by: ROLE, at_due: yes, transit: 3 working days, ground: …}`: how a posting ends.

    `ground` is the source of its numbers where that is not the ground of the due.
    """

    by: Name | None = None
    at_due: YesNo = False
    transit: Time | None = None
    ground: Name | None = None

    def value(self) -> Close:
        """The rule."""
        return Close(at_due=self.at_due, transit=self.transit, by=self.by, ground=self.ground)


class ConsultationClose(CloseShape):
    """The same for a consultation, which may also end when enough have answered."""

    when: Over | None = None

    def value(self) -> Close:
        """The rule."""
        enough = self.when if isinstance(self.when, Enough) else Enough()
        return Close(
            all_answered=self.when == "all_answered",
            share=enough.share,
            units=enough.units,
            plus=enough.plus,
            at_due=self.at_due,
            transit=self.transit,
            by=self.by,
            answers=enough.answers,
            ground=self.ground,
        )


class BallotClose(Shape):
    """`{by: ROLE}`: a ballot is counted, so a person closes it."""

    by: Name
    at_due: NotYet = None
    transit: NotYet = None
    when: NotYet = None

    def value(self) -> Close:
        """The rule."""
        return Close(by=self.by)


class Consultation(Labelled):
    """Seats are asked for their opinion about each dossier of a list.

    `counts_by: [postmark, e_stamp, portal, receipt]` says by what an answer is in time. `confirm`
    names who in the unit has to confirm an answer, `ask_back` what may be asked back.
    """

    kind: Literal["consultation"]
    gather: Gather
    ask: Asks
    question: Labelled
    rests_on: Names = ()
    due: Due
    close: ConsultationClose
    silence: Literal["continue", "wait"]
    counts_by: Proofs | None = None
    confirm: Confirm | None = None
    ask_back: AskBackShape | None = None

    def value(self, name: str, sees: tuple[str, ...]) -> RoundRule:
        """The rule under its name."""
        return RoundRule(
            name,
            self.label,
            "consultation",
            self.gather,
            value_of(self.due),
            self.close.value(),
            ask=self.ask[0].value(),
            also_asks=tuple(each.value() for each in self.ask[1:]),
            question=self.question.label,
            rests_on=self.rests_on,
            silence=self.silence,
            sees=sees,
            counts_by=self.counts_by or self._counts_by(),
            confirm=self.confirm.value() if self.confirm else None,
            ask_back=self.ask_back.value() if self.ask_back else None,
        )

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The conditions of its `ask` that are written out."""
        written = (each.if_ for each in self.ask if isinstance(each.if_, ExpressionShape))
        return tuple(each.value() for each in written)

    def _counts_by(self) -> tuple[Proof, ...]:
        """Waiting for the post means something only where the postmark counts."""
        return ("receipt",) if self.close.transit is None else ("postmark",)


class Posting(Labelled):
    """A list is shown to the public; nobody is asked by name, so the proof is what counts.

    `proof: DOCUMENT` is the kind of document that shows it was posted.
    """

    kind: Literal["posting"]
    gather: Gather
    proof: Name
    due: Due
    close: CloseShape

    def value(self, name: str, sees: tuple[str, ...]) -> RoundRule:
        """The rule under its name."""
        return RoundRule(
            name,
            self.label,
            "posting",
            self.gather,
            value_of(self.due),
            self.close.value(),
            proof=self.proof,
            sees=sees,
        )


class Ballot(Labelled):
    """Members vote on each dossier of a list."""

    missing = {
        "voters": "ballot-without-voters",
        "quorum": "ballot-without-quorum",
        "pass": "ballot-without-pass",
        "tie": "ballot-without-tie",
    }

    kind: Literal["ballot"]
    gather: Gather
    voters: VotersShape
    ways: WayList
    secret: YesNo
    quorum: QuorumShape
    pass_: PassShape = Field(alias="pass")
    tie: Literal["fails", "revote", "chair"]
    rounds: RoundsShape | None = None
    written: Literal["until_close", "until_due"] = "until_close"
    also_shows: Names = ()
    due: Due
    close: BallotClose

    def value(self, name: str, sees: tuple[str, ...]) -> RoundRule:
        """The rule under its name."""
        return RoundRule(
            name,
            self.label,
            "ballot",
            self.gather,
            value_of(self.due),
            self.close.value(),
            voters=self.voters.value(),
            ways=self.ways,
            secret=self.secret,
            quorum=self.quorum.value(),
            quorum_else=self.quorum.else_,
            quorum_ground=self.quorum.ground,
            passes=self.pass_.value(),
            pass_ground=self.pass_.ground,
            tie=self.tie,
            seats=self.pass_.seats.value() if self.pass_.seats else None,
            limit=self.rounds.value() if self.rounds else None,
            written_until_due=self.written == "until_due",
            also_shows=self.also_shows,
            sees=sees,
        )


RoundShape = Annotated[Consultation | Posting | Ballot, Field(discriminator="kind")]
