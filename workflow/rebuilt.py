"""A dossier as its journal tells it."""

from dataclasses import dataclass, field
from datetime import datetime

from thidua.workflow.box_told import BoxTold
from thidua.workflow.chain import Fault
from thidua.workflow.change import Opinion, Vote
from thidua.workflow.dossier import Document, Dossier, Line, Task


@dataclass(slots=True)
class Rebuilt:
    """A dossier as its events tell it.

    Rebuilt are all values but the clock's own: of a task `due_at`, `rung` and `wake_at`; `head`
    is the stream's. `applied` has the trigger that each decision brought, `faults` the acts that
    came to something else than they said.
    """

    dossier: Dossier | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None
    tasks: dict[int, Task] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    opinions: list[Opinion] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    boxes: dict[str, BoxTold] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    applied: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
