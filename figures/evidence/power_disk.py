"""A disk by its log: what it holds for certain, what is under way, and what a cut may leave."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEAD = struct.Struct("<cHHqI")
SECTOR = 512

WAYS = ("dropped", "kept", "some", "torn")
"""What becomes of all that was not flushed: nothing of it is on the disk, all of it, each part by
chance, each part and each sector of a write by chance.
"""


class Asked(NamedTuple):
    """One call: its kind (see `power.c`), one or two paths, where, and what."""

    kind: str
    path: str
    to: str
    at: int
    data: bytes


def asked(log: bytes) -> Iterator[Asked]:
    """The calls of a log, in order."""
    place = 0
    while place < len(log):
        kind, a, b, at, n = HEAD.unpack_from(log, place)
        place += HEAD.size
        path, to = log[place : place + a].decode(), log[place + a : place + a + b].decode()
        place += a + b
        data = log[place : place + n]
        place += n
        yield Asked(kind.decode(), path, to, at, data)


@dataclass(slots=True)
class Disk:
    """Files and names apart, as POSIX promises: a file's flush keeps its bytes, a folder's flush
    the names in it. A folder whose name was never flushed is lost with all it holds.
    """

    held: dict[int, bytearray] = field(default_factory=dict)
    under_way: dict[int, list[Asked]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    live: dict[str, int] = field(default_factory=dict)
    waiting: list[tuple[Asked, int]] = field(default_factory=list)
    folders: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """A folder of which everything is on the disk."""
        disk = cls()
        for path in sorted(folder.rglob("*")):
            number = disk._new() if path.is_dir() else disk._new(path.read_bytes())
            if path.is_dir():
                disk.folders.add(number)
            disk.names[str(path)] = disk.live[str(path)] = number
        return disk

    def _new(self, content: bytes = b"") -> int:
        number = len(self.held)
        self.held[number] = bytearray(content)
        self.under_way[number] = []
        return number

    def take(self, call: Asked) -> None:
        """One more call."""
        if call.kind in "WT":
            if call.path in self.live:
                self.under_way[self.live[call.path]].append(call)
        elif call.kind == "S":
            self._flush(call.path)
        else:
            self._name(call)

    def _flush(self, path: str) -> None:
        number = self.live.get(path)
        if number is not None:
            for call in self.under_way[number]:
                _put(self.held[number], call)
            self.under_way[number].clear()
        for call, each in self.waiting:
            if _folder(call) == path:
                _rename(self.names, call, each)
        self.waiting = [(call, each) for call, each in self.waiting if _folder(call) != path]

    def _name(self, call: Asked) -> None:
        number = self._new() if call.kind in "CD" else self.live[call.path]
        if call.kind == "D":
            self.folders.add(number)
        _rename(self.live, call, number)
        self.waiting.append((call, number))

    def after_a_cut(self, way: str, chance: random.Random) -> dict[str, bytes]:
        """What is found when the power is back: a content by path."""
        names = dict(self.names)
        for call, number in self.waiting:
            if _kept(way, chance):
                _rename(names, call, number)
        return {
            path: self._content(number, way, chance)
            for path, number in names.items()
            if number not in self.folders and _reached(path, names)
        }

    def _content(self, number: int, way: str, chance: random.Random) -> bytes:
        content = bytearray(self.held[number])
        for call in self.under_way[number]:
            for part in _parts(call) if way == "torn" else (call,):
                if _kept(way, chance):
                    _put(content, part)
        return bytes(content)


def _kept(way: str, chance: random.Random) -> bool:
    return way == "kept" or (way in ("some", "torn") and chance.random() < 0.5)


def _parts(call: Asked) -> Iterator[Asked]:
    """A write as its sectors reach the disk."""
    if call.kind == "T":
        yield call
        return
    for start in range(0, len(call.data), SECTOR):
        part = call.data[start : start + SECTOR]
        yield call._replace(at=call.at + start, data=part)


def _put(content: bytearray, call: Asked) -> None:
    missing = call.at - len(content)
    content.extend(b"\0" * missing)
    if call.kind == "T":
        del content[call.at :]
    else:
        content[call.at : call.at + len(call.data)] = call.data


def _rename(names: dict[str, int], call: Asked, number: int) -> None:
    if call.kind in "CD":
        names[call.path] = number
        return
    names.pop(call.path, None)
    if call.kind == "R":
        names[call.to] = number


def _folder(call: Asked) -> str:
    return (call.to or call.path).rpartition("/")[0]


def _reached(path: str, names: dict[str, int]) -> bool:
    """Whether the folders between the one looked at and the path are there."""
    first = min(names, key=len).rpartition("/")[0] if names else ""
    above = [str(each) for each in Path(path).parents if len(str(each)) > len(first)]
    return all(each in names for each in above)
