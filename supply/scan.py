"""What bandit finds in the product at medium and high severity, hushed places included."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ROOMS = ("workflow", "definitions", "notifiers", "storage", "thidua")


@dataclass(frozen=True, slots=True)
class Scan:
    """Files read, and what was found, each as `file:line code words`. `reasoned` stand beside a
    comment that says why; `hushed` are comments that keep bandit quiet, of which there are none.
    """

    files: int
    findings: tuple[str, ...]
    reasoned: tuple[str, ...]
    hushed: int


def product() -> list[Path]:
    """Every Python file that is shipped, by its own path and not by a link."""
    found = (path for room in ROOMS for path in (ROOT / room).glob("**/*.py"))
    return sorted({path.resolve() for path in found})


def scan(files: Sequence[Path]) -> Scan:
    """Read the files with bandit; `RuntimeError` when it read fewer than it was given."""
    words = ["-m", "bandit", "--quiet", "-ll", "--format", "json", *map(str, files)]
    done = subprocess.run(  # noqa: S603 -- words of our own
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout)
    read = [name for name in told["metrics"] if name != "_totals"]
    if told["errors"] or len(read) != len(files):
        raise RuntimeError(f"bandit read {len(read)} of {len(files)} files: {told['errors'][:3]}")
    found: list[str] = []
    reasoned: list[str] = []
    for each in told["results"]:
        place = f"{each['filename']}:{each['line_number']} {each['test_id']}"
        (reasoned if _reasoned(each) else found).append(f"{place} {each['issue_text']}")
    totals = told["metrics"]["_totals"]
    return Scan(len(read), tuple(found), tuple(reasoned), totals["nosec"] + totals["skipped_tests"])


def _reasoned(result: Mapping[str, Any]) -> bool:
    """Whether the house's own form stands there: the linter knows the same finding as S, not B."""
    lines = Path(result["filename"]).read_text(encoding="utf-8").splitlines()
    said = f"# noqa: S{result['test_id'][1:]} -- "
    return any(said in lines[number - 1] for number in result["line_range"])
