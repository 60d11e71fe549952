"""Notices that wait: those that are due now, what became of them, what a person must settle."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.engine import Connection

from thidua.storage.erasing import unneeded
from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.script import Row
from thidua.workflow.acts.enclosing import ENCLOSED
from thidua.workflow.change import Pace
from thidua.workflow.journal import canonical

MOST = 2_000
"""Notices made into mails in one transaction, about 0.3 s: others wait for the lock meanwhile."""

_AT_ONCE = 500

Key = tuple[str, int, str, str]
"""A notice's primary key: dossier, occurrence, seat, matter."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that is due, as it was written with its act; `until` is the task that ends it."""

    dossier_id: str
    occurrence: int
    seat: str
    matter: str
    template: str
    context: Mapping[str, Any]
    until: int | None
    waits: str | None
    raised_at: datetime
    pace: Pace | None = None

    @property
    def key(self) -> Key:
        """The notice's primary key."""
        return self.dossier_id, self.occurrence, self.seat, self.matter

    @property
    def is_reminder(self) -> bool:
        """Whether a ladder raised it, and no act."""
        return self.occurrence < 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Which due notices are mailed now: urgent ones always, and whoever makes mails looks at what
    keeps hours of its own; `soon` those that wait for no digest.

    `raised_until` is set when digests are made: what was raised by then is in them, what the
    ladders raised since, and what would be mailed at once anyhow. `everything` knows no digest.
    """

    everything: bool = False
    soon: bool = False
    raised_until: datetime | None = None

    def has(self, t: Tables) -> ColumnElement[bool]:
        """The condition on a notice's row."""
        n = t.notice.c
        if self.everything:
            return true()
        if self.raised_until is not None:
            early = n.raised_at <= instant(self.raised_until)
            return or_(early, n.occurrence < 0, n.pace.is_not(None))
        return n.pace.is_not(None) if self.soon else n.pace.in_(("urgent", "own"))


EVERYTHING = Turn(everything=True)


@dataclass(frozen=True, slots=True)
class Due:
    """Due notices of some seats; `next_after` is the last of them when others follow."""

    told: tuple[Told, ...]
    next_after: str | None


def due(
    db: Connection, t: Tables, turn: Turn = EVERYTHING, *, after: str = "", most: int = MOST
) -> Due:
    """The due notices of the seats that follow `after`: whole seats, `most` or one seat's.

    On PostgreSQL they are locked, and those that an act holds are left out.
    """
    n = t.notice.c
    ready = (n.status == "due") & (n.seat > after) & turn.has(t)
    counts = select(n.seat, func.count()).where(ready).group_by(n.seat).order_by(n.seat)
    total, last, more = 0, after, False
    for seat, count in db.execute(counts):
        more = total > 0 and total + count > most
        if more:
            break
        total, last = total + count, seat
    query = _told_of(t).where(ready, n.seat <= last).order_by(n.seat, *_age(t))
    told = [_told(tuple(row)) for row in db.execute(query.with_for_update(skip_locked=True))]
    return Due(tuple(told), last if more else None)


class Paper(NamedTuple):
    """A file that came with what a notice tells."""

    name: str
    type: str
    sha256: str
    size: int


def papers(
    db: Connection, t: Tables, keys: Collection[tuple[str, int]]
) -> dict[tuple[str, int], list[Paper]]:
    """By dossier and occurrence of a notice the files of its event, in their order; none that was
    erased.
    """
    d, found = t.document.c, dict[tuple[str, int], list[Paper]]()
    owners = sorted({dossier for dossier, _ in keys})
    for start in range(0, len(owners), _AT_ONCE):
        mine = d.owner.in_(owners[start : start + _AT_ONCE])
        query = select(d.owner, d.kind, d.name, d.type, d.sha256, d.size).where(
            mine, d.kind.startswith(ENCLOSED), ~unneeded(t)
        )
        for owner, kind, *paper in db.execute(query.order_by(d.owner, d.kind, d.version)):
            key = (owner, int(kind.removeprefix(ENCLOSED)))
            if key in keys:
                found.setdefault(key, []).append(Paper(*paper))
    return found


