"""Rows to values and back: no queries here."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from thidua.storage.script import Row
from thidua.workflow.change import Notice, Opinion, Vote
from thidua.workflow.dossier import BOOKKEEPING, Candidate, Document, Dossier, Line, Task
from thidua.workflow.journal import compact
from thidua.workflow.secrecy import Box


@lru_cache(maxsize=64)
def instant(at: datetime) -> str:
    """A UTC instant as text that sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


@lru_cache(maxsize=256)
def _bookkept(more: str) -> Mapping[str, Any]:
    """A dossier's stored bookkeeping as its values, read again with every act."""
    rest = json.loads(more)
    lists = {name: tuple(rest.get(name, ())) for name in ("pause_items", "waived", "recused")}
    days = {name: _day(rest.get(name)) for name in ("paused_on", "received_on", "posted_on")}
    acted = {role: tuple(actors) for role, actors in rest.get("acted", {}).items()}
    return lists | days | {
        "acted": MappingProxyType(acted), "came_from": rest.get("came_from"),
        "moved_n": rest.get("moved_n", 0), "revoked_n": rest.get("revoked_n"),
    }  # fmt: skip


@lru_cache(maxsize=256)
def _parsed(text: str) -> Mapping[str, Any]:
    """A stored mapping, not to be changed: one dossier's is read again with every act."""
    return MappingProxyType(json.loads(text))


_candidate = lru_cache(maxsize=256)(Candidate)
"""Whom a dossier is about: one dossier's is read again with every act."""


@lru_cache(maxsize=1024)
def moment(text: str) -> datetime:
    """The instant of a stored text; those asked in one round share one."""
    return datetime.fromisoformat(text)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant(at)


