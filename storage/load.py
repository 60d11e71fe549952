"""Locking a dossier and reading what one decision needs."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from thidua.storage.rows import box_of, document_of, dossier_of, line_of, task_of, vote_of
from thidua.storage.script import Pen, Row
from thidua.storage.statements import ATTENDANCE, Statements
from thidua.workflow.change import Vote
from thidua.workflow.dossier import NOT_KNOWN, Came, Dossier
from thidua.workflow.errors import Unknown
from thidua.workflow.meeting import Attended
from thidua.workflow.person import Held
from thidua.workflow.secrecy import Box
from thidua.workflow.view import Prior, Signed, View


class Found(NamedTuple):
    """A dossier's row, and the heads of all corrected calendars at that moment."""

    dossier: Dossier
    heads: str


def _found(rows: Sequence[Row], dossier_id: str) -> Found:
    if not rows:
        raise Unknown("unknown-dossier", dossier=dossier_id)
    *row, heads = rows[0]
    return Found(dossier_of(row), heads or "")


def dossier(pen: Pen, s: Statements, dossier_id: str) -> Found:
    """The dossier's row, read without a lock; `Unknown` when there is none."""
    return _found(pen.run(s.dossier, {"id": dossier_id}), dossier_id)


def exists(pen: Pen, s: Statements, dossier_id: str) -> bool:
    """Whether there is a dossier of that id; read without a lock."""
    return bool(pen.run(s.dossier, {"id": dossier_id}))


def lock(pen: Pen, s: Statements, dossier_id: str) -> Found:
    """Take the dossier's row for this transaction; `Unknown` when there is none.

    Where the transaction holds the database's write lock, reading is enough.
    """
    if pen.locked:
        return dossier(pen, s, dossier_id)
    return _found(pen.run(s.lock, {"id": dossier_id}), dossier_id)


Both = tuple[frozenset[Held], frozenset[Held]]
"""What the decider holds, and who enters."""


class Asker(NamedTuple):
    """Who is to be looked up with the dossier, on which legal date (ISO), in the built-in
    directory, and what is made of the rows; nobody where something else was asked before.
    """

    held: Callable[[Sequence[Row]], Both]
    actor: str = ""
    day: str = ""


def new_view(pen: Pen, s: Statements, of: Dossier, held: Both, command_id: str | None) -> View:
    """The view of a dossier that is to be made, or was by an earlier try of the command."""
    earlier = pen.run(s.prior, {"dossier_id": of.id, "command_id": command_id})
    prior = _prior(pen, s, of.id, earlier)
    return View(of, held=held[0], entered_held=held[1], prior=prior)


def view(pen: Pen, s: Statements, of: Dossier, asker: Asker, command_id: str | None) -> View:
    """The dossier with tasks, lines, documents and the event of an earlier try of the command."""
    keys = {
        "dossier_id": of.id, "submission": of.submission or "", "command_id": command_id,
        "actor": asker.actor, "day": asker.day,
    }  # fmt: skip
    found = s.unpack.parts(pen.run(s.holding, keys))
    held, entered_held = asker.held(found["held"])
    return View(
        of,
        held=held,
        entered_held=entered_held,
        tasks=tuple(sorted(map(task_of, found["task"]), key=itemgetter(0))),
        lines=tuple(map(line_of, found["line"])),
        documents=tuple(map(document_of, found["document"] + found["enclosed"])),
        prior=_prior(pen, s, of.id, found["event"]),
    )


def _prior(pen: Pen, s: Statements, dossier_id: str, events: Sequence[Row]) -> Prior | None:
    if not events:
        return None
    n, body = events[0]
    private = pen.run(s.private, {"dossier_id": dossier_id, "n": n})
    if s.values is not None:
        private = [(opened,) for (b,) in private if (opened := s.values.open(b)) is not None]
    return Prior(n, json.loads(body), _values(private))


