"""Running dues after a correction of the calendar: what moves, and moving it dossier by dossier."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy.engine import Connection

from thidua.calendars import Calendars, Entered
from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.redated import Redated
from thidua.storage import calendars
from thidua.workflow.acts.closures import Closures
from thidua.workflow.acts.reproject import Shift, shifts
from thidua.workflow.calendar import Calendar
from thidua.workflow.change import Done
from thidua.workflow.command import Reproject
from thidua.workflow.dossier import Task
from thidua.workflow.person import Seat
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.view import Rules

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Shifted(Redated):
    """A running due that the calendar as it is now moves, and the corrected days that do it.

    No day is named where a release brought another table, or a unit's own days off changed.
    """

    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Reprojection:
    """Looks for running dues reckoned under an older calendar, and moves those that it moves."""

    ledger: Ledger
    calendars: Calendars
    act_as_engine: Callable[..., Done]

    def plan(
        self, db: Db, *, dossier_id: str | None = None, now: datetime | None = None
    ) -> list[Shifted]:
        """Everything that would move, by dossier and task; nothing is written.

        Bounded queries, however many dues run.
        """
        connection = connection_of(db)
        self.ledger.shelf.renew(connection)
        finder = _Finder(connection, self.ledger, self.calendars, now or self.ledger.clock())
        return list(finder.shifted(dossier_id))

    def apply(self, db: Db, dossier_id: str, *, now: datetime | None = None) -> Done | None:
        """Move the dues of one dossier by an act of the engine; None when none of them moves.

        In the caller's transaction, as every act; done twice it moves nothing more.
        """
        with self.ledger.saving(db, now) as (connection, at):
            moving = self.plan(connection, dossier_id=dossier_id, now=at)
            if not moving:
                return None
            command = self._command(connection, dossier_id, moving)
            return self.act_as_engine(connection, dossier_id, command, at)

    def _command(self, db: Connection, dossier_id: str, moving: Sequence[Shifted]) -> Reproject:
        row = calendars.procedure_of(db, self.ledger.tables, dossier_id)
        history = self.calendars.history(db, self.ledger.shelf.rules(db, row).calendar.name)
        newest = history[-1] if history else None
        return Reproject(
            change=newest.n if newest else None,
            days=tuple(sorted({on for each in moving for on in each.days})),
            note=newest.ground if newest else None,
        )


@dataclass(slots=True)
class _Finder:
    db: Connection
    ledger: Ledger
    calendars: Calendars
    now: datetime
    _closed: dict[str, tuple[date, ...]] = field(default_factory=dict)
    _histories: dict[str, Sequence[Entered]] = field(default_factory=dict)

    def shifted(self, dossier_id: str | None) -> Iterator[Shifted]:
        for of, rows in groupby(self._running(dossier_id), key=itemgetter(0, 1)):
            tasks, rules = [row[2] for row in rows], self.ledger.shelf.rules(self.db, of[1])
            today = rules.calendar.legal_date(self.now)
            for shift in shifts(tasks, rules, self._closures(rules, tasks, today), today):
                yield self._told(of, shift, rules.calendar)

    def _running(self, dossier_id: str | None) -> Iterator[tuple[str, str, Task]]:
        tables, last = self.ledger.tables, ("", 0)
        while rows := calendars.running(self.db, tables, dossier_id, last, AT_ONCE):
            yield from rows
            last = (rows[-1][0], rows[-1][2].n)

    def _closures(self, rules: Rules, tasks: Sequence[Task], today: date) -> Closures:
        if not rules.by_closures:
            return {}
        units = {unit for t in tasks if (unit := Seat.parse(t.seat).unit) is not None}
        if new := units - self._closed.keys():
            found = self.ledger.people.closures(self.db, new, today)
            self._closed |= {unit: tuple(sorted(found.get(unit, ()))) for unit in new}
        return self._closed

    def _told(self, of: tuple[str, str], shift: Shift, calendar: Calendar) -> Shifted:
        task, due = shift
        assert task.due_on is not None
        counted = Reckoning.parse(str(task.reckoned)).calendar.partition("@")[2]
        days = shift.moved_by(self._days(calendar.name, counted))
        return Shifted(*of, task.n, task.kind, task.what, task.seat, task.due_on, due.on, days)

    def _days(self, name: str, version: str) -> list[date]:
        """The days that became free or worked since a version of the calendar."""
        if name not in self._histories:
            self._histories[name] = self.calendars.history(self.db, name)
        history = self._histories[name]
        since = [each.n for each in history if each.before == version]
        later = [each for each in history if not since or each.n >= since[-1]]
        return [m.on for each in later for m in each.moved if m.turned]
