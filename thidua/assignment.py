"""Whether who gets a task may do what it asks: a warning, never a refusal."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.people import Substitutes
from thidua.workflow.command import Assign
from thidua.workflow.errors import Reason, reason
from thidua.workflow.person import Seat, sits
from thidua.workflow.procedure import Procedure


@dataclass(frozen=True, slots=True)
class OutsideRole:
    """Looks who is to hold a task: `wf.outside_role(db, dossier_id, command)`.

    An office may put a task on any desk, such as that of who prepares it; done it is only by who
    holds its role or stands in for somebody who does.
    """

    ledger: Ledger

    def __call__(
        self, db: Db, dossier_id: str, command: Assign, *, now: datetime | None = None
    ) -> Reason | None:
        """Why the holder can't do the task today ("outside-role"); None when he can, when the
        command puts it back in its queue, and of a task that there is not.
        """
        connection, holder = connection_of(db), command.holder
        task, dossier = self.ledger.tables.task.c, self.ledger.tables.dossier.c
        mine = (task.dossier_id == dossier_id) & (task.n == command.task)
        query = select(task.seat, dossier.procedure).where(mine, dossier.id == task.dossier_id)
        row = connection.execute(query).first()
        if row is None or holder is None:
            return None
        seat, on = Seat.parse(row[0]), self.ledger.shelf.today(now or self.ledger.clock())
        procedure = self.ledger.shelf.rules(connection, row[1]).procedure
        fits = self._sits(connection, seat, holder, on)
        if fits or self._stands_in(connection, seat, holder, on, procedure):
            return None
        return reason("outside-role", actor=holder, role=seat.role, task=command.task)

    def _sits(self, db: Connection, seat: Seat, actor: str, on: date) -> bool:
        return sits(seat, actor, self.ledger.people.held(db, actor, on))

    def _stands_in(
        self, db: Connection, seat: Seat, actor: str, on: date, procedure: Procedure
    ) -> bool:
        """Whether a substitution leaves the seat's role to the actor, for whatever act."""
        people, role = self.ledger.people, procedure.roles.get(seat.role)
        if not isinstance(people, Substitutes) or (role is not None and not role.delegable):
            return False
        units = frozenset({seat.unit})
        return any(
            each.covers(seat.role, units, procedure=procedure.name, acts={*each.acts})
            for each in people.substitutions(db, actor)
            if each.runs(on) and self._sits(db, seat, each.for_, on)
        )
