"""Known flaws of installed packages by a feed of advisories, and how many it really knew."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

OWN = "thidua"

Answer = Iterable[Mapping[str, Any]]
"""What pip-audit tells of each: `name`, and `vulns` (each with an `id`) or `skip_reason`."""


class Unreachable(Exception):
    """No feed answered at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Packages asked about: those with known flaws, those that the feed told nothing of."""

    asked: int
    flawed: Mapping[str, tuple[str, ...]]
    unaudited: tuple[str, ...]
    why: str = ""

    def lines(self) -> Iterable[str]:
        """In words; what was not audited is never called passed."""
        for name, flaws in self.flawed.items():
            yield f"{name}: {', '.join(flaws)}"
        audited = self.asked - len(self.unaudited)
        yield f"audited: {audited} of {self.asked} packages, {len(self.flawed)} with known flaws"
        if self.unaudited:
            yield f"not audited: {len(self.unaudited)} packages ({self.why})"


def installed() -> dict[str, str]:
    """Names and versions of everything installed beside this interpreter, without the product."""
    found = {each.name: each.version for each in distributions()}
    return {name: found[name] for name in sorted(found, key=str.lower) if name != OWN}


def audit(packages: Mapping[str, str]) -> Audit:
    """Ask the feed about every package; one that the answer leaves out was not audited."""
    try:
        told = {each["name"].lower(): each for each in answer(packages)}
    except Unreachable as error:
        return Audit(len(packages), {}, tuple(packages), str(error))
    flawed, unaudited = {}, []
    for name in packages:
        each = told.get(name.lower(), {})
        if "vulns" not in each:
            unaudited.append(name)
        elif each["vulns"]:
            flawed[name] = tuple(flaw["id"] for flaw in each["vulns"])
    return Audit(len(packages), flawed, tuple(unaudited), "no feed here knows them")


def answer(packages: Mapping[str, str]) -> Answer:
    """What pip-audit says; `Unreachable` when that is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "installed.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in packages.items()))
        words = ["-m", "pip_audit", "-r", str(listed), "--no-deps", "--disable-pip", "-f", "json"]
        done = subprocess.run(  # noqa: S603 -- words of our own
            [sys.executable, *words, "--progress-spinner", "off"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    try:
        dependencies: Answer = json.loads(done.stdout)["dependencies"]
    except ValueError as error:
        said = done.stderr.strip().splitlines()
        raise Unreachable(said[-1][:120] if said else "pip-audit said nothing") from error
    return dependencies
