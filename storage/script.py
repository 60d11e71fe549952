"""The write path's statements: Core constructs compiled once, run on the caller's cursor."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

from thidua.workflow.errors import Busy, Failed

log = logging.getLogger("thidua")

Row = Sequence[Any]
Probe = Callable[[str], None]
"""Called with a statement's name after it ran: failpoints, tracing and counts hang here."""

_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
_DAMAGE_STATES = frozenset({"XX001", "XX002", "22021"})
_DAMAGE_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_TAKEN_CODES = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's text for one driver.

    `arguments` gives values as the driver takes them; names the statement does not use are left.
    """

    name: str
    text: str
    arguments: Callable[[Mapping[str, Any]], Any]
    rows: bool


def compile_statement(name: str, clause: ClauseElement, dialect: Dialect) -> Statement:
    """The clause as text. Its binds must be text or integers: no processor runs on them."""
    compiled = clause.compile(dialect=dialect)
    positional = getattr(compiled, "positiontup", None)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    rows = bool(getattr(clause, "_returning", ())) or clause.__visit_name__ in (
        "select",
        "compound_select",
    )
    pick = _as_they_are if positional is None else _picker(positional)
    arguments = _with(fixed, pick) if fixed else pick
    return Statement(name, str(compiled), arguments, rows)


def _as_they_are(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return values


def _with(
    fixed: Mapping[str, Any], pick: Callable[[Mapping[str, Any]], Any]
) -> Callable[[Mapping[str, Any]], Any]:
    """With those values that never change."""
    return lambda values: pick({**values, **fixed})


def _picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    if len(names) == 1:
        (name,) = names
        return lambda values: (values[name],)
    return itemgetter(*names) if names else lambda _: ()


WRITING = "thidua_writing"
"""In a connection's `info`: its transaction holds SQLite's write lock since it began."""


class Pen:
    """Runs statements on one cursor of the caller's connection, inside the caller's transaction."""

    def __init__(self, connection: Connection, probe: Probe | None = None) -> None:
        self.connection = connection
        self._held = connection.connection
        try:
            self._cursor = self._held.cursor()
        except Exception as error:
            raise translated(error, "cursor") from error
        self._probe = probe

    @property
    def locked(self) -> bool:
        """Whether the transaction holds the database's only write lock since it began."""
        return bool(self._held.info.get(WRITING))

    def run(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
        """Run one statement; the rows it returns, if any."""
        arguments = statement.arguments(values)
        try:
            self._cursor.execute(statement.text, arguments)
            rows = self._cursor.fetchall() if statement.rows else []
        except Exception as error:
            raise translated(error, statement.name) from error
        if self._probe is not None:
            self._probe(statement.name)
        return rows

    def run_many(self, statement: Statement, values: Sequence[Mapping[str, Any]]) -> None:
        """Run one statement for every set of values."""
        if not values:
            return
        if len(values) == 1:
            self.run(statement, values[0])
            return
        arguments = [statement.arguments(each) for each in values]
        try:
            self._cursor.executemany(statement.text, arguments)
        except Exception as error:
            raise translated(error, statement.name) from error
        if self._probe is not None:
            self._probe(statement.name)

    def raw(self, text: str) -> None:
        """Run a fixed text without values: savepoints."""
        try:
            self._cursor.execute(text)
        except Exception as error:
            raise translated(error, text) from error
        if self._probe is not None:
            self._probe(text)

    def close(self) -> None:
        """Give the cursor back; of a connection that is gone there is none, and that was said."""
        try:
            self._cursor.close()
        except Exception as error:
            log.debug("a cursor could not be closed: %s", error)


def translated(error: Exception, statement: str) -> Exception:
    """`Busy` for what a repeat of the transaction cures, else `Failed` with the driver's words.

    A key that somebody else took meanwhile is `Busy` with `taken` true.
    """
    hush(error)
    taken = _state(error) == "23505" or getattr(error, "sqlite_errorcode", None) in _TAKEN_CODES
    if taken or is_passing(error):
        return Busy(statement=statement, words=str(error), taken=taken)
    return Failed(statement=statement, words=str(error))


def hush(error: BaseException) -> None:
    """Leave the first sentence of what PostgreSQL said: its details quote the row's values."""
    first = getattr(getattr(error, "diag", None), "message_primary", None)
    if first:
        error.args = (first,)


def is_passing(error: BaseException) -> bool:
    """Whether a driver's error is a lock not given in time, a deadlock or a serialization failure.

    These are the errors that a repeat of the whole transaction cures.
    """
    code = getattr(error, "sqlite_errorcode", None)
    return _state(error) in _BUSY_STATES or (code is not None and code & 0xFF in _BUSY_CODES)


def is_damage(error: BaseException) -> bool:
    """Whether a driver's error is that of a page or a text that is not what was written there."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _DAMAGE_CODES
    return _state(error) in _DAMAGE_STATES or str(error).startswith("Could not decode to UTF-8")


def _state(error: BaseException) -> str | None:
    return getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)


@contextmanager
def passing_as_busy(statement: str) -> Iterator[None]:
    """Errors of SQLAlchemy's own statements that a repeat cures, as `Busy`; others as they are."""
    try:
        yield
    except DBAPIError as error:
        if (busy := as_busy(error, statement)) is None:
            raise
        raise busy from error


def as_busy(error: BaseException, statement: str) -> Busy | None:
    """`Busy` for an error of SQLAlchemy's own that a repeat cures, else nothing."""
    if not isinstance(error, DBAPIError) or error.orig is None or not is_passing(error.orig):
        return None
    return Busy(statement=statement, words=str(error.orig), taken=False)
