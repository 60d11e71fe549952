"""Writing the council's registers: rows that span dossiers, each change an event of its own."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from thidua.connection import Db, connection_of
from thidua.ids import salts
from thidua.logged import note_refused
from thidua.people import People, substitutions
from thidua.savepoint import savepoint
from thidua.shelf import Shelf
from thidua.storage import recused, register, rows
from thidua.storage.schema import Tables
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.errors import Reason, Refused
from thidua.workflow.journal import Entry
from thidua.workflow.paper import Paper, signed_later
from thidua.workflow.person import ENGINE, By
from thidua.workflow.procedure import Procedure, Right
from thidua.workflow.sight import Eyes
from thidua.workflow.substitution import Use, covered

_PERSONAL = ("signer",)

Roles = Callable[[Procedure], Iterable[str]]
"""The roles of a procedure that have some right."""


@dataclass(frozen=True, slots=True)
class Hand(By):
    """Who acts, the right checked: with the substitution it rests on, if any."""

    substitution: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Checks the right, keeps the savepoint, chains the events.

    Who may is read from the stored procedures: a role with the right of that name under `may:`
    in any of them.
    """

    tables: Tables
    people: People
    shelf: Shelf
    clock: Callable[[], datetime]
    open: Callable[[Db], tuple[Pen, Statements]]

    @contextmanager
    def saving(self, db: Db, now: datetime | None) -> Iterator[tuple[Connection, datetime]]:
        """The caller's connection inside a savepoint; whoever writes there checks the right."""
        pen, s = self.open(db)
        try:
            if s.locks_by_update:
                pen.run(s.begin, {})
            with savepoint(pen):
                yield pen.connection, now or self.clock()
        finally:
            pen.close()

    def require_in_round(
        self, db: Db, by: By, act: str, round_id: str, now: datetime | None
    ) -> None:  # fmt: skip
        """`Refused` ("not-allowed") unless the decider has a role that does `act` under the
        procedure of some dossier of the round; to be asked before what is told of its seats.
        """
        t, connection = self.tables, connection_of(db)
        query = select(t.dossier.c.procedure, t.line.c.name).distinct()
        query = query.join(t.line, t.line.c.dossier_id == t.dossier.c.id)
        found = connection.execute(query.where(t.line.c.round_id == round_id)).all()
        rules = [(self.shelf.rules(connection, key).procedure, name) for key, name in found]
        roles = {role for procedure, name in rules for role in _conducting(procedure, name, act)}
        today = self.shelf.today(now or self.clock())
        held = self.people.held(connection, by.decider, today)
        if roles.isdisjoint(each.role for each in held):
            named = ", ".join(sorted(roles)) or "-"
            error = Refused.of("not-allowed", actor=by.decider, roles=named)
            note_refused(error, act, by, round_id)
            raise error

    @contextmanager
    def writing(
        self,
        db: Db,
        by: By,
        act: str | None,
        now: datetime | None,
        roles: Roles | None = None,
    ) -> Iterator[tuple[Connection, datetime, Hand]]:
        """The same after checking that `by` has the right `act`, with who acts, for `entry`.

        None is what any person may do who can write here, such as entering lists. `roles` are
        those of a procedure that may, where they are not those under `may:`. A substitution may
        rest on any procedure by which the decider may; what needs no right takes one without
        bounds.
        """
        with self.saving(db, now) as (connection, at):
            may = roles or _under(act)
            try:
                yield connection, at, self._hand(connection, by, act, may, self.shelf.today(at))
            except Refused as error:
                note_refused(error, act or "enter", by)
                raise

    def keep_away(self, db: Connection, by: By, at: datetime, dossiers: Collection[str]) -> None:
        """`Refused` ("recused-from") where one who acts stepped back from one of the dossiers."""
        held, on = self.people.held, self.shelf.today(at)
        eyes = [Eyes(actor, held(db, actor, on)) for actor in (by.actor, by.decider)]
        if away := recused.closed_to(db, self.tables, eyes) & {*dossiers}:
            raise Refused.of("recused-from", dossiers=", ".join(sorted(away)))

    def _hand(self, db: Connection, by: By, act: str | None, may: Roles, on: date) -> Hand:
        if ENGINE in (by.actor, by.for_):
            raise Refused.of("engine-reserved")
        uses = [Use()] if act is None else self._uses(db, by.decider, may, on)
        if not uses:
            named = {role for each in self.shelf.stored(db) for role in may(each)}
            roles = ", ".join(sorted(named)) or "-"
            raise Refused.of("not-allowed", actor=by.decider, roles=roles)
        if by.for_ is None:
            return Hand(by.actor)
        given = substitutions(self.people, db, by)
        found = covered(by, given, uses, acts={act} if act else set(), on=on)
        if not isinstance(found, Reason):
            return Hand(by.actor, by.for_, next(iter(found.values())).id)
        if not self._uses(db, by.actor, _under("enter_for"), on):
            raise Refused.because([found])
        return Hand(by.actor, by.for_)

    def _uses(self, db: Connection, actor: str, may: Roles, on: date) -> list[Use]:
        """The roles by which somebody may, procedure by procedure."""
        held, uses = self.people.held(db, actor, on), []
        for procedure in self.shelf.stored(db):
            for role in may(procedure):
                units = frozenset(each.unit for each in held if each.role == role)
                if units:
                    kept = procedure.roles.get(role)
                    delegable = kept is None or kept.delegable
                    uses.append(Use(role, units, procedure.name, delegable))
        return uses

    def add(self, db: Connection, table: Table, row: Mapping[str, Any], entry: Entry) -> None:
        """Write a new row and its first event; `Refused` ("id-taken") where the id is, by anything
        that has a journal.
        """
        self._check_signed(entry)
        try:
            register.add(db, self.tables, table, row, entry, salts(len(entry.private)))
        except IntegrityError as error:
            raise Refused.of("id-taken", id=row["id"]) from error

    def change(
        self,
        db: Connection,
        table: Table,
        row: RowMapping,
        values: Mapping[str, Any],
        entry: Entry,
    ) -> None:
        """Change a locked row and write the event that says so."""
        self._check_signed(entry)
        register.change(db, self.tables, table, row, values, entry, salts(len(entry.private)))

    def _check_signed(self, entry: Entry) -> None:
        """`Refused` ("signed-later") for a paper dated after the legal day of the act."""
        said = entry.data.get("paper", {}).get("signed_on")
        if said is None:
            return
        today = self.shelf.today(datetime.fromisoformat(entry.data["at"]))
        if (later := signed_later(date.fromisoformat(said), today)) is not None:
            raise Refused.because([later])


