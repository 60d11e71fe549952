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
    place, look = wf.tables.metadata.schema, inspect(db)
    there = set(look.get_table_names(schema=place))
    missing = [each.name for each in wf.tables.all() if each.name not in there]
    if missing:
        yield Finding("tables-missing", "stop", {"tables": ", ".join(missing)})
        return
    found = {one["name"] for table in wf.tables.all()
             for one in look.get_indexes(table.name, schema=place)}  # fmt: skip
    wanted = sorted(str(one.name) for table in wf.tables.all() for one in table.indexes)
    if lacking := [name for name in wanted if name not in found]:
        yield Finding("indexes-missing", "stop", {"indexes": ", ".join(lacking)})


def _damage(db: Connection) -> str | None:
    """The first thing that SQLite finds wrong with the pages of the file; it reads all of them."""
    if db.dialect.name != "sqlite":
        return None
    told = str(db.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if told == "ok" else told.splitlines()[-1]
