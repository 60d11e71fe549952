"""A person leaves: everything on the desk goes to another, and the roles end, in one act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from thidua.assignment import OutsideRole
from thidua.connection import Db, connection_of
from thidua.directory import DirectoryBook
from thidua.rounds import Listed, each_of
from thidua.storage.imports import Entered
from thidua.storage.listing_tasks import RUNNING
from thidua.storage.people import valid
from thidua.substitutions import Substitutions
from thidua.workflow.change import Done
from thidua.workflow.command import Assign
from thidua.workflow.errors import Reason, Refused
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held, Seat


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a hand-over came to.

    `tasks` are the assignments, taken and refused; `roles` what ended, `substitutions` too.
    `personal` are tasks (dossier, number, seat) asked of the leaver in person, such as votes, which
    nobody can take over; `vacant` the roles that nobody holds from the day after. `outside` are
    the dossiers with a task that the other cannot do from then on, and why ("outside-role").
    """

    tasks: Listed
    roles: tuple[Held, ...]
    substitutions: tuple[str, ...]
    personal: tuple[tuple[str, int, str], ...]
    vacant: tuple[Held, ...]
    outside: tuple[tuple[str, Reason], ...] = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """Hands a desk over, in the caller's transaction."""

    book: DirectoryBook
    substitutions: Substitutions
    act: Callable[..., Done]

    def carry_out(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        leaver: str,
        to: str,
        last_on: date,
        *,
        by: By,
        ground: Paper,
        with_roles: bool = False,
        note: str | None = None,
        command_id: str | None = None,
        all_or_nothing: bool = False,
        now: datetime | None = None,
    ) -> HandedOver:
        """Assign all open tasks in the leaver's hands to `to`, and end what the leaver holds.

        `last_on` is the last legal date of the roles and substitutions; with `with_roles` those
        roles are given to `to` from the day after. It needs the right `assign` of each dossier and
        the right to change the directory. A dossier that refuses is reported and does not stop the
        others, unless `all_or_nothing`; the roles end all the same. `Refused`
        ("hands-over-to-himself") when both are one.
        """
        if leaver == to:
            raise Refused.of("hands-over-to-himself", actor=leaver)
        connection = connection_of(db)
        assigned = [(dossier, Assign(n, to, note=note, ground=ground))
                    for dossier, n in self._on_desk(connection, leaver)]  # fmt: skip

        def assign(dossier: str, command: Assign) -> Done:
            key = f"{command_id}/{command.task}" if command_id is not None else None
            return self.act(db, dossier, command, by=by, command_id=key, now=now)

        listed = each_of(assign, assigned, all_or_nothing=all_or_nothing)
        roles = self._held(connection, leaver, last_on)
        told = " ".join(filter(None, (ground.number, ground.symbol))) or None

        def end(writing: Connection) -> Entered:
            return self._end_roles(writing, leaver, to if with_roles else None, last_on, told)

        if roles:
            self.book.enter(db, "hand_over", end, by=by, ground=told, now=now)
        ended = self._end_substitutions(db, leaver, last_on, by, now)
        after = last_on + timedelta(1)
        vacant, taken = self._vacant(connection, roles, after), {d.dossier_id for d in listed.taken}
        outside = self._outside(db, [each for each in assigned if each[0] in taken], after)
        personal = self._personal(connection, leaver)
        return HandedOver(listed, roles, ended, personal, vacant, outside)

    def _outside(
        self, db: Db, assigned: list[tuple[str, Assign]], on: date
    ) -> tuple[tuple[str, Reason], ...]:
        outside, noon = OutsideRole(self.book.ledger), datetime.combine(on, time(12), UTC)
        found = ((dossier, outside(db, dossier, each, now=noon)) for dossier, each in assigned)
        return tuple((dossier, why) for dossier, why in found if why is not None)

    def _on_desk(self, db: Connection, leaver: str) -> list[tuple[str, int]]:
        task = self.book.ledger.tables.task.c
        mine = (task.holder == leaver) & task.status.in_(RUNNING)
        query = select(task.dossier_id, task.n).where(mine).order_by(task.dossier_id, task.n)
        return [(row[0], row[1]) for row in db.execute(query)]

    def _personal(self, db: Connection, leaver: str) -> tuple[tuple[str, int, str], ...]:
        task = self.book.ledger.tables.task.c
        mine = task.seat.endswith(f":{leaver}", autoescape=True) & task.status.in_(RUNNING)
        query = select(task.dossier_id, task.n, task.seat).where(mine)
        rows = db.execute(query.order_by(task.dossier_id, task.n))
        return tuple((d, n, seat) for d, n, seat in rows if Seat.parse(seat).person == leaver)

    def _held(self, db: Connection, leaver: str, last_on: date) -> tuple[Held, ...]:
        """What the leaver would still hold the day after."""
        h = self.book.ledger.tables.holding
        after = valid(h, last_on + timedelta(1))
        query = select(h.c.role, h.c.unit).where(h.c.actor == leaver, after)
        rows = db.execute(query.order_by(h.c.role, h.c.unit))
        return tuple(Held(role, unit or None) for role, unit in rows)

    def _end_roles(
        self, db: Connection, leaver: str, to: str | None, last_on: date, ground: str | None
    ) -> Entered:
        h, day_after = self.book.ledger.tables.holding, last_on + timedelta(1)
        roles = self._held(db, leaver, last_on)
        has = set(self._held(db, to, last_on)) if to is not None else set()
        running = (h.c.actor == leaver) & valid(h, day_after)
        db.execute(update(h).where(running).values(to_on=last_on.isoformat()))
        new: list[dict[str, Any]] = [
            {"actor": to, "role": each.role, "unit": each.unit or "", "ground": ground,
             "from_on": day_after.isoformat(), "to_on": None}
            for each in roles if to is not None and each not in has
        ]  # fmt: skip
        if new:
            db.execute(insert(h), new)
        return Entered(added=len(new), changed=len(roles))

    def _end_substitutions(
        self, db: Db, leaver: str, last_on: date, by: By, now: datetime | None
    ) -> tuple[str, ...]:
        """Authority lapses with the office of who gave it and of who was given it."""
        running = [each for each in self.substitutions.listed(db)
                   if leaver in (each.actor, each.for_)
                   and (each.to_on is None or each.to_on > last_on)]  # fmt: skip
        for each in running:
            self.substitutions.end(db, each.id, last_on, by=by, now=now)
        return tuple(each.id for each in running)

    def _vacant(self, db: Connection, roles: tuple[Held, ...], on: date) -> tuple[Held, ...]:
        h = self.book.ledger.tables.holding
        query = select(h.c.role, h.c.unit).where(valid(h, on))
        left = {Held(role, unit or None) for role, unit in db.execute(query)}
        return tuple(each for each in roles if each not in left)
