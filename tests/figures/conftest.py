"""Runs a figure as its maker does: `python -m figures`, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVED = (
    "kills-postgresql", "races-postgresql", "ratio-postgresql", "rollback",
    "ticker-kills-postgresql", "council-races-postgresql", "operators-postgresql",
)  # fmt: skip


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[..., tuple[int, str]]:
    """Exit code and line of one figure at its least size; `broken` plants its fault."""

    def run(name: str, *, broken: bool, topic: str = "core") -> tuple[int, str]:
        environment = {**os.environ, "BREAK": "1" if broken else "", "FULL": ""}
        if name in SERVED:
            environment["THIDUA_TEST_DATABASE_URL"] = request.getfixturevalue("pg_url")
        words = [sys.executable, "-m", "figures", topic, "--least", "--only", name]
        done = subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.stdout.count("\n") == 1, done.stdout + done.stderr
        return done.returncode, done.stdout.strip()

    return run
