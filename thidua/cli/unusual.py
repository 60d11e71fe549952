"""What is not as usual about a dossier, as far as the viewer may see it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from thidua.workflow.sight import Standing, What, may_see

if TYPE_CHECKING:
    from thidua.workflow.exceptions import Unusual
    from thidua.workflow.procedure import Procedure
    from thidua.workflow.sight import Eyes


def seen(
    procedure: "Procedure",
    found: "Iterable[Unusual]",
    eyes: "tuple[Eyes, ...]",
    unit: str | None,
) -> "list[Unusual]":
    """Those of the exceptions whose round the viewer may look into; debts are for everybody."""
    return [
        each
        for each in found
        if each.round is None
        or may_see(procedure, What("opinion", each.round, each.seat), eyes, Standing(unit))
    ]


def told(found: "Iterable[Unusual]") -> list[dict[str, Any]]:
    """The exceptions for programs."""
    return [each._asdict() for each in found]
