"""Rights: of transitions and of the engine's own acts."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from thidua.definitions.schema.due import SupplementDue
from thidua.definitions.schema.scalar import (
    BY_FORM,
    MAPPING,
    WORD,
    Condition,
    Name,
    Names,
    Reference,
    Text,
)
from thidua.definitions.schema.shape import Labelled, Shape
from thidua.workflow.procedure import Expression, Right, Transition, WaiveTerms

Required = Literal["required"]


class ExpressionShape(Labelled):
    """`{expr: "…", name: …, vi: …, en: …, ground: …}`.

    By its name others refer to it, and it is waived. One with a number or a date needs a ground;
    the proof says so, not this shape: procedures stored before still read.
    """

    expr: Text
    name: Name | None = None
    ground: Name | None = None

    def value(self) -> Expression:
        """The typed condition."""
        text = self.expr.strip()
        name = f"expr:{text}" if self.name is None else f"expr.{self.name}"
        return Expression(name, text, self.label, self.ground)


AnyCondition = Annotated[Annotated[ExpressionShape, MAPPING] | Annotated[Condition, WORD], BY_FORM]


class TransitionShape(Labelled):
    """`{trigger: …, source: …, dest: …, by: ROLE | engine, conditions: […], note: required, …}`."""

    trigger: Name
    source: Names
    dest: Name
    by: Name
    conditions: tuple[AnyCondition, ...] = ()
    note: Required | None = None
    decision: Required | None = None
    starts: Reference | None = None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The conditions that are written out here."""
        written = (each for each in self.conditions if isinstance(each, ExpressionShape))
        return tuple(each.value() for each in written)

    def value(self) -> Transition:
        """The transition."""
        conditions = tuple(
            each if isinstance(each, str) else each.value().name for each in self.conditions
        )
        return Transition(
            self.trigger,
            self.label,
            self.source,
            self.dest,
            self.by,
            conditions,
            note_required=self.note is not None,
            decision_required=self.decision is not None,
            starts=self.starts,
        )


def spelled_out(value: Any) -> Any:
    """A role or a list of roles, as the mapping that may carry more; `nobody` as nothing."""
    short = value != "nobody" and isinstance(value, str | list)
    return {"by": value} if short else nobody(value)


def nobody(value: Any) -> Any:
    """The word `nobody` as nothing."""
    return None if value == "nobody" else value


def by_alone(value: Any) -> Any:
    """A role as the mapping that may carry more."""
    return {"by": value} if isinstance(value, str) else value


NOBODY, SHORT = BeforeValidator(nobody), BeforeValidator(spelled_out)


class Holders(Shape):
    """`ROLE`, `[ROLE, …]`, or `{by: …, ground: required}`."""

    by: Names
    ground: Required | None = None

    def value(self) -> Right:
        """The right."""
        return Right(self.by, ground_required=self.ground is not None)


class Returning(Holders):
    """The same, and how long what is asked for may take."""

    due: SupplementDue | None = None

    def value(self) -> Right:
        """The right."""
        return replace(super().value(), due=self.due.value() if self.due is not None else None)


class WaiveShape(Shape):
    """`{by: ROLE, owes: ROLE, ladder: LADDER}`; the role that waives alone may stand for it."""

    by: Name
    owes: Name | None = None
    ladder: Name | None = None

    def value(self) -> WaiveTerms:
        """Who owes what is waived, and how it is reminded."""
        return WaiveTerms(self.owes, self.ladder)


class Withdrawal(Holders):
    """The same with the state that a withdrawn dossier goes to."""

    dest: Name

    def value(self) -> Right:
        """The right."""
        return replace(super().value(), dest=self.dest)


class Revocation(Holders):
    """The same, and whether it takes a decision."""

    decision: Required | None = None

    def value(self) -> Right:
        """The right."""
        return replace(super().value(), decision_required=self.decision is not None)


Held = Annotated[Holders | None, SHORT]
Waived = Annotated[WaiveShape, BeforeValidator(by_alone)]


class May(Shape):
    """Who may do each of the engine's own acts; none may be left out, `nobody` is a word.

    Only seven may: without `close` none but a round that names who closes it is closed by hand,
    without `promise` whoever may extend a time may note that an answer was promised, without
    `ask` whoever may extend one changes whom a round asks, cancels and reopens it, without
    `migrate` nobody brings dossiers over from another version, without `redeem` whoever may waive
    a condition may say that its debt was made good, without `transfer` whoever may enter
    submissions may move a dossier between them, and without `redact` nobody erases anything.
    """

    create: Held
    attach: Held
    supplement: Held
    reply: Held
    assign: Held
    return_: Annotated[Returning | None, SHORT] = Field(alias="return")
    hold: Held
    release: Held
    extend: Held
    recall: Held
    correct: Held
    waive: Annotated[dict[Condition, Waived] | None, NOBODY]
    withdraw: Annotated[Withdrawal | None, SHORT]
    revoke: Annotated[Revocation | None, SHORT]
    enter_for: Held
    recuse: Held
    submit: Held
    meet: Held
    draft: Held
    number: Held
    close: Held = None
    promise: Held = None
    ask: Held = None
    migrate: Held = None
    redeem: Held = None
    transfer: Held = None
    redact: Held = None

    def value(self) -> dict[str, Right]:
        """The right of every act; of `waive`, all roles that may waive something."""
        rights = {
            field.alias or name: given.value() if isinstance(given, Holders) else Right()
            for name, field in May.model_fields.items()
            for given in [getattr(self, name)]
        }
        for name in ("promise", "ask"):
            if name not in self.model_fields_set:
                rights[name] = rights["extend"]
        if "transfer" not in self.model_fields_set:
            rights["transfer"] = rights["submit"]
        waiving = tuple(dict.fromkeys(each.by for each in (self.waive or {}).values()))
        if "redeem" not in self.model_fields_set:
            rights["redeem"] = Right(waiving)
        return {**rights, "waive": Right(waiving)}


May.missing = dict.fromkeys(May.known(), "act-without-right")
