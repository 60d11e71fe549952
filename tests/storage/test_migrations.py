"""Migrations replayed give the schema of the code, inside the host's transaction."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    inspect,
    text,
    update,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from thidua import Thidua, alembic_include_name, configure_sqlite
from thidua.storage import migrate, triggers
from thidua.storage.schema import tables
from thidua.workflow.errors import Misuse

PLACES = [(None, "td_"), (None, "award_"), ("award", "td_"), ("award", "")]
HINT = "after a change of storage/schema.py: add it to the newest migration that is not released"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, ordinal_position
    FROM information_schema.columns WHERE table_schema = :schema AND table_name <> :version
    ORDER BY table_name, ordinal_position"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = :schema AND tablename <> :version ORDER BY indexname"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A stock engine on an empty database; on SQLite with a second one attached as "award"."""
    engine = create_engine(database_url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        beside = f"{engine.url.database}.award"
        attach = f"ATTACH '{beside}' AS award"
        event.listen(engine, "connect", lambda driver, _: driver.execute(attach))
    yield engine
    engine.dispose()


def shape(connection: Connection, schema: str | None, prefix: str) -> list[tuple[object, ...]]:
    """Everything the database knows of our tables and indexes, in its own words."""
    version = migrate.version_table(prefix)
    if connection.dialect.name == "sqlite":
        master = (
            f"SELECT name, sql FROM {schema or 'main'}.sqlite_master"
            " WHERE tbl_name <> :version AND type <> 'trigger'"
        )
        rows = connection.execute(text(master), {"version": version})
        return sorted((name, " ".join((sql or "").split())) for name, sql in rows)
    where = {"schema": schema or "public", "version": version}
    found = [row for query in (COLUMNS, INDEXES) for row in connection.execute(text(query), where)]
    return [tuple(row) for row in found]


def ours(connection: Connection, schema: str | None = None) -> set[str]:
    """The tables there are, the host's own left out."""
    names = inspect(connection).get_table_names(schema=schema)
    return {name for name in names if name != "host_rows"}


@pytest.mark.parametrize(("schema", "prefix"), PLACES)
def test_schema_replayed(engine: Engine, schema: str | None, prefix: str) -> None:
    with engine.connect() as connection:
        migrate.upgrade(connection, schema=schema, prefix=prefix)
        replayed = shape(connection, schema, prefix)
        migrate.check(connection, schema=schema, prefix=prefix)
        assert triggers.missing(connection, schema, prefix) == []
        connection.rollback()
        if schema and engine.dialect.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        tables(schema, prefix).metadata.create_all(connection)
        wanted = shape(connection, schema, prefix)

    assert len(wanted) > 30
    assert replayed == wanted, HINT


@pytest.mark.parametrize(("schema", "prefix"), PLACES)
def test_script_run(engine: Engine, schema: str | None, prefix: str) -> None:
    with engine.connect() as connection:
        migrate.upgrade(connection, schema=schema, prefix=prefix)
        wanted = shape(connection, schema, prefix)
        connection.rollback()

    script = migrate.sql(engine.dialect.name, schema=schema, prefix=prefix)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.executescript(script) if engine.dialect.name == "sqlite" else driver.execute(script)
    with engine.connect() as connection:
        assert shape(connection, schema, prefix) == wanted
        assert triggers.missing(connection, schema, prefix) == []
        migrate.check(connection, schema=schema, prefix=prefix)


@pytest.mark.parametrize("how", ["stock", "configured"])
def test_upgrade_rolled_back_by_the_host(engine: Engine, how: str) -> None:
    if how == "configured" and engine.dialect.name == "sqlite":
        configure_sqlite(engine)
    wf = Thidua()
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE host_rows (id INTEGER)"))
        connection.commit()
        connection.execute(text("INSERT INTO host_rows VALUES (1)"))

        before = wf.migrate(connection)
        connection.rollback()

        assert (before.state, before.pending) == ("missing", migrate.revisions())
        assert ours(connection) == set()
        assert connection.execute(text("SELECT count(*) FROM host_rows")).scalar() == 0


def test_upgrade_again(engine: Engine) -> None:
    wf = Thidua()
    with engine.begin() as connection:
        wf.migrate(connection)
        made = ours(connection)
    with engine.begin() as connection:
        again = wf.migrate(connection)

        assert again == migrate.Status(migrate.head(), migrate.head(), ())
        assert ours(connection) == made


def test_upgrade_two_at_once(database_url: str) -> None:
    engine = create_engine(database_url)

    def run(_: int) -> str:
        with engine.begin() as connection:
            return Thidua().migrate(connection).state

    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(run, range(4)))
    engine.dispose()

    assert sorted(states) == ["missing", "present", "present", "present"]


def test_upgrade_inside_a_migration_of_the_host(engine: Engine) -> None:
    with engine.begin() as connection:
        host = MigrationContext.configure(connection)
        with Operations.context(host):
            op.create_table("before_ours", Column("id", Integer))
            Thidua().migrate(op.get_bind())
            op.create_table("after_ours", Column("id", Integer))

        assert {"before_ours", "td_dossier", "after_ours"} <= ours(connection)


