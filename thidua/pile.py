"""Notices by person: who is written to for each, and who not."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

from thidua.logged import kind
from thidua.lookup import Lookup
from thidua.notifiers.letter import Address
from thidua.storage.notices import Told
from thidua.workflow.errors import Busy, Failed, Refused
from thidua.workflow.person import Reached, Seat, stepped_back
from thidua.workflow.sight import proposers

log = logging.getLogger("thidua")

Box = tuple[str, str]
"""Whose mailbox, and which."""
Gone = Mapping[str, tuple[str, ...]]
"""By dossier the seats that stepped back."""


@dataclass(frozen=True, slots=True)
class Pile:
    """One person's notices, and how that person is reached."""

    seat: str
    reached: Reached
    told: list[Told] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The owner and the mailbox."""
        return self.reached.owner, str(self.reached.mailbox)


def piled(look: Lookup, told: Iterable[Told], gone: Gone) -> tuple[list[Pile], list[Told]]:
    """Notices by person, and those whose seat nobody can be written to at.

    Of several who sit on a seat nobody who stepped back from the dossier.
    """
    piles: dict[Box, Pile] = {}
    paper: list[Told] = []
    for each in told:
        try:
            reached = [
                one
                for one in look.reached(each.seat)
                if _mailbox(one) is not None and not _away(look, each, one.owner, gone)
            ]
        except Exception as error:
            raise_passing(error)
            log.warning("who sits on %s is not known; its notices wait: %s", each.seat, kind(error))
            continue
        if not reached:
            paper.append(each)
        for one in reached:
            pile = Pile(each.seat, one)
            piles.setdefault(pile.box, pile).told.append(each)
    return list(piles.values()), paper


def is_for_nobody(look: Lookup, told: Told, gone: Gone) -> bool:
    """Whether the notice is for a person alone who stepped back from its dossier since."""
    person = Seat.parse(told.seat).person
    return person is not None and _away(look, told, person, gone)


def _away(look: Lookup, told: Told, actor: str, gone: Gone) -> bool:
    """Whether the dossier is closed to a reader, who is not told as one of the proposing side."""
    if not stepped_back(gone.get(told.dossier_id, ()), actor, frozenset()):
        return False
    procedure = look.rules(told.context["procedure_hash"]).procedure
    return Seat.parse(told.seat).role not in proposers(procedure)


def raise_passing(error: Exception) -> None:
    """Errors of the database say nothing of what they hit, and may have ended the transaction."""
    if isinstance(error, Busy | Failed | DBAPIError):
        raise error


def _mailbox(reached: Reached) -> Address | None:
    if reached.mailbox is None:
        return None
    try:
        return Address("", reached.mailbox)
    except Refused as error:
        log.warning("%s is taken to have no mailbox: %s", reached.owner, kind(error))
        return None
