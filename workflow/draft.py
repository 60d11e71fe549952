"""One act in the making: the view as it changes, what was changed, and what stands in the way."""

from collections.abc import Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from thidua.workflow.change import (
    Change,
    Done,
    Notice,
    Opinion,
    RoundOpened,
    Started,
    Vote,
)
from thidua.workflow.command import Command
from thidua.workflow.dossier import BOOKKEEPING, Document, Dossier, Line, Task, altered
from thidua.workflow.errors import Reason, Refused, tellable
from thidua.workflow.journal import Entry
from thidua.workflow.person import ENGINE, By, Seat
from thidua.workflow.promise import promised_until
from thidua.workflow.secrecy import Box
from thidua.workflow.sight import Eyes, Standing, What, may_see
from thidua.workflow.view import Rules, View


class Draft:
    """Starts from a view; handlers change it; `finish` turns it into a `Change`.

    Nothing outside it is touched. Tasks, lines and the dossier are read from here, so that what
    an act has changed is seen by the engine's transitions tried at its end.
    """

    def __init__(self, rules: Rules, view: View, command: Command, by: By, now: datetime) -> None:
        self.rules, self.view, self.command, self.by, self.now = rules, view, command, by, now
        self.procedure = rules.procedure
        self.today = rules.calendar.legal_date(now)
        self.dossier = view.dossier
        self.tasks = {task.n: task for task in view.tasks}
        self.lines = {line.round_id: line for line in view.lines}
        self.documents = list(view.documents)
        self.role: str | None = None
        self.seats: tuple[Seat, ...] = ()
        self.substitution: str | None = None
        self.reasons: list[Reason] = []
        self.notices: list[Notice] = []
        self.opinions: list[Opinion] = []
        self.votes: list[Vote] = []
        self.rounds: list[RoundOpened] = []
        self.boxes: list[Box] = []
        self.erased: tuple[tuple[int, str], ...] = ()
        self.started: Started | None = None
        self._facts: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self._content_changed = False
        self._read = self._last_task = max(self.tasks, default=0)
        self._touched: set[int] = set()
        self._lines: dict[str, None] = {}

    @property
    def n(self) -> int:
        """The number of the event being written."""
        return self.view.dossier.count + len(self._facts)

    @property
    def fact(self) -> dict[str, Any]:
        """The data of the event being written."""
        return self._facts[-1][1]

    @property
    def kept(self) -> dict[str, str]:
        """The private values of the event being written."""
        return self._facts[-1][2]

    def local(self, at: datetime) -> str:
        """An instant as the journal writes it: in the calendar's zone, with its offset."""
        return self.rules.calendar.local(at).isoformat(timespec="microseconds")

    def refuse(self, code: str, **fields: Any) -> None:
        """Note one thing that stands in the way."""
        self.reasons.append(Reason(code, fields))

    def stop_if_refused(self) -> None:
        """Raise `Refused` with everything noted so far that the decider may be told."""
        if self.reasons:
            raise Refused.because(self.tellable())

    @property
    def is_shut(self) -> bool:
        """Whether the decider may not know yet what has become of the dossier."""
        if self.by.actor == ENGINE:
            return False
        before = self.view.dossier
        at = Standing(before.unit, before.state, recused=before.recused)
        eyes = Eyes(self.by.decider, self.view.held)
        return not may_see(self.procedure, What("outcome"), [eyes], at)

    def tellable(self) -> tuple[Reason, ...]:
        """The reasons noted, without what the decider may not know of the dossier."""
        reasons = tellable(self.reasons)
        if not any("state" in each.fields for each in reasons) or not self.is_shut:
            return reasons
        return tuple(Reason("under-way") if "state" in r.fields else r for r in reasons)

    def record(
        self,
        act: str,
        data: Mapping[str, Any] | None = None,
        private: Mapping[str, str] | None = None,
    ) -> None:
        """Begin the next event; what is changed from here on is written into it."""
        stamp = self.local(self.now)
        self._facts.append((act, {"at": stamp, **(data or {})}, dict(private or {})))

    def changed(self, **values: Any) -> None:
        """Change the dossier's state or content; its version rises once an act."""
        self.dossier = altered(self.dossier, **values)
        self._content_changed = True

    def noted(self, **values: Any) -> None:
        """Change bookkeeping of the dossier that is neither state nor content."""
        self.dossier = altered(self.dossier, **values)

    def open_task(self, task: Task, **values: Any) -> Task:
        """Add a task, with other `values` than the given one's, under the next free number."""
        self._last_task += 1
        added = altered(task, n=self._last_task, opened_n=self.n, **values)
        self.tasks[added.n] = added
        self._touched.add(added.n)
        due = added.due_on.isoformat() if added.due_on else None
        row = [added.n, added.kind, added.what, added.seat, added.round_id, due, added.ladder]
        if added.reckoned is not None:
            row.append(self._reckoned(added.reckoned))
        self.fact.setdefault("opened", []).append(row)
        return added

    def change_task(self, task: Task, **values: Any) -> Task:
        """Change a task; what it comes to is written into the event, but for the clock's part."""
        changed = altered(task, **values)
        self.tasks[task.n] = changed
        self._touched.add(task.n)
        due = changed.due_on.isoformat() if changed.due_on else None
        row = [task.n, changed.status, changed.outcome, changed.holder, due,
               changed.answered_n, changed.closed_n, changed.left]  # fmt: skip
        if changed.reckoned is not None and changed.reckoned != task.reckoned:
            row.append(self._reckoned(changed.reckoned))
        self.fact.setdefault("tasks", []).append(row)
        return changed

    def _reckoned(self, how: str) -> int:
        """The place of `how` among what the event says of its dues: many seats share one."""
        said: list[str] = self.fact.setdefault("reckoned", [])
        if how not in said:
            said.append(how)
        return said.index(how)

    def end_task(self, task: Task, status: str, outcome: str | None) -> Task:
        """End a task: its clock stops with it."""
        return self.change_task(
            task, status=status, outcome=outcome, closed_n=self.n, wake_at=None, left=None
        )

    def open_line(self, line: Line) -> None:
        """Join the dossier to a round."""
        self.lines[line.round_id] = line
        self._lines[line.round_id] = None
        self.fact.setdefault("joined", []).append([line.round_id, line.name, line.meeting])

    def change_line(self, line: Line, **values: Any) -> Line:
        """Change the dossier's part of a round."""
        changed = line._replace(**values)
        self.lines[line.round_id] = changed
        self._lines[line.round_id] = None
        row = [line.round_id, changed.outcome, dict(changed.counts), changed.closed_n]
        self.fact.setdefault("lines", []).append(row)
        return changed

    def open_tasks(self, *kinds: str, round_id: str | None = None) -> list[Task]:
        """Tasks still running, paused ones too; of the kinds and the round, where given."""
        return [
            task
            for task in self.tasks.values()
            if task.status in ("open", "paused")
            and (not kinds or task.kind in kinds)
            and round_id in (None, task.round_id)
        ]

    def line(self, name: str) -> Line | None:
        """The dossier's newest line in rounds of this name."""
        newest: Line | None = None
        for line in self.lines.values():
            if line.name == name and (newest is None or _age(line) > _age(newest)):
                newest = line
        return newest

    def add_document(self, document: Document) -> None:
        """Add a document's row."""
        self.documents.append(document)
        self._content_changed = True

    def finish(self, command_id: str | None) -> Change:
        """The change, its first event carrying the command id and what the act came to."""
        before, count = self.view.dossier, self.n
        version = before.version + self._content_changed
        after = altered(self.dossier, version=version, count=count)
        self._facts[0][1]["ends"] = [after.state, version, count]
        first, *caused = self._facts
        entries = [Entry(*first, command_id), *(Entry(*fact) for fact in caused)]
        linked = self.started.dossier_id if self.started is not None else None
        done = Done(after.id, before.count + 1, after.state, version, count, started=linked)
        moved = self.dossier is not before
        touched = [self.tasks[n] for n in sorted(self._touched)]
        changed = [task for task in touched if task.n <= self._read]
        opened_lines, changed_lines = self._lines_touched()
        return Change(
            done,
            after,
            entries,
            touched[len(changed) :],
            changed,
            opened_lines,
            changed_lines,
            self.rounds,
            self.opinions,
            self.votes,
            self.documents[len(self.view.documents) :],
            self.notices,
            content=moved and _content_differs(after, before),
            noted=moved and _bookkeeping(after) != _bookkeeping(before),
            ended=[task.n for task in changed if _may_be_told(task, self.today)],
            boxes=self.boxes,
            erased=self.erased,
            started=self.started,
        )

    def _lines_touched(self) -> tuple[list[Line], list[Line]]:
        """Those opened, and those changed that were there before."""
        if not self._lines:
            return [], []
        known = {line.round_id for line in self.view.lines}
        lines = [self.lines[round_id] for round_id in self._lines]
        return (
            [line for line in lines if line.round_id not in known],
            [line for line in lines if line.round_id in known],
        )


_bookkeeping = attrgetter(*BOOKKEEPING)


def _content_differs(after: Dossier, before: Dossier) -> bool:
    same = after.fields is before.fields and after.candidate is before.candidate
    same = same and after.procedure is before.procedure
    return not (same and after.submission == before.submission)


def _age(line: Line) -> tuple[int, str]:
    return line.opened_n, line.round_id


def _may_be_told(task: Task, today: date) -> bool:
    """Whether a notice may wait for a task that has ended, or whose answer is promised for later:
    asked seats, and dues with a ladder.
    """
    told = task.kind in ("ask", "vote") or task.ladder is not None
    until_on = promised_until(task.outcome)
    quiet = until_on is not None and until_on >= today
    return told and (quiet or task.status not in ("open", "paused"))
