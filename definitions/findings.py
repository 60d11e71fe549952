"""All that the checks of a procedure have to say, in the order of the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from thidua.workflow.errors import Reason


@dataclass(frozen=True, slots=True)
class Findings:
    """`errors` keep a procedure from being used; `warnings` must be confirmed or known."""

    errors: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the procedure may be used."""
        return not self.errors

    @classmethod
    def of(cls, errors: Iterable[Reason], warnings: Iterable[Reason]) -> "Findings":
        """Findings in the order of the file."""
        return cls(tuple(sorted(errors, key=_order)), tuple(sorted(warnings, key=_order)))


def _order(reason: Reason) -> tuple[int, int, str]:
    line, column = reason.fields["line"], reason.fields["column"]
    assert isinstance(line, int)
    assert isinstance(column, int)
    return line, column, reason.code
