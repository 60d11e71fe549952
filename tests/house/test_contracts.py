"""The import contracts see what they are there for: each breaks on a planted violation."""

import os
import shutil
import subprocess
import sys

import pytest

PLANTED = {
    "arrows point inwards": ("thidua/people.py", "import thidua.app"),
    "the workflow knows nobody": ("workflow/dues.py", "import thidua.files"),
    "storage, notifiers and definitions know only the workflow": (
        "storage/rows.py",
        "import thidua.files",
    ),
    "the workflow does no input or output, reads no clock, draws no lots": (
        "workflow/due.py",
        "import random",
    ),
    "each outside library has one home": ("thidua/shelf.py", "import click"),
    "definitions, notifiers and workflow speak no SQL": ("notifiers/dates.py", "import sqlite3"),
    "the engine alone decides and applies": ("thidua/app.py", "import thidua.workflow.decide"),
}

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture(scope="module")
def verdict(house, tmp_path_factory):
    """What lint-imports says of a copy of the house in which every contract is violated once."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(house.root / "pyproject.toml", copy)
    for folder in ("thidua", *house.rooms):
        shutil.copytree(house.root / folder, copy / folder, symlinks=True)
    for file, line in PLANTED.values():
        with (copy / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    told = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        check=False,
        cwd=copy,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "200"},
    )
    return told.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_contract_sees_a_planted_violation(verdict, contract):
    assert f"{contract} BROKEN" in verdict


def test_every_contract_is_planted(house):
    contracts = {each["name"] for each in house.project["tool"]["importlinter"]["contracts"]}

    assert contracts == set(PLANTED)
