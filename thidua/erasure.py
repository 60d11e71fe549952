"""Erasing personal values with the proof kept, and the confirmed retention classes behind it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection, Engine

from thidua.connection import Db, connection_of
from thidua.engine import Call
from thidua.ledger import Ledger, entry
from thidua.storage import erasing, erasing_registers, register, retention
from thidua.storage.schema import Tables
from thidua.workflow.acts.erasing import must_keep
from thidua.workflow.change import Change, Done
from thidua.workflow.erasure import OF_REGISTER, Erasing, Keeping, Redact, RefuseErasure
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.retention import Retention, kept_until
from thidua.workflow.view import Rules, View

EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
WITHIN = frozenset({"retention-assumed", "kept-for-good", "kept-until"})
"""Why an erasure is refused that only the period stands in the way of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an erasure came to: the act, and whether it was refused, which the journal then says."""

    done: Done
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A closed dossier past its period, which ended on `until_on`."""

    dossier_id: str
    retention: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A class as declared, and what an office has confirmed of it: None is nothing yet."""

    name: str
    label: Mapping[str, str]
    declared: int | None
    ground: str
    certainty: str
    confirmed: bool
    years: int | None


@dataclass(frozen=True, slots=True)
class Erasure:
    """Erasing for the write path, a host and the command line, in the caller's transaction."""

    ledger: Ledger
    act: Callable[[Db, str, Call], Done]

    def prepared(self, db: Connection, rules: Rules, view: View) -> View:
        """The view with what an erasure must know."""
        told, dossier = rules_of_keeping(), view.dossier
        bases = {name: each.early for name, each in told.bases.items()}
        names = erasing.names(db, self.ledger.tables, dossier.id)
        closed = rules.procedure.states[dossier.state].final
        keeping = self.keeping(db, dossier.award, dossier.id, dossier.moved_n, closed=closed)
        return view._replace(erasing=Erasing(names, bases, keeping))

    def keeping(
        self, db: Connection, award: str, dossier_id: str, moved_n: int, *, closed: bool
    ) -> Keeping:
        """How long the dossier is kept; one under way has no end yet."""
        kept = rules_of_keeping().of_award(award)
        confirmed = retention.confirmed(db, self.ledger.tables).get(kept.name)
        if confirmed is None or not closed:
            return Keeping(kept.name, confirmed is not None, None)
        on = retention.moved_on(db, self.ledger.tables, dossier_id, moved_n)
        return Keeping(kept.name, confirmed=True, until_on=kept_until(on, confirmed.years))

    def _kept(self, db: Connection, row: Mapping[str, Any]) -> Keeping:
        rules = self.ledger.shelf.rules(db, row["procedure"])
        closed = rules.procedure.states[row["state"]].final
        return self.keeping(db, row["award"], row["id"], row["moved_n"], closed=closed)

    def erase(self, db: Connection, change: Change) -> None:
        """Take away what the act names, in its transaction."""
        erasing.erase(db, self.ledger.tables, change.dossier.id, frozenset(change.erased))

    def redact(
        self, db: Db, dossier_id: str, command: Redact, *, by: By, now: datetime | None = None,
        command_id: str | None = None,
    ) -> Asked:  # fmt: skip
        """Erase, or write down that it was refused because the values must still be kept.

        Raises `Refused` when anything else stands in the way; then nothing is written.
        """
        at = now or self.ledger.clock()
        try:
            return Asked(self.act(db, dossier_id, Call(command, by, at, command_id)))
        except Refused as error:
            if not {each.code for each in error.reasons} <= WITHIN:
                raise
            kept = RefuseErasure(
                command.parts, command.basis, note=command.note, ground=command.ground
            )
            return Asked(self.act(db, dossier_id, Call(kept, by, at, command_id)), error)

    def redact_register(
        self, db: Db, key: str, basis: str, *, by: By, ground: Paper,
        parts: Collection[str] = ("signers",), now: datetime | None = None,
    ) -> int:  # fmt: skip
        """Erase parts of a submission, council, meeting, decision or other register for good: the
        number of the event that says so. What its dossiers hold of it is erased there.

        `parts` are of `OF_REGISTER`. Takes the right to `redact`. A ground that does not hold
        within the period is refused while one of its dossiers has to be kept. `Refused`:
        "nothing-to-erase", "unknown-basis", "unknown-part".
        """
        t, named = self.ledger.tables, sorted(set(parts))
        with self.ledger.writing(db, by, "redact", now) as (connection, at, hand):
            noun = erasing_registers.noun_of(connection, t, key)
            if noun is None:
                raise Unknown("unknown-register", key=key)
            row = register.lock(connection, getattr(t, noun), key)
            about = erasing_registers.dossiers(connection, t, noun, key)
            _check_parts(named)
            self._check_basis(connection, basis, about, self.ledger.shelf.today(at))
            ids = [each["id"] for each in about]
            gone = erasing_registers.take_out(connection, t, key, named, ids)
            if not gone:
                raise Refused.of("nothing-to-erase", parts=", ".join(named))
            said = {"parts": named, "basis": basis, "erased": gone}
            told = entry("redact", hand, at, said, paper=ground)
            values = erasing_registers.emptied(row, {name for _, name in gone})
            self.ledger.change(connection, getattr(t, noun), row, values, told)
            return int(row["count"]) + 1

    def _check_basis(
        self, db: Connection, basis: str, about: Iterable[Mapping[str, Any]], today: date
    ) -> None:
        bases = rules_of_keeping().bases
        if basis not in bases:
            raise Refused.of("unknown-basis", basis=basis, known=", ".join(bases))
        for row in () if bases[basis].early else about:
            if (why := must_keep(self._kept(db, row), today)) is not None:
                raise Refused.because([why])

    def confirm(
        self, db: Db, name: str, years: int | None, *, by: By, ground: Paper,
        now: datetime | None = None,
    ) -> None:  # fmt: skip
        """Confirm a class with its period (None: for good) and the paper that says so.

        Takes the right to `redact` of some stored procedure. Again with another paper changes it.
        """
        if name not in rules_of_keeping().classes:
            known = ", ".join(rules_of_keeping().classes)
            raise Unknown("unknown-retention", retention=name, known=known)
        with self.ledger.writing(db, by, "redact", now) as (connection, at, hand):
            table = self.ledger.tables.retention
            row = retention.locked(connection, self.ledger.tables, name)
            told = entry("confirm_retention", hand, at, {"years": years}, paper=ground)
            self.ledger.change(connection, table, row, {"years": years}, told)

    def classes(self, db: Db) -> list[Standing]:
        """Every class and what is confirmed of it."""
        known = retention.confirmed(connection_of(db), self.ledger.tables)
        return [
            Standing(c.name, c.label, c.years, c.ground, c.certainty, c.name in known,
                     known[c.name].years if c.name in known else None)
            for c in rules_of_keeping().classes.values()
        ]  # fmt: skip

    def past(self, db: Db, now: datetime | None = None) -> Iterator[Past]:
        """Closed dossiers of confirmed classes past their period that hold values still."""
        connection = connection_of(db)
        on = self.ledger.shelf.today(now or self.ledger.clock())
        for row in retention.dossiers(connection, self.ledger.tables):
            kept = self._kept(connection, row)
            if kept.confirmed and kept.until_on is not None and kept.until_on < on:
                yield Past(row["id"], kept.retention, kept.until_on)


