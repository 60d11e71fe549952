# ruff: noqa: ARG002 -- the methods have the shape of the port
"""The engine's questions about people, answered from the host's own tables."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection
from tables import Section, User

from thidua import Held, Reached, Seat


class Staff:
    """`thidua.people.People` over `user` and `section`: an actor is "user:7", a unit "section:2".

    This host keeps no dates: whoever works here today is taken to have worked here always.
    """

    def held(self, db: Connection, actor: str, on: date) -> frozenset[Held]:
        """The one role that the user's post is, in the user's section."""
        query = select(User.post, User.section_id).where(User.id == _number(actor))
        return frozenset(Held(post, f"section:{at}") for post, at in db.execute(query))

    def seats(
        self,
        db: Connection,
        role: str,
        on: date,
        *,
        unit: str | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> tuple[Seat, ...]:
        """A seat for every section that has somebody of that post, or for `unit` alone."""
        query = select(User.section_id).where(User.post == role).distinct()
        if unit is not None:
            query = query.where(User.section_id == _number(unit))
        return tuple(Seat(role, unit=f"section:{at}") for at in db.execute(query).scalars())

    def unit_name(self, db: Connection, unit: str, on: date) -> str | None:
        """The section's name."""
        return db.execute(select(Section.name).where(Section.id == _number(unit))).scalar()

    def above(self, db: Connection, unit: str, on: date) -> str | None:
        """Nothing stands above a section here."""
        return None

    def reached(self, db: Connection, seat: Seat, on: date) -> tuple[Reached, ...]:
        """Everybody who sits there, by their own mailbox."""
        return tuple(
            Reached(f"user:{key}", name, mailbox)
            for key, name, mailbox in db.execute(_sitting(seat))
        )


def _sitting(seat: Seat) -> Select[tuple[int, str, str]]:
    query = select(User.id, User.name, User.mailbox).where(User.post == seat.role)
    if seat.unit is not None:
        query = query.where(User.section_id == _number(seat.unit))
    if seat.person is not None:
        query = query.where(User.id == _number(seat.person))
    return query


def _number(key: str) -> int:
    """The number in "user:7"."""
    return int(key.partition(":")[2])
