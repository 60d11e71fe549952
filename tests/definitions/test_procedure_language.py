"""The page on the language: its examples are proved and run."""

import re
from pathlib import Path

import pytest

from thidua.definitions import load

PAGE = Path(__file__).parents[2] / "docs" / "procedure-language.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def test_example_on_the_page_is_proved() -> None:
    example = blocks("yaml")[0]

    known = {"result", "not_awarded", "withdrawn"}
    procedure = load(example, "example", templates=known, predicates=())

    assert procedure.name == "unit-praise"


def test_python_on_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    names: dict[str, object] = {}

    exec(example, names)

    assert str(names["text"]).startswith("stateDiagram-v2")
