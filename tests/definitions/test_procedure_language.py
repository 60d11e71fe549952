"""The page on the language: its example is proved, its list of codes is complete."""

import re
from pathlib import Path

import pytest

from thidua.definitions import load
from thidua.workflow.wording.procedures import PROCEDURES

PAGE = Path(__file__).parents[2] / "docs" / "procedure-language.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def test_example_on_the_page_is_proved() -> None:
    (example,) = blocks("yaml")

    procedure = load(example, "example", templates={"result"}, predicates=())

    assert procedure.name == "unit-praise"


def test_python_on_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    names: dict[str, object] = {}

    exec(example, names)

    assert str(names["text"]).startswith("stateDiagram-v2")


def test_page_lists_every_code_with_its_sentence() -> None:
    table = PAGE.read_text(encoding="utf-8").split("## Every finding")[1]
    listed = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", table, re.M)

    placed = {c: en.split(": ", 1)[1] for c, (_, en) in PROCEDURES.items() if "{line}" in en}
    assert dict(listed) == placed
