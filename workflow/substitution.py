"""Substitution: who stands in for whom, from when to when, for what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.workflow.command import Command, Fire
from thidua.workflow.errors import Reason, reason
from thidua.workflow.person import By


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


@dataclass(frozen=True, slots=True)
class Use:
    """A role that the decider may use for an act, in which units and under which procedure.

    None is what needs no role; then only a substitution without bounds is for it.
    """

    role: str | None = None
    units: frozenset[str | None] = frozenset()
    procedure: str = ""
    delegable: bool = True


def covered(
    by: By, given: Sequence[Substitution], uses: Sequence[Use], *, acts: set[str], on: date
) -> dict[str | None, Substitution] | Reason:
    """By role the substitution in force on a legal date that leaves it to who acts, or why none.

    `given` are those between the two, whenever they run.
    """
    running = [each for each in given if each.runs(on)]
    who = {"actor": by.actor, "decider": by.decider}
    if given and not running:
        return _not_in_force(given, on, who)
    free = [use for use in uses if use.delegable]
    if running and uses and not free:
        return reason("not-delegable", role=uses[0].role, **who)
    found = {use.role: each for use in free for each in running
             if each.covers(use.role, use.units, procedure=use.procedure, acts=acts)}  # fmt: skip
    why = "substitution-elsewhere" if running and uses else "may-not-enter-for"
    return found or reason(why, **who)


def _not_in_force(given: Iterable[Substitution], on: date, who: dict[str, str]) -> Reason:
    ended = [each.to_on for each in given if each.to_on is not None and each.to_on < on]
    if ended:
        return reason("substitution-ended", until=max(ended).isoformat(), **who)
    begins = min(each.from_on for each in given)
    return reason("substitution-not-begun", since=begins.isoformat(), **who)
