"""The page on the doctor: a section for every finding, with its words, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from thidua.workflow.wording import WORDING

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
SOURCES = [*(ROOT / "thidua" / "doctor").glob("*.py"), ROOT / "thidua" / "cli" / "doctor.py"]
PASSED_ON = {
    "autocommit", "savepoint-on-stock-sqlite",
    "schema-missing", "schema-old", "schema-new", "not-attached",
    "keys-unreachable", "keys-open-to-others", "operator-unknown", "clock-doubted",
}  # fmt: skip
"""Reasons of refusals that the doctor tells before anybody is refused."""


def raised() -> Iterator[str]:
    """The codes of findings in the sources."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
            if called and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def section(code: str) -> str:
    vietnamese, english = WORDING[code]
    return f"### `{code}`\n\n{english}\n\n*{vietnamese}*\n"


def test_every_finding_has_its_section() -> None:
    lacking = [
        section(code) for code in sorted({*raised(), *PASSED_ON}) if section(code) not in PAGE
    ]

    assert not lacking, "put into docs/doctor.md:\n\n" + "\n".join(lacking)


def test_page_has_no_other_section() -> None:
    assert set(re.findall(r"^### `(.*)`$", PAGE, re.M)) == {*raised(), *PASSED_ON}
