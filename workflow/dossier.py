"""A dossier as one act sees it: its row, tasks, rounds and papers, frozen.

What an act reads by the dozen is a named tuple: made and changed at a third of the cost.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

CandidateKind = Literal["individual", "collective", "household"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a dossier is about. The name is personal: it is never in a journal's bytes.

    Names are kept in NFC, whatever form they come in.
    """

    kind: CandidateKind
    name: str = field(repr=False)
    unit: str | None = None
    person: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Bring the name into NFC."""
        object.__setattr__(self, "name", unicodedata.normalize("NFC", self.name))


class Came(NamedTuple):
    """When a submission was received, and its postmark; None is what nobody knows."""

    received_on: date | None = None
    posted_on: date | None = None


NOT_KNOWN = Came()


class Dossier(NamedTuple):
    """The dossier's row. `version` counts changes of state and content, `count` its events.

    `received_on` and `posted_on` (the postmark) are its submission's, kept where the procedure
    counts from them.
    """

    id: str
    procedure: str
    award: str
    candidate: Candidate
    unit: str | None
    fields: Mapping[str, str]
    state: str
    version: int
    count: int  # type: ignore[assignment]  # a tuple's own count is of no use here
    head: str
    pause: str | None = None
    pause_items: tuple[str, ...] = ()
    paused_on: date | None = None
    submission: str | None = None
    campaign: str | None = None
    acted: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    waived: tuple[str, ...] = ()
    came_from: str | None = None
    moved_n: int = 0
    recused: tuple[str, ...] = ()
    revoked_n: int | None = None
    received_on: date | None = None
    posted_on: date | None = None


BOOKKEEPING = (
    "pause_items",
    "paused_on",
    "acted",
    "waived",
    "came_from",
    "moved_n",
    "recused",
    "revoked_n",
    "received_on",
    "posted_on",
)
"""What of a dossier is neither state nor content, and seldom changes: stored in one place."""


TaskKind = Literal["desk", "ask", "vote", "span", "effect"]
TaskStatus = Literal["open", "paused", "done", "expired", "cancelled"]


class Task(NamedTuple):
    """One thing asked of one seat about one dossier, with its own due.

    `what` is the state of a desk task, the round of an ask or vote, the span of a span, and
    "close:ROUND" or "fire:TRIGGER" of an effect. `due_at` is the UTC instant at which it is late,
    `due_on` the legal date that ends it; `wake_at` when the clock looks at it next, `rung` how
    many rungs of its ladder are behind it; `left` the working days kept while paused. `reckoned`
    tells how the due came about (see `dues`), None without one.
    """

    n: int
    kind: TaskKind
    what: str
    seat: str
    opened_n: int
    status: TaskStatus = "open"
    round_id: str | None = None
    holder: str | None = None
    outcome: str | None = None
    answered_n: int | None = None
    closed_n: int | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    ladder: str | None = None
    rung: int = 0
    wake_at: datetime | None = None
    left: int | None = None
    reckoned: str | None = None


Changing = TypeVar("Changing", Dossier, Task)

_PLACES = {kind: {name: at for at, name in enumerate(kind._fields)} for kind in (Dossier, Task)}


def altered(one: Changing, **values: Any) -> Changing:
    """The same with other `values`: `_replace`, which every act calls, at a quarter of its cost."""
    places, parts = _PLACES[type(one)], list(one)
    for name, value in values.items():
        parts[places[name]] = value
    return tuple.__new__(type(one), parts)


class Line(NamedTuple):
    """A dossier's part of a round: open until it is closed for this dossier.

    `outcome` is "answered", "excused", "expired" (by the clock) or "closed" (by hand before all
    had answered) of a consultation or posting; "passed", "failed", "counted" (waits for its
    group's ranking), "no_quorum" or "tie" of a ballot.
    """

    round_id: str
    name: str
    opened_n: int
    closed_n: int | None = None
    outcome: str | None = None
    counts: Mapping[str, int] = MappingProxyType({})
    meeting: str | None = None


class Document(NamedTuple):
    """A paper of a dossier or of its submission."""

    owner: str
    kind: str
    version: int
    sha256: str
    size: int
    type: str
    name: str
    pages: str | None = None
