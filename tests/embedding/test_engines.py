"""SQLite engines: durable, real transactions, readers out of the writers' way."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError

from thidua import Misuse, configure_sqlite, sqlite_engine

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


@pytest.fixture
def engine(sqlite_url):
    engine = sqlite_engine(sqlite_url)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE rows (id INTEGER)"))
    yield engine
    engine.dispose()


def begun(engine):
    """The BEGIN statements from now on."""
    said = []
    event.listen(
        engine, "connect", lambda driver, _: driver.set_trace_callback(said.append), insert=False
    )
    engine.dispose()
    return lambda: [each for each in said if each.startswith("BEGIN")]


def test_pragmas(engine):
    with engine.connect() as db:
        found = {name: db.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}

    assert found == PRAGMAS


def test_begin_takes_the_write_lock(engine):
    said = begun(engine)

    with engine.connect() as db:
        db.execute(text("SELECT 1"))

    assert said() == ["BEGIN IMMEDIATE"]


def test_begin_of_a_reader_does_not(engine):
    said = begun(engine)

    with engine.connect() as writer:
        writer.execute(text("INSERT INTO rows VALUES (1)"))
        with engine.connect().execution_options(thidua_read=True) as reader:
            assert reader.execute(text("SELECT count(*) FROM rows")).scalar() == 0
        with engine.execution_options(thidua_read=True).connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM rows")).scalar() == 0

    assert said() == ["BEGIN IMMEDIATE", "BEGIN", "BEGIN"]


def test_autocommit_begins_nothing(engine):
    said = begun(engine)

    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("VACUUM"))

    assert said() == []


def test_transactions_after_an_isolation_level(engine):
    """SQLAlchemy gives the connection back in the driver's own mode; that must not stay."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("SELECT 1"))
    with engine.connect() as db:
        db.execute(text("SELECT 1"))
        driver = db.connection.driver_connection

        assert (driver.isolation_level, driver.in_transaction) == (None, True)


def test_ddl_rolled_back(engine):
    with engine.connect() as db:
        db.execute(text("CREATE TABLE gone (id INTEGER)"))
        db.rollback()

        assert db.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 1


def test_configured_twice(engine):
    said = begun(engine)
    configure_sqlite(engine)

    with engine.connect() as db:
        db.execute(text("SELECT 1"))

    assert said() == ["BEGIN IMMEDIATE"]


def test_first_connections_at_once(sqlite_url):
    """The switch to WAL does not wait for a lock by itself."""
    engines = [sqlite_engine(sqlite_url) for _ in range(8)]
    barrier = Barrier(len(engines))

    def connect(engine):
        barrier.wait()
        with engine.begin() as db:
            return db.execute(text("PRAGMA journal_mode")).scalar()

    with ThreadPoolExecutor(len(engines)) as pool:
        modes = list(pool.map(connect, engines))
    for engine in engines:
        engine.dispose()

    assert modes == ["wal"] * 8


def test_file_that_stays_locked(sqlite_url, monkeypatch):
    monkeypatch.setattr("thidua.sqlite.BUSY_SECONDS", 0)
    path = sqlite_url.removeprefix("sqlite:///")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    engine = sqlite_engine(sqlite_url)

    with pytest.raises(OperationalError, match="locked"):
        engine.connect()

    holder.close()
    engine.dispose()


def test_memory():
    engine = sqlite_engine("sqlite://")
    with engine.begin() as db:
        assert db.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("make", [sqlite_engine, lambda url: configure_sqlite(create_engine(url))])
def test_other_database(make):
    with pytest.raises(Misuse) as caught:
        make("postgresql+psycopg://someone:secret@example.org/db")

    assert caught.value.reasons[0].code == "not-sqlite"
    assert "secret" not in str(caught.value)


def test_engine_that_skips_rollbacks(sqlite_url):
    with pytest.raises(Misuse) as caught:
        sqlite_engine(sqlite_url, skip_autocommit_rollback=True)

    assert caught.value.reasons[0].code == "skips-rollback"
