"""Who may see what was said and voted about a dossier: the roles that its procedure names."""

from collections.abc import Iterable
from dataclasses import dataclass

from thidua.workflow.person import ENGINE, Held, Seat, sits
from thidua.workflow.procedure import Procedure
from thidua.workflow.rights import holds


@dataclass(frozen=True, slots=True)
class Eyes:
    """One pair of eyes: an actor and what it holds on the day it looks."""

    actor: str
    held: frozenset[Held]

    def has(self, procedure: Procedure, roles: Iterable[str], unit: str | None) -> bool:
        """Whether one of the roles is held, in the dossier's own unit where it must be."""
        return any(holds(procedure, role, self.held, unit) for role in roles)


def seers(procedure: Procedure, round_name: str) -> tuple[str, ...]:
    """The roles that see who said what in a round.

    Those named under `sees`. Where none are: of a consultation whoever moves dossiers on or
    answers disagreements, but never who supplements them, the proposing side; of a ballot nobody.
    """
    rule = procedure.rounds.get(round_name)
    if rule is None:  # of an earlier version of the procedure
        return ()
    if rule.sees or rule.kind == "ballot":
        return rule.sees
    movers = {step.by for step in procedure.transitions} - {ENGINE}
    answering = procedure.may["reply"].roles if "reply" in procedure.may else ()
    proposing = procedure.may["supplement"].roles if "supplement" in procedure.may else ()
    return tuple(sorted((movers | set(answering)) - set(proposing)))


def may_see(
    procedure: Procedure, round_name: str, eyes: Iterable[Eyes], unit: str | None = None
) -> bool:
    """Whether all that look may see who said what in a round; nobody looking sees nothing."""
    looking, roles = tuple(eyes), seers(procedure, round_name)
    return bool(looking) and all(each.has(procedure, roles, unit) for each in looking)


def is_own(seat: str, eyes: Iterable[Eyes]) -> bool:
    """Whether all that look sit on the seat, whose word is then their own."""
    looking = tuple(eyes)
    return bool(looking) and all(sits(Seat.parse(seat), e.actor, e.held) for e in looking)


def may_read_note(
    procedure: Procedure, act: str, eyes: Iterable[Eyes], unit: str | None = None
) -> bool:
    """Whether the note of a hold, its reason, may be read: by those who may put on hold."""
    right = procedure.may.get(act)
    looking = tuple(eyes)
    roles = right.roles if right is not None else ()
    return bool(looking) and all(each.has(procedure, roles, unit) for each in looking)
