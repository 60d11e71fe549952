"""Small parts of a procedure: grounds, roles, fields, documents, ladders, states, messages."""

from typing import Annotated, Literal

from pydantic import Field

from thidua.definitions.schema.due import StateDue
from thidua.definitions.schema.scalar import OR_NONE, Around, Date, Name, Names, Text, YesNo
from thidua.definitions.schema.shape import Labelled, Shape
from thidua.workflow.procedure import (
    Certainty,
    DocumentKind,
    Ladder,
    MessageRule,
    Role,
    Rung,
    RungKind,
    State,
)
from thidua.workflow.procedure import Field as FieldValue
from thidua.workflow.procedure import Ground as GroundValue


class InForce(Shape):
    """`{from: 2018-07-21, to: 2023-12-31}`; either may be left out."""

    from_: Date | None = Field(None, alias="from")
    to: Date | None = None


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
    """`{at: 2 working days before, to: ROLE | asked, kind: mail | held_mail | phone | letter}`."""

    at: Around
    to: Name
    kind: RungKind = "mail"


class LadderShape(Shape):
    """`{remind: [5 working days before, …], escalate: [{at: …, to: …}, …]}`."""

    remind: Annotated[tuple[Around, ...], Field(min_length=1)]
    escalate: tuple[Escalation, ...] = ()

    def value(self, name: str) -> Ladder:
        """The rungs of both lists, earliest first; at the same time the reminder comes first."""
        rungs = [Rung(at) for at in self.remind]
        rungs += [Rung(step.at, step.to, step.kind) for step in self.escalate]
        return Ladder(name, tuple(sorted(rungs, key=lambda rung: rung.offset.working_days)))


class StateShape(Labelled):
    """`{vi: …, en: …, due: {…} | none, opens: […], final: yes, outcome: …}`."""

    due: Annotated[StateDue | None, OR_NONE] = None
    opens: Names = ()
    final: YesNo = False
    outcome: Name | None = None

    def value(self, name: str) -> State:
        """The state under its name."""
        due = self.due.value() if self.due else None
        return State(name, self.label, due, self.opens, self.final, self.outcome)


class MessageShape(Shape):
    """`{to: asked | ROLE, template: …}`."""

    to: Name
    template: Name

    def value(self, event: str) -> MessageRule:
        """The message of an event."""
        return MessageRule(event, self.to, self.template)
