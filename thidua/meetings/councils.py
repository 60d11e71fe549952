"""Councils by terms: who is a member from when to when, in which post, on what ground."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db, connection_of
from thidua.ids import new_id
from thidua.ledger import Ledger, entry
from thidua.storage import register
from thidua.storage.people import valid
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Seat
from thidua.workflow.tally import parse_fraction

Post = Literal["chair", "deputy", "secretary", "ordinary"]
POSTS: tuple[str, ...] = get_args(Post)
SINGLE = ("chair", "secretary")
"""Posts that one person holds at a time."""


@dataclass(frozen=True, slots=True)
class Member:
    """One membership: from the first day to the last, both included; None has no end yet."""

    actor: str
    post: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Councils:
    """Acts on councils, in the caller's transaction; they need the right `meet`.

    A membership is also a holding of the council's role in the built-in directory, from which
    ballots take their roll; a host with its own `People` answers for that itself.
    """

    ledger: Ledger

    def form(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        title: str,
        role: str,
        from_on: date,
        *,
        by: By,
        to_on: date | None = None,
        quorum: str | None = None,
        ground: Paper | None = None,
        council_id: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Form a council for a term, whose members vote in `role`; its id.

        `quorum` ("2/3") is how much of its members must be there for a meeting to begin.
        """
        if quorum is not None:
            parse_fraction(quorum)
        _in_order(from_on, to_on)
        row = {"id": council_id or new_id(), "title": title, "role": role, "quorum": quorum,
               "from_on": from_on.isoformat(), "to_on": _iso(to_on)}  # fmt: skip
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            said = {"role": role, "from": row["from_on"], "to": row["to_on"], "quorum": quorum}
            event = entry("form", hand, at, said, paper=ground, private={"title": title})
            self.ledger.add(connection, self.ledger.tables.council, row, event)
        return str(row["id"])

    def appoint(
        self,
        db: Db,
        council_id: str,
        members: Collection[Member],
        *,
        by: By,
        ground: Paper | None = None,
        now: datetime | None = None,
    ) -> None:
        """Enter memberships, new ones or with another post or last day: all or none.

        Refused for a post there is not, for days outside the term, and for a second chair or
        secretary on a day.
        """
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = register.lock(connection, self.ledger.tables.council, council_id)
            for member in members:
                _check(row, member)
                self._put(connection, row, member)
            self._one_at_a_time(connection, council_id)
            told = [[m.actor, m.post, m.from_on.isoformat(), _iso(m.to_on)] for m in members]
            event = entry("appoint", hand, at, {"seats": told}, paper=ground)
            self.ledger.change(connection, self.ledger.tables.council, row, {}, event)

    def _put(self, db: Connection, row: RowMapping, member: Member) -> None:
        t, from_on, to_on = self.ledger.tables, member.from_on.isoformat(), _iso(member.to_on)
        seat = {"council_id": row["id"], "actor": member.actor, "from_on": from_on}
        held = {"actor": member.actor, "role": row["role"], "unit": "", "from_on": from_on}
        for table, key, values in (
            (t.council_seat, seat, {"to_on": to_on, "post": member.post}),
            (t.holding, held, {"to_on": to_on or row["to_on"]}),
        ):
            mine = [table.c[name] == value for name, value in key.items()]
            if not db.execute(update(table).where(*mine).values(**values)).rowcount:
                db.execute(insert(table).values(**key, **values))

    def _one_at_a_time(self, db: Connection, council_id: str) -> None:
        c = self.ledger.tables.council_seat.c
        query = select(c.post, c.from_on, c.to_on, c.actor).where(
            c.council_id == council_id, c.post.in_(SINGLE)
        )
        held = sorted(db.execute(query).all())
        for before, after in zip(held, held[1:], strict=False):
            if before[0] == after[0] and (before[2] is None or before[2] >= after[1]):
                raise Refused.of("post-taken", post=before[0], actor=before[3], from_on=before[1])

    def on(self, db: Db, council_id: str, day: date) -> tuple[Member, ...]:
        """The members of a council on a legal date, by id; `Unknown` when there is no such one."""
        t = self.ledger.tables
        connection = connection_of(db)
        if connection.execute(select(t.council.c.id).where(t.council.c.id == council_id)).first():
            c = t.council_seat
            mine = select(c.c.actor, c.c.post, c.c.from_on, c.c.to_on).where(
                c.c.council_id == council_id, valid(c, day)
            )
            rows = connection.execute(mine.order_by(c.c.actor))
            return tuple(Member(a, p, date.fromisoformat(f), _day(u)) for a, p, f, u in rows)
        raise Unknown("unknown-council", council=council_id)

    def roll(self, db: Db, council_id: str, day: date) -> dict[str, str]:
        """The seats of a council on a legal date, with the post of each."""
        c = self.ledger.tables.council.c
        role = connection_of(db).execute(select(c.role).where(c.id == council_id)).scalar()
        return {str(Seat(role or "", person=m.actor)): m.post for m in self.on(db, council_id, day)}


def _check(row: RowMapping, member: Member) -> None:
    if member.post not in POSTS:
        raise Unknown("unknown-post", post=member.post, known=", ".join(POSTS))
    _in_order(member.from_on, member.to_on)
    for day in (member.from_on, member.to_on):
        on = _iso(day)
        if on is not None and (on < row["from_on"] or on > (row["to_on"] or on)):
            raise Refused.of("outside-term", on=on, council=row["id"])


def _in_order(from_on: date, to_on: date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise Refused.of("dates-reversed", from_on=from_on.isoformat(), to_on=to_on.isoformat())


def _iso(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)
