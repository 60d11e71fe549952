"""rollback: the tests that hold the host's transaction, on four kinds of database, all cells."""

import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

from figures.fault import replaced
from figures.figure import Outcome, Progress

ROOT = Path(__file__).parents[2]
MATRIX = ROOT / "tests" / "embedding" / "test_transactions.py"

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
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        said = _pytest(tests, report)
        if not report.is_file():
            return Outcome(0, why=f"pytest did not run: {said[-300:]}")
        return _read(report)


def owning() -> AbstractContextManager[object]:
    """Plant an engine that commits and rolls back by itself, in the process of the tests."""
    return replaced(sys.modules[__name__], "_plugins", ("figures.core.owning",))


def _pytest(tests: Sequence[str], report: Path) -> str:
    plugins = [word for name in _plugins for word in ("-p", name)]
    words = [sys.executable, "-m", "pytest", "-q", *plugins, f"--junitxml={report}"]
    chosen = [f"{MATRIX.relative_to(ROOT)}::{test}" for test in tests]
    done = subprocess.run(  # noqa: S603 -- words of our own
        [*words, *chosen], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def _read(report: Path) -> Outcome:
    root = ElementTree.parse(report)  # noqa: S314 -- written by pytest just now
    cases = len([*root.iter("testcase")])
    failing = len([*root.iter("failure"), *root.iter("error")])
    skipped = [each.get("message", "") for each in root.iter("skipped")]
    return Outcome(cases - len(skipped), {"failing": failing}, next(iter(skipped), ""))
