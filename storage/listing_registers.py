"""Lists of the council's registers: submissions, meetings, decisions and their lines."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.erasing import ERASED, shown
from thidua.storage.listing import Listed
from thidua.storage.schema import Tables
from thidua.workflow.errors import Unknown


def submissions(db: Connection, t: Tables, *, campaign: str | None = None) -> list[Listed]:
    """Submissions as received, with how many dossiers each brought."""
    s, d = t.submission.c, t.dossier.c
    columns = (s.id, s.paper, s.sender, s.received_on, s.campaign)
    query = select(*columns, func.count(d.id).label("dossiers"))
    query = query.join(t.dossier, d.submission == s.id, isouter=True).group_by(*columns)
    if campaign is not None:
        query = query.where(s.campaign == campaign)
    rows = db.execute(query.order_by(s.received_on, s.id)).mappings()
    return [_with_paper(row) for row in rows]


def submission(db: Connection, t: Tables, key: str) -> Listed:
    """One submission with its papers; `Unknown` when there is none."""
    row = db.execute(select(t.submission).where(t.submission.c.id == key)).mappings().first()
    if row is None:
        raise Unknown("unknown-submission", submission=key)
    document = t.document.c
    query = select(t.document).where(document.owner == key)
    papers = db.execute(query.order_by(document.kind, document.version)).mappings()
    return {**_with_paper(row), "documents": [dict(each) for each in papers]}


def meetings(db: Connection, t: Tables) -> list[Listed]:
    """Meetings by their day, with how many dossiers were put to each."""
    m, line = t.meeting.c, t.line.c
    columns = (m.id, m.title, m.held_on, m.status, m.council, m.presides)
    query = select(*columns, func.count(line.dossier_id.distinct()).label("dossiers"))
    query = query.join(t.line, line.meeting == m.id, isouter=True).group_by(*columns)
    return [_titled(row) for row in db.execute(query.order_by(m.held_on, m.id)).mappings()]


def meeting(db: Connection, t: Tables, key: str) -> Listed:
    """One meeting: attendance by seat, documents, the facts of its agenda in order, and every
    ballot that it holds or held; `Unknown` when there is none.
    """
    row = db.execute(select(t.meeting).where(t.meeting.c.id == key)).mappings().first()
    if row is None:
        raise Unknown("unknown-meeting", meeting=key)
    a, doc = t.attendance.c, t.document
    kept = db.execute(select(a.seat, a.presence).where(a.meeting_id == key).order_by(a.seat))
    papers = select(doc).where(doc.c.owner == key).order_by(doc.c.kind, doc.c.version)
    return {
        **{name: value for name, value in _titled(row).items() if name not in ("count", "head")},
        "attendance": {row[0]: row[1] for row in kept},
        "documents": [dict(each) for each in db.execute(papers).mappings()],
        "facts": _facts(db, t, key),
        "cases": _cases(db, t, key),
    }


def _facts(db: Connection, t: Tables, key: str) -> list[dict[str, Any]]:
    """What happened at a meeting, each with its private values."""
    e, p = t.event.c, t.event_private.c
    beside = t.event.outerjoin(t.event_private, (p.stream == e.stream) & (p.n == e.n))
    query = select(e.n, e.body, p.body).select_from(beside).where(e.stream == key).order_by(e.n)
    return [
        {**json.loads(body), "n": n,
         "private": {k: v for k, (_, v) in json.loads(private or "{}").items()}}
        for n, body, private in db.execute(query)
    ]  # fmt: skip


def _cases(db: Connection, t: Tables, key: str) -> list[dict[str, Any]]:
    line, d = t.line.c, t.dossier.c
    columns = (line.dossier_id, line.round_id, line.name, line.opened_n, line.closed_n,
               line.outcome, line.counts, shown(d.candidate_name), d.candidate_kind, d.state,
               d.procedure, d.campaign, d.unit)  # fmt: skip
    query = select(*columns).join(t.dossier, d.id == line.dossier_id).where(line.meeting == key)
    rows = db.execute(query.order_by(d.id, line.opened_n)).mappings()
    return [{**row, "counts": json.loads(row["counts"])} for row in rows]


def councils(db: Connection, t: Tables) -> list[Listed]:
    """Councils by their first day, with how many members each has had."""
    c, seat = t.council.c, t.council_seat.c
    columns = (c.id, c.title, c.role, c.from_on, c.to_on, c.quorum)
    query = select(*columns, func.count(seat.actor.distinct()).label("members"))
    query = query.join(t.council_seat, seat.council_id == c.id, isouter=True).group_by(*columns)
    return [_titled(row) for row in db.execute(query.order_by(c.from_on, c.id)).mappings()]


def decisions(db: Connection, t: Tables) -> list[Listed]:
    """Decisions, with how many lines each has and how many of them are applied."""
    d, line = t.decision.c, t.decision_line.c
    columns = (d.id, d.title, d.status, d.number, d.signed_on, d.paper, d.changes)
    applied = func.sum(case((line.status == "applied", 1), else_=0))
    counts = func.count(line.dossier_id).label("lines"), applied.label("applied")
    query = select(*columns, *counts).join(t.decision_line, line.decision_id == d.id, isouter=True)
    rows = db.execute(query.group_by(*columns).order_by(d.signed_on, d.id)).mappings()
    return [{**_titled(_with_paper(row)), "applied": row["applied"] or 0} for row in rows]


def decision(db: Connection, t: Tables, key: str) -> Listed:
    """One decision with its lines and their candidates; `Unknown` when there is none."""
    row = db.execute(select(t.decision).where(t.decision.c.id == key)).mappings().first()
    if row is None:
        raise Unknown("unknown-decision", decision=key)
    line, d = t.decision_line.c, t.dossier.c
    columns = (
        line.dossier_id, line.trigger, line.status, d.candidate_kind, shown(d.candidate_name),
        d.unit, d.candidate_unit, d.award, d.state, d.procedure, d.fields,
    )  # fmt: skip
    query = select(*columns).join(t.dossier, d.id == line.dossier_id)
    rows = db.execute(query.where(line.decision_id == key).order_by(d.id)).mappings()
    lines = [{**each, "fields": json.loads(each["fields"])} for each in rows]
    return {**_titled(_with_paper(row)), "lines": lines}


def _titled(row: RowMapping | Mapping[str, Any]) -> dict[str, Any]:
    """A row with its title, or that this was erased."""
    return {**row, "title": row["title"] or ERASED}


def _with_paper(row: RowMapping) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in ("count", "head")}
    return {**kept, "paper": json.loads(row["paper"])}
