"""Who acts, for whom, and which seats a person sits on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

ENGINE = "engine"
"""The one actor that is no person; refused by every outside entrance."""


@dataclass(frozen=True, slots=True)
class By:
    """Who enters an act (`actor`) and, if it is another, who decided it (`for_`).

    Both are ids the host knows, such as "user:42". Entering for another needs the right
    `enter_for` and is shown as such for ever.
    """

    actor: str
    for_: str | None = None

    @property
    def decider(self) -> str:
        """Whose act it is."""
        return self.for_ or self.actor


class Held(NamedTuple):
    """A role somebody holds on the day of the act, in a unit or without one."""

    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """Who is asked: a role ("officer"), a role in a unit ("department@stp-01"), or one person
    in a role ("member:user:7"). The text form is what tables and events hold.
    """

    role: str
    unit: str | None = None
    person: str | None = None

    def __str__(self) -> str:
        if self.unit is not None:
            return f"{self.role}@{self.unit}"
        return f"{self.role}:{self.person}" if self.person is not None else self.role

    @classmethod
    def parse(cls, text: str) -> "Seat":
        """The seat a text form stands for."""
        return _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Seat:
    role, at, unit = text.partition("@")
    if at and ":" not in role:  # an actor may be an address
        return Seat(role, unit=unit)
    role, colon, person = text.partition(":")
    return Seat(role, person=person) if colon else Seat(role)


def sits(seat: Seat, actor: str, held: frozenset[Held]) -> bool:
    """Whether `actor`, who holds `held`, sits on `seat`."""
    if seat.person is not None and seat.person != actor:
        return False
    return any(h.role == seat.role and seat.unit in (None, h.unit) for h in held)


def stepped_back(seats: Iterable[str], actor: str, held: frozenset[Held]) -> bool:
    """Whether `actor` is who stepped back by one of `seats`, or sits on one that did.

    A person's stepping back outlasts the post in which it was declared; a unit's seat binds
    whoever sits on it.
    """
    parsed = map(Seat.parse, seats)
    return any(seat.person == actor or sits(seat, actor, held) for seat in parsed)


@dataclass(frozen=True, slots=True)
class Reached:
    """How a seat or an actor is reached on a day; a matter without mailbox goes on paper.

    `owner` is whose address it is: one mail is made per owner and mailbox.
    """

    owner: str
    name: str
    mailbox: str | None = None
    phone: str | None = None
    lang: str = "vi"
