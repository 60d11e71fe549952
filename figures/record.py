"""Outcomes of full size, kept in one file a topic and added to by every run."""

import json
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from figures.figure import Outcome

FOLDER = Path(__file__).parents[1] / "docs" / "figures"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the runs so far came to; the next one draws other chances than they did."""

    outcome: Outcome = Outcome(0)
    runs: int = 0


@dataclass(slots=True)
class Record:
    """The outcomes of a topic under one release: another release begins anew."""

    path: Path
    release: str = field(default_factory=lambda: version("thidua"))

    def kept(self, name: str) -> Kept:
        """The figure's sum of all runs."""
        found = self._read().get(name)
        if found is None:
            return Kept()
        return Kept(Outcome(found["n"], found["sums"]), found["runs"])

    def add(self, name: str, outcome: Outcome) -> Kept:
        """Add a run's outcome and write the file; the new sum."""
        before = self.kept(name)
        now = Kept(before.outcome + outcome, before.runs + 1)
        row = {"n": now.outcome.n, "runs": now.runs, "sums": dict(now.outcome.sums)}
        self._write({**self._read(), name: row})
        return now

    def _read(self) -> dict[str, dict[str, Any]]:
        if not self.path.is_file():
            return {}
        content = json.loads(self.path.read_text(encoding="utf-8"))
        figures: dict[str, dict[str, Any]] = content["figures"]
        return figures if content["release"] == self.release else {}

    def _write(self, figures: dict[str, dict[str, Any]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"release": self.release, "figures": figures}
        aside = self.path.with_suffix(".tmp")
        aside.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        aside.replace(self.path)
