"""The files that payloads are put into hold every key of the language and of overlays."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from thidua.definitions.json_schema import json_schema
from thidua.definitions.overlay.pattern import HEAD, TOP, Each, Keys, Pattern
from thidua.definitions.reader import read
from thidua.definitions.schema import ProcedureShape

FOLDER = Path(__file__).parents[2] / "figures" / "procedures"


def _data(name: str) -> Any:
    return read(FOLDER.joinpath(name).read_bytes(), name).data


def _written(value: Any) -> Iterator[str]:
    """Every shape with each of its keys that a file has."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        for name in value.model_fields_set & set(fields):
            yield f"{type(value).__name__}.{fields[name].alias or name}"
            yield from _written(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _written(each)


def test_no_key_of_the_language_is_without_a_payload() -> None:
    whole = json_schema()
    shapes = {**whole["$defs"], "ProcedureShape": whole}
    known = {f"{name}.{key}" for name, of in shapes.items() for key in of.get("properties", {})}

    found = set(_written(ProcedureShape.model_validate(_data("subject.yaml"))))

    assert known - found == set()


def _ways(pattern: Pattern, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield way
    if isinstance(pattern, Keys):
        for key, inner in pattern.known.items():
            yield from _ways(inner, (*way, key))
    elif isinstance(pattern, Each):
        for key, inner in {"*": pattern.of, **pattern.apart}.items():
            yield from _ways(inner, (*way, key))


def _taken(pattern: Pattern, data: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield way
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(pattern, Keys) and key in pattern.known:
            yield from _taken(pattern.known[key], value, (*way, key))
        elif isinstance(pattern, Each):
            apart = key in pattern.apart
            yield from _taken(pattern.apart.get(key, pattern.of), value,
                              (*way, key if apart else "*"))  # fmt: skip


def test_no_place_that_an_overlay_may_touch_is_without_a_payload() -> None:
    data = _data("subject-overlay.yaml")

    assert set(HEAD) <= set(data)
    assert set(_ways(TOP)) - set(_taken(TOP, data)) == set()
