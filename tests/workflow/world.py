"""A host without a database: one dossier, its people and papers, every act through `decide`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from thidua.definitions import load
from thidua.definitions.calendars import load_calendar
from thidua.workflow.acts.create import blank
from thidua.workflow.acts.migrate import arrived
from thidua.workflow.chain import Fact, Stored, read
from thidua.workflow.change import Change, Done, Notice, Opinion, RoundOpened, Vote
from thidua.workflow.command import (
    Attach,
    Close,
    Command,
    Create,
    Fire,
    Migrate,
)
from thidua.workflow.decide import decide, seal
from thidua.workflow.dossier import NOT_KNOWN, Came, Candidate, Document, Dossier, Line, Task
from thidua.workflow.errors import Refused, ThiduaError
from thidua.workflow.invariants import broken
from thidua.workflow.journal import Sealed
from thidua.workflow.meeting import Attended
from thidua.workflow.openings import may_open
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held, Seat
from thidua.workflow.procedure import Procedure
from thidua.workflow.ready import ready
from thidua.workflow.rebuilt import Rebuilt
from thidua.workflow.replay import rebuild
from thidua.workflow.substitution import Substitution
from thidua.workflow.view import Opening, Prior, Rules, Signed, View

PAPER = Paper(number="7", symbol="QĐ", signed_on=date(2018, 6, 8))
TRIAL = load((Path(__file__).parent / "trial.yaml").read_text(encoding="utf-8"), "trial")
CALENDAR = load_calendar()
MONDAY = datetime(2018, 6, 11, 2, tzinfo=UTC)
"""Nine in the morning of Monday, 11 June 2018, in Hà Nội."""

PEOPLE: dict[str, set[Held]] = {
    "proposer": {Held("proposer", "u1")},
    **{role: {Held(role)} for role in ("officer", "appraiser", "teller", "minister")},
    **{f"d{i}": {Held("department", f"d{i}")} for i in range(3)},
    **{f"m{i}": {Held("member")} for i in range(5)},
    "stranger": set(),
}


@dataclass
class World:
    """One dossier as its tables hold it; `act` decides and applies, and holds the replay to it."""

    procedure: Procedure = TRIAL
    people: dict[str, set[Held]] = field(
        default_factory=lambda: {k: {*v} for k, v in PEOPLE.items()}
    )
    now: datetime = MONDAY
    budget: bool = True
    unsent: frozenset[int] = frozenset()
    attended: list[Attended] = field(default_factory=list)
    tied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    dossier: Dossier | None = None
    tasks: dict[int, Task] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    rounds: list[RoundOpened] = field(default_factory=list)
    journal: list[Sealed] = field(default_factory=list)
    decisions: dict[str, tuple[str, int]] = field(default_factory=dict)
    meets_on: date = date(2018, 7, 20)
    came: Came = NOT_KNOWN
    substitutions: tuple[Substitution, ...] = ()

    def create(self, **values: Any) -> Done:
        """A dossier of the proposer's unit, with the one field that is needed."""
        terms = {key: values.pop(key) for key in ("by", "command_id") if key in values}
        given = {
            "procedure": "trial", "award": "PRIZE", "unit": "u1", "fields": {"merit": "tốt"},
            "candidate": Candidate("individual", "Nguyễn Văn Ấn", "u1", "person:1"),
            "campaign": "c1", **values,
        }  # fmt: skip
        return self.act(Create(**given), terms.pop("by", "proposer"), **terms)

    def act(self, command: Command, by: str | By = "officer", **terms: Any) -> Done:
        """One act by an actor's id, at the world's present instant."""
        by = by if isinstance(by, By) else By(by)
        view = self.view(command, by, terms.get("command_id"))
        change = decide(self.rules, view, command, by, self.now, **terms)
        if not change.done.repeated:
            self._apply(view, change)
            self.check()
        return change.done

    def migrate(
        self,
        procedure: Procedure,
        *,
        by: str = "officer",
        ground: Paper | None = PAPER,
        command_id: str | None = None,
        **states: str,
    ) -> Change:
        """Go on under another version, and by it from then on."""
        command, here = Migrate(procedure.hash, states, ground=ground), self.rules
        dossier, before = self.dossier, self.procedure
        assert dossier is not None
        onto = ready(procedure, CALENDAR, here.predicates)
        self.procedure, self.dossier = procedure, arrived(onto, dossier, command)
        try:
            view = self.view(command, By(by), command_id)
            self.dossier = dossier
            view = view._replace(dossier=dossier, onto=onto)
            change = decide(here, view, command, By(by), self.now, command_id=command_id)
        except ThiduaError:
            self.procedure, self.dossier = before, dossier
            raise
        if not change.done.repeated:
            self._apply(view, change)
            self.check()
        return change

    def not_migrated(self, procedure: Procedure, **terms: Any) -> list[str]:
        """The codes of every reason why not; nothing changes."""
        before = (self.dossier, self.procedure, dict(self.tasks), len(self.journal))
        with pytest.raises(Refused) as caught:
            self.migrate(procedure, **terms)
        assert before == (self.dossier, self.procedure, self.tasks, len(self.journal))
        for each in caught.value.reasons:
            assert each.text("vi") != each.text("en")
        return sorted(each.code for each in caught.value.reasons)

    def refused(self, command: Command, by: str | By = "officer", **terms: Any) -> list[str]:
        """The codes of every reason why the act is refused; it changes nothing."""
        before = (self.dossier, dict(self.tasks), dict(self.lines), len(self.journal))
        with pytest.raises(Refused) as caught:
            self.act(command, by, **terms)
        assert before == (self.dossier, self.tasks, self.lines, len(self.journal))
        for each in caught.value.reasons:
            assert each.text("vi") != each.text("en")
        return sorted(each.code for each in caught.value.reasons)

    def refused_creation(self, **values: Any) -> list[str]:
        """The codes of every reason why the dossier is not created."""
        with pytest.raises(Refused) as caught:
            self.create(**values)
        return sorted(each.code for each in caught.value.reasons)

    @property
    def rules(self) -> Rules:
        """The procedure ready for use; the host's one predicate asks whether there is money."""
        predicates = {"has_budget": lambda _: self.budget}
        return ready(self.procedure, CALENDAR, predicates)

    @property
    def state(self) -> str:
        """Where the dossier stands."""
        assert self.dossier is not None
        return self.dossier.state

    def view(self, command: Command, by: By, command_id: str | None = None) -> View:
        """What a decision may look at."""
        dossier = self.dossier
        if dossier is None:
            assert isinstance(command, Create)
            dossier = blank(command, self.procedure, "h1", self.came)
        return View(
            dossier, tuple(self.tasks.values()), tuple(self.lines.values()),
            tuple(self.documents), self._held(by.decider), self._held(by.actor),
            self._openings(command, dossier), self._prior(command_id),
            self._signed(getattr(command, "decision", None)), tuple(self.votes), self.unsent,
            substitutions=self.substitutions if by.for_ is not None else (),
            attended=tuple(self.attended),
            came=self.came,
        )  # fmt: skip

    def _held(self, actor: str) -> frozenset[Held]:
        return frozenset(self.people.get(actor, ()))

    def _openings(self, command: Command, dossier: Dossier) -> dict[str, Opening]:
        found = (self._opening(n, command) for n in may_open(self.rules, command, dossier))
        return {opening.gathered: opening for opening in found if opening is not None}

    def _opening(self, name: str, command: Command) -> Opening | None:
        rule = self.procedure.rounds[name]
        earlier = [line for line in self.lines.values() if line.name == name]
        meeting = getattr(command, "meeting", None) or (earlier[-1].meeting if earlier else None)
        if rule.gather == "meeting" and meeting is None:
            return None
        seq = len(earlier) + 1
        on = self.meets_on if rule.gather == "meeting" else None
        running = getattr(command, "round", None) if isinstance(command, Fire) else None
        key = running or f"{name}-{seq}"
        tied = (self.tied, self.unchecked) if rule.kind == "ballot" else ({}, ())
        return Opening(key, name, seq, self._seats(name), running is not None, meeting, on, *tied)

    def _seats(self, name: str) -> tuple[Seat, ...]:
        rule = self.procedure.rounds[name]
        role = rule.ask.role if rule.ask else rule.voters.role if rule.voters else ""
        held = [(who, h) for who, all_ in self.people.items() for h in all_ if h.role == role]
        return tuple(
            Seat(role, unit=h.unit) if h.unit else Seat(role, person=who) for who, h in sorted(held)
        )

    def _prior(self, command_id: str | None) -> Prior | None:
        found = [e for e in self.journal if command_id and e.command_id == command_id]
        if not found:
            return None
        fact = self.facts()[found[0].n - 1]
        return Prior(fact.n, fact.body, fact.private)

    def end_posting(self) -> None:
        """Close the posting with its proof, where it still runs: nothing is decided before."""
        if self.lines["posted-1"].closed_n is None:
            self.act(report("notice"))
            self.act(Close("posted"))

    def sign(self, trigger: str, decision: str = "q1") -> str:
        """A numbered decision whose line about the dossier brings `trigger`."""
        assert self.dossier is not None
        self.decisions[decision] = (trigger, self.dossier.count)
        return decision

    def _signed(self, decision: str | None) -> Signed | None:
        if decision not in self.decisions:
            return None
        trigger, seen = self.decisions[decision]
        since = tuple(fact.body["act"] for fact in self.facts()[seen:])
        return Signed(decision, "12/QĐ", date(2018, 7, 2), trigger, seen, since)

    def _apply(self, view: View, change: Change) -> None:
        salts = (f"{i:064x}" for i in count(1))
        sealed = seal(view, change, salts)
        assert broken(self.rules, view, change, sealed) is None
        self.dossier = change.dossier._replace(head=sealed[-1].hash)
        self.journal += sealed
        for task in (*change.tasks_opened, *change.tasks_changed):
            self.tasks[task.n] = task
        for line in (*change.lines_opened, *change.lines_changed):
            self.lines[line.round_id] = line
        self.documents += change.documents
        self.opinions += change.opinions
        self.votes += change.votes
        self.notices += change.notices
        self.rounds += change.rounds

    def facts(self) -> list[Fact]:
        """The journal as it is read back: it has to be whole."""
        assert self.dossier is not None
        stored = [Stored(e.n, e.body, e.hash, e.command_id, e.private) for e in self.journal]
        reading = read("h1", self.dossier.count, self.dossier.head, stored)
        assert reading.faults == []
        return reading.facts

    def told(self) -> Rebuilt:
        """The dossier as its journal tells it."""
        return rebuild("h1", self.facts())

    def check(self) -> None:
        """The tables equal the replay, and nothing runs that has nothing to run for."""
        told = self.told()
        assert told.faults == []
        assert told.dossier is not None
        assert self.dossier == told.dossier._replace(head=self.dossier.head if self.dossier else "")
        assert told.tasks == {n: without_clock(task) for n, task in self.tasks.items()}
        assert told.lines == self.lines
        assert (told.opinions, told.votes) == (self.opinions, self.votes)
        assert told.documents == [one for one in self.documents if one.owner == "h1"]
        self._check_running()

    def _check_running(self) -> None:
        running = self.open()
        closed = {line.round_id for line in self.lines.values() if line.closed_n}
        assert [t for t in running if t.round_id in closed] == []
        owed = [t for t in running if t.what.startswith("debt:")]
        assert not self.procedure.states[self.state].final or running == owed
        assert [t for t in self.tasks.values() if t.status != "open" and t.wake_at] == []
        if self.dossier is not None and self.dossier.pause is None:
            asked_back = {t.round_id for t in running if t.what.startswith("question:")}
            paused = [t for t in running if t.status == "paused"]
            assert [t for t in paused if t.round_id not in asked_back] == []

    def open(self, *kinds: str) -> list[Task]:
        """Tasks that still run, of the kinds where given."""
        return [
            t for t in self.tasks.values()
            if t.status in ("open", "paused") and (not kinds or t.kind in kinds)
        ]  # fmt: skip

    def task(self, seat: str, kind: str | None = None) -> Task:
        """The newest task of a seat."""
        return [t for t in self.tasks.values() if t.seat == seat and kind in (None, t.kind)][-1]

    def acts(self, since: int = 0) -> list[str]:
        """What each event after number `since` is: its act, for a move with its trigger."""
        bodies = [fact.body for fact in self.facts()[since:]]
        return [":".join([b["act"], b["trigger"]]) if "trigger" in b else b["act"] for b in bodies]

    def body(self, n: int = 0) -> Mapping[str, Any]:
        """The event of that number; the last one."""
        return self.facts()[n - 1].body

    def later(self, **span: float) -> "World":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def at(self, on: date, hour: int = 9) -> "World":
        """Go to an hour, from 7 on, of a legal date in Hà Nội."""
        self.now = datetime(on.year, on.month, on.day, hour - 7, tzinfo=UTC)
        return self


def without_clock(task: Task) -> Task:
    """A task without what the clock keeps by itself."""
    return task._replace(due_at=None, rung=0, wake_at=None)


def report(kind: str = "report", name: str = "báo cáo.pdf", **values: Any) -> Attach:
    """A document."""
    return Attach(kind, "ab" * 32, 10, "application/pdf", name, **values)
