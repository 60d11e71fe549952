"""Procedures ready for use: read from the database once, kept by content hash."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from thidua.storage import calendars, library
from thidua.storage.calendars import Corrected
from thidua.storage.schema import Tables
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Refused, reason
from thidua.workflow.procedure import Procedure
from thidua.workflow.ready import ready
from thidua.workflow.view import Expressed, Predicate, Rules

if TYPE_CHECKING:
    from thidua.definitions.days import Changes

DEMO = "demo"


def base_calendar(name: str) -> Calendar:
    """A calendar as it ships, read when it is first needed."""
    from thidua.definitions.calendars import load_calendar

    return load_calendar(name)


class Shelf:
    """Holds `Rules` by hash for the life of one `Thidua`; a hash never changes its meaning.

    A calendar does: what was corrected of it in the database lies over what `calendars` gives, and
    whoever calls with the `heads` just read gets rules that count by the newest.
    """

    def __init__(
        self,
        tables: Tables,
        calendars: Callable[[str], Calendar],
        predicates: Mapping[str, Predicate],
        zone: str,
    ) -> None:
        self.tables = tables
        self.base = calendars
        self._predicates = predicates
        self._zone = zone
        self._ready: dict[str, Rules] = {}
        self._heads: str | None = None
        self._calendars: dict[str, Calendar] = {}

    def rules(self, db: Connection, procedure_hash: str, heads: str | None = None) -> Rules:
        """The rules of a stored procedure; with `heads` surely by the calendars of that time."""
        if self._heads is None or (heads is not None and heads != self._heads):
            self.renew(db)
        rules = self._ready.get(procedure_hash)
        if rules is None:
            from thidua.definitions import parse

            # Proved when it was stored: a later proof, stricter or not, changes no stored one.
            text = library.text_of(db, self.tables, procedure_hash)
            procedure = parse(text, procedure_hash[:12]).procedure
            self.calendar(db, procedure.calendar)
            rules = self.put(procedure)
        return rules

    def put(self, procedure: Procedure) -> Rules:
        """Make a procedure ready; a calendar not read yet is, before an act counts by it."""
        name = procedure.calendar
        if name not in self._calendars:
            self._calendars[name], self._heads = self.base(name), None
        expressed = _expressed(procedure)
        rules = ready(procedure, self._calendars[name], self._predicates, expressed)
        self._ready[procedure.hash] = rules
        return rules

    def renew(self, db: Connection) -> None:
        """Count by the newest calendars from now on, if there are newer than those held."""
        heads = calendars.heads(db, self.tables)
        if heads == self._heads:
            return
        self._calendars = {name: self._newest(db, name) for name in self._calendars}
        self._ready = {
            key: replace(rules, calendar=self._calendars[rules.procedure.calendar])
            for key, rules in self._ready.items()
        }
        self._heads = heads

    def calendar(self, db: Connection, name: str) -> Calendar:
        """The calendar as last read, with everything that was corrected of it."""
        if self._heads is None:
            self.renew(db)
        if name not in self._calendars:
            self._calendars[name] = self._newest(db, name)
        return self._calendars[name]

    def _newest(self, db: Connection, name: str) -> Calendar:
        base, stored = self.base(name), calendars.corrected(db, self.tables, name)
        return changes_of(stored).over_calendar(base) if stored.head else base

    def adopt(self, db: Connection, text: str, name: str, now: datetime) -> Procedure:
        """Read and prove a definition, and store it: from then on it never changes."""
        from thidua.definitions import load, parse
        from thidua.forms import letters

        known = letters()
        procedure = load(text, name, templates=known, predicates=self._predicates, letters=known)
        self.base(procedure.calendar)
        library.store(db, self.tables, procedure, parse(text, name).tree.text, now)
        self.put(procedure)
        return procedure

    def stored(self, db: Connection) -> list[Procedure]:
        """Every stored procedure."""
        rows = library.listed(db, self.tables)
        return [self.rules(db, row["hash"]).procedure for row in rows]

    def roles(self, db: Connection, act: str) -> frozenset[str]:
        """The roles that have the right `act` in any stored procedure."""
        rights = (procedure.may.get(act) for procedure in self.stored(db))
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


def _expressed(procedure: Procedure) -> Mapping[str, Expressed]:
    if not procedure.expressions:
        return {}
    # Here, not above: the library that reads them is loaded for who has some.
    from thidua.definitions.condition import expressed

    return expressed(procedure)


def changes_of(stored: Corrected) -> "Changes":
    """What is stored of a calendar, to be laid over it."""
    from thidua.definitions.days import Changes, Day

    told = {date.fromisoformat(on): day for on, day in stored.days.items()}
    return Changes({on: Day(on, *day) for on, day in told.items()}, stored.years)  # type: ignore[arg-type]  # words as stored
