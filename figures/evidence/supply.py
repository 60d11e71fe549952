"""What the product is built from: bandit, known flaws, the bill of materials, the wheel."""

import ast
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from supply import audit as auditing
from supply import bill, scan
from supply import wheel as wheels

FILES = len(scan.product())
PACKAGES = len(auditing.installed())
YEARS = (datetime(1990, 1, 1, tzinfo=UTC).timestamp(), datetime(2020, 1, 1, tzinfo=UTC).timestamp())

LOADED = """
import importlib, json, sys
from importlib.metadata import packages_distributions
before = {*sys.modules}
for name in sys.argv[1:]:
    importlib.import_module(name)
of = packages_distributions()
tops = {name.partition(".")[0] for name in {*sys.modules} - before}
print(json.dumps(sorted({each for top in tops for each in of.get(top, ())})))
"""
"""What an interpreter has loaded once it has imported those modules. Read from the modules, while
the bill is read from what packages say they need.
"""

SOFT = {"pygments"}
"""Mako's ornament: loaded where it happens to be installed, and needed by nobody here."""


def bandit(size: int, chance: random.Random, _: Progress) -> Outcome:
    """So many files of the product, drawn; all at full size."""
    files = scan.product()
    found = scan.scan(files if size >= len(files) else chance.sample(files, size))
    return Outcome(found.files, {"findings": len(found.findings), "hushed": found.hushed})


def audit(size: int, chance: random.Random, _: Progress) -> Outcome:
    """So many of the packages that are installed here, drawn."""
    packages = auditing.installed()
    drawn = sorted(chance.sample(sorted(packages), min(size, len(packages))))
    found = auditing.audit({name: packages[name] for name in drawn})
    left = len(found.unaudited)
    why = f"not audited: {left} of {found.asked} packages, {found.why}" if left else ""
    return Outcome(found.asked, {"vulnerable": len(found.flawed), "unaudited": left}, why)


def sbom(_: int, __: random.Random, ___: Progress) -> Outcome:
    """Every distribution that is loaded by what the product's files import, at once or later."""
    text = bill.bill(datetime(2026, 1, 1, tzinfo=UTC))
    told = json.loads(text)
    listed = {part["name"] for part in told["components"]}
    words = [sys.executable, "-c", LOADED, *sorted(_imported())]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 -- words of our own
    loaded = {bill.canonicalize_name(name) for name in json.loads(done.stdout)} - {bill.OWN, *SOFT}
    invalid = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is not None
    return Outcome(len(loaded), {"missing": len(loaded - listed), "invalid": invalid})


def _imported() -> set[str]:
    """The outside packages that stand behind any `import` of the product, by their first name."""
    found = set()
    for path in scan.product():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - {*sys.stdlib_module_names, bill.OWN}


def wheel(size: int, chance: random.Random, _: Progress) -> Outcome:
    """Pairs of wheels of the last commit: other folders, other times of the files and of day."""
    differing = 0
    for _ in range(size):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            made = [_built(Path(each), chance.uniform(*YEARS)) for each in (one, other)]
            differing += len(wheels.differences(*made))
    return Outcome(size, {"differences": differing})


def _built(folder: Path, at: float) -> Path:
    name = f"clone-{int(at)}"
    return wheels.build(wheels.clone(folder / name, at=at), folder, epoch=wheels.commit_time())


@contextmanager
def careless() -> Iterator[None]:
    """A file of the product that runs whatever it is told."""
    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder) / "planted.py"
        planted.write_text("import subprocess\n\n\ndef f(x):\n    subprocess.call(x, shell=True)\n")
        with replaced(scan, "product", lambda: [planted]):
            yield


def flawed() -> AbstractContextManager[object]:
    """A feed that knows a flaw of everything."""

    def answer(packages: Mapping[str, str]) -> auditing.Answer:
        return [{"name": name, "vulns": [{"id": "PLANTED-1"}]} for name in packages]

    return replaced(auditing, "answer", answer)


def gappy() -> AbstractContextManager[object]:
    """A bill that leaves out whatever a database speaks."""
    whole = bill.closure

    def closure() -> dict[str, set[str]]:
        needs = whole()
        return {name: needs[name] - {"sqlalchemy"} for name in needs if name != "sqlalchemy"}

    return replaced(bill, "closure", closure)


def dated() -> AbstractContextManager[object]:
    """A build that keeps the files' own times."""
    build = wheels.build

    def keeping(source: Path, into: Path, *, epoch: int | None) -> Path:  # noqa: ARG001 -- dropped
        return build(source, into, epoch=None)

    return replaced(wheels, "build", keeping)


FIGURES = (
    Figure(
        "bandit", Sizes(20, 60, FILES, FILES), 69, bandit, zero("findings", "hushed"), careless
    ),
    Figure(
        "audit", Sizes(3, 10, PACKAGES, PACKAGES), 70, audit, zero("vulnerable", "unaudited"),
        flawed,
    ),
    Figure("wheel", Sizes(1, 1, 3, 10), 71, wheel, zero("differences"), dated),
    Figure("sbom", Sizes(1, 1, 1, 1), 72, sbom, zero("missing", "invalid"), gappy),
)  # fmt: skip
