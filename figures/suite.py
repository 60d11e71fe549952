"""Tests of the project run as a figure: each case a trial, by pytest in a process of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from figures.figure import Outcome

ROOT = Path(__file__).parents[1]


def run(chosen: Sequence[str], plugins: Sequence[str] = ()) -> Outcome:
    """The cases of the chosen tests; `failing` are those that do not hold.

    A case that could not be run is none: the outcome says why.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        said = _pytest(chosen, plugins, report)
        if not report.is_file():
            return Outcome(0, why=f"pytest did not run: {said[-300:]}")
        return _read(report)


def _pytest(chosen: Sequence[str], plugins: Sequence[str], report: Path) -> str:
    loaded = [word for name in plugins for word in ("-p", name)]
    words = [sys.executable, "-m", "pytest", "-q", *loaded, f"--junitxml={report}"]
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
