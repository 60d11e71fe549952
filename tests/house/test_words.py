"""No Python of the product names a state, role or award of a shipped procedure."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from thidua.definitions import load_file, shipped
from thidua.notifiers.catalogue import TEMPLATES

ROOT = Path(__file__).parents[2]
FOLDERS = ("workflow", "definitions", "notifiers", "storage", "thidua")
SAID = frozenset({"head", "closed", "officer", *TEMPLATES})
"""Words of the language itself that shipped procedures use as names too: `to: head` in a ladder,
the question `ROUND.closed`, `gather: officer`, and the names of the templates of letters.
"""


@cache
def field_words() -> frozenset[str]:
    words: set[str] = set()
    for path in shipped().values():
        procedure = load_file(path)
        words |= {*procedure.states, *procedure.roles, *procedure.awards}
    return frozenset(words) - SAID


def sources() -> list[Path]:
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted({path.resolve() for path in found})


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_file_names_no_word_of_the_field(path: Path) -> None:
    words = field_words()

    named = [(n, text) for n, text in literals(ast.parse(path.read_text())) if text in words]

    assert named == []
