"""The wheel of a commit, built from a clone: a tree's path, times and rights do not tell."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPEN = 0o022


def clone(into: Path, *, at: float | None = None) -> Path:
    """The last commit, laid out anew; with `at` every file has that time."""
    _run("git", "clone", "--quiet", "--shared", str(ROOT), str(into))
    if at is not None:
        for path in into.rglob("*"):
            os.utime(path, (at, at), follow_symlinks=False)
    return into


def commit_time() -> int:
    """When the last commit was made, in seconds since 1970."""
    return int(_run("git", "-C", str(ROOT), "log", "-1", "--format=%ct"))


def build(source: Path, into: Path, *, epoch: int | None) -> Path:
    """The wheel of a tree; `epoch` is the time that everything in it gets."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    if epoch is not None:
        environment["SOURCE_DATE_EPOCH"] = str(epoch)
    words = ["-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    _run(sys.executable, *words, "--wheel-dir", str(into), str(source), env=environment)
    return next(into.glob("thidua-*.whl"))


def differences(first: Path, second: Path) -> list[str]:
    """Names of what differs between two wheels, in bytes, time or rights; empty when nothing."""
    if first.read_bytes() == second.read_bytes():
        return []
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as other:
        entries = [
            {i.filename: (i.CRC, i.date_time, i.external_attr) for i in wheel.infolist()}
            for wheel in (one, other)
        ]
    mine, theirs = entries
    return [n for n in sorted({*mine, *theirs}) if mine.get(n) != theirs.get(n)] or [first.name]


def _run(*words: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 -- words of our own
        words, env=env, capture_output=True, text=True, check=True, umask=OPEN
    )
    return done.stdout.strip()
