"""Writes migration 0001 anew from `storage/schema.py`: allowed until v0.1.0 is tagged.

    .venv/bin/python tests/storage/freeze.py

From then on 0001 is frozen and a change of the schema is a migration of its own.
"""

import subprocess
import sys
from pathlib import Path
from textwrap import wrap

from sqlalchemy import BigInteger, Column, Index, Table

from thidua.storage.migrate import FOLDER
from thidua.storage.schema import tables

PATH = FOLDER / "versions" / "0001_first.py"

HEAD = '''"""The first schema."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text, text

revision = "0001"
down_revision = None

# A column is a text that must be given. After its name: * part of the key, # a number, ? may be
# null.
'''

TAIL = '''

def upgrade(op: Any, *, schema: str | None, prefix: str) -> None:
    """Make every table and index."""
    for name, columns in TABLES.items():
        made = [_column(each) for each in columns.split()]
        op.create_table(prefix + name, *made, schema=schema, sqlite_with_rowid=False)
    for name, table, columns, unique, where in INDEXES:
        only = text(where) if where else None
        op.create_index(
            prefix + name, prefix + table, columns.split(), unique=unique, schema=schema,
            sqlite_where=only, postgresql_where=only,
        )  # fmt: skip


def _column(told: str) -> Column[Any]:
    name = told.rstrip("*#?")
    key, number = "*" in told, "#" in told
    kind = BigInteger if number else Text
    null = not key and "?" in told
    return Column(name, kind, primary_key=key, nullable=null, autoincrement=False)
'''


def written() -> str:
    """The migration's text."""
    made = tables(None, "").all()
    rooms = [line for each in made for line in _table(each)]
    indexes = [one for each in made for one in sorted(each.indexes, key=lambda i: str(i.name))]
    body = ["TABLES = {", *rooms, "}", "", "INDEXES = [", *map(_index, indexes), "]"]
    return HEAD + "\n".join(body) + "\n" + TAIL


def _table(table: Table) -> list[str]:
    told = " ".join(_column(column) for column in table.columns)
    *first, last = wrap(told, 85)
    if not first:
        return [f'    "{table.name}": "{last}",']
    lines = [*(f'        "{line} "' for line in first), f'        "{last}"']
    return [f'    "{table.name}": (', *lines, "    ),"]


def _column(column: Column[object]) -> str:
    marks = ("*" if column.primary_key else "", "#" if isinstance(column.type, BigInteger) else "",
             "?" if column.nullable else "")  # fmt: skip
    return column.name + "".join(marks)


def _index(index: Index) -> str:
    names = " ".join(column.name for column in index.columns)
    where = index.dialect_options["sqlite"]["where"]
    only = "" if where is None else str(where)
    table = index.table.name if index.table is not None else ""
    return f'    ("{index.name}", "{table}", "{names}", {index.unique}, "{only}"),'


def main() -> None:
    PATH.write_text(written(), encoding="utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "format", "--quiet", PATH], check=True)


if __name__ == "__main__":
    main()