def test_upgrade_in_autocommit(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        with pytest.raises(Misuse) as caught:
            Thidua().migrate(connection)

        assert caught.value.reasons[0].code == "autocommit"
        assert ours(connection) == set()


def test_schema_missing(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(Misuse) as caught:
        Thidua().check_schema(connection)

    assert caught.value.reasons[0].code == "schema-missing"
    assert "thidua db init" in caught.value.text("vi")


def test_schema_of_a_later_release(engine: Engine) -> None:
    wf = Thidua()
    with engine.begin() as connection:
        wf.migrate(connection)
        versions = Table("td_alembic_version", MetaData(), autoload_with=connection)
        connection.execute(update(versions).values(version_num="0999"))

        for refused in (wf.check_schema, wf.migrate):
            with pytest.raises(Misuse) as caught:
                refused(connection)

            assert caught.value.reasons[0].code == "schema-new"
            assert "pip install --upgrade thidua" in caught.value.text("en")


def test_schema_of_an_older_release(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wf = Thidua()
    with engine.begin() as connection:
        wf.migrate(connection)
    later(tmp_path, monkeypatch)

    with engine.connect() as connection:
        with pytest.raises(Misuse) as caught:
            wf.check_schema(connection)
        before = wf.migrate(connection)
        wf.check_schema(connection)

        assert caught.value.reasons[0].code == "schema-old"
        assert "thidua db upgrade" in caught.value.text("vi")
        assert (before.state, before.pending) == ("old", (migrate.head(),))
        columns = [column["name"] for column in inspect(connection).get_columns("td_dossier")]
        assert columns[-1] == "colour"


def test_script_since_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(tmp_path, monkeypatch)

    script = migrate.sql("postgresql", since=migrate.revisions()[-2])

    assert "ADD COLUMN colour TEXT" in script
    assert "CREATE TABLE" not in script


def later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for a later release, with one migration more."""
    versions = folder / "versions"
    copytree(migrate.FOLDER / "versions", versions)
    head = migrate.head()
    (versions / "9999_colour.py").write_text(
        "from sqlalchemy import Column, Text\n"
        f"revision, down_revision = '9999', '{head}'\n"
        "def upgrade(op, *, schema, prefix):\n"
        "    op.add_column(prefix + 'dossier', Column('colour', Text), schema=schema)\n"
    )
    monkeypatch.setattr(migrate, "FOLDER", folder)


def test_version_table_without_prefix(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('of the host')"))

        assert migrate.status(connection, prefix="").state == "missing"


def test_schema_not_attached(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", poolclass=NullPool)
    with engine.connect() as connection, pytest.raises(Misuse) as caught:
        Thidua(schema="award").migrate(connection)

    assert caught.value.reasons[0].code == "not-attached"


def differences(connection: Connection, **options: object) -> list[str]:
    """What the host's autogenerate would do, with a table of its own missing."""
    metadata = MetaData()
    Table("host_wanted", metadata, Column("id", Integer, primary_key=True))
    context = MigrationContext.configure(
        connection, opts={"target_metadata": metadata, "include_schemas": True, **options}
    )
    found = compare_metadata(context, metadata)
    return sorted(f"{what[0]} {what[1].name}" for what in found if what[0].endswith("_table"))


@pytest.mark.parametrize(("schema", "prefix"), [(None, "td_"), ("award", "td_"), ("award", "")])
def test_autogenerate_of_the_host(engine: Engine, schema: str | None, prefix: str) -> None:
    with engine.connect() as connection:
        migrate.upgrade(connection, schema=schema, prefix=prefix)
        for name in ("host_old", "td_host_old"):
            connection.execute(text(f"CREATE TABLE {name} (id INTEGER)"))

        unfiltered = differences(connection)
        filtered = differences(
            connection, include_name=alembic_include_name(schema=schema, prefix=prefix)
        )

    hosts = ["add_table host_wanted", "remove_table host_old", "remove_table td_host_old"]
    assert filtered == hosts
    assert f"remove_table {prefix}dossier" in unfiltered
    assert f"remove_table {migrate.version_table(prefix)}" in unfiltered


def test_autogenerate_of_a_table_of_the_same_name_elsewhere(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE td_dossier (id INTEGER)"))

        filtered = differences(connection, include_name=alembic_include_name(schema="award"))

    assert "remove_table td_dossier" in filtered


def test_check_without_alembic(sqlite_url: str) -> None:
    program = (
        "import sys; from sqlalchemy import create_engine; from thidua import Thidua, ThiduaError\n"
        "with create_engine(sys.argv[1]).connect() as db:\n"
        "    try: Thidua().check_schema(db)\n"
        "    except ThiduaError as error: print(error.reasons[0].code, 'alembic' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, sqlite_url], capture_output=True, text=True, check=True
    )

    assert ran.stdout.split() == ["schema-missing", "False"]
