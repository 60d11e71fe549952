"""Small parts of a procedure: grounds, roles, fields, documents, ladders, states, messages."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from thidua.definitions.schema.due import StateDue
from thidua.definitions.schema.scalar import (
    OR_NONE,
    Around,
    Clock,
    Date,
    Name,
    Names,
    Slug,
    Text,
    Version,
    YesNo,
    wrong,
)
from thidua.definitions.schema.shape import Labelled, Shape
from thidua.workflow.ladder import Hours, Ladder, Rung, RungKind
from thidua.workflow.procedure import (
    Certainty,
    DocumentKind,
    LaidOver,
    MessageRule,
    Role,
    State,
)
from thidua.workflow.procedure import Field as FieldValue
from thidua.workflow.procedure import Ground as GroundValue


def at_alone(value: Any) -> Any:
    """A place around a due as the mapping that may carry more."""
    return {"at": value} if isinstance(value, str) else value


AT_ALONE = BeforeValidator(at_alone)


class InForce(Shape):
    """`{from: 2018-07-21, to: 2023-12-31}`; either may be left out."""

    from_: Date | None = Field(None, alias="from")
    to: Date | None = None


class LaidOverShape(Shape):
    """`{procedure: …, version: …, hash: …, overlay: …}`, as written by the library itself."""

    procedure: Slug
    version: Version
    hash: Text
    overlay: Text

    def value(self) -> LaidOver:
        """Where the procedure came from."""
        return LaidOver(self.procedure, self.version, self.hash, self.overlay)


class GroundShape(Shape):
    """`{text: …, from: …, to: …, certainty: read | analogy | assumed}`."""

    text: Text
    from_: Date | None = Field(None, alias="from")
    to: Date | None = None
    certainty: Certainty

    def value(self, name: str) -> GroundValue:
        """The ground under its name."""
        return GroundValue(name, self.text, self.certainty, self.from_, self.to)


class RoleShape(Labelled):
    """`{vi: …, en: …, for: own unit, never_also: […], delegable: no, leads: yes}`."""

    for_: Literal["own unit"] | None = Field(None, alias="for")
    never_also: Names = ()
    delegable: YesNo = True
    leads: YesNo = False

    def value(self, name: str) -> Role:
        """The role under its name."""
        own_unit = self.for_ is not None
        return Role(name, self.label, own_unit, self.never_also, self.delegable, self.leads)


class FieldShape(Labelled):
    """`{vi: …, en: …, type: …, needed: always | no}`."""

    type: Literal["text", "number", "date", "period", "yes_no", "code"]
    needed: Literal["always", "no"] = "no"

    def value(self, name: str) -> FieldValue:
        """The field under its name."""
        return FieldValue(name, self.label, self.type, self.needed == "always")


class DocumentShape(Labelled):
    """`{vi: …, en: …, from: submission, needed: always | no, needed_if: FIELD}`."""

    from_: Literal["dossier", "submission"] = Field("dossier", alias="from")
    needed: Literal["always", "no"] = "no"
    needed_if: Name | None = None

    def value(self, name: str) -> DocumentKind:
        """The kind of document under its name."""
        needed = self.needed == "always"
        return DocumentKind(name, self.label, self.from_, needed, self.needed_if)


class Escalation(Shape):
    """`{at: …, to: ROLE | head | asked, kind: mail | held_mail | phone | letter, send: yes, …}`."""

    at: Around
    to: Name
    kind: RungKind = "mail"
    send: YesNo = False
    urgent: YesNo = False

    @model_validator(mode="after")
    def _sent_mail(self) -> Self:
        if self.send and self.kind != "mail":
            raise wrong("keys-apart", key="send", other=f"kind: {self.kind}")
        return self

    def value(self) -> Rung:
        """The rung."""
        return Rung(self.at, self.to, self.kind, send=self.send, urgent=self.urgent)


class Remind(Shape):
    """`{at: on the day, urgent: yes}`; the place alone may stand for it."""

    at: Around
    urgent: YesNo = False


class HoursShape(Shape):
    """`{opens: 08:00, closes: 20:00, days: working | all}`."""

    opens: Clock
    closes: Clock
    days: Literal["working", "all"] = "working"

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        if self.opens >= self.closes:
            raise wrong("hours-order", opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")
        return self

    def value(self) -> Hours:
        """The hours."""
        return Hours(self.opens, self.closes, every_day=self.days == "all")


class LadderShape(Shape):
    """`{remind: [5 working days before, …], escalate: [{at: …, to: …}, …], hours: {…}}`."""

    remind: Annotated[tuple[Annotated[Remind, AT_ALONE], ...], Field(min_length=1)]
    escalate: tuple[Escalation, ...] = ()
    hours: HoursShape | None = None

    def value(self, name: str) -> Ladder:
        """The rungs of both lists, earliest first; at the same time the reminder comes first."""
        rungs = [Rung(step.at, urgent=step.urgent) for step in self.remind]
        rungs += [step.value() for step in self.escalate]
        climbed = tuple(sorted(rungs, key=lambda rung: rung.offset.working_days))
        return Ladder(name, climbed, self.hours.value() if self.hours else None)


class StateShape(Labelled):
    """`{vi: …, en: …, due: {…} | none, opens: […], final: yes, outcome: …, result: {…}}`."""

    due: Annotated[StateDue | None, OR_NONE] = None
    opens: Names = ()
    final: YesNo = False
    outcome: Name | None = None
    result: Labelled | None = None

    def value(self, name: str) -> State:
        """The state under its name."""
        due = self.due.value() if self.due else None
        result = self.result.label if self.result else {}
        return State(name, self.label, due, self.opens, self.final, self.outcome, result)


class MessageShape(Shape):
    """`{to: asked | ROLE, template: …, immediate: yes, enclose: yes}`."""

    to: Name
    template: Name
    immediate: YesNo = False
    enclose: YesNo = False

    def value(self, event: str) -> MessageRule:
        """The message of an event."""
        return MessageRule(event, self.to, self.template, self.immediate, self.enclose)
