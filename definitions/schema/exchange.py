"""What a consultation says of the exchange with a unit: who confirms, what may be asked back."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from thidua.definitions.schema.scalar import Name, Time
from thidua.definitions.schema.shape import Shape
from thidua.workflow.exchange_rule import AskBackRule, ConfirmRule
from thidua.workflow.procedure import DueRule


class ConfirmShape(Shape):
    """`ROLE`, or `{by: ROLE, number: required}`: who in the unit confirms its answer."""

    by: Name
    number: Literal["required"] | None = None

    def value(self) -> ConfirmRule:
        """The rule."""
        return ConfirmRule(self.by, numbered=self.number is not None)


class QuestionDue(Shape):
    """`{in: 2 working days, ground: …, ladder: …}`: until when a question is answered."""

    missing = {"ground": "number-without-ground"}

    in_: Time = Field(alias="in")
    ground: Name
    ladder: Name | None = None

    def value(self) -> DueRule:
        """The rule, counted from the question."""
        return DueRule(self.in_, self.ground, ladder=self.ladder)


class AskBackShape(Shape):
    """`{answer: ROLE, by: ROLE, clock: stops | runs, due: …}`: a unit may ask something back."""

    answer: Name
    by: Name | None = None
    clock: Literal["stops", "runs"]
    due: QuestionDue | None = None

    def value(self) -> AskBackRule:
        """The rule."""
        due = self.due.value() if self.due else None
        return AskBackRule(self.answer, self.by, stops=self.clock == "stops", due=due)


def _spelled_out(value: Any) -> Any:
    return {"by": value} if isinstance(value, str) else value


Confirm = Annotated[ConfirmShape, BeforeValidator(_spelled_out)]
