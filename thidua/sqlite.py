"""SQLite as an office needs it: durable, one writer at a time, and no reader in the way."""

import sqlite3
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError

from thidua.hushed import hushed
from thidua.storage.script import WRITING
from thidua.workflow.errors import Misuse

BUSY_SECONDS = 30
"""SQLite's wait for a lock is unfair: with 16 writers the longest measured one was 4.9 s."""

READ = "thidua_read"
"""Execution option of connections that only read: they begin without the write lock."""

_TRIES = 5


def sqlite_engine(url: str, **options: Any) -> Engine:
    """An engine for a SQLite `url` as `configure_sqlite` sets it, `hushed`; `options` of
    `create_engine`.

    `Misuse` ("not-sqlite") for another database.
    """
    if make_url(url).get_backend_name() != "sqlite":
        raise Misuse("not-sqlite", url=make_url(url).render_as_string())
    return hushed(configure_sqlite(create_engine(url, **options)))


def configure_sqlite(engine: Engine) -> Engine:
    """Set an engine up before its first connection; the engine. A second call does nothing more.

    Every connection gets WAL, synchronous=FULL (no acknowledged commit is lost to a power cut),
    foreign keys, 30 s of patience for locks, and real transactions: BEGIN IMMEDIATE, or a plain
    BEGIN with `execution_options(thidua_read=True)`. With AUTOCOMMIT none is begun. Of an
    `AsyncEngine` pass its `sync_engine`. `Misuse` for another database ("not-sqlite") or an
    engine whose rollback does nothing ("skips-rollback").
    """
    if engine.dialect.name != "sqlite":
        raise Misuse("not-sqlite", url=engine.url.render_as_string())
    if getattr(engine.dialect, "skip_autocommit_rollback", False):
        raise Misuse("skips-rollback")
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", begin)
    return engine


def _set_up(driver: Any, _: object) -> None:
    driver.isolation_level = None
    cursor = driver.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What an act's savepoint keeps of old pages stays in memory.
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch the file to WAL. The switch does not wait for locks (1 of 200 first connections of 8
    processes failed): a transaction does.
    """
    for left in reversed(range(_TRIES)):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("COMMIT")
        else:
            return


def begin(connection: Connection) -> None:
    """Begin a transaction as the connection's options have it, for engines of ours."""
    options = connection.get_execution_options()
    reads = bool(options.get(READ))
    begins = options.get("isolation_level") != "AUTOCOMMIT"
    held = connection.connection
    held.info[WRITING] = begins and not reads
    if not begins:
        return
    driver: Any = held.dbapi_connection
    if driver.isolation_level is not None:
        # SQLAlchemy puts the driver's own way back after a connection had an isolation level.
        driver.isolation_level = None
    # On the driver: through SQLAlchemy this word costs twenty microseconds more.
    statement = "BEGIN" if reads else "BEGIN IMMEDIATE"
    try:
        driver.execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from error
