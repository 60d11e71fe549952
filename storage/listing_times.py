"""When tasks were opened and ended, by whose word, and what stopped or moved their clocks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    and_,
    cast,
    distinct,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.engine import Connection, Dialect

from thidua.storage.listing import Listed
from thidua.storage.schema import Tables

TURNS = ("return", "hold", "supplement", "release", "extend", "correct", "reproject")
"""Acts after which tasks stop, run on, are asked again or get another due."""

PROOFS = ("postmark_on", "stamped_at", "portal_at")
"""What a paper has that says when it was given."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one act did to a task's clock: the act, when, and the task's status after it."""

    dossier_id: str
    n: int
    act: str
    at: str
    status: str

    @property
    def on(self) -> date:
        """The legal date of the act, in the calendar's zone."""
        return legal_day(self.at)


def legal_day(at: str) -> date:
    """The date of an instant as events hold it: in the calendar's zone, the date first."""
    return date.fromisoformat(at[:10])


def due_between(t: Tables, first: str, last: str) -> ColumnElement[bool]:
    """Tasks of persons whose due, as it stands, lies on one of these days (ISO text)."""
    task = t.task.c
    return and_(task.kind != "effect", task.due_on >= first, task.due_on <= last)


def ended(db: Connection, t: Tables, which: ColumnElement[bool]) -> list[Listed]:
    """Tasks with when they were opened and how they ended, in one query.

    `opened_at`, `closed_at`, `by`, `entered`, `happened` and the proofs of a paper are read from
    the events that opened and ended a task; `standing` is that of the opinion which ended an ask.
    """
    task, d, o = t.task.c, t.dossier.c, t.opinion.c
    first, last = t.event.alias("first"), t.event.alias("last")
    columns = (
        task.dossier_id, task.n, task.kind, task.what, task.seat, task.status, task.outcome,
        task.holder, task.due_on, task.round_id, d.procedure, o.standing,
        told(db.dialect, first.c.body, "at").label("opened_at"),
        told(db.dialect, last.c.body, "at").label("closed_at"),
        told(db.dialect, last.c.body, "by").label("by"),
        told(db.dialect, last.c.body, "entered").label("entered"),
        told(db.dialect, last.c.body, "happened").label("happened"),
        *(told(db.dialect, last.c.body, "paper", proof).label(proof) for proof in PROOFS),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(t.dossier, d.id == task.dossier_id)
        .join(first, and_(first.c.stream == task.dossier_id, first.c.n == task.opened_n))
        .outerjoin(last, and_(last.c.stream == task.dossier_id, last.c.n == task.closed_n))
        .outerjoin(t.opinion, and_(o.dossier_id == task.dossier_id, o.n == task.closed_n))
        .where(which)
        .order_by(task.dossier_id, task.n)
    )
    return [dict(row) for row in db.execute(query).mappings()]


def told(dialect: Dialect, body: Any, *path: str) -> ColumnElement[str]:
    """A text inside an event's body; null where it is not there."""
    # A column of text is JSON to SQLite as it stands; PostgreSQL wants to be told.
    value = cast(body, JSON) if dialect.name == "postgresql" else type_coerce(body, JSON)
    return value[path if len(path) > 1 else path[0]].as_string()  # type: ignore[no-any-return]  # JSON's own


def turns(db: Connection, t: Tables, which: ColumnElement[bool]) -> Iterator[Turn]:
    """What stopped or moved the clocks of the dossiers of these tasks, in order; one query."""
    e = t.event.c
    # The keys of a body are sorted, and "act" comes first in every one.
    acts = or_(*(e.body.startswith(f'{{"act":"{act}"', autoescape=True) for act in TURNS))
    dossiers = select(t.task.c.dossier_id).where(which).distinct()
    query = select(e.stream, e.body).where(e.stream.in_(dossiers), acts)
    for dossier_id, body in db.execute(query.order_by(e.stream, e.n)):
        said = json.loads(body)
        for n, status, *_ in said.get("tasks", ()):
            yield Turn(dossier_id, n, said["act"], said["at"], status)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How often somebody was reminded of a task, and the instant of the last time.

    `sent` counts mails that went out and calls that were made, `waiting` those still to go.
    """

    sent: int = 0
    waiting: int = 0
    last_at: str | None = None


def reminded(
    db: Connection, t: Tables, which: ColumnElement[bool]
) -> dict[tuple[str, int], Reminded]:
    """By dossier and task number, what ladders have said about these tasks; in one query."""
    query = _reminders(t).where(which)
    return {
        (row.dossier_id, row.until): Reminded(row.sent, row.reminders - row.sent, row.last_at)
        for row in db.execute(query)
    }


def _reminders(t: Tables) -> Select[Any]:
    n, m, task = t.notice.c, t.mail.c, t.task.c
    gone = or_(m.status == "sent", n.status == "told")
    counted = and_(n.occurrence < 0, n.status != "pointless")
    return (
        select(
            n.dossier_id,
            n.until,
            func.count(distinct(n.occurrence)).label("reminders"),
            func.count(distinct(n.occurrence)).filter(gone).label("sent"),
            func.max(m.sent_at).label("last_at"),
        )
        .join(t.task, and_(task.dossier_id == n.dossier_id, task.n == n.until))
        .outerjoin(t.mail, m.id == n.mail_id)
        .where(counted)
        .group_by(n.dossier_id, n.until)
    )
