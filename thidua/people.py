"""Who people are: the port a host fills, and what it is asked inside an act."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from sqlalchemy.engine import Connection

from thidua.workflow.person import By, Held, Reached, Seat
from thidua.workflow.sight import Eyes
from thidua.workflow.substitution import Substitution


class People(Protocol):
    """Answers from local tables on the caller's connection, quickly and without side effects.

    What it answers is frozen into events. `on` is a legal date. What only some installations
    need stands in protocols of its own below; a host implements those it has an answer for.
    """

    def held(self, db: Connection, actor: str, on: date) -> frozenset[Held]:
        """The roles `actor` holds on that day, each with its unit or without.

        Whoever holds a role in a unit holds it too in the units in whose place that unit stands,
        so that what was asked of those is answered; nobody holds one in a unit that is replaced.
        """

    def seats(
        self,
        db: Connection,
        role: str,
        on: date,
        *,
        unit: str | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> tuple[Seat, ...]:
        """Seats of a role on that day: all; of `unit` or the nearest unit above it that has one;
        or of the units whose groups contain `groups`.
        """

    def unit_name(self, db: Connection, unit: str, on: date) -> str | None:
        """What the unit was called on that day, or last; None when it is not known."""

    def above(self, db: Connection, unit: str, on: date) -> str | None:
        """The superior unit, if there is one."""

    def closures(
        self, db: Connection, units: Collection[str], on: date
    ) -> Mapping[str, frozenset[date]]:
        """Own days off of units from a year before `on`, beside those of the calendar.

        Asked only where a procedure's round says `closures: yes`; a unit may be left out.
        """

    def reached(self, db: Connection, seat: Seat, on: date) -> tuple[Reached, ...]:
        """Who is written to for a seat, and where."""


@runtime_checkable
class Kinship(Protocol):
    """What a host's `People` may also know, for procedures with `recuse_if`.

    Where it does not, the event that opens a ballot says what was not checked.
    """

    def within(self, db: Connection, unit: str, on: date) -> Mapping[str, frozenset[str]]:
        """Who holds a role in the unit on that day, with the roles."""

    def relatives(self, db: Connection, person: str, on: date) -> frozenset[str] | None:
        """Actors declared to be relatives of a person; None where nothing is declared at all."""


@runtime_checkable
class Succession(Protocol):
    """A host whose units merge: letters and lists then name who answers now."""

    def standing(self, db: Connection, unit: str, on: date) -> str:
        """The unit that stands in a unit's place on that day: itself, or its successor."""


@runtime_checkable
class Substitutes(Protocol):
    """A host that knows who stands in for whom; asked only of an act for somebody else."""

    def substitutions(self, db: Connection, actor: str) -> tuple[Substitution, ...]:
        """All by which `actor` stands in for others, those of other times too."""


def substitutions(people: People, db: Connection, by: By) -> tuple[Substitution, ...]:
    """Those by which who enters stands in for who decides, whenever they run."""
    if not isinstance(people, Substitutes):
        return ()
    return tuple(each for each in people.substitutions(db, by.actor) if each.for_ == by.for_)


def eyes_of(people: People, db: Connection, actors: Sequence[str], on: date) -> tuple[Eyes, ...]:
    """Every pair of eyes on a legal date: of who enters, and after it of who decides.

    Who enters and stands in for who decides looks with what is lent to him.
    """
    held = {actor: people.held(db, actor, on) for actor in actors}
    by = By(actors[0], actors[-1]) if len(held) > 1 else None
    given = substitutions(people, db, by) if by is not None else ()
    lent = [(each, one) for one in given if one.runs(on) for each in held[one.for_]]
    return tuple(
        Eyes(actor, held[actor], tuple(lent) if actor == actors[0] else ()) for actor in held
    )


@runtime_checkable
class Grouped(Protocol):
    """A host whose procedures ask the units that share a group with the candidate's unit."""

    def groups(self, db: Connection, unit: str, on: date) -> Mapping[str, str]:
        """The groups of a unit, such as its province, those of the units above it included."""
