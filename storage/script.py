"""The write path's statements: Core constructs compiled once, run on the caller's cursor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql.elements import ClauseElement

from thidua.workflow.errors import Busy, Failed

Row = Sequence[Any]
Probe = Callable[[str], None]
"""Called with a statement's name after it ran: failpoints, tracing and counts hang here."""

_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's text for one driver.

    `order` has the names behind positional marks; `fixed` the values that never change.
    """

    name: str
    text: str
    order: tuple[str, ...] | None
    rows: bool
    fixed: Mapping[str, Any]

    def arguments(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        every = {**values, **self.fixed} if self.fixed else values
        return every if self.order is None else [every[name] for name in self.order]


def compile_statement(name: str, clause: ClauseElement, dialect: Dialect) -> Statement:
    """The clause as text. Its binds must be text or integers: no processor runs on them."""
    compiled = clause.compile(dialect=dialect)
    positional = getattr(compiled, "positiontup", None)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    rows = bool(getattr(clause, "_returning", ())) or clause.__visit_name__ in (
        "select",
        "compound_select",
    )
    order = tuple(positional) if positional else None
    return Statement(name, str(compiled), order, rows, fixed)


class Pen:
    """Runs statements on one cursor of the caller's connection, inside the caller's transaction."""

    def __init__(self, connection: Connection, probe: Probe | None = None) -> None:
        self.connection = connection
        self._cursor = connection.connection.cursor()
        self._probe = probe

    def run(self, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
        """Run one statement; the rows it returns, if any."""
        arguments = statement.arguments(values)
        try:
            self._cursor.execute(statement.text, arguments)
            rows = self._cursor.fetchall() if statement.rows else []
        except Exception as error:
            raise translated(error, statement.name) from error
        if self._probe is not None:
            self._probe(statement.name)
        return list(rows)

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
        """Give the cursor back."""
        self._cursor.close()


def translated(error: Exception, statement: str) -> Exception:
    """`Busy` for what a repeat of the transaction cures, else `Failed` with the driver's words."""
    state = getattr(error, "sqlstate", None)
    words = str(error)
    locked = "database is locked" in words or "database table is locked" in words
    taken = state == "23505" or "UNIQUE constraint failed" in words
    if state in _BUSY_STATES or locked or taken:
        return Busy(statement=statement, words=words)
    return Failed(statement=statement, words=words)
