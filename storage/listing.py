"""Lists of dossiers and what one dossier holds, each in a constant number of queries."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.erasing import ERASED
from thidua.storage.schema import Tables
from thidua.workflow.errors import Unknown

Listed = Mapping[str, Any]
"""One row of a list: column names of the tables, dates and instants as stored text."""

RUNNING = ("open", "paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which dossiers: every part that is given must fit. `procedures` are content hashes.

    `fields` are values of the dossier's own fields.
    """

    ids: Sequence[str] | None = None
    states: Sequence[str] | None = None
    procedures: Sequence[str] | None = None
    campaign: str | None = None
    submission: str | None = None
    unit: str | None = None
    award: str | None = None
    kind: str | None = None
    pause: str | None = None
    round_id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def fits(self, fields: Mapping[str, str]) -> bool:
        """Whether a dossier's fields have the values that are wanted."""
        return self.fields.items() <= fields.items()

    def where(self, t: Tables) -> list[ColumnElement[bool]]:
        """The conditions on a query of the dossier table."""
        d = t.dossier.c
        lists = ((d.id, self.ids), (d.state, self.states), (d.procedure, self.procedures))
        texts = (
            (d.campaign, self.campaign), (d.submission, self.submission), (d.award, self.award),
            (d.candidate_kind, self.kind), (d.pause, self.pause),
        )  # fmt: skip
        chosen: list[ColumnElement[bool]] = [
            column.in_(values) for column, values in lists if values is not None
        ]
        chosen += [column == text for column, text in texts if text is not None]
        if self.unit is not None:
            chosen.append(or_(d.unit == self.unit, d.candidate_unit == self.unit))
        if self.round_id is not None:
            line = t.line.c
            chosen.append(d.id.in_(select(line.dossier_id).where(line.round_id == self.round_id)))
        return chosen


def dossiers(db: Connection, t: Tables, wanted: Wanted) -> list[Listed]:
    """The dossiers with the name and version of their procedure and their nearest open due."""
    query = _with_due(t).where(*wanted.where(t)).order_by(t.dossier.c.id)
    rows = (_read(row) for row in db.execute(query).mappings())
    return [row for row in rows if wanted.fits(row["fields"])]


def _with_due(t: Tables) -> Select[Any]:
    task, d = t.task.c, t.dossier.c
    nearest = (
        select(func.min(task.due_on))
        .where(task.dossier_id == d.id, task.status.in_(RUNNING), task.kind != "effect")
        .correlate(t.dossier)
        .scalar_subquery()
    )
    p = t.procedure.c
    columns = [column for column in d if column.name not in ("more", "head")]
    named = (p.name.label("procedure_name"), p.version.label("procedure_version"))
    return select(*columns, *named, nearest.label("due_on")).join(
        t.procedure, p.hash == d.procedure, isouter=True
    )


def _read(row: RowMapping) -> Listed:
    name = row["candidate_name"] or ERASED
    return {**row, "candidate_name": name, "fields": json.loads(row["fields"])}


def procedures(db: Connection, t: Tables, dossiers: Sequence[str]) -> list[str]:
    """The hashes of the procedures that some dossiers are under."""
    d = t.dossier.c
    found = select(d.procedure).where(d.id.in_(dossiers)).distinct()
    return sorted(db.execute(found).scalars())


def ids(db: Connection, t: Tables, wanted: Wanted) -> list[str]:
    """The ids alone, ascending."""
    d = t.dossier.c
    query = select(d.id, d.fields).where(*wanted.where(t)).order_by(d.id)
    return [key for key, fields in db.execute(query) if wanted.fits(json.loads(fields))]


def states(db: Connection, t: Tables, wanted: Wanted) -> list[Listed]:
    """How many dossiers stand in which state of which procedure version."""
    if wanted.fields:
        wanted = Wanted(ids=ids(db, t, wanted))
    d = t.dossier.c
    query = select(d.procedure, d.state, func.count().label("dossiers")).where(*wanted.where(t))
    grouped = query.group_by(d.procedure, d.state).order_by(d.procedure, d.state)
    return [dict(row) for row in db.execute(grouped).mappings()]


def parts(db: Connection, t: Tables, dossier_id: str) -> dict[str, list[Listed]]:
    """All rows that belong to a dossier, by table; its submission's papers are among them.

    `Unknown` when there is no such dossier.
    """
    found = db.execute(select(t.dossier).where(t.dossier.c.id == dossier_id)).mappings().first()
    if found is None:
        raise Unknown("unknown-dossier", dossier=dossier_id)
    owners = [dossier_id, found["submission"]]
    queries = {
        "tasks": _mine(t.task, dossier_id).order_by(t.task.c.n),
        "lines": _mine(t.line, dossier_id).order_by(t.line.c.opened_n),
        "opinions": _mine(t.opinion, dossier_id).order_by(t.opinion.c.n),
        "votes": _mine(t.vote, dossier_id).order_by(t.vote.c.n),
        "decisions": _decisions(t, dossier_id),
        "documents": select(t.document)
        .where(t.document.c.owner.in_([o for o in owners if o]))
        .order_by(t.document.c.kind, t.document.c.version),
    }
    kept: dict[str, list[Listed]] = {
        name: [dict(row) for row in db.execute(q).mappings()] for name, q in queries.items()
    }
    kept["decisions"] = [{**each, "title": each["title"] or ERASED} for each in kept["decisions"]]
    kept["dossier"] = [
        {**found, "fields": json.loads(found["fields"]), "more": json.loads(found["more"])}
    ]
    return kept


def _mine(table: Any, dossier_id: str) -> Select[Any]:
    return select(table).where(table.c.dossier_id == dossier_id)


def _decisions(t: Tables, dossier_id: str) -> Select[Any]:
    line, d = t.decision_line.c, t.decision.c
    applied = (d.status == "applied").label("applied")
    columns = (d.id, d.title, d.number, d.signed_on, line.trigger, line.status, applied)
    mine = line.dossier_id == dossier_id
    return select(*columns).join(t.decision, d.id == line.decision_id).where(mine).order_by(d.id)


def history(db: Connection, t: Tables, stream: str) -> list[Listed]:
    """The events of a stream in their order: number, hash, body and private values, read."""
    e, p = t.event.c, t.event_private.c
    same = (p.stream == e.stream) & (p.n == e.n)
    query = select(e.n, e.body, e.hash, p.body.label("private"))
    joined = query.join(t.event_private, same, isouter=True).where(e.stream == stream)
    rows = db.execute(joined.order_by(e.n)).mappings()
    return [
        {"n": r["n"], "hash": r["hash"], "body": json.loads(r["body"]), "private": _said(r)}
        for r in rows
    ]


def done_by(db: Connection, t: Tables, stream: str, command_id: str) -> dict[str, Any] | None:
    """The body of the event by which a command was carried out there, None where it was not."""
    e = t.event.c
    mine = (e.stream == stream) & (e.command_id == command_id)
    body = db.execute(select(e.body).where(mine)).scalar()
    return None if body is None else dict(json.loads(body))


def _said(row: RowMapping) -> dict[str, str]:
    kept = json.loads(row["private"]) if row["private"] else {}
    return {name: value for name, (_, value) in kept.items()}
