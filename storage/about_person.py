"""Everything that is held about one person: lists, dossiers, meetings, tasks, own acts, mails."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.engine import Connection

from thidua.storage import listing
from thidua.storage.schema import Tables
from thidua.workflow.journal import compact
from thidua.workflow.person import Seat

Rows = list[dict[str, Any]]


def directory(db: Connection, t: Tables, actor: str) -> dict[str, Rows]:
    """The rows of every list that names the person."""
    mine: dict[str, tuple[Table, ColumnElement[bool]]] = {
        "person": (t.person, t.person.c.id == actor),
        "roles": (t.holding, t.holding.c.actor == actor),
        "addresses": (t.address, t.address.c.owner == actor),
        "relatives": (t.relation, or_(t.relation.c.person == actor,
                                      t.relation.c.relative == actor)),
        "council_seats": (t.council_seat, t.council_seat.c.actor == actor),
        "substitutions": (t.substitution, or_(t.substitution.c.actor == actor,
                                              t.substitution.c.for_actor == actor)),
    }  # fmt: skip
    return {name: _rows(db, table, which) for name, (table, which) in mine.items()}


def dossiers(db: Connection, t: Tables, actor: str) -> Rows:
    """The dossiers in which the person is the candidate, with fields and documents,
    without the engine's own bookkeeping."""
    found = _rows(db, t.dossier, t.dossier.c.candidate_person == actor)
    for row in found:
        row["fields"] = json.loads(row["fields"])
        for name in ("more", "head", "changed_at"):
            del row[name]
        row["documents"] = _rows(db, t.document, t.document.c.owner == row["id"])
    return found


def meetings(db: Connection, t: Tables, actor: str) -> Rows:
    """Where it is noted whether the person was there, with the reason of who was excused, and
    where the person presides.
    """
    a, m = t.attendance.c, t.meeting.c
    noted = {row["meeting_id"]: row for row in _rows(db, t.attendance, _seated(a.seat, actor))
             if _sits(row, actor)}  # fmt: skip
    rows = _rows(db, t.meeting, or_(m.presides == actor, m.id.in_(noted)))
    return [
        {"id": row["id"], "title": row["title"], "held_on": row["held_on"],
         "presides": row["presides"] == actor, **_presence(db, t, row["id"], noted)}
        for row in rows
    ]  # fmt: skip


def _presence(
    db: Connection, t: Tables, meeting: str, noted: dict[str, dict[str, Any]]
) -> dict[str, str | None]:
    if meeting not in noted:
        return {"presence": None, "why": None}
    seat, why = noted[meeting]["seat"], None
    for event in listing.history(db, t, meeting):
        if seat in dict(event["body"].get("attendance", ())):
            why = json.loads(event["private"].get("excuses") or "{}").get(seat)
    return {"presence": noted[meeting]["presence"], "why": why}


def tasks(db: Connection, t: Tables, actor: str) -> Rows:
    """What the person was asked by name, and what came to the person's hands."""
    k, told = t.task.c, ("dossier_id", "n", "kind", "what", "seat", "holder", "status", "outcome",
                         "due_on")  # fmt: skip
    found = _rows(db, t.task, or_(k.holder == actor, _seated(k.seat, actor)))
    mine = [row for row in found if row["holder"] == actor or _sits(row, actor)]
    return [{name: row[name] for name in told} for row in mine]


def _seated(seat: ColumnElement[str], actor: str) -> ColumnElement[bool]:
    return seat.endswith(f":{actor}", autoescape=True)


def _sits(row: dict[str, Any], actor: str) -> bool:
    return Seat.parse(row["seat"]).person == actor


def acts(db: Connection, t: Tables, actor: str) -> Rows:
    """What the person decided or entered, in any journal, with the words of those acts.

    A secret vote's choice is in no event. Reads the whole journal.
    """
    e = t.event.c
    named = [e.body.contains(f'"{key}":{compact(actor)}', autoescape=True)
             for key in ("by", "entered")]  # fmt: skip
    streams = db.execute(select(e.stream).where(or_(*named)).distinct().order_by(e.stream))
    return [
        {"stream": stream, "n": each["n"], "body": each["body"], "private": each["private"]}
        for stream in streams.scalars().all()
        for each in listing.history(db, t, stream)
        if actor in (each["body"].get("by"), each["body"].get("entered"))
    ]


def mails(db: Connection, t: Tables, actor: str) -> Rows:
    """The mails made for the person, with what they say."""
    found = _rows(db, t.mail, t.mail.c.owner == actor)
    return [{**row, "content": json.loads(row["content"])} for row in found]


def _rows(db: Connection, table: Table, which: ColumnElement[bool]) -> Rows:
    query = select(table).where(which).order_by(*table.primary_key)
    return [dict(row) for row in db.execute(query).mappings()]
