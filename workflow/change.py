"""What one act changes: plain values that storage applies as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from thidua.workflow.dossier import Document, Dossier, Line, Task
from thidua.workflow.journal import Entry
from thidua.workflow.secrecy import Box


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer of a seat; `standing` is "in_time", "late" or "after_close"."""

    n: int
    round_id: str
    seat: str
    kind: str
    standing: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's open vote."""

    n: int
    round_id: str
    seat: str
    choice: str
    way: str


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A new round row: the `seq`-th one that gathers by `gathered`; every dossier may join."""

    id: str
    gathered: str
    seq: int
    name: str
    meeting: str | None


Pace = Literal["now", "own", "urgent"]
"""A mail at the next open hour of the office, of the ladder that raised it, or at any hour; a
notice without one waits for the digest."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One matter for one seat. `context` is frozen here and rendered by the sender.

    `matter` groups what belongs in one message; `occurrence` is the number of the event that
    raised it; `until` names the task whose end makes the notice pointless; `waits` the decision
    that must be applied to its last line first. `pace` is how soon it is mailed.
    """

    matter: str
    occurrence: int
    seat: str
    template: str
    context: Mapping[str, Any] = field(repr=False)
    until: int | None = None
    waits: str | None = None
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: its event's number, and the dossier after it and all it caused.

    `started` is the linked dossier that it opened.
    """

    dossier_id: str
    n: int
    state: str
    version: int
    count: int
    repeated: bool = False
    started: str | None = None


class Started(NamedTuple):
    """A linked dossier to be opened: its id, under which procedure ("NAME" or "NAME@VERSION"),
    for which award, where that was said.
    """

    dossier_id: str
    procedure: str
    award: str | None = None


class Change(NamedTuple):
    """The whole of an act. `content` says that the candidate, a field, the procedure or the
    submission changed, `noted` that bookkeeping did which is neither state nor content; `erased`
    has number and name of the private values that go; `started` the dossier that it opens.
    """

    done: Done
    dossier: Dossier
    entries: Sequence[Entry] = ()
    tasks_opened: Sequence[Task] = ()
    tasks_changed: Sequence[Task] = ()
    lines_opened: Sequence[Line] = ()
    lines_changed: Sequence[Line] = ()
    rounds: Sequence[RoundOpened] = ()
    opinions: Sequence[Opinion] = ()
    votes: Sequence[Vote] = ()
    documents: Sequence[Document] = ()
    notices: Sequence[Notice] = ()
    content: bool = False
    noted: bool = True
    ended: Sequence[int] = ()
    boxes: Sequence[Box] = ()
    erased: Sequence[tuple[int, str]] = ()
    started: Started | None = None
