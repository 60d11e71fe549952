"""Procedures ready for use: read from the database once, kept by content hash."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from thidua.storage import library
from thidua.storage.schema import Tables
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Refused, reason
from thidua.workflow.procedure import Procedure
from thidua.workflow.ready import ready
from thidua.workflow.view import Predicate, Rules

DEMO = "demo"


class Shelf:
    """Holds `Rules` by hash for the life of one `Thidua`; a hash never changes its meaning."""

    def __init__(
        self,
        tables: Tables,
        calendars: Callable[[str], Calendar],
        predicates: Mapping[str, Predicate],
        zone: str,
    ) -> None:
        self.tables = tables
        self._calendars = calendars
        self._predicates = predicates
        self._zone = zone
        self._ready: dict[str, Rules] = {}

    def rules(self, db: Connection, procedure_hash: str) -> Rules:
        """The rules of a stored procedure."""
        rules = self._ready.get(procedure_hash)
        if rules is None:
            from thidua.definitions import load

            text = library.text_of(db, self.tables, procedure_hash)
            rules = self.put(load(text, procedure_hash[:12]))
        return rules

    def put(self, procedure: Procedure) -> Rules:
        """Make a procedure ready."""
        calendar = self._calendars(procedure.calendar)
        rules = ready(procedure, calendar, self._predicates)
        self._ready[procedure.hash] = rules
        return rules

    def adopt(self, db: Connection, text: str, name: str, now: datetime) -> Procedure:
        """Read and prove a definition, and store it: from then on it never changes."""
        from thidua.definitions import load, parse
        from thidua.notifiers.catalogue import TEMPLATES

        procedure = load(text, name, templates=TEMPLATES, predicates=self._predicates)
        self._calendars(procedure.calendar)
        library.store(db, self.tables, procedure, parse(text, name).tree.text, now)
        self.put(procedure)
        return procedure

    def roles(self, db: Connection, act: str) -> frozenset[str]:
        """The roles that have the right `act` in any stored procedure."""
        stored = library.listed(db, self.tables)
        rights = (self.rules(db, row["hash"]).procedure.may.get(act) for row in stored)
        return frozenset(role for right in rights if right is not None for role in right.roles)

    def today(self, at: datetime) -> date:
        """The legal date of an instant in the zone of the registers."""
        return at.astimezone(ZoneInfo(self._zone)).date()

    def check_confirmed(self, db: Connection, procedure: Procedure) -> None:
        """Refuse a first dossier while an assumed number has no named ground and is no demo."""
        if not procedure.assumed:
            return
        done = library.confirmed(db, self.tables, procedure.hash)
        missing = [] if DEMO in done else [g for g in procedure.assumed if g not in done]
        if missing:
            grounds = (procedure.grounds[name] for name in missing)
            raise Refused.because(
                reason("assumed", ground=g.name, text=g.text, procedure=procedure.name)
                for g in grounds
            )
