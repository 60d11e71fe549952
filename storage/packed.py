"""Rows of several tables in one statement: one trip to the database instead of many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, literal_column, null, select, union_all
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.script import Row


@dataclass(frozen=True, slots=True)
class Packed:
    """A UNION ALL whose rows say in the first place which part they belong to.

    Text columns stand before numbers, both filled up with nulls; `unpack` gives a part's row
    back in its table's order.
    """

    clause: ClauseElement
    unpack: Mapping[str, Callable[[Row], Row]]

    def sorted_out(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """The rows of every part, each in its table's column order."""
        found: dict[str, list[Row]] = {name: [] for name in self.unpack}
        for row in rows:
            found[row[0]].append(self.unpack[row[0]](row))
        return found


def packed(parts: Mapping[str, tuple[Table, ColumnElement[bool]]]) -> Packed:
    """One statement for all parts; the first must have the most columns of either type."""
    split = {name: _split(table) for name, (table, _) in parts.items()}
    texts = max(len(words) for words, _ in split.values())
    numbers = max(len(counts) for _, counts in split.values())
    selects = [
        select(
            literal_column(f"'{name}'"),
            *_filled(table, split[name][0], texts),
            *_filled(table, split[name][1], numbers),
        ).where(where)
        for name, (table, where) in parts.items()
    ]
    unpack = {name: _unpack(table, split[name], texts) for name, (table, _) in parts.items()}
    return Packed(union_all(*selects), unpack)


def _split(table: Table) -> tuple[list[str], list[str]]:
    words = [c.name for c in table.c if isinstance(c.type, Text)]
    return words, [c.name for c in table.c if c.name not in words]


def _filled(table: Table, names: list[str], width: int) -> list[ColumnElement[Any]]:
    return [*(table.c[name] for name in names), *(null() for _ in range(width - len(names)))]


def _unpack(table: Table, split: tuple[list[str], list[str]], texts: int) -> Callable[[Row], Row]:
    words, counts = split
    place = {name: 1 + i for i, name in enumerate(words)}
    place |= {name: 1 + texts + i for i, name in enumerate(counts)}
    return itemgetter(*(place[c.name] for c in table.c))
