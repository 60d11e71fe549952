"""The caller's connection: taken as it is, checked before anything is written."""

from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from thidua.workflow.errors import Misuse

Db = Connection | Session
"""What every call takes first: the host's connection or session, in the host's transaction."""


def connection_of(db: Db) -> Connection:
    """The connection behind `db`, in a transaction that the caller will end.

    `Misuse` for anything else, and for an asynchronous one (use `run_sync`).
    """
    if isinstance(db, Session):
        return db.connection()
    if not isinstance(db, Connection):
        raise Misuse("not-a-connection", found=type(db).__name__)
    if not db.in_transaction():
        db.begin()
    return db


def check_transaction(connection: Connection) -> None:
    """Refuse a connection on which an act would be lost, half-stored or outlive a rollback.

    That is one in AUTOCOMMIT, and a savepoint of the host's on a stock pysqlite engine, whose
    driver has not begun a transaction around it.
    """
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        stock = getattr(driver, "isolation_level", None) is not None
        if not stock and not driver.in_transaction:
            raise Misuse("autocommit")
        if stock and connection.in_nested_transaction():
            raise Misuse("savepoint-on-stock-sqlite")
    elif getattr(driver, "autocommit", False) is True:
        raise Misuse("autocommit")


def checked(db: Db) -> Connection:
    """The connection behind `db`, after `check_transaction`."""
    connection = connection_of(db)
    check_transaction(connection)
    return connection
