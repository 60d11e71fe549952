"""Private values stored sealed: opened where a row is read, sealed where one is written."""

from typing import Protocol

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from thidua.storage.schema import Tables


class Values(Protocol):
    """Seals what stands beside a dossier's journal, under a key of that dossier alone."""

    def seal(self, stream: str, body: str) -> str:
        """The text as it is stored."""

    def open(self, stored: str) -> str | None:
        """The text again; None when its key is destroyed. What was never sealed comes as it is."""

    def renew(self, stream: str) -> None:
        """Seal this dossier's values under a new key from now on."""


class Sealed(TypeDecorator[str]):
    """A text column whose values are opened as they are read."""

    impl = Text
    cache_ok = True

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.values = values

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """The opened text."""
        return None if value is None else self.values.open(value)


def sealed_with(t: Tables, values: Values) -> Tables:
    """The same tables, whose private values are sealed from now on."""
    t.event_private.c.body.type = Sealed(values)
    return t


def values_of(t: Tables) -> Values | None:
    """What seals the private values of these tables; None where nothing does."""
    kind = t.event_private.c.body.type
    return kind.values if isinstance(kind, Sealed) else None
