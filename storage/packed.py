"""Rows of several tables in one statement: one trip to the database instead of many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, Text, literal_column, null, select, union_all
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.script import Row


@dataclass(frozen=True, slots=True)
class Packed:
    """A UNION ALL whose rows say in the first place which part they belong to.

    The columns of a part stand where the first one has such of their type, between nulls;
    `unpack` gives a part's row back in its table's order.
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
    """One statement for all parts; the first must have the most columns of either type, and its
    rows, of which there are most, keep their order.
    """
    (widest, _), *_ = parts.values()
    slots = [_is_text(column) for column in widest.c]
    places = {name: _places(table, slots) for name, (table, _) in parts.items()}
    selects = [
        select(literal_column(f"'{name}'"), *_filled(table, places[name], len(slots))).where(where)
        for name, (table, where) in parts.items()
    ]
    return Packed(union_all(*selects), {name: _unpack(found) for name, found in places.items()})


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, Text)


def _places(table: Table, slots: Sequence[bool]) -> list[int]:
    """For each column the next free slot of its type."""
    texts = (n for n, slot in enumerate(slots) if slot)
    numbers = (n for n, slot in enumerate(slots) if not slot)
    return [next(texts if _is_text(column) else numbers) for column in table.c]


def _filled(table: Table, places: Sequence[int], width: int) -> list[ColumnElement[Any]]:
    stands = dict(zip(places, table.c, strict=True))
    return [stands.get(n, null()) for n in range(width)]


def _unpack(places: Sequence[int]) -> Callable[[Row], Row]:
    if list(places) == list(range(len(places))):
        return itemgetter(slice(1, 1 + len(places)))
    return itemgetter(*(1 + place for place in places))
