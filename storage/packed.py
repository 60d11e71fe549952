"""Rows of several tables in one statement: one trip to the database instead of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.script import Row

Part = tuple[Sequence[ColumnElement[Any]], ColumnElement[bool]]
"""Columns of a table's rows, and which rows."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A statement with one row, which has of every part all its rows as one JSON text: what a
    driver is asked for value by value takes it longer.
    """

    clause: ClauseElement
    names: Sequence[str]

    def parts(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """The rows of every part, each in its columns' order; in no order among themselves."""
        return {
            name: orjson.loads(text) if text else []
            for name, text in zip(self.names, rows[0], strict=True)
        }


def packed(parts: Mapping[str, Part], dialect: str) -> Packed:
    """One statement for all parts; their columns must be text or integers."""
    cells = [_cell(columns, whose, dialect) for columns, whose in parts.values()]
    return Packed(select(*cells), tuple(parts))


def _cell(
    columns: Sequence[ColumnElement[Any]], whose: ColumnElement[bool], dialect: str
) -> ColumnElement[str]:
    if dialect == "sqlite":
        whole: ColumnElement[Any] = func.json_group_array(func.json_array(*columns))
    else:
        whole = cast(func.json_agg(func.json_build_array(*columns)), Text)
    return select(whole).where(whose).scalar_subquery()
