"""What papers print of many dossiers at once: rows and events, in a query each."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.engine import Connection

from thidua.storage.erasing import ERASED
from thidua.storage.listing import Listed
from thidua.storage.schema import Tables
from thidua.workflow.errors import Unknown


def meeting(db: Connection, t: Tables, key: str) -> Listed:
    """One meeting; `Unknown` when there is none."""
    found = db.execute(select(t.meeting).where(t.meeting.c.id == key)).mappings().first()
    if found is None:
        raise Unknown("unknown-meeting", meeting=key)
    return {**found, "title": found["title"] or ERASED}


def attendance(db: Connection, t: Tables, meeting_id: str) -> dict[str, str]:
    """By seat what is recorded of it at a meeting; empty when nobody kept it."""
    a = t.attendance.c
    query = select(a.seat, a.presence).where(a.meeting_id == meeting_id).order_by(a.seat)
    return {seat: presence for seat, presence in db.execute(query)}  # noqa: C416 -- rows are not pairs to mypy


def posts(db: Connection, t: Tables, council_id: str | None, on: str) -> dict[str, str]:
    """By actor the post on a council on a day (ISO text)."""
    seat = t.council_seat.c
    running = (seat.from_on <= on) & or_(seat.to_on.is_(None), seat.to_on >= on)
    query = select(seat.actor, seat.post).where(seat.council_id == council_id, running)
    return {actor: post for actor, post in db.execute(query.order_by(seat.actor))}  # noqa: C416 -- rows are not pairs to mypy


def documents(db: Connection, t: Tables, owner: str) -> list[Listed]:
    """The documents of a dossier, a submission or a meeting, without what newer ones replace."""
    d = t.document.c
    found = _all(db, t.document, d.owner == owner, d.kind, d.version)
    newest = {row["kind"]: row for row in found}
    return [{**row, "name": row["name"] or ERASED} for row in newest.values()]


def put_to(db: Connection, t: Tables, meeting_id: str) -> list[str]:
    """The dossiers that were put to a meeting, ascending."""
    line = t.line.c
    query = select(line.dossier_id).where(line.meeting == meeting_id).distinct()
    return list(db.execute(query.order_by(line.dossier_id)).scalars())


def lines(db: Connection, t: Tables, ids: Collection[str]) -> list[Listed]:
    """Their parts of rounds in the order of opening, with what the rounds gather by."""
    line, r = t.line.c, t.round.c
    query = (
        select(*line, r.gathered, r.seq, r.opened_at)
        .join(t.round, r.id == line.round_id)
        .where(line.dossier_id.in_(ids))
        .order_by(line.dossier_id, line.opened_n, r.seq)
    )
    return [{**r, "counts": json.loads(r["counts"])} for r in db.execute(query).mappings()]


def tasks(db: Connection, t: Tables, ids: Collection[str]) -> list[Listed]:
    """What was asked of seats about them: opinions and votes."""
    task = t.task.c
    asked = task.kind.in_(("ask", "vote")) & task.dossier_id.in_(ids)
    return _all(db, t.task, asked, task.dossier_id, task.n)


def opinions(db: Connection, t: Tables, ids: Collection[str]) -> list[Listed]:
    """What was said about them, oldest first; the words stand in the events."""
    o = t.opinion.c
    return _all(db, t.opinion, o.dossier_id.in_(ids), o.dossier_id, o.n)


def ways(db: Connection, t: Tables, ids: Collection[str]) -> list[Listed]:
    """Who voted by themselves and how it came in, never what."""
    vote = t.vote.c
    query = select(vote.dossier_id, vote.round_id, vote.seat, vote.way)
    return [dict(r) for r in db.execute(query.where(vote.dossier_id.in_(ids))).mappings()]


def events(
    db: Connection, t: Tables, ids: Collection[str], acts: Collection[str]
) -> Iterator[Listed]:
    """Their events of these acts, in order, with the private values beside them."""
    e, p = t.event.c, t.event_private.c
    # The keys of a body are sorted, and "act" comes first in every one.
    which = or_(*(e.body.startswith(f'{{"act":"{act}"', autoescape=True) for act in acts))
    query = (
        select(e.stream, e.n, e.body, p.body.label("private"))
        .join(t.event_private, (p.stream == e.stream) & (p.n == e.n), isouter=True)
        .where(e.stream.in_(ids), which)
        .order_by(e.stream, e.n)
    )
    for stream, n, body, private in db.execute(query):
        kept = json.loads(private) if private else {}
        said = {name: value for name, (_, value) in kept.items()}
        yield {"dossier_id": stream, "n": n, "body": json.loads(body), "private": said}


def heads(db: Connection, t: Tables, at: Mapping[str, int]) -> dict[str, str]:
    """The hash that each dossier's chain had at a position."""
    e = t.event.c
    query = select(e.stream, e.n, e.hash).where(e.stream.in_(at), e.n.in_(set(at.values())))
    return {stream: hashed for stream, n, hashed in db.execute(query) if at[stream] == n}


def seen(db: Connection, t: Tables, decision_id: str) -> dict[str, int]:
    """By dossier the journal position that a decision's signer saw."""
    line = t.decision_line.c
    query = select(line.dossier_id, line.seen_n).where(line.decision_id == decision_id)
    return {dossier: n for dossier, n in db.execute(query)}  # noqa: C416 -- rows are not pairs to mypy


def _all(db: Connection, table: Table, which: Any, *order: Any) -> list[Listed]:
    query = select(table).where(which).order_by(*order)
    return [dict(row) for row in db.execute(query).mappings()]
