"""Growing the tree over all events, and its checkpoints: what a paper or a mail can hold on to."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.connection import Db, checked
from thidua.keys import Keys, Signed
from thidua.logged import kind, unsaid
from thidua.storage import tree
from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.script import passing_as_busy
from thidua.storage.tree import Kept
from thidua.workflow.errors import Busy, Misuse, ThiduaError
from thidua.workflow.merkle import Frontier
from thidua.workflow.note import Checkpoint, Signature, key_id, origin_of

if TYPE_CHECKING:
    from thidua.app import Thidua

log = logging.getLogger("thidua")

EVERY = timedelta(seconds=60)
"""How long the clock waits before it makes another checkpoint."""

BATCH = 2000
"""Events that get their leaf in one batch of the clock."""


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint, when it was made (UTC), and its signature where a key was at hand."""

    checkpoint: Checkpoint
    made_at: datetime
    signature: Signature | None

    def note(self) -> str:
        """The signed note."""
        return self.checkpoint.note(self.signature)


def checkpoint(db: Db, wf: "Thidua", *, now: datetime | None = None) -> Made | None:
    """Give every committed event its leaf and make a checkpoint of all, or find it made.

    In the caller's transaction, which should do nothing after it: it keeps others from growing
    the tree until it ends. No dossier is locked. None when nothing was ever done. `Misuse`
    ("leaf-missing", "leaf-changed") when the journal was tampered with, so that no tree grows.
    """
    connection = checked(db, wf.tables.metadata.schema)
    return wf.ticker.tree.checkpoint(connection, now or wf.clock())


def latest(db: Connection, t: Tables) -> Made | None:
    """The newest checkpoint; reads only."""
    kept, first = tree.last(db, t), tree.first_hash(db, t)
    return None if kept is None or first is None else made(kept, origin_of(first))


def made(kept: Kept, origin: str) -> Made:
    """A checkpoint's row as a value."""
    signed = kept.key_id is not None and kept.signature is not None
    signature = Signature(kept.key_id or "", kept.signature or "") if signed else None
    return Made(Checkpoint(origin, kept.size, kept.root), moment(kept.made_at), signature)


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one installation. `keys` sign its checkpoints, where they can."""

    tables: Tables
    keys: Keys | None = None

    def grow(self, db: Connection, now: datetime) -> bool:
        """The clock's part: a batch of leaves, and a checkpoint when it is time for one.

        Whether more waits. Waits for nobody, and a journal that was tampered with stops nothing
        else: it is logged, and `verify` names it.
        """
        savepoint = db.begin_nested()
        try:
            with passing_as_busy("tree"):
                more = tree.lock(db, self.tables, wait=False) and self._grown(db, now)
            savepoint.commit()
        except Busy:
            raise
        except Exception as error:
            savepoint.rollback()
            log.exception(
                "the journal's tree does not grow; see `thidua journal verify`",
                exc_info=unsaid(error),
            )
            return False
        return more

    def checkpoint(self, db: Connection, now: datetime) -> Made | None:
        """See `thidua.checkpoint`."""
        with passing_as_busy("tree"):
            tree.lock(db, self.tables, wait=True)
            while tree.number(db, self.tables, BATCH):
                pass
            self._make(db, tree.last(db, self.tables), now)
            return latest(db, self.tables)

    def _grown(self, db: Connection, now: datetime) -> bool:
        numbered = tree.number(db, self.tables, BATCH)
        last = tree.last(db, self.tables)
        # One made in the future was made by a clock that has been put right since.
        if last is None or not now - EVERY < moment(last.made_at) <= now:
            self._make(db, last, now)
        return numbered == BATCH

    def _make(self, db: Connection, last: Kept | None, now: datetime) -> None:
        before = Frontier(last.size, peaks(last.frontier)) if last else Frontier()
        grown = before.grown(self._new(db, before.size))
        first = tree.first_hash(db, self.tables)
        if grown.size == before.size:
            return
        if first is None:
            raise Misuse("leaf-missing", leaf=0)
        point = Checkpoint(origin_of(first), grown.size, grown.root().hex())
        signed = self._signed(point)
        key = key_id(point.origin, signed.public) if signed else None
        frontier = " ".join(each.hex() for each in grown.peaks)
        tree.add(db, self.tables, Kept(grown.size, point.root, frontier, instant(now), key,
                                       signed.signature if signed else None))  # fmt: skip

    def _new(self, db: Connection, start: int) -> Iterator[bytes]:
        for due, leaf in enumerate(tree.leaves(db, self.tables, start), start):
            if leaf.number != due:
                raise Misuse("leaf-missing", leaf=due)
            yield event_hash(leaf.hash, leaf.number)

    def _signed(self, point: Checkpoint) -> Signed | None:
        """Without a key, or where it cannot be reached, the checkpoint is made all the same."""
        if self.keys is None:
            return None
        try:
            return self.keys.sign(point.body())
        except ThiduaError as error:
            log.warning("checkpoint %s is not signed: %s", point.size, kind(error))
            return None


def peaks(frontier: str) -> tuple[bytes, ...]:
    """The roots in a frontier's text."""
    return tuple(bytes.fromhex(each) for each in frontier.split())


def event_hash(text: str, leaf: int) -> bytes:
    """The 32 bytes of an event's hash; `Misuse` ("leaf-changed") for anything else."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != 32:
        raise Misuse("leaf-changed", leaf=leaf)
    return found
