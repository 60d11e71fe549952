"""Reading the journal and all it speaks of, some streams at a time, to hold them together."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from thidua.storage.box import READ
from thidua.storage.schema import Tables
from thidua.storage.script import Row, is_passing
from thidua.workflow.chain import Stored

CLOCKS = ("rung", "wake_at")
"""Columns of a task that the clock moves by itself: no event speaks of them."""


@dataclass(frozen=True, slots=True)
class Child:
    """Rows that belong to an owner: by which column, and which columns are read, keys first."""

    table: Table
    of: str
    columns: tuple[str, ...]
    keys: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose rows own a stream each, and the rows that belong to them.

    `bytes_only`: of the tables nothing is read but count and head of a stream.
    """

    name: str
    owner: Table
    children: Mapping[str, Child] = field(default_factory=dict)
    bytes_only: bool = False


@dataclass(slots=True)
class Holding:
    """All that is stored of one owner: its row by column, its events in order, its children."""

    key: str
    row: Mapping[str, Any]
    events: list[Stored] = field(default_factory=list)
    children: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))


def tells(db: Connection, t: Tables, stream: str, key: str, value: str) -> bool:
    """Whether an event of a stream says `value` under `key`."""
    bodies = db.execute(select(t.event.c.body).where(t.event.c.stream == stream)).scalars()
    return any(json.loads(body).get(key) == value for body in bodies)


def kinds(t: Tables) -> tuple[Kind, ...]:
    """Everything that has a stream."""
    lines = Child(t.decision_line, "decision_id", ("dossier_id", "trigger", "seen_n"))
    return (
        Kind("dossier", t.dossier, _of_dossier(t)),
        Kind("substitution", t.substitution),
        Kind("round", t.round),
        Kind("submission", t.submission, {"document": _documents(t)}),
        Kind("meeting", t.meeting, {"document": _documents(t), "attendance": _attendance(t)}),
        Kind("council", t.council, {"council_seat": _council_seats(t)}),
        Kind("decision", t.decision, {"decision_line": lines}),
        Kind("calendar", t.calendar),
        Kind("directory", t.directory),
        Kind("retention", t.retention),
        Kind("classified", t.classified),
    )


def without_tables(kind: Kind) -> Kind:
    """The same, of which the events are read, and no row that they speak of."""
    return Kind(kind.name, kind.owner, bytes_only=True)


def _of_dossier(t: Tables) -> dict[str, Child]:
    tasks = tuple(c.name for c in t.task.c if c.name not in ("dossier_id", *CLOCKS))
    lines = tuple(c.name for c in t.line.c if c.name != "dossier_id")
    opinions = tuple(c.name for c in t.opinion.c if c.name != "dossier_id")
    votes = tuple(c.name for c in t.vote.c if c.name != "dossier_id")
    decided = ("decision_id", "trigger", "status")
    return {
        "task": Child(t.task, "dossier_id", (*tasks, "wake_at")),
        "line": Child(t.line, "dossier_id", lines),
        "opinion": Child(t.opinion, "dossier_id", opinions),
        "vote": Child(t.vote, "dossier_id", votes, keys=2),
        "box": Child(t.box, "dossier_id", READ),
        "document": _documents(t),
        "decision_line": Child(t.decision_line, "dossier_id", decided),
    }


def _attendance(t: Tables) -> Child:
    return Child(t.attendance, "meeting_id", ("seat", "presence"))


def _council_seats(t: Tables) -> Child:
    return Child(t.council_seat, "council_id", ("actor", "from_on", "to_on", "post"), keys=2)


def _documents(t: Tables) -> Child:
    columns = tuple(c.name for c in t.document.c if c.name != "owner")
    return Child(t.document, "owner", columns, keys=2)


def count(db: Connection, kind: Kind) -> int:
    """How many rows of the kind there are."""
    return db.execute(select(func.count()).select_from(kind.owner)).scalar() or 0


def keys(db: Connection, kind: Kind, size: int) -> Iterator[list[str]]:
    """Ids of the owners in the database's own order, `size` at a time."""
    key = kind.owner.c.id
    query = select(key).order_by(key).limit(size)
    found = list(db.execute(query).scalars())
    while found:
        yield found
        found = list(db.execute(query.where(key > found[-1])).scalars())


def between(db: Connection, kind: Kind, first: str, last: str) -> list[str]:
    """The ids from one to another, both with them, in the same order."""
    key = kind.owner.c.id
    return list(db.execute(select(key).where(key.between(first, last)).order_by(key)).scalars())


def holdings(db: Connection, t: Tables, kind: Kind, ids: Sequence[str]) -> list[Holding]:
    """All that is stored of these owners. The owners' rows are read first."""
    return _holdings(db, t, kind, lambda key: key.in_(ids))


def spanned(db: Connection, t: Tables, kind: Kind, first: str, last: str) -> list[Holding]:
    """The same of all owners from one id to another, both with them.

    A statement that names two ids is sent and planned many times as fast as one with hundreds.
    """
    owner = kind.owner.c.id
    mine = select(owner).where(owner.between(first, last))
    return _holdings(db, t, kind, lambda key: key.in_(mine))


