"""checks: for every code a definition that triggers exactly it, and a code for every definition."""

import random
import sys
from contextlib import AbstractContextManager

from figures import suite
from figures.fault import replaced
from figures.figure import Outcome, Progress

TESTS = (
    "tests/definitions/test_checks_page.py",
    "tests/definitions/test_check.py",
    "tests/definitions/test_schema.py",
    "tests/definitions/test_reader.py",
)
_plugins: tuple[str, ...] = ()


def measure(_: int, __: random.Random, progress: Progress) -> Outcome:
    """The tests that hold it, all of them at any size; `failing` are those that do not hold."""
    progress(0, 1)
    return suite.run(TESTS, _plugins)


def unasked() -> AbstractContextManager[object]:
    """Plant a proof that looks at nothing but names, in the process of the tests."""
    return replaced(sys.modules[__name__], "_plugins", ("figures.procedures.unasked",))