def defer(db: Connection, t: Tables, told: Sequence[Told]) -> None:
    """Leave due notices to the next digest."""
    if told:
        mine = of_key(t, [bindparam(name) for name in _NAMES])
        db.execute(update(t.notice).where(mine).values(pace=None), [_named(each) for each in told])


def standing(db: Connection, t: Tables, status: str) -> list[Told]:
    """Notices of a status whose task, if they are about one, still waits; oldest first."""
    n, task = t.notice.c, t.task
    about = (task.c.dossier_id == n.dossier_id) & (task.c.n == n.until)
    running = or_(n.until.is_(None), task.c.status == "open", task.c.status == "paused")
    query = _told_of(t).outerjoin(task, about).where(n.status == status, running)
    return [_told(tuple(row)) for row in db.execute(query.order_by(*_age(t)))]


def _told_of(t: Tables) -> Select[Any]:
    n = t.notice.c
    return select(n.dossier_id, n.occurrence, n.seat, n.matter, n.template, n.context, n.until,
                  n.waits, n.raised_at, n.pace)  # fmt: skip


def _age(t: Tables) -> tuple[Column[Any], ...]:
    n = t.notice.c
    return n.raised_at, n.dossier_id, n.occurrence


def _told(row: Row) -> Told:
    key, occurrence, seat, matter, template, context, until, waits, raised_at, pace = row
    frozen = json.loads(context)
    at = moment(raised_at)
    return Told(key, occurrence, seat, matter, template, frozen, until, waits, at, pace)


def settle(
    db: Connection, t: Tables, told: Sequence[Told], status: str, mail_id: str | None = None
) -> None:
    """What became of due notices: "mailed" with the mail's id, "paper" or "pointless"."""
    if not told:
        return
    mine = of_key(t, [bindparam(name) for name in _NAMES])
    mark = update(t.notice).where(mine, t.notice.c.status == "due")
    db.execute(mark.values(status=status, mail_id=mail_id), [_named(each) for each in told])


def make_due(db: Connection, t: Tables, keys: Sequence[Key]) -> None:
    """Let notices that a mail told be told anew, at once: addresses and texts are looked up."""
    if not keys:
        return
    told = t.notice.c.status.in_(("mailed", "paper"))
    back = update(t.notice).where(of_key(t, [bindparam(name) for name in _NAMES]), told)
    pace = func.coalesce(t.notice.c.pace, "now")
    rows = [dict(zip(_NAMES, key, strict=True)) for key in keys]
    db.execute(back.values(status="due", mail_id=None, pace=pace), rows)


_KEY = ("dossier_id", "occurrence", "seat", "matter")
_NAMES = tuple(f"k_{name}" for name in _KEY)


def _named(told: Told) -> dict[str, Any]:
    return dict(zip(_NAMES, told.key, strict=True))


def of_key(t: Tables, key: Sequence[Any]) -> ColumnElement[bool]:
    """The row of a notice's key."""
    return and_(*(t.notice.c[name] == value for name, value in zip(_KEY, key, strict=True)))


def close(db: Connection, t: Tables, key: Key, before: str, after: str) -> bool:
    """Move one notice from one status to another; whether it was there."""
    n = t.notice
    moved = update(n).where(of_key(t, key), n.c.status == before).values(status=after)
    return db.execute(moved.returning(n.c.seat)).first() is not None


def release(db: Connection, t: Tables, key: Key, mark: Mapping[str, Any]) -> bool:
    """Make a held notice due at the next open hour with `mark` in its context; whether it was."""
    n = t.notice
    mine = update(n).where(of_key(t, key), n.c.status == "held")
    pace = func.coalesce(n.c.pace, "now")
    context = db.execute(mine.values(status="due", pace=pace).returning(n.c.context)).scalar()
    if context is None:
        return False
    said = {**json.loads(context), **mark}
    db.execute(update(n).where(of_key(t, key)).values(context=canonical(said)))
    return True
