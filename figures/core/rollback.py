"""rollback: the tests that hold the host's transaction, on four kinds of database, all cells."""

import random
import sys
from contextlib import AbstractContextManager

from figures import suite
from figures.fault import replaced
from figures.figure import Outcome, Progress

MATRIX = "tests/embedding/test_transactions.py"

CELLS = 16
"""Of one test: SQLite stock and with BEGIN, PostgreSQL READ COMMITTED and SERIALIZABLE; Connection
and Session; after a read by the host and without one.
"""

TESTS = (
    "test_rollback_leaves_nothing",
    "test_refusal_keeps_the_hosts_rows",
    "test_rollback_leaves_nothing_of_a_first_act",
    "test_statement_that_the_database_refuses",
    "test_every_failing_statement_keeps_the_hosts_rows",
)

WHOLE = CELLS * (len(TESTS) + 1)
"""The last test is run for an act and for a creation."""

_plugins: tuple[str, ...] = ()


def measure(size: int, _: random.Random, progress: Progress) -> Outcome:
    """As many tests as the size has cells; `failing` are cells that do not hold.

    A cell that could not be run is none: the outcome says why.
    """
    tests = TESTS[: max(1, size // CELLS)]
    progress(0, size)
    return suite.run([f"{MATRIX}::{test}" for test in tests], _plugins)


def owning() -> AbstractContextManager[object]:
    """Plant an engine that commits and rolls back by itself, in the process of the tests."""
    return replaced(sys.modules[__name__], "_plugins", ("figures.core.owning",))
