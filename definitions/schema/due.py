"""Times allowed: of a state, of a round, and between two events."""

from typing import Literal, Self

from pydantic import Field, model_validator

from thidua.definitions.schema.scalar import (
    AfterSending,
    Dotted,
    Name,
    NotYet,
    OfYear,
    OnDay,
    Time,
    YesNo,
    wrong,
)
from thidua.definitions.schema.shape import Shape
from thidua.workflow.due import Fixed, Span
from thidua.workflow.procedure import DueRule, SpanRule

KINDS = {"in": ("in",), "on": ("on", "of", "rolls"), "at_least": ("at_least", "before")}
"""What tells the three kinds of time apart, and the keys that belong to each."""


class Times(Shape):
    """One of `in: 5 working days`; `on: 31 October, of: year after, rolls: no`;
    `at_least: 10 working days, before: …`.
    """

    in_: Time | None = Field(None, alias="in")
    on: OnDay | None = None
    of: OfYear | None = None
    rolls: YesNo | None = None
    at_least: Time | None = None
    before: Name | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = {"in": self.in_, "on": self.on, "of": self.of, "rolls": self.rolls,
                 "at_least": self.at_least, "before": self.before}  # fmt: skip
        keys = [key for key, value in given.items() if value is not None]
        kinds = {kind for kind, members in KINDS.items() if set(members) & set(keys)}
        if not kinds:
            raise wrong("key-missing", key="in")
        kind = next(kind for kind in KINDS if kind in kinds)
        others = [key for key in keys if key not in KINDS[kind]]
        if others:
            raise wrong("keys-apart", key=others[0], other=kind)
        self._whole(kind)
        return self

    def _whole(self, kind: str) -> None:
        """Whether a kind has all that it needs."""
        if kind == "on" and self.on is None:
            raise wrong("key-missing", key="on")
        if kind == "on" and self.rolls is None:
            raise wrong("fixed-without-rolling")
        if kind == "at_least" and (self.at_least is None or self.before is None):
            raise wrong("key-missing", key="at_least" if self.at_least is None else "before")

    def time(self) -> Span | Fixed:
        """The time allowed, or the date."""
        if self.on is not None:
            return Fixed(self.on, bool(self.rolls), self.of or "next")
        span = self.in_ or self.at_least
        assert span is not None
        return span


class StateDue(Times):
    """`{in: …, from: entry | receipt | completeness | FIELD, ground: …, ladder: …, then: …}`."""

    missing = {"ground": "number-without-ground"}

    from_: Name | None = Field(None, alias="from")
    ground: Name
    ladder: Name | None = None
    then: Name | None = None

    @model_validator(mode="after")
    def _from_where(self) -> Self:
        if self.in_ is not None and self.from_ is None:
            raise wrong("key-missing", key="from")
        if self.before is not None and self.from_ is not None:
            raise wrong("keys-apart", key="from", other="before")
        return self

    def value(self) -> DueRule:
        """The rule; `then: none` is the same as no `then`."""
        return DueRule(
            self.time(),
            self.ground,
            self.from_ or "entry",
            before=self.before,
            ladder=self.ladder,
            then=None if self.then == "none" else self.then,
        )


class SupplementDue(Shape):
    """`{in: …, ground: …, ladder: …}`: how long a supplement may take, from the day of asking.

    The ladder tells somebody else when it has not come.
    """

    missing = {"ground": "number-without-ground"}

    in_: Time = Field(alias="in")
    ground: Name
    ladder: Name

    def value(self) -> DueRule:
        """The rule."""
        return DueRule(self.in_, self.ground, "entry", ladder=self.ladder)


class RoundDue(Times):
    """`{in: …, from: opening | sending | receipt, …}`, a fixed date, or `{at_least: …, before:
    ROUND.meeting, …}`.

    `receipt_unknown: 2 working days after sending` belongs to `from: receipt` and is needed there;
    `receipt_ground` is its source where that is not `ground`.
    `closures: yes` counts the asked unit's own days off as days off.
    """

    missing = {"ground": "number-without-ground"}

    from_: Literal["opening", "sending", "receipt"] | None = Field(None, alias="from")
    receipt_unknown: AfterSending | None = None
    receipt_ground: Name | None = None
    before: Dotted | None = None
    ground: Name
    ladder: Name | None = None
    closures: YesNo = False
    then: NotYet = None

    @model_validator(mode="after")
    def _from_where(self) -> Self:
        if self.in_ is not None and self.from_ is None:
            raise wrong("key-missing", key="from")
        if self.in_ is None and self.from_ is not None:
            raise wrong("keys-apart", key="from", other="on" if self.on else "at_least + before")
        if self.from_ == "receipt" and self.receipt_unknown is None:
            raise wrong("key-missing", key="receipt_unknown")
        if self.from_ != "receipt" and self.receipt_unknown is not None:
            raise wrong("keys-apart", key="receipt_unknown", other=f"from: {self.from_}")
        if self.receipt_ground is not None and self.receipt_unknown is None:
            raise wrong("key-missing", key="receipt_unknown")
        return self

    def value(self) -> DueRule:
        """The rule."""
        return DueRule(
            self.time(),
            self.ground,
            self.from_ or "opening",
            receipt_unknown=self.receipt_unknown,
            before=self.before,
            ladder=self.ladder,
            closures=self.closures,
            receipt_ground=self.receipt_ground,
        )


class SpanShape(Times):
    """`{from: TRIGGER | create, to: STATE, in: …, counted_from: …, ground: …, ladder: …}`."""

    missing = {"ground": "number-without-ground"}

    from_: Name = Field(alias="from")
    to: Name
    counted_from: Name | None = None
    ground: Name
    ladder: Name | None = None
    then: NotYet = None

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if self.before is not None and self.counted_from is not None:
            raise wrong("keys-apart", key="counted_from", other="before")
        return self

    def value(self, name: str) -> SpanRule:
        """The rule under its name."""
        rule = DueRule(
            self.time(),
            self.ground,
            self.counted_from or "entry",
            before=self.before,
            ladder=self.ladder,
        )
        return SpanRule(name, self.from_, self.to, rule)