def _check_parts(parts: Iterable[str]) -> None:
    for part in parts:
        if part not in OF_REGISTER:
            raise Refused.of("unknown-part", part=part, known=", ".join(OF_REGISTER))


def rules_of_keeping() -> Retention:
    """The declared classes and grounds; read only where they are asked for."""
    from thidua.definitions.retention import load_retention

    return load_retention()


def scrub(engine: Engine, t: Tables) -> None:
    """Rewrite the database's own files so that nothing of erased values is left in them.

    On SQLite the whole file and its log, on PostgreSQL the tables that hold values. Takes them for
    itself meanwhile; outside any transaction. Backups and archived logs are not reached.
    """
    with closing(engine.raw_connection()) as pooled:
        raw: Any = pooled.driver_connection
        if engine.dialect.name == "sqlite":
            for word in (EMPTY_LOG, "VACUUM", EMPTY_LOG):
                raw.execute(word).fetchall()
            return
        raw.autocommit = True
        try:
            for table in (t.dossier, t.event_private, t.document, t.submission, t.decision,
                          t.meeting, t.council, t.substitution, t.notice, t.mail, t.person,
                          t.address, t.holding, t.relation):  # fmt: skip
                raw.execute(f"VACUUM (FULL) {table.fullname}")
            raw.execute("CHECKPOINT")
        finally:
            raw.autocommit = False
