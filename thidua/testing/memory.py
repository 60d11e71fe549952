"""A database in memory with the tables made."""

from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from thidua.app import Thidua
from thidua.sqlite import sqlite_engine


def memory_engine(wf: Thidua, **terms: Any) -> Engine:
    """An SQLite database in memory with the tables of `wf`, on one connection."""
    engine = sqlite_engine("sqlite://", poolclass=StaticPool, **terms)
    with engine.begin() as db:
        wf.migrate(db)
    return engine
