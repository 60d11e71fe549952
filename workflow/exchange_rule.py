"""What a consultation declares of the exchange: who confirms, what may be asked back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thidua.workflow.procedure import DueRule


@dataclass(frozen=True, slots=True)
class ConfirmRule:
    """Only what a holder of `role` in the seat's unit gives or confirms is an answer.

    `numbered` wants the number of the unit's letter with it. A numbered letter that is entered
    for the unit was confirmed by who signed it.
    """

    role: str
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class AskBackRule:
    """A seat may ask something back before it answers.

    A holder of `by` in its unit asks, or whoever sits on it; a holder of `answer` has to answer,
    until `due`. With `stops` the seat's time stands still meanwhile, and with it the round's end.
    """

    answer: str
    by: str | None = None
    stops: bool = False
    due: "DueRule | None" = None
