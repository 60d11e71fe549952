"""The schema of overlays: what the loader lets one touch, with the values of the language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from thidua.definitions.json_overlay import overlay_schema
from thidua.definitions.overlay.pattern import HEAD, TOP, Each, Keys, Pattern
from thidua.definitions.reader import read

DOCS = Path(__file__).parents[2] / "docs"
START = 'format: 1\nextends: ministers-certificate@2018.1\nversion: "2018.1+stp.1"\n'
SCHEMA = overlay_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def errors(text: str) -> list[str]:
    return [each.json_path for each in VALIDATOR.iter_errors(read(text, "f").data)]


def forms(node: Any) -> Iterator[Any]:
    """The forms of a node that are cut out for overlays: without whole new things."""
    yield from node.get("anyOf", [node])


def agrees(pattern: Pattern, node: Any) -> Iterator[str]:
    """The keys that pattern and schema have at one place, the same on both sides."""
    if isinstance(pattern, Each):
        inner = {**node.get("patternProperties", {}), **node.get("properties", {})}
        assert inner
        assert node["additionalProperties"] is False
        for name, each in inner.items():
            own = pattern.apart.get(name, pattern.of)
            yield from agrees(own, next(forms(each)) if pattern.new or pattern.gone else each)
    elif isinstance(pattern, Keys):
        shape = next(form for form in forms(node) if "properties" in form)
        assert set(shape["properties"]) == set(pattern.known)
        assert shape["additionalProperties"] is False
        for key, inner in pattern.known.items():
            yield key
            yield from agrees(inner, shape["properties"][key])
    else:
        assert {"type", "enum", "const", "anyOf", "oneOf", "$ref", "items"} & set(node)


def test_vocabulary_is_what_the_loader_lets_an_overlay_touch() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == {*TOP.known, *HEAD}
    assert SCHEMA["additionalProperties"] is False
    told = {key for part, each in TOP.known.items()
            for key in agrees(each, SCHEMA["properties"][part])}  # fmt: skip
    assert {"in", "more_than", "certainty", "transit", "leads", "opens"} <= told


def test_example_of_the_page_fits() -> None:
    page = (DOCS / "procedure-language.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n(format: 1\nextends.*?)```", page, re.DOTALL)

    assert errors(example) == []


@pytest.mark.parametrize(
    "more",
    [
        "states: {proposed: {due: none}}",
        "rounds: {vote: {pass: {more_than: none, at_least: 2/3, seats: {count: 2}}}}",
        "roles: {deputy: {vi: A, never_also: [head]}, officer: {for: none}}",
        "ladders: {desk: none, asked: {remind: [on the day]}}",
        "grounds: {house: {text: A, certainty: read}, labour: {certainty: read}, other: none}",
        "transitions: {accept: {by: head}}",
        "may: {hold: nobody, extend: [officer, head], waive: {documents.complete: head}}",
        "may: {return: {due: {in: 5 working days}}}",
        "messages: {decided: none, lapsed: {to: officer, template: result}}",
        "over: {title.vi: A}\nanswers: {ministers-certificate@2018.2: {title.vi: keep}}",
    ],
)
def test_what_an_overlay_may_say_fits(more: str) -> None:
    assert errors(f"{START}{more}\n") == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("initial: proposed", "$"),
        ("states: {proposed: {opens: [vote]}}", "$.states.proposed"),
        ("states: {proposed: {due: {in: 5 days}}}", "$.states.proposed.due"),
        ("transitions: {accept: {dest: closed}}", "$.transitions.accept"),
        ("may: {withdraw: {dest: closed}}", "$.may.withdraw"),
        ("rounds: {vote: {secret: yes}}", "$.rounds.vote"),
        ("documents: {report: none}", "$.documents.report"),
        ("answers: {ministers-certificate@2018.2: {title.vi: yes}}", "$.answers"),
    ],
)
def test_what_an_overlay_may_not_say_is_underlined(more: str, where: str) -> None:
    (path,) = errors(f"{START}{more}\n")

    assert path.startswith(where)
