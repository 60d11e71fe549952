"""All that the checks of a procedure have to say, in the order of the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

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
    def of(cls, errors: Iterable[Reason], warnings: Iterable[Reason] = ()) -> "Findings":
        """Findings in the order of the file, each of them once."""
        return cls(_told(errors), _told(warnings))


def _told(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason, _ in groupby(sorted(reasons, key=_order)))


def _order(reason: Reason) -> tuple[int, int, str]:
    line, column = reason.fields["line"], reason.fields["column"]
    assert isinstance(line, int)
    assert isinstance(column, int)
    return line, column, reason.code
