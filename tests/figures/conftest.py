"""Runs a figure as its maker does: the words of `python -m figures`, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORKER = Path(__file__).with_name("forker.py")
SERVED = (
    "kills-postgresql", "races-postgresql", "ratio-postgresql", "rollback",
    "ticker-kills-postgresql", "council-races-postgresql", "operators-postgresql",
)  # fmt: skip


@pytest.fixture(scope="session")
def forker() -> Iterator[subprocess.Popen[str]]:
    """The process that figures are forked from: to begin anew takes each a second or two."""
    words, pipe = [sys.executable, str(FORKER)], subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BREAK": "", "FULL": ""}
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        yield process


@pytest.fixture
def measured(
    request: pytest.FixtureRequest, forker: subprocess.Popen[str]
) -> Callable[..., tuple[int, str]]:
    """Exit code and line of one figure at its least size; `broken` plants its fault."""

    def run(name: str, *, broken: bool, topic: str = "core") -> tuple[int, str]:
        environment = {"BREAK": "1" if broken else ""}
        if name in SERVED:
            environment["THIDUA_TEST_DATABASE_URL"] = request.getfixturevalue("pg_url")
        code, out, told = _answer(forker, [topic, "--least", "--only", name], environment)
        assert out.count("\n") == 1, out + told
        return code, out.strip()

    return run


def _answer(
    forker: subprocess.Popen[str], words: list[str], environment: dict[str, str]
) -> tuple[int, str, str]:
    assert forker.stdin is not None
    assert forker.stdout is not None
    print(json.dumps([words, environment]), file=forker.stdin, flush=True)
    code, out, told = json.loads(forker.stdout.readline())
    return code, out, told
