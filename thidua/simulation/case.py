"""One synthetic dossier in memory: what a decision reads of it, and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thidua.workflow.change import Change, Vote
from thidua.workflow.dossier import Document, Dossier, Line, Task
from thidua.workflow.errors import Reason
from thidua.workflow.journal import Entry
from thidua.workflow.person import Held
from thidua.workflow.view import Opening, Signed, View

RUNNING = ("open", "paused")


@dataclass(slots=True)
class Case:
    """A dossier with its tasks, rounds and papers; `since` is the day it came to its state,
    `decided_on` that on which a decision moved it on.
    """

    number: int
    dossier: Dossier
    created_on: date
    since: date
    tasks: dict[int, Task] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    stuck: Reason | None = None
    tries: int = 0
    decided_on: date | None = None
    returned: bool = False

    @property
    def key(self) -> str:
        """The dossier's id."""
        return self.dossier.id

    def view(
        self,
        held: frozenset[Held],
        openings: Mapping[str, Opening],
        decision: Signed | None = None,
    ) -> View:
        """What a decision may look at; everything asked has gone out."""
        return View(
            self.dossier, tuple(self.tasks.values()), tuple(self.lines.values()),
            tuple(self.documents), held, held, openings, None, decision, tuple(self.votes),
        )  # fmt: skip

    def take(self, change: Change) -> list[tuple[Task | None, Task]]:
        """Apply a change; every task it touched, as it was before and as it is."""
        self.dossier = change.dossier
        touched = (*change.tasks_opened, *change.tasks_changed)
        moved = [(self.tasks.get(task.n), task) for task in touched]
        self.tasks |= {task.n: task for task in touched}
        for line in (*change.lines_opened, *change.lines_changed):
            self.lines[line.round_id] = line
        self.documents += change.documents
        self.votes += change.votes
        return moved

    def note(self, entry: Entry, today: date) -> None:
        """Keep of an event whether a decision moved it on, and whether it was returned."""
        if self.decided_on is None and entry.data.get("decision") is not None:
            self.decided_on = today
        self.returned = self.returned or entry.act == "return"

    def line(self, name: str) -> Line | None:
        """The newest line of a round that still runs."""
        running = [li for li in self.lines.values() if li.name == name and li.closed_n is None]
        return running[-1] if running else None

    def disagreeing(self) -> list[Task]:
        """Asks whose disagreement nobody has answered."""
        asks = (t for t in self.tasks.values() if t.outcome == "disagree")
        return [task for task in asks if task.answered_n is None]
