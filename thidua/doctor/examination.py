"""The whole examination: what is asked of a database, in which order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from thidua.connection import connection_of
from thidua.doctor.clock import clock
from thidua.doctor.documents import documents
from thidua.doctor.finding import Finding, pressing
from thidua.doctor.host import database, transactions
from thidua.doctor.journal import journal
from thidua.doctor.keys import keys
from thidua.doctor.mails import mails
from thidua.doctor.people import people
from thidua.doctor.place import place
from thidua.doctor.python import python
from thidua.doctor.rules import calendars, dues
from thidua.doctor.schema import indexes, schema
from thidua.doctor.subscribers import subscribers
from thidua.sqlite import READ
from thidua.storage.script import is_damage

if TYPE_CHECKING:
    from thidua.app import Thidua

CONTENTS = (indexes, calendars, dues, clock, journal, subscribers, mails, keys, people, documents)
"""What is asked where the tables are as they should be."""


def examine(db: Engine | Connection, wf: "Thidua") -> list[Finding]:
    """Everything found, most pressing first; empty when all is well.

    Of an engine a connection is opened to read and closed again; a connection is left in the
    transaction that it was in or has begun. Errors of a database that does not answer are raised,
    but not those of a SQLite file that cannot be read: that is what was found.
    """
    try:
        return _examined(db, wf)
    except DBAPIError as error:
        if db.dialect.name != "sqlite" or error.orig is None or not is_damage(error.orig):
            raise
        return [Finding("sqlite-damaged", "stop", {"found": str(error.orig)})]


def _examined(db: Engine | Connection, wf: "Thidua") -> list[Finding]:
    with _reading(db) as connection:
        found = [*transactions(connection), *database(connection), *python()]
        found += place(connection, wf)
        tables = [*schema(connection, wf)]
        found += tables
        if not any(each.level == "stop" for each in tables):
            found += [each for ask in CONTENTS for each in ask(connection, wf)]
    return pressing(found)


@contextmanager
def _reading(db: Engine | Connection) -> Iterator[Connection]:
    if isinstance(db, Engine):
        with db.connect().execution_options(**{READ: True}) as connection:
            yield connection_of(connection)
    else:
        yield connection_of(db)
