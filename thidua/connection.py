"""The caller's connection: taken as it is, checked before anything is written."""

from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, UnboundExecutionError
from sqlalchemy.orm import Session, scoped_session

from thidua.storage.script import as_busy, translated
from thidua.workflow.errors import Misuse

Db = Connection | Session | scoped_session[Session]
"""What every call takes first: the host's connection or session, in the host's transaction."""

_DRIVERS_OWN = -1
"""What `sqlite3.Connection.autocommit` is (Python 3.12) when the driver begins by itself."""


def connection_of(db: Db) -> Connection:
    """The connection behind `db`, in a transaction that the caller will end.

    `Misuse` for anything else, and for an asynchronous one (use `run_sync`); `Busy` when the
    transaction could not begin in time.
    """
    try:
        if not isinstance(db, Connection):
            return _of_session(db)
        if not db.in_transaction():
            db.begin()
    except DBAPIError as error:
        if (busy := as_busy(error, "BEGIN")) is None:
            raise
        raise busy from error
    return db


def _what_else(db: object) -> str:
    # By name: importing the asynchronous classes fails where greenlet is not installed.
    known = type(db).__module__.startswith("sqlalchemy.ext.asyncio")
    return "asynchronous" if known or hasattr(db, "run_sync") else "not-a-connection"


def _of_session(session: Session | scoped_session[Session]) -> Connection:
    if not isinstance(session, Session | scoped_session):
        raise Misuse(_what_else(session), found=type(session).__name__)
    try:
        return session.connection()
    except UnboundExecutionError as error:
        raise Misuse("session-unbound") from error


def check_transaction(connection: Connection) -> None:
    """Refuse a connection on which an act would be lost, half-stored or outlive a rollback.

    That is one in AUTOCOMMIT, and a savepoint of the host's on a stock pysqlite engine, whose
    driver has not begun a transaction around it.
    """
    if connection.dialect.name == "sqlite":
        _check_sqlite(connection)
    elif getattr(connection.connection.dbapi_connection, "autocommit", False) is True:
        raise Misuse("autocommit")


def _check_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        begins_itself = getattr(driver, "autocommit", _DRIVERS_OWN) == _DRIVERS_OWN
        stock = begins_itself and driver.isolation_level is not None
        begun = stock or driver.in_transaction
    except Exception as error:  # it was closed within its transaction
        raise translated(error, "connection") from error
    if not begun:
        raise Misuse("autocommit")
    if stock and connection.in_nested_transaction():
        raise Misuse("savepoint-on-stock-sqlite")


def check_schema(connection: Connection, schema: str | None) -> None:
    """Refuse a connection that puts another schema in the place of ours.

    The write path's texts name their schema; half an act would go here and half there.
    """
    if schema in (connection.get_execution_options().get("schema_translate_map") or {}):
        raise Misuse("schema-translated", schema=schema or "-")


def checked(db: Db, schema: str | None = None) -> Connection:
    """The connection behind `db`, after `check_transaction` and `check_schema`."""
    connection = connection_of(db)
    check_transaction(connection)
    check_schema(connection, schema)
    return connection
