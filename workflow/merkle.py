"""The tree of RFC 6962 over all events: hashes, the frontier it grows by, roots and proofs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; an event's data are the 32 bytes of its own hash."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands above two nodes."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree as far as it is needed to grow: its size, and the roots of its whole subtrees.

    One root for each bit that is set in `size`, the largest subtree first.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> "Frontier":
        """With the data of these leaves behind the others; memory grows with log(size) only."""
        size, peaks = self.size, list(self.peaks)
        for data in leaves:
            grown, above = leaf_hash(data), size
            while above & 1:
                grown, above = node_hash(peaks.pop(), grown), above >> 1
            peaks.append(grown)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """The root over all leaves."""
        if not self.peaks:
            return EMPTY
        *rest, found = self.peaks
        for peak in reversed(rest):
            found = node_hash(peak, found)
        return found


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    k = _split(len(hashes))
    return node_hash(root(hashes[:k]), root(hashes[k:]))


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that the leaf at `index` (from 0) stands in the tree over these leaf hashes."""
    if len(hashes) == 1:
        return []
    k = _split(len(hashes))
    if index < k:
        return [*inclusion(hashes[:k], index), root(hashes[k:])]
    return [*inclusion(hashes[k:], index - k), root(hashes[:k])]


def includes(proof: Sequence[bytes], leaf: bytes, *, index: int, size: int, root: bytes) -> bool:
    """Whether the proof leads from this leaf hash at `index` to the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    found, sides = leaf, _sides(index, size - 1)
    for step, left in zip(proof, sides, strict=False):
        found = node_hash(step, found) if left else node_hash(found, step)
    return len(proof) == len(sides) and found == root


def consistency(hashes: Sequence[bytes], earlier: int) -> list[bytes]:
    """The proof that the tree of the first `earlier` leaf hashes is the beginning of this one."""
    return _consistency(hashes, earlier, whole=True) if 0 < earlier < len(hashes) else []


def _consistency(hashes: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if whole else [root(hashes)]
    k = _split(len(hashes))
    if earlier <= k:
        return [*_consistency(hashes[:k], earlier, whole=whole), root(hashes[k:])]
    return [*_consistency(hashes[k:], earlier - k, whole=False), root(hashes[:k])]


def consistent(
    proof: Sequence[bytes], *, earlier: int, earlier_root: bytes, size: int, root: bytes
) -> bool:
    """Whether the proof leads from a tree's root to that of the tree it grew into."""
    if not 0 < earlier <= size:
        return earlier == 0 and not proof
    if earlier == size:
        return not proof and earlier_root == root
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    steps, sides = [*proof] if place else [earlier_root, *proof], _sides(place, last)
    if len(steps) != len(sides) + 1:
        return False
    before = now = steps[0]
    for step, left in zip(steps[1:], sides, strict=True):
        before = node_hash(step, before) if left else before
        now = node_hash(step, now) if left else node_hash(now, step)
    return before == earlier_root and now == root


def _sides(place: int, last: int) -> list[bool]:
    """On the way from a node up to the root: whether each neighbour stands on the left.

    `last` is the number of the last node on the same level, which may have no neighbour.
    """
    sides = []
    while last:
        if place & 1 or place < last:
            sides.append(bool(place & 1))
        place, last = place >> 1, last >> 1
    return sides


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
