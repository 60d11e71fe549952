"""The statements of the tree: leaves are given, hashes read in their order, checkpoints kept."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.storage.sweep import insert_new

LOCK = "tree"
PAGE = 5000
LOWEST = -(2**62)


class Leaf(NamedTuple):
    """A leaf's number from 0, and the hash (hex) of its event."""

    number: int
    hash: str


class Kept(NamedTuple):
    """A checkpoint's row."""

    size: int
    root: str
    frontier: str
    made_at: str
    key_id: str | None
    signature: str | None


def lock(db: Connection, t: Tables, *, wait: bool) -> bool:
    """Let nobody else grow the tree until the transaction ends; False when somebody else does.

    On SQLite a transaction that writes is alone anyway; to `wait` makes it one.
    """
    mine = t.lease.c.name == LOCK
    taken = update(t.lease).where(mine).values(owner=t.lease.c.owner)
    if not wait and db.dialect.name != "sqlite":
        if db.execute(select(t.lease.c.name).where(mine)).first() is None:
            _add_lock(db, t)
        return db.execute(select(t.lease.c.name).where(mine).with_for_update(skip_locked=True)
                          ).first() is not None  # fmt: skip
    if db.execute(taken).rowcount == 0:
        _add_lock(db, t)
        db.execute(taken)
    return True


def _add_lock(db: Connection, t: Tables) -> None:
    blank = {"name": LOCK, "owner": "", "until_at": "", "beat_at": ""}
    db.execute(insert_new(t.lease, db.dialect), blank)


def number(db: Connection, t: Tables, limit: int) -> int:
    """Give the next leaves to at most `limit` committed events, each stream in its order.

    A leaf that a checkpoint speaks of is never given again, whatever was deleted. How many.
    """
    e = t.event.c
    given = select(func.coalesce(func.max(e.leaf), -1) + 1).where(e.leaf.is_not(None))
    spoken = select(func.coalesce(func.max(t.checkpoint.c.size), 0))
    first = max(db.execute(given).scalar_one(), db.execute(spoken).scalar_one())
    place = func.row_number().over(order_by=(e.stream, e.n)) + (first - 1)
    waiting = select(e.stream, e.n, place.label("leaf")).where(e.leaf.is_(None))
    some = waiting.order_by(e.stream, e.n).limit(limit).subquery("some")
    mine = (e.stream == some.c.stream) & (e.n == some.c.n)
    return db.execute(update(t.event).where(mine).values(leaf=some.c.leaf)).rowcount


def leaves(db: Connection, t: Tables, start: int = LOWEST) -> Iterator[Leaf]:
    """The leaves from `start` on in their order, a page at a time; also one that cannot be."""
    e = t.event.c
    query = select(e.leaf, e.hash).where(e.leaf.is_not(None)).order_by(e.leaf).limit(PAGE)
    page = db.execute(query.where(e.leaf >= start)).all()
    while page:
        yield from (Leaf(*row) for row in page)
        page = db.execute(query.where(e.leaf > page[-1][0])).all()


def checkpoints(db: Connection, t: Tables) -> Iterator[Kept]:
    """Every checkpoint, the smallest first, a page at a time."""
    c = t.checkpoint.c
    query = select(*c).order_by(c.size).limit(PAGE)
    page = db.execute(query).all()
    while page:
        yield from (Kept(*row) for row in page)
        page = db.execute(query.where(c.size > page[-1][0])).all()


def last(db: Connection, t: Tables) -> Kept | None:
    """The largest checkpoint."""
    row = db.execute(select(*t.checkpoint.c).order_by(t.checkpoint.c.size.desc()).limit(1)).first()
    return None if row is None else Kept(*row)


def has_checkpoint(db: Connection, t: Tables, size: int) -> bool:
    """Whether there is a checkpoint of that many leaves."""
    c = t.checkpoint.c.size
    return db.execute(select(c).where(c == size)).first() is not None


def first_hash(db: Connection, t: Tables) -> str | None:
    """The hash of leaf 0."""
    found: str | None = db.execute(select(t.event.c.hash).where(t.event.c.leaf == 0)).scalar()
    return found


def add(db: Connection, t: Tables, kept: Kept) -> None:
    """Keep a checkpoint."""
    values: dict[str, Any] = kept._asdict()
    db.execute(insert(t.checkpoint).values(values))


def waiting(db: Connection, t: Tables) -> list[str]:
    """The bodies of events that have no leaf yet, at most a page."""
    e = t.event.c
    query = select(e.body).where(e.leaf.is_(None)).order_by(e.stream, e.n).limit(PAGE)
    return list(db.execute(query).scalars())
