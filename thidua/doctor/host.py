"""What the database and the host's engine on it lack, each thing by its name."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy.engine import Connection

from thidua.connection import check_transaction
from thidua.doctor.finding import Finding
from thidua.sqlite import BUSY_SECONDS
from thidua.workflow.errors import Misuse

SAFE_SQLITE = (3, 51, 3)
"""Before this release a write-ahead log could be damaged when several processes write."""


BROKEN_POSTGRESQL = ((140000, 140004, "14.4"),)
"""Releases (from, up to) that can damage data in a way that trying would not show, and the first
without the flaw.
"""


def transactions(db: Connection) -> Iterator[Finding]:
    """What a connection of the host's would be refused for."""
    try:
        check_transaction(db)
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)


def database(db: Connection) -> Iterator[Finding]:
    if not db.engine.hide_parameters:
        yield Finding("values-quoted", "note")
    if db.dialect.name == "sqlite":
        yield from _sqlite(db)
    elif db.dialect.name == "postgresql":
        yield from _postgresql(db)


def _sqlite(db: Connection) -> Iterator[Finding]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "mmap_size",
             "query_only", "locking_mode")  # fmt: skip
    have = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    journal, synchronous = have["journal_mode"], int(have["synchronous"] or 0)
    on_disk = journal != "memory"
    if on_disk and journal == "wal" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        needed = ".".join(map(str, SAFE_SQLITE))
        yield Finding("sqlite-old", "warn", {"found": sqlite3.sqlite_version, "needed": needed})
    if on_disk and synchronous < 2:
        yield Finding("sqlite-loses-commits", "stop", {"synchronous": synchronous})
    elif on_disk and journal != "wal" and synchronous < 3 and not have["query_only"]:
        yield Finding("sqlite-loses-the-last", "warn", {"journal": journal})
    if int(have["busy_timeout"] or 0) < BUSY_SECONDS * 1000:
        waits = int(have["busy_timeout"] or 0) / 1000
        yield Finding("sqlite-impatient", "warn", {"seconds": waits, "needed": BUSY_SECONDS})
    if on_disk and have["locking_mode"] == "exclusive":
        yield Finding("sqlite-exclusive", "warn")
    if not have["foreign_keys"]:
        yield Finding("sqlite-foreign-keys", "note")
    if on_disk and int(have["mmap_size"] or 0):
        yield Finding("sqlite-mapped", "note")
    yield from _sqlite_driver(db)


def _sqlite_driver(db: Connection) -> Iterator[Finding]:
    """How transactions begin and end."""
    driver: Any = db.connection.driver_connection
    if driver.isolation_level is not None:
        yield Finding("sqlite-stock", "warn")
    elif getattr(db.dialect, "skip_autocommit_rollback", False):
        yield Finding("skips-rollback", "stop")


def _postgresql(db: Connection) -> Iterator[Finding]:
    names = ("synchronous_commit", "fsync", "full_page_writes", "server_encoding", "lock_timeout",
             "transaction_read_only", "session_replication_role")  # fmt: skip
    have = {name: str(db.exec_driver_sql(f"SHOW {name}").scalar()) for name in names}
    for name in ("synchronous_commit", "fsync", "full_page_writes"):
        if have[name] == "off":
            yield Finding("pg-loses-commits", "stop", {"setting": name})
    if have["server_encoding"] != "UTF8":
        yield Finding("pg-encoding", "stop", {"encoding": have["server_encoding"]})
    if have["transaction_read_only"] == "on":
        yield Finding("pg-read-only", "warn")
    if have["session_replication_role"] == "replica":
        yield Finding("pg-triggers-off", "stop")
    level = db.get_isolation_level()
    if level in ("REPEATABLE READ", "SERIALIZABLE"):
        yield Finding("pg-isolation", "note", {"level": level})
    if have["lock_timeout"] == "0":
        yield Finding("pg-waits-for-ever", "note")
    yield from _postgresql_release(db)


def _postgresql_release(db: Connection) -> Iterator[Finding]:
    number = int(db.exec_driver_sql("SHOW server_version_num").scalar() or 0)
    for since, until, mended in BROKEN_POSTGRESQL:
        if since <= number < until:
            told = str(db.exec_driver_sql("SHOW server_version").scalar())
            yield Finding("pg-old", "warn", {"found": told, "needed": mended})
