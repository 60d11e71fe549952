"""Holding the tree to its checkpoints, and to one that was kept outside: what no chain can show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.signing import is_signed
from thidua.storage import mails, tree
from thidua.storage.script import passing_as_busy
from thidua.storage.tree import Kept
from thidua.tree import Made, event_hash, made, peaks
from thidua.workflow.chain import Fault
from thidua.workflow.errors import Misuse
from thidua.workflow.merkle import Frontier
from thidua.workflow.note import Anchor, Checkpoint, Signature, key_id, origin_of, short

if TYPE_CHECKING:
    from thidua.app import Thidua


@dataclass(frozen=True, slots=True)
class Held:
    """What the tree came to: its leaves, its checkpoints, the newest one that a key given has
    signed, and everything that does not agree (of an event: by its leaf).
    """

    leaves: int
    checkpoints: int
    signed: Made | None
    faults: tuple[Fault, ...]


def verify_tree(
    db: Db, wf: "Thidua", *, anchors: Sequence[Anchor] = (), keys: Sequence[str] = ()
) -> Held:
    """Whether the leaves have no gap and give the root of each checkpoint, and of the `anchors`.

    `anchors` were kept outside: printed, mailed. `keys` are public keys (hex) that signed; without
    one no signature is looked at. Reads only, in bounded memory, and may run beside acts. It
    takes each event's hash for what it is: `verify` holds it to the event's bytes.
    """
    with passing_as_busy("verify"):
        held = _Inspector(connection_of(db), wf, tuple(keys))
        faults = tuple(held.everything(anchors))
    return Held(held.size, held.checkpoints, held.signed, faults)


@dataclass(slots=True)
class _Inspector:
    db: Connection
    wf: "Thidua"
    keys: tuple[str, ...]
    size: int = 0
    checkpoints: int = 0
    signed: Made | None = None
    _newest: Kept | None = None
    _origin: str = ""
    _differs: bool = False

    def everything(self, anchors: Sequence[Anchor]) -> Iterator[Fault]:
        first = tree.first_hash(self.db, self.wf.tables)
        self._origin = origin_of(first) if first else ""
        kept = tree.checkpoints(self.db, self.wf.tables)
        due = sorted(anchors, key=lambda anchor: anchor.size)
        waiting, frontier, new = next(kept, None), Frontier(), list[bytes]()
        stop = _nearest(waiting, due)
        for leaf in self._leaves():
            if isinstance(leaf, Fault):
                yield leaf
                continue
            new.append(leaf)
            self.size += 1
            if len(new) < tree.PAGE and (stop is None or self.size < stop):
                continue
            frontier, new = frontier.grown(new), []
            while waiting is not None and waiting.size <= self.size:
                yield from self._checkpoint(waiting, frontier)
                waiting = next(kept, None)
            while due and due[0].size <= self.size:
                yield from self._anchor(due.pop(0), frontier)
            stop = _nearest(waiting, due)
        yield from self._beyond(waiting, due)
        yield from self._unsigned(waiting)
        yield from self._missing()

    def _leaves(self) -> Iterator[bytes | Fault]:
        """The data of each leaf, and in the place of a gap what is wrong."""
        due = 0
        for leaf in tree.leaves(self.db, self.wf.tables):
            if leaf.number != due:
                yield Fault(due, "leaf-missing", {"leaf": due})
            due = leaf.number + 1
            try:
                yield event_hash(leaf.hash, leaf.number)
            except Misuse as error:
                yield Fault(leaf.number, "leaf-changed", error.fields)

    def _checkpoint(self, kept: Kept, frontier: Frontier) -> Iterator[Fault]:
        self.checkpoints, self._newest = self.checkpoints + 1, kept
        told = made(kept, self._origin)
        agrees = kept.size == frontier.size and kept.root == frontier.root().hex()
        if not (agrees and _peaks(kept) == frontier.peaks) and not self._differs:
            self._differs = True  # and so does every later one
            fields = {"size": kept.size, "made_at": told.made_at}
            yield Fault(kept.size, "checkpoint-differs", fields)
        yield from self._signature(told)

    def _signature(self, told: Made) -> Iterator[Fault]:
        if not self.keys or told.signature is None:
            return
        if is_signed_by(told.checkpoint, told.signature, self.keys):
            self.signed = told
        else:
            yield Fault(told.checkpoint.size, "checkpoint-forged", {"size": told.checkpoint.size})

    def _anchor(self, anchor: Anchor, frontier: Frontier) -> Iterator[Fault]:
        found = frontier.root().hex() if anchor.size == frontier.size else ""
        if anchor.origin not in (None, self._origin):
            yield Fault(None, "anchor-elsewhere", {"told": anchor.origin, "found": self._origin})
        if not found.startswith(anchor.root) or not anchor.root:
            told = {"size": anchor.size, "found": short(found), "told": short(anchor.root)}
            yield Fault(anchor.size, "anchor-differs", told)
        whole = anchor.checkpoint
        if whole and self.keys and anchor.signatures:
            good = any(is_signed_by(whole, each, self.keys) for each in anchor.signatures)
            if not good:
                yield Fault(anchor.size, "checkpoint-forged", {"size": anchor.size})

    def _beyond(self, waiting: Kept | None, due: Sequence[Anchor]) -> Iterator[Fault]:
        if waiting is not None:
            told = {"size": waiting.size, "leaves": self.size}
            yield Fault(waiting.size, "checkpoint-beyond", told)
        for anchor in due:
            told = {"size": anchor.size, "leaves": self.size}
            yield Fault(anchor.size, "anchor-beyond", told)

    def _unsigned(self, waiting: Kept | None) -> Iterator[Fault]:
        newest = waiting or self._newest
        if self.keys and newest is not None and newest.signature is None:
            yield Fault(newest.size, "checkpoint-unsigned", {"size": newest.size})

    def _missing(self) -> Iterator[Fault]:
        """Checkpoints that were there: the first leaf comes with one, and a mail tells of one."""
        if self.size and tree.last(self.db, self.wf.tables) is None:
            yield Fault(None, "checkpoints-missing", {"leaves": self.size})
        mailed = mails.witnessed(self.db, self.wf.tables)
        if mailed and not tree.has_checkpoint(self.db, self.wf.tables, mailed[0]):
            size, at = mailed
            yield Fault(size, "checkpoint-missing", {"size": size, "made_at": at})


def _nearest(waiting: Kept | None, due: Sequence[Anchor]) -> int | None:
    """How many leaves there are when the tree is next looked at."""
    sizes = [each.size for each in (waiting, *due[:1]) if each is not None]
    return min(sizes, default=None)


def is_signed_by(point: Checkpoint, signature: Signature, keys: Sequence[str]) -> bool:
    """Whether one of these public keys (hex) signed the checkpoint."""
    mine = [key for key in keys if key_id(point.origin, key) == signature.key_id]
    try:
        body = point.body()
    except ValueError:  # a root that is none
        return False
    return any(is_signed(key, signature.value, body) for key in mine)


def _peaks(kept: Kept) -> tuple[bytes, ...]:
    try:
        return peaks(kept.frontier)
    except ValueError:
        return ()