def votes(
    pen: Pen, s: Statements, dossier_id: str
) -> tuple[tuple[Vote, ...], tuple[Attended, ...]]:
    """The open votes about the dossier, and who was at the meetings that it was put to."""
    rows = pen.run(s.votes, {"dossier_id": dossier_id})
    here = (row for row in rows if row[5] == ATTENDANCE)
    attended = tuple(Attended(meeting, seat, kind) for _, meeting, seat, _, kind, _ in here)
    return tuple(vote_of(row) for row in rows if row[5] != ATTENDANCE), attended


def box(pen: Pen, s: Statements, dossier_id: str, round_id: str) -> Box | None:
    """A sealed ballot's box about the dossier; None before the first vote."""
    rows = pen.run(s.box, {"dossier_id": dossier_id, "round_id": round_id})
    return box_of(rows[0]) if rows else None


def unsent(pen: Pen, s: Statements, dossier_id: str) -> frozenset[int]:
    """The tasks about which something was to be told to their seats, and nothing has gone out."""
    return frozenset(row[0] for row in pen.run(s.unsent, {"dossier_id": dossier_id}))


def _values(rows: Sequence[Row]) -> dict[str, str]:
    kept: dict[str, list[str]] = json.loads(rows[0][0]) if rows else {}
    return {name: value for name, (_, value) in kept.items()}


def signed(pen: Pen, s: Statements, dossier_id: str, decision: str | None) -> Signed | None:
    """The numbered decision's line about the dossier, and the acts since it was drawn."""
    if decision is None:
        return None
    rows = pen.run(s.decision, {"dossier_id": dossier_id, "decision": decision})
    if not rows:
        return None
    number, signed_on, trigger, seen_n = rows[0]
    later = pen.run(s.since, {"dossier_id": dossier_id, "n": seen_n})
    acts = tuple(json.loads(body)["act"] for (body,) in later)
    return Signed(decision, number, date.fromisoformat(signed_on), trigger, seen_n, acts)


def nominator(pen: Pen, s: Statements, dossier_id: str) -> str | None:
    """Who decided that the candidate is proposed; None of a dossier that is being made."""
    rows = pen.run(s.event, {"dossier_id": dossier_id, "n": 1})
    return str(json.loads(rows[0][0])["by"]) if rows else None


class Brought(NamedTuple):
    """The decision that brought a dossier's last step, and the linked dossier that it opened."""

    decision: str | None = None
    started: str | None = None


def brought(pen: Pen, s: Statements, of: Dossier) -> Brought:
    """What the dossier's last step came with; neither where none was taken."""
    rows = pen.run(s.event, {"dossier_id": of.id, "n": of.moved_n}) if of.came_from else ()
    body = json.loads(rows[0][0]) if rows else {}
    return Brought(body.get("decision"), body.get("starts"))


def newest_round(pen: Pen, s: Statements, gathered: str) -> tuple[str, int] | None:
    """Id and number of the newest round that gathers by `gathered`."""
    rows = pen.run(s.round, {"gathered": gathered})
    return (rows[0][0], rows[0][1]) if rows else None


def round_by_id(pen: Pen, s: Statements, round_id: str) -> Row:
    """Name, gathered, seq and meeting of a round; `Unknown` when there is none of that id."""
    rows = pen.run(s.round_by_id, {"round_id": round_id})
    if not rows:
        raise Unknown("unknown-round", round=round_id, known="-")
    return rows[0]


def came(pen: Pen, s: Statements, submission: str) -> Came:
    """When a submission came; nothing of one that is not known."""
    rows = pen.run(s.submission, {"submission": submission})
    if not rows:
        return NOT_KNOWN
    received, posted = rows[0][0], json.loads(rows[0][1]).get("postmark_on")
    return Came(*(None if day is None else date.fromisoformat(day) for day in (received, posted)))


def meets_on(pen: Pen, s: Statements, meeting: str) -> date:
    """The day of a meeting; `Unknown` when there is none of that id."""
    rows = pen.run(s.meeting, {"meeting": meeting})
    if not rows:
        raise Unknown("unknown-meeting", meeting=meeting)
    return date.fromisoformat(rows[0][0])
