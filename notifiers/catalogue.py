"""The templates there are and the names each one is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "text", "prose", "date", "instant", "whole number", "yes or no", "choice", "record", "list"
]


ROWS = 200
FEW_ROWS = 10
"""Of a reminder, so that its first screen holds it; its reader was sent the whole list once."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value must be, as JSON.

    "text" is one line and "prose" several: a string, or an object of languages to strings. "date"
    is "YYYY-MM-DD", "instant" an ISO time with its offset. A "record" is an object with exactly
    the names of `of`, a "list" has records, or texts when `of` is empty. An `optional` value may
    be null but is never left out; a `filled` list is not empty.
    """

    kind: Kind
    optional: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()
    of: Mapping[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's name and the names it is given; `asks` tells whether it wants something done.

    `shown` dossiers are rows of its list, the others stand at its foot; None: it has no such list.
    """

    name: str
    names: Mapping[str, Shape]
    asks: bool = False
    shown: int | None = ROWS


def _maybe(shape: Shape) -> Shape:
    return replace(shape, optional=True)


TEXT = Shape("text")
PROSE = Shape("prose")
DATE = Shape("date")
INSTANT = Shape("instant")
NUMBER = Shape("whole number")
DOSSIERS = Shape(
    "list",
    filled=True,
    of={"id": _maybe(TEXT), "candidate": TEXT, "award": _maybe(TEXT), "unit": _maybe(TEXT)},
)
DECISION = Shape(
    "record", of={"symbol": TEXT, "signed_on": DATE, "signer": TEXT, "capacity": _maybe(TEXT)}
)
SILENCE = Shape("choice", choices=("continue", "wait"))

MATTER = {
    "matter_title": TEXT,
    "procedure_title": TEXT,
    "unit": _maybe(TEXT),
    "seat_title": _maybe(TEXT),
    "dossiers": DOSSIERS,
    "note": _maybe(PROSE),
}
"""What every letter is given."""

DUE = {
    "due_on": _maybe(DATE),
    "days_left": _maybe(NUMBER),
    "as_of_on": _maybe(DATE),
    "due_note": _maybe(TEXT),
    "answer_how": PROSE,
}
"""What a letter is given that asks for something: working days left, counted on `as_of_on`."""

OPINION_REQUESTED = Template(
    "opinion_requested", {**MATTER, **DUE, "question": PROSE, "silence": SILENCE}, asks=True
)
VOTE_OPENED = Template(
    "vote_opened",
    {
        **MATTER,
        **DUE,
        "question": _maybe(PROSE),
        "meeting_title": _maybe(TEXT),
        "meeting_on": _maybe(DATE),
        "secret": Shape("yes or no"),
    },
    asks=True,
)
RESULT = Template("result", {**MATTER, "outcome": TEXT, "decision": _maybe(DECISION)})
NOT_AWARDED = Template(
    "not_awarded",
    {**MATTER, "outcome": TEXT, "decided_on": _maybe(DATE), "next_step": _maybe(PROSE)},
)
MISROUTED = Template(
    "misrouted", {**MATTER, "right_place": _maybe(TEXT), "returned_on": _maybe(DATE)}
)
WITHDRAWN = Template("withdrawn", {**MATTER, "withdrawn_on": DATE})
REVOKED = Template("revoked", {**MATTER, "revoked_on": DATE, "decision": _maybe(DECISION)})
REMINDER = Template(
    "reminder",
    {
        **MATTER,
        **DUE,
        "due_on": DATE,
        "days_left": NUMBER,
        "kind": Shape("choice", choices=("before", "on_day", "after")),
        "task_title": TEXT,
        "silence": _maybe(SILENCE),
    },
    asks=True,
    shown=FEW_ROWS,
)
CATCH_UP = Template(
    "catch_up",
    {
        **MATTER,
        **DUE,
        "task_title": TEXT,
        "stopped_at": INSTANT,
        "resumed_at": INSTANT,
        "skipped": Shape("list", of={"title": TEXT, "on": DATE}),
    },
    asks=True,
    shown=FEW_ROWS,
)
DUE_MOVED = Template(
    "due_moved",
    {**MATTER, **DUE, "due_on": DATE, "was_on": DATE, "task_title": TEXT, "why": PROSE},
    asks=True,
    shown=FEW_ROWS,
)
ESCALATION = Template(
    "escalation",
    {
        **MATTER,
        **DUE,
        "task_title": TEXT,
        "asked": TEXT,
        "asked_on": _maybe(DATE),
        "escalated_to": Shape("choice", choices=("superior", "officer")),
        "released_by": _maybe(TEXT),
        "released_on": _maybe(DATE),
    },
    asks=True,
    shown=FEW_ROWS,
)
OPINION_RECEIVED = Template(
    "opinion_received", {**MATTER, "asked": TEXT, "disagrees": Shape("yes or no")}
)
EXCHANGE = Template(
    "exchange",
    {
        **MATTER,
        "kind": Shape(
            "choice",
            choices=(
                *("question", "answer_back", "reply", "confirm"),
                *("excused", "cancelled", "information", "request"),
            ),
        ),
        "task_title": TEXT,
        "asked": _maybe(TEXT),
        "by": _maybe(TEXT),
        "enclosed": _maybe(TEXT),
    },
)
DISAGREEMENT_ANSWERED = Template(
    "disagreement_answered",
    {
        **MATTER,
        "opinion": _maybe(PROSE),
        "answer": PROSE,
        "answered_by": TEXT,
        "answered_on": DATE,
    },
)
SUPPLEMENT_REQUESTED = Template(
    "supplement_requested", {**MATTER, **DUE, "defects": Shape("list")}, asks=True
)

REFERENCE = Template("reference", MATTER, shown=None)
"""What may hold no name, list, ground or title: its letter says the dossiers' ids alone."""

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        each.name: each
        for each in (
            *(OPINION_REQUESTED, VOTE_OPENED, RESULT, NOT_AWARDED, MISROUTED, WITHDRAWN, REVOKED),
            *(
                REMINDER,
                CATCH_UP,
                DUE_MOVED,
                ESCALATION,
                DISAGREEMENT_ANSWERED,
                SUPPLEMENT_REQUESTED,
            ),
            OPINION_RECEIVED,
            EXCHANGE,
            REFERENCE,
        )
    }
)
"""By name, every template a notice may name. The digest is not among them: it is made of them."""

CHECKPOINT = Template(
    "checkpoint",
    {
        "origin": TEXT,
        "size": NUMBER,
        "short": TEXT,
        "made_at": INSTANT,
        "has_signature": Shape("yes or no"),
        "checkpoint_note": PROSE,
    },
    shown=None,
)
"""The journal's checkpoint, for those who keep it outside: about no dossier and nobody."""

LETTERS: Mapping[str, Template] = MappingProxyType({**TEMPLATES, CHECKPOINT.name: CHECKPOINT})
"""By name, every template of a letter: those of notices, and what no procedure may name."""
