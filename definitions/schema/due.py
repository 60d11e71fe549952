"""Times allowed: of a state, of a round, and between two events."""

from typing import Literal, Self

from pydantic import Field, model_validator

from thidua.definitions.schema.scalar import AfterSending, Dotted, Name, NotYet, Time, wrong
from thidua.definitions.schema.shape import Shape
from thidua.workflow.procedure import DueRule, SpanRule


class StateDue(Shape):
    """`due: {in: 5 working days, from: entry, ground: …, ladder: …, then: TRIGGER | none}`."""

    missing = {"ground": "number-without-ground"}

    in_: Time = Field(alias="in")
    from_: Literal["entry"] = Field(alias="from")
    ground: Name
    ladder: Name | None = None
    then: Name | None = None

    def value(self) -> DueRule:
        """The rule; `then: none` is the same as no `then`."""
        then = None if self.then == "none" else self.then
        return DueRule(self.in_, self.ground, "entry", ladder=self.ladder, then=then)


class RoundDue(Shape):
    """`{in: …, from: opening | sending | receipt, …}` or `{at_least: …, before: ROUND.meeting, …}`.

    `receipt_unknown: 2 working days after sending` belongs to `from: receipt` and is needed there.
    """

    missing = {"ground": "number-without-ground"}

    in_: Time | None = Field(None, alias="in")
    from_: Literal["opening", "sending", "receipt"] | None = Field(None, alias="from")
    receipt_unknown: AfterSending | None = None
    at_least: Time | None = None
    before: Dotted | None = None
    ground: Name
    ladder: Name | None = None
    then: NotYet = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        counted = {"in": self.in_, "from": self.from_}
        back = {"at_least": self.at_least, "before": self.before}
        kind, other = (back, counted) if self.at_least or self.before else (counted, back)
        for key, value in kind.items():
            if value is None:
                raise wrong("key-missing", key=key)
        for key, value in other.items():
            if value is not None:
                raise wrong("keys-apart", key=key, other=" + ".join(kind))
        self._receipt()
        return self

    def _receipt(self) -> None:
        if self.from_ == "receipt" and self.receipt_unknown is None:
            raise wrong("key-missing", key="receipt_unknown")
        if self.from_ != "receipt" and self.receipt_unknown is not None:
            raise wrong("keys-apart", key="receipt_unknown", other=f"from: {self.from_}")

    def value(self) -> DueRule:
        """The rule."""
        span = self.in_ or self.at_least
        assert span is not None
        return DueRule(
            span,
            self.ground,
            self.from_ or "opening",
            receipt_unknown=self.receipt_unknown,
            before=self.before,
            ladder=self.ladder,
        )


class SpanShape(Shape):
    """`{from: TRIGGER, to: STATE, in: 25 working days, ground: …, ladder: …}`."""

    missing = {"ground": "number-without-ground"}

    from_: Name = Field(alias="from")
    to: Name
    in_: Time = Field(alias="in")
    ground: Name
    ladder: Name | None = None
    then: NotYet = None

    def value(self, name: str) -> SpanRule:
        """The rule under its name."""
        return SpanRule(
            name, self.from_, self.to, DueRule(self.in_, self.ground, "entry", ladder=self.ladder)
        )
