"""The one write path: lock, load, decide, apply, in the caller's transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy.engine import Connection

from thidua.ids import salts
from thidua.logged import note_refused
from thidua.people import People, substitutions
from thidua.savepoint import savepoint
from thidua.seeker import Seeker
from thidua.storage import library, load
from thidua.storage.apply import apply
from thidua.storage.people import Directory
from thidua.storage.script import Pen, Row
from thidua.storage.statements import Statements
from thidua.urn import Urn
from thidua.workflow import command as c
from thidua.workflow.actions import Action, actions
from thidua.workflow.acts.create import blank
from thidua.workflow.acts.linked import newest, proposal
from thidua.workflow.acts.migrate import arrived
from thidua.workflow.change import Change, Done, Started
from thidua.workflow.decide import decide, seal
from thidua.workflow.dossier import NOT_KNOWN, Dossier
from thidua.workflow.erasure import Redact, RefuseErasure
from thidua.workflow.errors import (
    Broken,
    Busy,
    CommandReused,
    Misuse,
    Reason,
    Refused,
    Stale,
    ThiduaError,
    Unknown,
)
from thidua.workflow.invariants import broken
from thidua.workflow.journal import salts_needed
from thidua.workflow.openings import may_end_unanswered, may_open
from thidua.workflow.person import ENGINE, By
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Rules, View

log = logging.getLogger("thidua")


class Call(NamedTuple):
    """One call of the write path: what is asked, by whom, and the terms it is asked on."""

    command: c.Command
    by: By
    now: datetime
    command_id: str | None = None
    expect: int | None = None
    origin: str | None = None
    """The dossier whose step opens the one that is to be made."""


class Erasing(Protocol):
    """What erasing personal values takes beside the decision: `thidua.erasure`."""

    def prepared(self, db: Connection, rules: Rules, view: View) -> View:
        """The view with what an erasure must know."""

    def erase(self, db: Connection, change: Change) -> None:
        """Take away what the act names, in its transaction."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a command would come to for one dossier; None of `before` is one that there is not."""

    dossier_id: str
    before: str | None
    done: Done | None = None
    error: ThiduaError | None = None

    @property
    def allowed(self) -> bool:
        """Whether it would be done."""
        return self.error is None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it would not be done."""
        return self.error.reasons if self.error is not None else ()


@dataclass(frozen=True, slots=True)
class Engine:
    """Runs acts on a pen.

    `rules` gives a procedure ready for use by its content hash, counting by the calendars whose
    heads it is told. `beside` says that `people` is the directory in the same tables, which
    is asked together with the dossier; `unclassified` refuses what a link would tell of.
    """

    people: People
    rules: Callable[[Connection, str, str], Rules]
    observer: Callable[[Connection, Change], None] | None = None
    urn: Urn = Urn()
    confirmed: Callable[[Connection, Procedure], None] | None = None
    eraser: Erasing | None = None
    unclassified: Callable[[Connection, str], None] | None = None
    beside: bool = False

    def act(self, pen: Pen, s: Statements, dossier_id: str, call: Call) -> Done:
        """Carry a command out on a dossier; what it came to.

        On SQLite the lock is the first statement and the savepoint follows; elsewhere the
        savepoint is first, so that a lock that fails keeps the host's rows.
        """
        if s.locks_by_update:
            found = load.lock(pen, s, dossier_id)
            with savepoint(pen):
                return self._carry_out(pen, s, found, call)
        with savepoint(pen):
            found = load.lock(pen, s, dossier_id)
            return self._carry_out(pen, s, found, call)

    def create(
        self, pen: Pen, s: Statements, dossier_id: str, find: Callable[[], Rules], call: Call
    ) -> Done:
        """Write a new dossier; its row's insert is the lock.

        `find` reads the rules: inside the savepoint, as everything that may fail.
        """
        command = call.command
        if not isinstance(command, c.Create):
            raise Misuse("not-a-create", found=type(command).__name__)
        if s.locks_by_update and not pen.locked:
            pen.run(s.begin, {})
        with savepoint(pen):
            rules = find()
            asked = rules.by_receipt and command.submission is not None
            came = load.came(pen, s, str(command.submission)) if asked else NOT_KNOWN
            dossier = blank(command, rules.procedure, dossier_id, came)
            return self._add(pen, s, rules, dossier, call)

    def _add(self, pen: Pen, s: Statements, rules: Rules, dossier: Dossier, call: Call) -> Done:
        view = self._blank_view(pen, s, rules, dossier, call)
        try:
            return self._write(pen, s, rules, view, call, new=True)
        except Busy as error:
            if error.fields["taken"] and error.fields["statement"] == "add_dossier":
                raise Refused.of("dossier-exists", dossier=dossier.id) from error
            if error.fields["taken"] and error.fields["statement"] == "add_event":
                raise Refused.of("id-taken", id=dossier.id) from error
            raise

    def actions(
        self, pen: Pen, s: Statements, dossier_id: str, by: By, now: datetime
    ) -> tuple[Action, ...]:
        """What `by` may do to the dossier, read without a lock."""
        dossier, heads = load.dossier(pen, s, dossier_id)
        rules = self.rules(pen.connection, dossier.procedure, heads)
        asker = self._asker(pen.connection, by, rules.calendar.legal_date(now))
        view = load.view(pen, s, dossier, asker, None)
        return actions(rules, _with_terms(pen, s, view, c.Recall()), by, now)

    def foresee(self, pen: Pen, s: Statements, dossier_id: str, call: Call) -> Foreseen:
        """What a command would come to, decided without a lock and never written."""
        found = load.dossier(pen, s, dossier_id)
        dossier = found.dossier
        try:
            rules, view = self._seen(pen, s, found, call)
            view = self.urn.prepared(pen, s, rules, view, call.command, real=False)
            change = decide(
                rules, view, call.command, call.by, call.now,
                command_id=call.command_id, expect=call.expect,
            )  # fmt: skip
            if change.started is not None:
                self._open(pen, s, rules, change, change.started, call, real=False)
        except (Refused, Unknown, Stale, CommandReused) as error:
            return Foreseen(dossier_id, dossier.state, None, error)
        return Foreseen(dossier_id, dossier.state, change.done)

    def _carry_out(self, pen: Pen, s: Statements, found: load.Found, call: Call) -> Done:
        rules, view = self._seen(pen, s, found, call)
        return self._write(pen, s, rules, view, call)

    def rehearse(self, pen: Pen, s: Statements, dossier_id: str, call: Call) -> tuple[View, Change]:
        """What the act would change of the dossier as it is read without a lock; writes nothing."""
        rules, view = self._seen(pen, s, load.dossier(pen, s, dossier_id), call)
        return view, decide(rules, view, call.command, call.by, call.now)

    def _seen(self, pen: Pen, s: Statements, found: load.Found, call: Call) -> tuple[Rules, View]:
        dossier, heads = found
        rules = self.rules(pen.connection, dossier.procedure, heads)
        if not isinstance(call.command, c.Migrate):
            return rules, self.view(pen, s, rules, dossier, call)
        onto = self.rules(pen.connection, call.command.onto, heads)
        if self.confirmed is not None:
            self.confirmed(pen.connection, onto.procedure)
        there = self.view(pen, s, onto, arrived(onto, dossier, call.command), call)
        return rules, there._replace(dossier=dossier, onto=onto)

    def _write(
        self, pen: Pen, s: Statements, rules: Rules, view: View, call: Call, *, new: bool = False
    ) -> Done:
        view = self.urn.prepared(pen, s, rules, view, call.command, real=True)
        try:
            change = decide(
                rules, view, call.command, call.by, call.now,
                command_id=call.command_id, expect=call.expect,
            )  # fmt: skip
        except Refused as error:
            note_refused(error, type(call.command).__name__, call.by, view.dossier.id)
            raise
        if change.done.repeated:
            return change.done
        sealed = seal(view, change, salts(salts_needed(change.entries)))
        if rule := broken(rules, view, change, sealed):
            log.critical("an act on %s would break the invariant %s", view.dossier.id, rule)
            raise Broken("invariant", rule=rule, dossier=view.dossier.id)
        apply(pen, s, change, sealed, now=call.now, new=new)
        if change.erased and self.eraser is not None:
            self.eraser.erase(pen.connection, change)
        if view.decision is not None:
            key = {"k_decision": view.decision.decision_id, "k_dossier_id": view.dossier.id}
            pen.run(s.line_applied, key)
        if self.observer is not None:
            self.observer(pen.connection, change)
        if change.started is not None:
            self._open(pen, s, rules, change, change.started, call, real=True)
        return change.done

    def _open(
        self, pen: Pen, s: Statements, rules: Rules, change: Change, started: Started, call: Call,
        *, real: bool,
    ) -> None:  # fmt: skip
        """Write the dossier that a step opens, or decide only whether it can be opened."""
        try:
            there, dossier, made = self._linked(pen, s, rules, change, started, call)
            if real:
                self._add(pen, s, there, dossier, made)
                return
            if load.exists(pen, s, dossier.id):
                raise Refused.of("dossier-exists", dossier=dossier.id)
            view = self._blank_view(pen, s, there, dossier, made)
            decide(there, view, made.command, call.by, call.now)
        except Refused as error:
            why = Reason("starts-refused", {"procedure": started.procedure})
            raise Refused.because([why, *error.reasons]) from error

    def _blank_view(
        self, pen: Pen, s: Statements, rules: Rules, dossier: Dossier, call: Call
    ) -> View:
        view = self.view(pen, s, rules, dossier, call, new=True)
        return view if call.origin is None else view._replace(origin=call.origin)

    def _linked(
        self, pen: Pen, s: Statements, rules: Rules, change: Change, started: Started, call: Call
    ) -> tuple[Rules, Dossier, Call]:
        """The rules and the blank of a dossier that a step opens, and the call that makes it."""
        if self.unclassified is not None:
            self.unclassified(pen.connection, change.dossier.id)
        stored = library.candidates(pen, s, started.procedure)
        found = [self.rules(pen.connection, *each) for each in stored]
        there = newest(found, rules.calendar.legal_date(call.now))
        if self.confirmed is not None:
            self.confirmed(pen.connection, there.procedure)
        here = rules.procedure
        command = proposal(there.procedure, here, change.dossier, started.award, call.command)
        dossier = blank(command, there.procedure, started.dossier_id)
        return there, dossier, Call(command, call.by, call.now, origin=change.dossier.id)

    def view(
        self,
        pen: Pen,
        s: Statements,
        rules: Rules,
        dossier: Dossier,
        call: Call,
        *,
        new: bool = False,
    ) -> View:
        """Everything the decision may look at, read under the lock."""
        today = rules.calendar.legal_date(call.now)
        if new:
            held = self._held(pen.connection, call.by, today)
            view = load.new_view(pen, s, dossier, held, call.command_id)
        else:
            asker = self._asker(pen.connection, call.by, today)
            view = load.view(pen, s, dossier, asker, call.command_id)
        if view.prior is not None:
            return view
        view = _with_terms(pen, s, view, call.command)
        if call.by.for_ is not None:
            given = substitutions(self.people, pen.connection, call.by)
            view = view._replace(substitutions=given)
        if rules.by_receipt and isinstance(call.command, c.Transfer) and call.command.submission:
            view = view._replace(came=load.came(pen, s, call.command.submission))
        if self.eraser is not None and isinstance(call.command, _ERASING):
            view = self.eraser.prepared(pen.connection, rules, view)
        if may_end_unanswered(rules, call.command):
            view = view._replace(unsent=load.unsent(pen, s, dossier.id))
        names = may_open(rules, call.command, dossier)
        if not names and not rules.by_closures:
            return view
        seeker = Seeker(self.people, pen, s, rules, view, call.command, today)
        view = view._replace(openings=seeker.openings(names))
        return view._replace(closures=seeker.closures(view)) if rules.by_closures else view

    def _asker(self, db: Connection, by: By, today: date) -> load.Asker:
        """Who is looked up in the directory while the dossier is read, or what was asked before."""
        people, actor = self.people, by.actor
        beside = self.beside and by.for_ is None and actor != ENGINE
        if not beside or not isinstance(people, Directory):
            known = self._held(db, by, today)
            return load.Asker(lambda _: known)

        def held(rows: Sequence[Row]) -> load.Both:
            mine = people.held_by(db, rows, actor, today)
            return mine, mine

        return load.Asker(held, actor, today.isoformat())

    def _held(self, db: Connection, by: By, today: date) -> load.Both:
        if by.actor == ENGINE:
            return frozenset(), frozenset()
        held = self.people.held(db, by.decider, today)
        return held, held if by.for_ is None else self.people.held(db, by.actor, today)


_COUNTING = (c.Close, c.BreakTie)
_ERASING = (Redact, RefuseErasure)


def _with_terms(pen: Pen, s: Statements, view: View, command: c.Command) -> View:
    """What only some commands look at: a decision's line, the votes of a ballot, how it came."""
    decision = getattr(command, "decision", None)
    if decision is not None:
        return view._replace(decision=load.signed(pen, s, view.dossier.id, decision))
    if isinstance(command, _COUNTING):
        votes, attended = load.votes(pen, s, view.dossier.id)
        return view._replace(votes=votes, attended=attended)
    if isinstance(command, c.Recall):
        decision, started = load.brought(pen, s, view.dossier)
        return view._replace(brought=decision, started=started)
    return view
