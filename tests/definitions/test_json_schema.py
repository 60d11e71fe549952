"""The schema for editors: the loader's own words, and what ships fits it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from thidua.definitions import shipped
from thidua.definitions.json_schema import json_schema
from thidua.definitions.reader import read
from thidua.definitions.schema.scalar import NotYet
from thidua.definitions.schema.shape import Shape

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
TOY = Path(__file__).parent / "toy.yaml"
FILES = [*shipped().values(), TOY]


def as_editor(path: Path) -> Any:
    """The file as YAML 1.2 gives it: whole numbers, fractions, dates."""
    return plain(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def plain(value: Any) -> Any:
    """Dates as text: they are no type of YAML's core."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def shapes(base: type[Shape] = Shape) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


def test_schema_is_of_its_dialect() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    json.dumps(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_fits(path: Path) -> None:
    for data in (as_editor(path), read(path.read_bytes(), path.name).data):
        assert [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(data)] == []


def test_vocabulary_is_the_loaders() -> None:
    told = {"ProcedureShape": SCHEMA, **SCHEMA["$defs"]}
    known = {shape.__name__: shape for shape in shapes()}

    for name in told.keys() & known.keys():
        fields = known[name].model_fields
        refused = {
            field.alias or key
            for key, field in fields.items()
            if NotYet.__metadata__[0] in field.metadata
        }
        assert set(told[name]["properties"]) == set(known[name].known()) - refused, name
        assert told[name]["additionalProperties"] is False
        assert set(told[name].get("required", ())) == {
            field.alias or key for key, field in fields.items() if field.is_required()
        }
    assert set(told) <= set(known)
    assert {name for name in known if name not in told} <= {"Times"}


def test_every_key_says_what_it_is_and_what_it_takes() -> None:
    for name, shape in {"ProcedureShape": SCHEMA, **SCHEMA["$defs"]}.items():
        for key, node in shape.get("properties", {}).items():
            assert " · " in node["title"], (name, key)
            assert {"type", "enum", "const", "anyOf", "oneOf", "$ref"} & set(node), (name, key)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("delegable: no", "delegable: maybe", "$.roles.member"),
        ("delegable: no", "delegate: no", "$.roles.member"),
        ("kind: posting", "kind: poster", "$.rounds.posted"),
        ("in: 5 working days", "in: 5 days", "$.rounds.asking"),
        ("format: 1\n", "format: 2\n", "$.format"),
        ("  hold: clerk\n", "", "$.may"),
        ("initial: new", "initial: New State", "$.initial"),
        ("  unit:   {", "  Đơn_vị: {", "$.roles"),
        ("[voting.passed]", "[{exp: urgent}]", "$.transitions[3].conditions[0]"),
    ],
)
def test_mistake_is_underlined(old: str, new: str, where: str, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(TOY.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    (error,) = VALIDATOR.iter_errors(as_editor(file))

    assert error.json_path.startswith(where)
