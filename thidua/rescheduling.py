"""A meeting on another day: which dues that moves, the day in its register, then each dossier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.engine import Call, Engine
from thidua.ledger import Ledger, entry
from thidua.redated import Redated
from thidua.storage import crossing, register
from thidua.storage.erasing import ERASED
from thidua.workflow.change import Done
from thidua.workflow.command import Remeet
from thidua.workflow.errors import Reason, Refused
from thidua.workflow.paper import Paper
from thidua.workflow.person import ENGINE, By


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """What the move of a meeting comes to."""

    meeting: str
    title: str
    was_on: date
    held_on: date
    dues: tuple[Redated, ...] = ()
    against: tuple[tuple[str, Reason], ...] = ()


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """Looks what another day of a meeting moves, and moves it; needs the right `meet`."""

    ledger: Ledger
    engine: Engine

    def plan(self, db: Db, meeting: str, on: date, *, now: datetime | None = None) -> Rescheduled:
        """Every due that would move and every dossier for which that day is too soon.

        Nothing is written. `Unknown` when there is no such meeting.
        """
        connection, at = connection_of(db), now or self.ledger.clock()
        row = crossing.meeting(connection, self.ledger.tables, meeting)
        was = date.fromisoformat(row["held_on"])
        dues: list[Redated] = []
        against: list[tuple[str, Reason]] = []
        for dossier in crossing.put_to(connection, self.ledger.tables, meeting):
            try:
                dues += self._moved(db, dossier, Remeet(meeting, on), at)
            except Refused as error:
                against += [(dossier, r) for r in error.reasons if r.code != "dues-unmoved"]
        return Rescheduled(meeting, row["title"] or ERASED, was, on, tuple(dues), tuple(against))

    def _moved(self, db: Db, dossier: str, command: Remeet, at: datetime) -> Iterator[Redated]:
        pen, s = self.ledger.open(db)
        try:
            view, change = self.engine.rehearse(pen, s, dossier, Call(command, By(ENGINE), at))
        finally:
            pen.close()
        before = {task.n: task.due_on for task in view.tasks}
        for task in change.tasks_changed:
            was = before[task.n]
            if was is not None and task.due_on is not None:
                yield Redated(dossier, view.dossier.procedure, task.n, task.kind, task.what,
                              task.seat, was, task.due_on)  # fmt: skip

    def move(
        self,
        db: Db,
        meeting: str,
        on: date,
        *,
        by: By,
        note: str | None = None,
        ground: Paper | None = None,
        now: datetime | None = None,
    ) -> list[str]:
        """Put the meeting on another day, in the caller's transaction; its dossiers, ascending.

        Refused for a day past, for a meeting that has begun, and with the reasons of every dossier
        for which the day is too soon. Dues move with `apply`, each dossier's by an act of its own.
        """
        tables = self.ledger.tables
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = register.lock(connection, tables.meeting, meeting)
            self._check(row["held_on"], row["status"], on, self.ledger.shelf.today(at))
            planned = self.plan(connection, meeting, on, now=at)
            if planned.against:
                raise Refused.because(dict(planned.against).values())
            said = {"was": row["held_on"], "held_on": on.isoformat()}
            kept = {} if note is None else {"note": note}
            event = entry("remeet", hand, at, said, paper=ground, private=kept)
            values = {"held_on": said["held_on"]}
            self.ledger.change(connection, tables.meeting, row, values, event)
            return sorted({due.dossier for due in planned.dues})

    @staticmethod
    def _check(was: str, status: str, on: date, today: date) -> None:
        if status != "called":
            raise Refused.of("meeting-begun", status=status)
        if on < today:
            raise Refused.of("meeting-past", on=on.isoformat())
        if on.isoformat() == was:
            raise Refused.of("meeting-same-day", on=was)

    def apply(
        self, db: Db, meeting: str, dossier_id: str, *, now: datetime | None = None
    ) -> Done | None:
        """Move a dossier's dues to the meeting's day; None when they are there already."""
        with self.ledger.saving(db, now) as (connection, at):
            row = crossing.meeting(connection, self.ledger.tables, meeting)
            command = Remeet(meeting, date.fromisoformat(row["held_on"]))
            return self._remet(connection, dossier_id, Call(command, By(ENGINE), at))

    def _remet(self, db: Connection, dossier_id: str, call: Call) -> Done | None:
        pen, s = self.ledger.open(db)
        try:
            return self.engine.act(pen, s, dossier_id, call)
        except Refused as error:
            if {each.code for each in error.reasons} == {"dues-unmoved"}:
                return None
            raise
        finally:
            pen.close()
