"""For tests of hosts and of procedures: an engine in memory, a clock that stands, a channel."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from thidua.app import Thidua
from thidua.notifiers.channels import Recording
from thidua.sqlite import sqlite_engine

__all__ = ["FixedClock", "Recording", "memory_engine"]


class FixedClock:
    """A clock that stands until it is moved; give it to `Thidua(clock=…)`."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        """The present instant."""
        return self.at

    def move(self, **parts: float) -> datetime:
        """Move on by a `timedelta` of these parts; the new instant."""
        self.at += timedelta(**parts)
        return self.at


def memory_engine(wf: Thidua, **terms: Any) -> Engine:
    """An SQLite database in memory with the tables of `wf`, on one connection."""
    engine = sqlite_engine("sqlite://", poolclass=StaticPool, **terms)
    with engine.begin() as db:
        wf.migrate(db)
    return engine
