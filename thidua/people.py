"""Who people are: the port a host fills, and what it is asked inside an act."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy.engine import Connection

from thidua.workflow.person import Held, Reached, Seat


class People(Protocol):
    """Answers from local tables on the caller's connection, quickly and without side effects.

    What it answers is frozen into events. `on` is a legal date.
    """

    def held(self, db: Connection, actor: str, on: date) -> frozenset[Held]:
        """The roles `actor` holds on that day, each with its unit or without."""

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
        """What the unit was called on that day; None when it is not known."""

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
