"""An office in memory for one procedure: its people, a clock that stands, letters that are kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection, Engine

from thidua.app import Thidua
from thidua.content import compose
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Address, Letter
from thidua.notifiers.render import Office as Writer
from thidua.outbox import Post, make
from thidua.rhythm import Rhythm
from thidua.testing.cast import OWN, WORKPLACE, Cast, cast_of
from thidua.testing.clock import FixedClock
from thidua.testing.drawer import KeyDrawer
from thidua.testing.memory import memory_engine
from thidua.watch import Bounds
from thidua.workflow.change import Done
from thidua.workflow.command import Attach, Command, Create, Fire
from thidua.workflow.dossier import Candidate
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import Field, Procedure
from thidua.workflow.view import Predicate

BYTES = "ab" * 32
NO_DOUBT = Bounds(timedelta(days=36500), timedelta(days=36500))
AT_ONCE = Rhythm(digest=None, opens=None, closes=None, most=1000)
MORNING = time(9, tzinfo=timezone(timedelta(hours=7)))
FRIDAY = 4
NO_DATE = datetime(2026, 3, 2, 2, tzinfo=UTC)
SAMPLE = Candidate("individual", "Nguyễn Văn Mẫu", unit=WORKPLACE, person="P-1")


class Office:
    """Everything a procedure needs to be tried: use it in a `with` block.

    `procedure` is a file, or YAML text. `fields` are the values that dossiers get where the kit's
    own (a word, 1, "no", ten days ago) won't do; `conditions` are the host's, by name; `members`
    how many hold each role that votes; `at` is when the clock stands, else a morning two weeks
    after the procedure comes into force; `engine` a database to use instead of one in memory;
    `others` the procedures under which its steps open linked dossiers.
    Acts are done by roles: `office.fire(dossier, "accept", "officer")`. Nothing is ever committed.
    """

    def __init__(  # noqa: PLR0913 -- each with a working default
        self,
        procedure: str | Path,
        *,
        fields: Mapping[str, str] | None = None,
        conditions: Mapping[str, Predicate] | None = None,
        candidate: Candidate | None = None,
        members: int = 10,
        at: datetime | None = None,
        engine: Engine | None = None,
        others: Iterable[str | Path] = (),
    ) -> None:
        self.clock = FixedClock(at or NO_DATE)
        self.keys = KeyDrawer()
        self.wf = Thidua(clock=self.clock, conditions=conditions, bounds=NO_DOUBT, keys=self.keys)
        self.engine = engine or memory_engine(self.wf)
        self._lent = engine is not None
        self.db: Connection = self.engine.connect()
        self.channel = Recording()
        self.wf.migrate(self.db)
        for each in (*others, procedure):
            self.procedure: Procedure = self.wf.adopt(self.db, _text(each), demo=True)
        if at is None and self.procedure.in_force_from is not None:
            self.clock.at = _morning(self.procedure.in_force_from + timedelta(days=14))
        self.fields = {**_facts(self.procedure, self.today), **(fields or {})}
        self.cast: Cast = cast_of(self.procedure, self.fields, members=members)
        self.cast.enter(self.db, self.wf.tables)
        self.candidate = candidate or SAMPLE
        self._made = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Give everything back; what was done is gone."""
        self.db.close()
        if not self._lent:
            self.engine.dispose()

    @property
    def today(self) -> date:
        """The legal date of the clock."""
        return self.wf.shelf.today(self.clock())

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is done inside is taken back at its end, the clock with it."""
        at, made, letters = self.clock.at, self._made, len(self.channel.letters)
        point = self.db.begin_nested()
        try:
            yield
        finally:
            point.rollback()
            self.clock.at, self._made = at, made
            del self.channel.letters[letters:]

    def propose(self, award: str | None = None, *, by: str | None = None, **terms: Any) -> str:
        """A new dossier with all its papers, brought by a submission; its id.

        `terms` are those of `Create`: `candidate`, `fields`, `campaign` …
        """
        may = self.procedure.may
        role = by or may["create"].roles[0]
        submission = self._submission()
        terms = {"unit": OWN, "campaign": "C", "submission": submission, **terms}
        terms["fields"] = {**self.fields, **terms.get("fields", {})}
        candidate = terms.pop("candidate", self.candidate)
        command = Create(
            self.procedure.hash, award or next(iter(self.procedure.awards)), candidate, **terms
        )
        self._made += 1
        key = f"d-{self._made:04}"
        self.wf.create(self.db, command, by=self.by(role), dossier_id=key)
        proofs = {rule.proof for rule in self.procedure.rounds.values()}
        for kind in self.procedure.documents.values():
            if kind.source == "dossier" and kind.name not in proofs:
                self.act(key, paper(kind.name), may["attach"].roles[0])
        return key

    def _submission(self) -> str | None:
        roles = self.procedure.may["submit"].roles
        kinds = [k.name for k in self.procedure.documents.values() if k.source == "submission"]
        if not roles:
            return None
        by, on = self.by(roles[0]), self.today
        letter = Paper(number="1", symbol="TTr", signed_on=on, signer="A")
        key = self.wf.submissions.add(self.db, letter, by=by, sender=OWN, received_on=on)
        for kind in kinds:
            self.wf.submissions.attach(self.db, key, paper(kind), by=by)
        return key

    def by(self, who: str) -> By:
        """A role's actor, or an actor by name."""
        return By(who if who in self.cast.actors else self.cast.playing(who))

    def act(self, dossier: str, command: Command, by: str, **terms: Any) -> Done:
        """Carry a command out as a role, or as an actor of the cast."""
        return self.wf.act(self.db, dossier, command, by=self.by(by), **terms)

    def fire(self, dossier: str, trigger: str, by: str) -> Done:
        """Take a step: with a note; with its meeting, where a ballot opens; by a decision, drafted
        and numbered, where it needs one.
        """
        state = self.state(dossier)
        step = next(t for t in self.procedure.transitions
                    if t.trigger == trigger and state in t.source)  # fmt: skip
        if step.decision_required:
            return self.decide(dossier, trigger, by)
        return self.act(dossier, Fire(trigger, meeting=self._meeting(step.dest), note="Lý do"), by)

    def decide(self, dossier: str, trigger: str, by: str) -> Done:
        """Draw up a decision of one line, number it and apply it."""
        may, wf, on = self.procedure.may, self.wf, self.today
        draft, number = (self.by(may[act].roles[0]) for act in ("draft", "number"))
        key = wf.decisions.draft(self.db, "Quyết định", {dossier: trigger}, by=draft)
        number_of = str(len(self.rows(wf.tables.decision)))
        signed = Paper(number=number_of, symbol="QĐ", signed_on=on, signer="B")
        wf.decisions.number(self.db, key, signed, by=number)
        done = wf.decisions.apply_line(self.db, key, dossier, by=self.by(by))
        wf.decisions.finish(self.db, key, by=draft)
        return done

    def _meeting(self, state: str) -> str | None:
        opens = [self.procedure.rounds[name] for name in self.procedure.states[state].opens]
        if not any(rule.gather == "meeting" for rule in opens):
            return None
        by, on = self.by(self.procedure.may["meet"].roles[0]), self.today + timedelta(days=45)
        return self.wf.meetings.add(self.db, "Phiên họp", on, by=by)

    def state(self, dossier: str) -> str:
        """Where a dossier stands."""
        (row,) = self.rows(self.wf.tables.dossier, id=dossier)
        return str(row["state"])

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table (`office.wf.tables`) whose columns have these values."""
        query = select(table).filter_by(**where)
        return [dict(row) for row in self.db.execute(query).mappings()]

    def who(self, dossier: str) -> dict[str, frozenset[str]]:
        """For everything that can be done to a dossier now, the actors who could."""
        might: dict[str, set[str]] = {}
        for actor in self.cast.actors:
            for action in self.wf.actions(self.db, dossier, actor):
                if action.allowed:
                    name = f"{action.act}:{action.on}" if action.on else action.act
                    might.setdefault(name, set()).add(actor)
        return {act: frozenset(actors) for act, actors in might.items()}

    def pass_until(self, at: datetime) -> None:
        """Let time pass to an instant, with everything that falls due until then."""
        self.clock.move_to(at)
        while self.wf.tick(self.db).more:
            pass

    def letters(self) -> list[Letter]:
        """Write what is to be told now: every letter that was due, kept in `channel` too."""
        tables = self.wf.tables
        before = {row["id"] for row in self.rows(tables.mail)}
        sender = Address("Thường trực Hội đồng", "office@example.org")
        post = Post(self.channel, sender, Writer("Thường trực Hội đồng"), rhythm=AT_ONCE)
        make(self.db, self.wf, post, self.clock())
        new = [row for row in self.rows(tables.mail) if row["id"] not in before]
        assert [row["trouble"] for row in new if row["status"] == "dead"] == []
        made = [compose(json.loads(row["content"]), row["lang"], self.wf.files) for row in new]
        for letter in made:
            self.channel.send(letter, self.clock())
        return made


def paper(kind: str) -> Attach:
    """A document of a kind."""
    return Attach(kind, BYTES, 10, "application/pdf", f"{kind}.pdf")


def _text(procedure: str | Path) -> str:
    if isinstance(procedure, Path) or "\n" not in procedure:
        return Path(procedure).read_text(encoding="utf-8")
    return procedure


def _morning(day: date) -> datetime:
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING)


def _facts(procedure: Procedure, today: date) -> dict[str, str]:
    return {field.name: _fact(field, today) for field in procedure.fields.values()}


def _fact(field: Field, today: date) -> str:
    before = {days: (today - timedelta(days=days)).isoformat() for days in (10, 400)}
    return {
        "text": "Nội dung", "code": "A", "number": "1", "yes_no": "no",
        "date": before[10], "period": f"{before[400]}/{before[10]}",
    }[field.type]  # fmt: skip