@lru_cache(maxsize=1024)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=1024)
def _iso(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def dossier_of(row: Row) -> Dossier:
    """A dossier from its row, in the table's column order."""
    (key, procedure, award, kind, name, unit_of, person, unit, fields, state, version, count,
     head, pause, more, submission, campaign, *_) = row  # fmt: skip
    return Dossier(
        key, procedure, award, _candidate(kind, name, unit_of, person), unit, _parsed(fields),
        state, version, count, head, pause, submission=submission, campaign=campaign,
        **_bookkept(more),
    )  # fmt: skip


def _more(dossier: Dossier) -> str:
    values = ((name, getattr(dossier, name)) for name in BOOKKEEPING)
    return compact({name: _plain(value) for name, value in values if value})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def dossier_row(
    dossier: Dossier, head: str, now: datetime, *, noted: bool = True
) -> dict[str, Any]:
    """What changes on a dossier's row with every act; its bookkeeping only where `noted`."""
    row = {
        "state": dossier.state, "version": dossier.version, "count": dossier.count, "head": head,
        "pause": dossier.pause, "changed_at": instant(now),
    }  # fmt: skip
    if noted:
        row["more"] = _more(dossier)
    return row


def content_row(dossier: Dossier) -> dict[str, Any]:
    """What few acts change: the candidate, the fields, the procedure, the submission."""
    candidate = dossier.candidate
    return {
        "candidate_kind": candidate.kind, "candidate_name": candidate.name,
        "candidate_unit": candidate.unit, "candidate_person": candidate.person,
        "fields": compact(dict(dossier.fields)), "procedure": dossier.procedure,
        "submission": dossier.submission,
    }  # fmt: skip


def new_dossier_row(dossier: Dossier, head: str, now: datetime) -> dict[str, Any]:
    """The whole row of a new dossier."""
    fixed = {
        "id": dossier.id, "award": dossier.award, "unit": dossier.unit,
        "campaign": dossier.campaign, "created_at": instant(now),
    }  # fmt: skip
    return {**fixed, **content_row(dossier), **dossier_row(dossier, head, now)}


def task_of(row: Row) -> Task:
    """A task from what its row has after the dossier's id."""
    (n, kind, what, seat, opened_n, status, round_id, holder, outcome, answered_n, closed_n,
     due_on, due_at, ladder, rung, wake_at, left, reckoned) = row  # fmt: skip
    # Every act reads them all, and a named tuple's own way to be made takes twice as long.
    return tuple.__new__(Task, (
        n, kind, what, seat, opened_n, status, round_id, holder, outcome, answered_n, closed_n,
        _day(due_on), due_at and moment(due_at), ladder, rung, wake_at and moment(wake_at), left,
        reckoned,
    ))  # fmt: skip


def task_row(dossier_id: str, task: Task) -> dict[str, Any]:
    """A task's row, and its key again under the names an update's WHERE uses."""
    return {
        "k_dossier_id": dossier_id, "k_n": task.n,
        "dossier_id": dossier_id, "n": task.n, "kind": task.kind, "what": task.what,
        "seat": task.seat, "opened_n": task.opened_n, "status": task.status,
        "round_id": task.round_id, "holder": task.holder, "outcome": task.outcome,
        "answered_n": task.answered_n, "closed_n": task.closed_n, "due_on": _iso(task.due_on),
        "due_at": _instant(task.due_at), "ladder": task.ladder, "rung": task.rung,
        "wake_at": _instant(task.wake_at), "left": task.left, "reckoned": task.reckoned,
    }  # fmt: skip


def line_of(row: Row) -> Line:
    """A dossier's line of a round from what its row has after the dossier's id."""
    (round_id, name, opened_n, closed_n, outcome, counts, meeting) = row
    return Line(round_id, name, opened_n, closed_n, outcome, _parsed(counts), meeting)


def line_row(dossier_id: str, line: Line) -> dict[str, Any]:
    """A line's row, and its key again under the names an update's WHERE uses."""
    return {
        "k_dossier_id": dossier_id, "k_round_id": line.round_id,
        "dossier_id": dossier_id, "round_id": line.round_id, "name": line.name,
        "opened_n": line.opened_n, "closed_n": line.closed_n, "outcome": line.outcome,
        "counts": compact(dict(line.counts)), "meeting": line.meeting,
    }  # fmt: skip


def document_of(row: Row) -> Document:
    """A document from its row."""
    return Document(*row)


def document_row(document: Document) -> dict[str, Any]:
    """A document's row."""
    return document._asdict()


def opinion_row(dossier_id: str, opinion: Opinion) -> dict[str, Any]:
    """An opinion's row."""
    return {
        "dossier_id": dossier_id, "n": opinion.n, "round_id": opinion.round_id,
        "seat": opinion.seat, "kind": opinion.kind, "standing": opinion.standing,
    }  # fmt: skip


def vote_of(row: Row) -> Vote:
    """A vote from its row."""
    (_, round_id, seat, n, choice, way) = row
    return Vote(n, round_id, seat, choice, way)


def vote_row(dossier_id: str, vote: Vote) -> dict[str, Any]:
    """A vote's row."""
    return {
        "dossier_id": dossier_id, "round_id": vote.round_id, "seat": vote.seat, "n": vote.n,
        "choice": vote.choice, "way": vote.way,
    }  # fmt: skip


def box_of(row: Row) -> Box:
    """A sealed ballot's box from its row."""
    return Box(*row[1:])


def box_row(dossier_id: str, box: Box) -> dict[str, Any]:
    """A box's row, and its key again under the names an update's WHERE uses."""
    return {
        "k_dossier_id": dossier_id, "k_round_id": box.round_id, "dossier_id": dossier_id,
        **box._asdict(),
    }  # fmt: skip


def notice_rows(
    dossier_id: str, notices: Collection[Notice], now: datetime
) -> list[dict[str, Any]]:
    """The rows of an act's notices; what several seats are told alike is written out once."""
    contexts = {id(each.context): each.context for each in notices}
    texts = {key: compact(dict(context)) for key, context in contexts.items()}
    return [_notice_row(dossier_id, each, now, texts[id(each.context)]) for each in notices]


def notice_row(dossier_id: str, notice: Notice, now: datetime) -> dict[str, Any]:
    """A notice's row; one that waits for a decision is not due yet."""
    return _notice_row(dossier_id, notice, now, compact(dict(notice.context)))


def _notice_row(dossier_id: str, notice: Notice, now: datetime, context: str) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id, "occurrence": notice.occurrence, "seat": notice.seat,
        "matter": notice.matter, "template": notice.template,
        "context": context, "status": "waits" if notice.waits else "due",
        "until": notice.until, "waits": notice.waits, "mail_id": None, "raised_at": instant(now),
        "pace": notice.pace,
    }  # fmt: skip
