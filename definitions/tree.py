"""A text file as plain values: dicts, lists and texts, with the place of every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.workflow.errors import Reason

Path = tuple[str | int, ...]
"""The way from the root to a value: keys and list positions (from 0)."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of a file, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML file holds. Every scalar in `data` is text, whatever it looks like.

    `text` is the file's content in normal form: UTF-8, NFC, LF, without a byte order mark.
    `values` and `keys` give the place of a value and of the key before it; `notes` are findings
    that do not stop the use of the file.
    """

    name: str
    text: str
    data: Any
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    notes: tuple[Reason, ...] = ()

    def place(self, path: Path) -> Place:
        """Where the value at `path` stands, or the nearest thing around it that exists."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.values:
                return self.values[path[:length]]
        return self.values.get((), Place())

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of `path` stands, or the nearest thing around it."""
        return self.keys.get(path) or self.place(path)

    def reason(self, code: str, path: Path, /, **fields: object) -> Reason:
        """A finding about the value at `path`."""
        return placed(code, self.name, self.place(path), **fields)

    def key_reason(self, code: str, path: Path, /, **fields: object) -> Reason:
        """A finding about the key at the end of `path`."""
        return placed(code, self.name, self.key_place(path), **fields)


def placed(code: str, name: str, place: Place, /, **fields: object) -> Reason:
    """A finding at a place of the file called `name`."""
    return Reason(code, {"file": name, "line": place.line, "column": place.column, **fields})
