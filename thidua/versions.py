"""Dossiers on their way to another version of their procedure: what would change, then the move."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.engine import Call, Engine
from thidua.ledger import Ledger
from thidua.storage import crossing
from thidua.workflow.change import Change, Done
from thidua.workflow.command import Migrate
from thidua.workflow.dossier import Task
from thidua.workflow.errors import Reason, Refused, ThiduaError, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import View

Became = Literal["moved", "new", "gone", "kept"]
"""A due that is another one, that begins, that ends, or that stays though the new version would
have it earlier than today.
"""


class Retimed(NamedTuple):
    """What becomes of one due; of a kept one `due_on` is what the new version would say."""

    task: int
    kind: str
    what: str
    seat: str
    was_on: date | None
    due_on: date | None
    became: Became


class Asked(NamedTuple):
    """What becomes of a round: "goes_on", "opened" on arrival, or "closed" by the new rule."""

    name: str
    became: Literal["goes_on", "opened", "closed"]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a move would come to for one dossier.

    `to` is the state that the mapping says, `after` where it then stands, when the engine takes a
    step of its own at once. With `against` it stays where it is.
    """

    dossier: str
    state: str
    to: str
    after: str = ""
    dues: tuple[Retimed, ...] = ()
    rounds: tuple[Asked, ...] = ()
    against: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """From one stored version to another: by whom, on which paper, states that change names."""

    old: Procedure
    new: Procedure
    by: By
    states: Mapping[str, str]
    ground: Paper | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse a mapping of states that are not there, or not open, with every mistake."""
        wrong = [
            Reason("map-unknown", {"version": p.version, "state": s, "known": ", ".join(_open(p))})
            for p, names in ((self.old, self.states), (self.new, self.states.values()))
            for s in names
            if s not in _open(p)
        ]
        if wrong:
            raise Refused.because(wrong)
        if self.old.name != self.new.name:
            raise Refused.of("migrate-other", procedure=self.old.name, other=self.new.name)

    @property
    def command(self) -> Migrate:
        """The act on each dossier."""
        return Migrate(self.new.hash, dict(self.states), note=self.note, ground=self.ground)

    def to(self, state: str) -> str:
        """Where a dossier in `state` goes."""
        return self.states.get(state, state)


def _open(procedure: Procedure) -> list[str]:
    return [state.name for state in procedure.states.values() if not state.final]


@dataclass(frozen=True, slots=True)
class Versions:
    """Plans a move and carries it out, dossier by dossier."""

    ledger: Ledger
    engine: Engine

    def dossiers(self, db: Db, move: Move) -> list[str]:
        """Every open dossier of the old version: what is still to be moved."""
        connection = connection_of(db)
        return crossing.standing(connection, self.ledger.tables, move.old.hash, _open(move.old))

    def ended(self, db: Db, move: Move) -> int:
        """How many dossiers of the old version are at their end, and stay with it."""
        connection = connection_of(db)
        return crossing.elsewhere(connection, self.ledger.tables, move.old.hash, _open(move.old))

    def plan(self, db: Db, move: Move, dossier_id: str, now: datetime | None = None) -> Planned:
        """What the move would come to for one dossier; nothing is written or locked.

        It is the act itself, decided and not applied. A paper may still be missing.
        """
        pen, s = self.ledger.open(db)
        ground = move.ground or Paper(number="-")
        command = Migrate(move.new.hash, dict(move.states), note=move.note, ground=ground)
        call = Call(command, move.by, now or self.ledger.clock())
        try:
            view, change = self.engine.rehearse(pen, s, dossier_id, call)
        except ThiduaError as error:
            return self._refused(pen.connection, move, dossier_id, error)
        finally:
            pen.close()
        return _planned(move, view, change)

    def apply(self, db: Db, move: Move, dossier_id: str, now: datetime | None = None) -> Done:
        """Move one dossier by its act, in the caller's transaction.

        Done again it is refused ("migrated-already"), and a move that was stopped goes on with
        those that `dossiers` still names.
        """
        pen, s = self.ledger.open(db)
        try:
            call = Call(move.command, move.by, now or self.ledger.clock())
            return self.engine.act(pen, s, dossier_id, call)
        finally:
            pen.close()

    def _refused(self, db: Connection, move: Move, dossier_id: str, error: ThiduaError) -> Planned:
        if not isinstance(error, Refused | Unknown):
            raise error
        state = crossing.state(db, self.ledger.tables, dossier_id)
        return Planned(dossier_id, state, move.to(state), against=error.reasons)


def _planned(move: Move, view: View, change: Change) -> Planned:
    state = view.dossier.state
    return Planned(
        view.dossier.id, state, move.to(state), change.done.state, tuple(_dues(view, change)),
        tuple(_rounds(view, change)),
    )  # fmt: skip


def _dues(view: View, change: Change) -> Iterator[Retimed]:
    before = {task.n: task for task in view.tasks}
    opened = {(str(task.kind), task.what): task for task in change.tasks_opened if task.due_on}
    for task in change.tasks_changed:
        was = before[task.n]
        if was.due_on is None or not _runs(was):
            continue
        if _runs(task) and task.due_on != was.due_on:
            yield _retimed(task, was.due_on, task.due_on, "moved")
        elif task.outcome == "migrated":
            yield from _replaced(task, opened)
    for task in opened.values():
        yield _retimed(task, None, task.due_on, "new")
    kept = change.entries[0].data.get("kept", ())
    for n, _, due in kept:
        yield _retimed(before[n], before[n].due_on, date.fromisoformat(due), "kept")


def _replaced(task: Task, opened: dict[tuple[str, str], Task]) -> Iterator[Retimed]:
    """A task of a state that another desk or another state took over, or none."""
    fits = (key for key in opened if key[0] == task.kind and task.kind != "ask")
    heir = next(fits, None)
    if heir is None:
        yield _retimed(task, task.due_on, None, "gone")
        return
    after = opened.pop(heir)
    if after.due_on != task.due_on:
        yield _retimed(after, task.due_on, after.due_on, "moved")


def _retimed(task: Task, was_on: date | None, due_on: date | None, became: Became) -> Retimed:
    return Retimed(task.n, task.kind, task.what, task.seat, was_on, due_on, became)


def _runs(task: Task) -> bool:
    return task.status in ("open", "paused")


def _rounds(view: View, change: Change) -> Iterator[Asked]:
    closed = {line.round_id for line in change.lines_changed if line.closed_n is not None}
    for line in sorted(view.lines, key=lambda each: (each.opened_n, each.name)):
        if line.closed_n is None:
            yield Asked(line.name, "closed" if line.round_id in closed else "goes_on")
    for line in change.lines_opened:
        yield Asked(line.name, "opened")
