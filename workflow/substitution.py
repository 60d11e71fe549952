"""Substitution: who stands in for whom, from when to when, for what."""

import re
from dataclasses import dataclass
from datetime import date

from thidua.workflow.command import Command, Fire


@dataclass(frozen=True, slots=True)
class Substitution:
    """`actor` stands in for `for_` on the legal dates from `from_on` to `to_on`, both included.

    `roles`, `units`, `procedures` (by name) and `acts` bound what for; an empty one bounds nothing.
    Acts are named as under `may:` or by a trigger, and `answer` and `cast`. `ground` is the paper
    that gives the authority.
    """

    id: str
    actor: str
    for_: str
    from_on: date
    to_on: date | None = None
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    ground: str | None = None

    def runs(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)

    def covers(
        self, role: str | None, units: frozenset[str | None], *, procedure: str, acts: set[str]
    ) -> bool:
        """Whether it is for the role, one of the units, the procedure and one of the acts."""
        return (
            (not self.roles or role in self.roles)
            and (not self.units or bool(units & set(self.units)))
            and (not self.procedures or procedure in self.procedures)
            and (not self.acts or bool(acts & set(self.acts)))
        )


def acts_of(command: Command) -> set[str]:
    """What the act of a command is called: as under `may:`, and by its trigger."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(command).__name__).lower()
    return {name, command.trigger} if isinstance(command, Fire) else {name}
