"""The page on findings: a section for every code, and no code that the proof does not have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from thidua.workflow.wording.procedures import PROCEDURES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
PLACED = {code: texts for code, texts in PROCEDURES.items() if "{line}" in texts[1]}


def section(code: str) -> str:
    vietnamese, english = (text.split(": ", 1)[1] for text in PLACED[code])
    return f"### `{code}`\n\n{english}\n\n*{vietnamese}*\n"


def test_page_has_a_section_for_every_code() -> None:
    lacking = [section(code) for code in sorted(PLACED) if section(code) not in PAGE]

    assert not lacking, "put into docs/checks.md:\n\n" + "\n".join(lacking)


def test_page_has_no_other_section() -> None:
    assert set(re.findall(r"^### `(.*)`$", PAGE, re.M)) == set(PLACED)


def words(tree: ast.AST) -> Iterator[str]:
    """Every text that could be a code, in the files of the proof."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_code_is_raised_somewhere() -> None:
    files = (ROOT / "definitions").rglob("*.py")
    said = {word for path in files for word in words(ast.parse(path.read_text(encoding="utf-8")))}
    named = {code for code in PLACED if code.startswith("no-such-")}

    assert set(PLACED) - said - named == set()


def test_every_code_raised_has_words() -> None:
    raised = set()
    for path in (ROOT / "definitions" / "check").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
                "reason",
                "key_reason",
            ):
                raised |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}

    assert raised <= set(PLACED)
    assert len(raised) > 40