def _under(act: str | None) -> Roles:
    """Those that have a right under `may:`."""
    return lambda procedure: procedure.may.get(act or "", Right()).roles


def entry(
    act: str,
    by: By,
    at: datetime,
    data: Mapping[str, Any],
    *,
    paper: Paper | None = None,
    private: Mapping[str, str] | None = None,
) -> Entry:
    """An event of a register; the signer's name is kept beside the bytes."""
    who = {"by": by.decider} if by.for_ is None else {"by": by.decider, "entered": by.actor}
    if isinstance(by, Hand) and by.substitution is not None:
        who["substitution"] = by.substitution
    values = paper.values() if paper else {}
    public = {k: v for k, v in values.items() if k not in _PERSONAL}
    named = {f"paper.{k}": v for k, v in values.items() if k in _PERSONAL}
    said = {"paper": public} if public else {}
    return Entry(act, {"at": rows.instant(at), **who, **data, **said}, {**named, **(private or {})})


def _conducting(procedure: Procedure, name: str, act: str) -> tuple[str, ...]:
    """The roles that do an act of a round; who answers a question back, the round itself says."""
    if act == "answer_back":
        rule = procedure.rounds[name].ask_back
        return (rule.answer,) if rule is not None else ()
    right = procedure.may.get(act)
    return right.roles if right is not None else ()