Which = Callable[[ColumnElement[Any]], ColumnElement[bool]]


def _holdings(db: Connection, t: Tables, kind: Kind, mine: Which) -> list[Holding]:
    owner = kind.owner.c
    columns = ["id", "count", "head"] if kind.bytes_only else owner.keys()
    query = select(*(owner[name] for name in columns)).where(mine(owner.id))
    owners = [dict(zip(columns, row, strict=True)) for row in db.execute(query).all()]
    found = {row["id"]: Holding(row["id"], row) for row in owners}
    for stream, events in groupby(db.execute(_events(t, mine)).all(), itemgetter(5)):
        if stream in found:
            found[stream].events = [Stored._make(event[:5]) for event in events]
    for name, child in kind.children.items():
        for row in db.execute(_rows(child, mine)).all():
            if row[0] in found:
                found[row[0]].children[name].append(row[1:])
    return list(found.values())


def _events(t: Tables, mine: Which) -> Select[Any]:
    e, p = t.event.c, t.event_private.c
    beside = t.event.outerjoin(t.event_private, and_(p.stream == e.stream, p.n == e.n))
    query = select(e.n, e.body, e.hash, e.command_id, p.body, e.stream).select_from(beside)
    return query.where(mine(e.stream)).order_by(e.stream, e.n)


def _rows(child: Child, mine: Which) -> Select[Any]:
    of = child.table.c[child.of]
    return select(of, *(child.table.c[name] for name in child.columns)).where(mine(of))


def position(db: Connection, kind: Kind, key: str) -> tuple[Any, ...] | None:
    """Count and head on the owner's row now: they change with every act on it."""
    owner = kind.owner.c
    row = db.execute(select(owner.count, owner.head).where(owner.id == key)).first()
    return None if row is None else tuple(row)


def ownerless(
    db: Connection, t: Tables, stream: str | None = None, *, bytes_only: bool = False
) -> Iterator[tuple[str, str]]:
    """Rows that hang in the air: the table's name without prefix, and what nothing owns.

    Streams of no owner, private values of no event, and, unless `bytes_only`, rows of no dossier,
    round, submission or decision; of one stream if it is given.
    """
    for name, query in _ownerless(t, stream).items():
        if not bytes_only or name in ("event", "event_private"):
            for row in db.execute(query):
                yield name.partition(".")[0], "/".join(map(str, row))


def _ownerless(t: Tables, stream: str | None) -> dict[str, Select[Any]]:
    streams = select(t.event.c.stream).distinct().where(_is(t.event.c.stream, stream)).subquery()
    private, e = t.event_private.c, t.event.c
    stray = and_(~exists().where(e.stream == private.stream, e.n == private.n),
                 _is(private.stream, stream))  # fmt: skip
    owners = [kind.owner for kind in kinds(t)]
    missing = {
        "task": (t.task.c.dossier_id, [t.dossier]),
        "line": (t.line.c.dossier_id, [t.dossier]),
        "line.round": (t.line.c.round_id, [t.round]),
        "opinion": (t.opinion.c.dossier_id, [t.dossier]),
        "vote": (t.vote.c.dossier_id, [t.dossier]),
        "box": (t.box.c.dossier_id, [t.dossier]),
        "document": (t.document.c.owner, [t.dossier, t.submission, t.meeting]),
        "attendance": (t.attendance.c.meeting_id, [t.meeting]),
        "council_seat": (t.council_seat.c.council_id, [t.council]),
        "decision_line": (t.decision_line.c.decision_id, [t.decision]),
        "decision_line.dossier": (t.decision_line.c.dossier_id, [t.dossier]),
    }
    return {
        "event": select(streams.c.stream).where(_nowhere(streams.c.stream, owners)),
        "event_private": select(private.stream, private.n).where(stray),
        **{
            name: select(of).distinct().where(_nowhere(of, among), _is(of, stream))
            for name, (of, among) in missing.items()
        },
    }


def _nowhere(key: ColumnElement[Any], owners: Sequence[Table]) -> ColumnElement[bool]:
    return and_(*(~exists().where(owner.c.id == key) for owner in owners))


def _is(column: ColumnElement[Any], stream: str | None) -> ColumnElement[bool]:
    return column.is_not(None) if stream is None else column == stream


def procedures(db: Connection, t: Tables) -> Iterator[tuple[str, Any, Any, Any]]:
    """Hash, text, name and version of every stored procedure; None for bytes that are no text."""
    p = t.procedure.c
    for key in db.execute(select(p.hash).order_by(p.hash)).scalars().all():
        try:
            row = db.execute(select(p.text, p.name, p.version).where(p.hash == key)).one()
            yield key, row[0], row[1], row[2]
        except DBAPIError as error:
            if error.orig is None or is_passing(error.orig):
                raise
            yield key, None, None, None
