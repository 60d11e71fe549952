"""Bringing the tables to the present schema, on the host's connection and in its transaction."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Text, column, func, inspect, select, table
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateSchema

from thidua.storage.schema import VERSION_TABLE, tables
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext

State = Literal["missing", "old", "present", "new"]

FOLDER = Path(__file__).parent / "migrations"
_NUMBERED = re.compile(r"(\d{4})_\w+\.py")


@dataclass(frozen=True, slots=True)
class Status:
    """Where a database stands: its revision, ours, and what an upgrade would run."""

    current: str | None
    head: str
    pending: tuple[str, ...]

    @property
    def state(self) -> State:
        """ "missing" without our tables, "new" when a later release made them."""
        if self.current is None:
            return "missing"
        if self.current == self.head:
            return "present"
        return "old" if self.pending else "new"


def revisions() -> tuple[str, ...]:
    """Every revision of this release, first to last; read from file names, without alembic."""
    found = (_NUMBERED.fullmatch(path.name) for path in (FOLDER / "versions").iterdir())
    return tuple(sorted(name[1] for name in found if name))


def head() -> str:
    """The revision this release works with."""
    return revisions()[-1]


def version_table(prefix: str) -> str:
    """The table that holds our revision; without a prefix it is not the host's own."""
    return (prefix or "thidua_") + VERSION_TABLE


def current(
    connection: Connection, *, schema: str | None = None, prefix: str = "td_"
) -> str | None:
    """The revision of the tables under `prefix` in `schema`; None when there are none."""
    name = version_table(prefix)
    if not inspect(connection).has_table(name, schema=schema):
        return None
    versions = table(name, column("version_num", Text), schema=schema)
    found: str | None = connection.execute(select(versions.c.version_num)).scalar()
    return found


def status(connection: Connection, *, schema: str | None = None, prefix: str = "td_") -> Status:
    """How the database stands to this release."""
    known = revisions()
    here = current(connection, schema=schema, prefix=prefix)
    if here is not None and here not in known:
        return Status(here, known[-1], ())
    return Status(here, known[-1], tuple(each for each in known if here is None or each > here))


def check(connection: Connection, *, schema: str | None = None, prefix: str = "td_") -> None:
    """Refuse a database that this release cannot work with, naming the command to run.

    `Misuse` with the code "schema-missing", "schema-old" or "schema-new".
    """
    found = status(connection, schema=schema, prefix=prefix)
    if found.state != "present":
        fields = {"current": found.current or "-", "head": found.head}
        raise Misuse(f"schema-{found.state}", **fields, prefix=prefix, schema=schema or "-")


def upgrade(
    connection: Connection,
    *,
    schema: str | None = None,
    prefix: str = "td_",
    to: str | None = None,
) -> Status:
    """Bring the tables to this release's schema inside the caller's transaction; where it stood.

    The caller commits: a rollback leaves the database as it was, on SQLite too. A schema that
    does not exist is made. Two at once wait for each other; nothing to do changes nothing. `to`
    stops at an earlier revision, at which a backup's rows were written.
    `Misuse`: "schema-new" when a later release made the tables, "not-attached" when the schema
    names no attached database of a SQLite connection.
    """
    if not connection.in_transaction():
        connection.begin()
    _take_turns(connection, f"{schema}.{prefix}")
    before = status(connection, schema=schema, prefix=prefix)
    if before.state == "new":
        check(connection, schema=schema, prefix=prefix)
    if before.pending:
        _make_schema(connection, schema)
        steps = partial(_steps, to=to or before.head)
        _run(_context(connection, schema, prefix, fn=steps), schema, prefix)
    return before


def _take_turns(connection: Connection, key: str) -> None:
    """Wait for another upgrade of the same tables; on SQLite also make the DDL undoable."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
        return
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and not driver.in_transaction:
        # A stock pysqlite connection begins no transaction for DDL.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _make_schema(connection: Connection, schema: str | None) -> None:
    if schema is None or schema in inspect(connection).get_schema_names():
        return
    if connection.dialect.name == "sqlite":
        raise Misuse("not-attached", schema=schema)
    connection.execute(CreateSchema(schema))


def sql(
    dialect_name: str,
    *,
    schema: str | None = None,
    prefix: str = "td_",
    since: str | None = None,
) -> str:
    """The upgrade as a script ("sqlite", "postgresql"), for whoever has the right to run it.

    All of it, or what came after the revision `since`.
    """
    script = StringIO()
    options: dict[str, Any] = {"as_sql": True, "output_buffer": script, "transactional_ddl": True}
    if since is not None:
        options["starting_rev"] = since
    context = _context(None, schema, prefix, dialect_name=dialect_name, **options)
    with context.begin_transaction():
        if schema is not None and dialect_name != "sqlite":
            context.execute(CreateSchema(schema, if_not_exists=True))
        _run(context, schema, prefix)
    return script.getvalue()


def _context(
    connection: Connection | None,
    schema: str | None,
    prefix: str,
    *,
    dialect_name: str | None = None,
    **options: Any,
) -> "MigrationContext":
    from alembic.runtime.migration import MigrationContext

    name = connection.dialect.name if connection is not None else dialect_name
    opts = {
        "version_table": version_table(prefix),
        "version_table_schema": schema,
        "target_metadata": tables(schema, prefix).metadata,
        "render_as_batch": name == "sqlite",
        "fn": _steps,
        **options,
    }
    return MigrationContext.configure(connection, dialect_name=dialect_name, opts=opts)


def _steps(heads: tuple[str, ...], _: "MigrationContext", to: str = "") -> Iterator[Any]:
    from alembic.runtime.migration import MigrationStep
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(FOLDER))
    for name in revisions():
        if (not heads or name > heads[0]) and (not to or name <= to):
            script = scripts.get_revision(name)
            yield MigrationStep.upgrade_from_script(scripts.revision_map, script)


def _run(context: "MigrationContext", schema: str | None, prefix: str) -> None:
    """Run the pending scripts with an `Operations` of their own.

    Alembic's module-level `op` would be taken away from a host that upgrades us inside one of
    its own migrations.
    """
    from alembic.operations import Operations

    context.run_migrations(op=Operations(context), schema=schema, prefix=prefix)


def alembic_include_name(
    *, schema: str | None = None, prefix: str = "td_"
) -> Callable[[str | None, str, Mapping[str, str | None]], bool]:
    """For a host's `context.configure(include_name=…)`: its autogenerate leaves our tables alone.

    Only tables of exactly our names are hidden; the host's own under the same prefix are not.
    """
    ours = {each.name for each in tables(schema, prefix).all()} | {version_table(prefix)}

    def include(name: str | None, type_: str, parents: Mapping[str, str | None]) -> bool:
        mine = type_ == "table" and name in ours and parents.get("schema_name") == schema
        return not mine

    return include
