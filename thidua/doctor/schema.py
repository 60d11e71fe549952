"""Whether the tables are there, all of them, whole, as this release needs them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.app import Thidua


def schema(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    if damage := _damage(db):
        yield Finding("sqlite-damaged", "stop", {"found": damage})
        return
    try:
        wf.check_schema(db)
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)
        return
    look, tables, place = inspect(db), wf.tables.all(), wf.tables.metadata.schema
    there = set(look.get_table_names(schema=place))
    missing = [each.name for each in tables if each.name not in there]
    if missing:
        yield Finding("tables-missing", "stop", {"tables": ", ".join(missing)})
        return
    kept = look.get_multi_columns(schema=place, filter_names=[each.name for each in tables])
    known = {(table, one["name"]) for (_, table), columns in kept.items() for one in columns}
    gone = [str(one) for each in tables for one in each.c if (each.name, one.name) not in known]
    if gone:
        yield Finding("columns-missing", "stop", {"columns": ", ".join(gone)})


def indexes(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Of a schema that is whole: every index that it declares."""
    look, tables = inspect(db), wf.tables.all()
    kept = [look.get_indexes(each.name, schema=wf.tables.metadata.schema) for each in tables]
    there = {one["name"] for some in kept for one in some}
    missing = sorted({str(one.name) for each in tables for one in each.indexes} - there)
    if missing:
        yield Finding("indexes-missing", "stop", {"indexes": ", ".join(missing)})


def _damage(db: Connection) -> str | None:
    """The first thing that SQLite finds wrong with the pages of the file; it reads all of them."""
    if db.dialect.name != "sqlite":
        return None
    told = str(db.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if told == "ok" else told.splitlines()[-1]
