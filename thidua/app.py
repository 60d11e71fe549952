"""The face of the library: what a host makes once and calls with its own connection."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from sqlalchemy.engine import Connection
from sqlalchemy.engine import Engine as SqlEngine

from thidua.assignment import OutsideRole
from thidua.calendars import Calendars
from thidua.classification import Classification
from thidua.connection import Db, checked, connection_of
from thidua.decisions import Decisions
from thidua.directory import DirectoryBook
from thidua.engine import Call, Engine, Foreseen
from thidua.erasure import Erasure
from thidua.exchange import Exchange
from thidua.files import Files
from thidua.handover import HandOver
from thidua.ids import new_id, utc_now
from thidua.keys import Keys
from thidua.ledger import Ledger
from thidua.meetings import Cases, Councils, Meetings
from thidua.papers.room import Papers
from thidua.people import People
from thidua.reminders import Reminders
from thidua.reprojection import Reprojection
from thidua.rescheduling import Rescheduling
from thidua.rounds import Rounds
from thidua.seen import Sight
from thidua.shelf import DEMO, Shelf, base_calendar
from thidua.spent_keys import destroy_all
from thidua.storage import library, migrate, watch
from thidua.storage.people import Directory
from thidua.storage.script import Pen, Probe
from thidua.storage.statements import Statements, built
from thidua.submissions import Submissions
from thidua.subscribers import Subscribers
from thidua.substitutions import Substitutions
from thidua.sweeper import Sweeper
from thidua.tick import Ticked, Ticker
from thidua.tree import Tree
from thidua.urn import Urn
from thidua.value_keys import ValueKeyFolder
from thidua.versions import Versions
from thidua.watch import BOUNDS, Bounds, Doubt, judge
from thidua.workflow.actions import Action
from thidua.workflow.calendar import Calendar
from thidua.workflow.change import Change, Done
from thidua.workflow.command import Attach, Command, Create, Transfer
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.person import ENGINE, By
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Predicate, Rules

if TYPE_CHECKING:
    from thidua.preview import Commands
    from thidua.timeliness import Grouping, Period, Timeliness


class _Place(TypedDict):
    schema: str | None
    prefix: str


class Thidua:
    """One council's workflow engine over the host's database.

    It never commits, rolls back or closes what it is given, and keeps no state but compiled
    statements and procedures. `people` answers who holds what (default: the built-in directory);
    `files` keeps documents' bytes: one whose bytes are not there is refused; `conditions` are the
    host's pure predicates, named in procedures as `host.NAME`; `observer` is called inside every
    act and may write the host's own rows or raise; `clock` gives the present UTC instant where a
    call does not, and is doubted beyond `bounds`; `zone` is where the registers' legal dates are;
    with `sweep_on_write` an act does a little of what is due when the clock has stood for so long;
    `directory` names the roles that may change units, people and roles (None: whoever can write);
    `keys` keeps the keys of sealed ballots, refused without; `values` seals private values.
    """

    def __init__(  # noqa: PLR0913 -- each with a working default
        self,
        *,
        people: People | None = None,
        files: Files | None = None,
        schema: str | None = None,
        prefix: str = "td_",
        calendars: Callable[[str], Calendar] | None = None,
        conditions: Mapping[str, Predicate] | None = None,
        observer: Callable[[Connection, Change], None] | None = None,
        clock: Callable[[], datetime] = utc_now,
        zone: str = "Asia/Ho_Chi_Minh",
        probe: Probe | None = None,
        bounds: Bounds = BOUNDS,
        sweep_on_write: timedelta | None = None,
        directory: Iterable[str] | None = None,
        keys: Keys | None = None,
        values: ValueKeyFolder | None = None,
    ) -> None:
        self._built = built(schema, prefix, values)
        self.tables, self.values = self._built.tables, values
        self.place: _Place = {"schema": schema, "prefix": prefix}
        self.people = people or Directory(self.tables)
        self.files, self.keys, self.clock, self._probe = files, keys, clock, probe
        self.shelf = Shelf(self.tables, calendars or base_calendar, conditions or {}, zone)
        ledger = Ledger(self.tables, self.people, self.shelf, clock, self.pen)
        self.erasure = Erasure(ledger, self._act)
        self.classification = Classification(ledger)
        asked = (self.people, self.shelf.rules, observer, Urn(keys), self.shelf.check_confirmed)
        self.engine = Engine(*asked, self.erasure, self.classification.refuse, beside=not people)
        self.submissions = Submissions(ledger, self._act)
        self.councils, self.outside_role = Councils(ledger), OutsideRole(ledger)
        self.meetings = Meetings(ledger, self.councils, Cases(ledger, self.act))
        self.decisions = Decisions(ledger, self.act)
        self.rounds = Rounds(ledger, self.act, self.act_as_engine)
        self.exchange = Exchange(ledger, self.act, self.rounds)
        self.reminders = Reminders(ledger, self.act)
        self.calendars = Calendars(ledger)
        self.directory = DirectoryBook(ledger, None if directory is None else frozenset(directory))
        self.substitutions = Substitutions(self.directory)
        self.handover = HandOver(self.directory, self.substitutions, self.act)
        self.reprojection = Reprojection(ledger, self.calendars, self.act_as_engine)
        self.versions = Versions(ledger, self.engine)
        self.papers, self.seen = Papers(ledger), Sight(ledger)
        self.rescheduling = Rescheduling(ledger, self.engine)
        self.subscribers = Subscribers(self.tables, clock)
        self.subscribe, self.deliver = self.subscribers.subscribe, self.subscribers.deliver
        self.ticker = Ticker(
            ledger, self.rounds, self.act_as_engine, Tree(self.tables, keys), bounds
        )
        self._sweeper = Sweeper(self.ticker, sweep_on_write) if sweep_on_write else None

    def act(
        self,
        db: Db,
        dossier_id: str,
        command: Command,
        *,
        by: By,
        command_id: str | None = None,
        expect: int | None = None,
        now: datetime | None = None,
    ) -> Done:
        """Carry out a command on a dossier in the caller's transaction.

        `command_id`, unique per dossier, makes a retry return the first result; `expect` is the
        version the caller saw. Raises `Refused` with every reason, `Unknown`, `Stale`, `Busy`
        (roll back and repeat the transaction), `CommandReused`, `Misuse`. A refusal writes nothing.
        """
        self._no_engine(by)
        if isinstance(command, Attach) and self.files is not None:
            self._must_have(command.sha256)
        for file in getattr(command, "enclosed", ()):
            self._must_have(file.sha256)
        call = Call(command, by, now or self.clock(), command_id, expect)
        if isinstance(command, Transfer):
            done = self.submissions.transfer(db, dossier_id, call)
        else:
            done = self._act(db, dossier_id, call)
        if self._sweeper is not None:
            self._sweeper.after(db, call.now)
        return done

    def preview(
        self,
        db: Db,
        ids: Iterable[str],
        commands: "Commands",
        *,
        by: By,
        command_id: str | None = None,
        now: datetime | None = None,
    ) -> tuple[Foreseen, ...]:
        """What an act would do to many dossiers, and why not to some; nothing is written.

        One command for all, a mapping or a function by dossier id. Each dossier is decided for
        itself as it stands now, without a lock: an act may still come to something else.
        """
        from thidua.preview import foresee

        self._no_engine(by)
        _, pen, s = self._open(db)
        terms = Call(Command(), by, now or self.clock(), command_id)
        try:
            return foresee(self.engine, pen, s, ids, commands, terms)
        finally:
            pen.close()

    def act_as_engine(self, db: Db, dossier_id: str, command: Command, now: datetime) -> Done:
        """The clock's own entrance: an act of the engine itself, for a due or a ranking."""
        return self._act(db, dossier_id, Call(command, By(ENGINE), now))

    def tick(self, db: Db, now: datetime | None = None, *, limit: int = 500) -> Ticked:
        """Do one batch of what is due, in the caller's transaction; `more` tells of a next one.

        At most `limit` effects and `limit` reminders. `Busy`: roll back and repeat.
        """
        return self.ticker.tick(db, now or self.clock(), limit=limit)

    def doubt(self, db: Db, now: datetime | None = None) -> Doubt | None:
        """Whether the clock is doubted, so that nothing is done or sent on its word; one read."""
        at = now or self.clock()
        seen = watch.seen(connection_of(db), self.tables)
        return judge(seen, self.ticker.bounds, at, ahead=None)

    def accept_clock(self, db: Db, *, by: str, now: datetime | None = None) -> None:
        """Take a person's word that the clock is right, after a long stop or a leap of it.

        Ends a doubt; a heartbeat that a clock running ahead left in the future comes back.
        """
        watch.accept(connection_of(db), self.tables, now or self.clock(), by)

    def create(
        self,
        db: Db,
        command: Create,
        *,
        by: By,
        dossier_id: str | None = None,
        command_id: str | None = None,
        now: datetime | None = None,
    ) -> Done:
        """Propose a candidate: a new dossier under `dossier_id`, or under a new id.

        A used id is `Refused`, unless `command_id` shows that this is the same call again.
        """
        self._no_engine(by)
        _, pen, s = self._open(db)
        call = Call(command, by, now or self.clock(), command_id)

        def rules() -> Rules:
            key, heads = library.find(pen, s, command.procedure)
            found = self.shelf.rules(pen.connection, key, heads)
            self.shelf.check_confirmed(pen.connection, found.procedure)
            return found

        try:
            return self.engine.create(pen, s, dossier_id or new_id(), rules, call)
        finally:
            pen.close()

    def adopt(
        self,
        db: Db,
        text: str,
        *,
        name: str = "procedure",
        demo: bool = False,
        now: datetime | None = None,
    ) -> Procedure:
        """Read, check and store a procedure's YAML text. `demo` lets its assumed numbers pass."""
        connection, at = connection_of(db), now or self.clock()
        procedure = self.shelf.adopt(connection, text, name, at)
        if demo:
            library.confirm(connection, self.tables, procedure.hash, DEMO, {"at": at.isoformat()})
        return procedure

    def actions(
        self, db: Db, dossier_id: str, actor: str, *, now: datetime | None = None
    ) -> tuple[Action, ...]:
        """What `actor` may do to the dossier now and why the rest is not possible; no lock."""
        _, pen, s = self._open(db)
        try:
            return self.engine.actions(pen, s, dossier_id, By(actor), now or self.clock())
        finally:
            pen.close()

    def agenda(self, db: Db, actor: str, *, now: datetime | None = None, lang: str = "vi") -> bytes:
        """The running dues of everything that waits for `actor`, as an iCalendar file.

        All-day entries on the legal due dates, for a feed (`text/calendar; charset=utf-8`) or a
        download; what is done or paused is not in it. The same dues give the same bytes. Needs
        the extra `ical`, else `Misuse` ("extra-missing"). Whose feed it is, the host decides.
        """
        from thidua.agenda import agenda

        db, at = connection_of(db), now or self.clock()
        return agenda(db, self.tables, self.shelf, self.people, actor, now=at, lang=lang)

    def timeliness(
        self,
        db: Db,
        period: "Period",
        *,
        by: "Grouping" = "state",
        unit: str | None = None,
        now: datetime | None = None,
    ) -> "Timeliness":
        """Of all that was due in a period, what was done by then: by state, role, unit, officer.

        Working days, of the procedures' own calendars; `unit` looks at what one unit was asked.
        """
        from thidua.timeliness import measure

        db, at = connection_of(db), now or self.clock()
        return measure(db, self.tables, self.shelf, period, by=by, unit=unit, now=at)

    def destroy_keys(self, engine: SqlEngine, now: datetime | None = None) -> int:
        """Destroy the keys of counted boxes and erased values; how many there were.

        For after a close or an erasure was committed; outside any transaction. `now` is real time.
        """
        return destroy_all(engine, self.tables, self.keys, self.values, now or utc_now())

    def migrate(self, db: Db) -> migrate.Status:
        """Make the tables or bring them to this release's schema, in the caller's transaction.

        Needs the right to do so; `thidua.storage.migrate.sql` gives a script for who has it.
        """
        return migrate.upgrade(checked(db), **self.place)

    def check_schema(self, db: Db) -> None:
        """Refuse a database whose tables this release cannot work with: for a host's start.

        `Misuse` ("schema-missing", "schema-old", "schema-new") names the command to run.
        """
        migrate.check(connection_of(db), **self.place)

    def pen(self, db: Db) -> tuple[Pen, Statements]:
        """A pen on the caller's connection, after checking that it can hold an act."""
        _, pen, s = self._open(db)
        return pen, s

    def _act(self, db: Db, dossier_id: str, call: Call) -> Done:
        _, pen, s = self._open(db)
        try:
            return self.engine.act(pen, s, dossier_id, call)
        finally:
            pen.close()

    def _open(self, db: Db) -> tuple[Connection, Pen, Statements]:
        connection = checked(db, self.tables.metadata.schema)
        s = self._built.statements(connection.dialect)
        return connection, Pen(connection, self._probe), s

    def _must_have(self, sha256: str) -> None:
        if self.files is not None and not self.files.has(sha256):
            raise Unknown("unknown-file", sha256=sha256)

    @staticmethod
    def _no_engine(by: By) -> None:
        if ENGINE in (by.actor, by.for_):
            raise Refused.of("engine-reserved")
