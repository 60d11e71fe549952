"""The language as a JSON Schema for editors: what may stand where, said in two languages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from thidua.definitions.json_words import WORDS
from thidua.definitions.schema import ProcedureShape
from thidua.definitions.schema.part import at_alone
from thidua.definitions.schema.right import by_alone, nobody, spelled_out
from thidua.definitions.schema.scalar import AROUND, NAME, as_list, none, one_as_list

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Node = dict[str, Any]

_NAME: Node = {"type": "string", "pattern": f"^(?:{NAME})$"}
_AROUND: Node = {"type": "string", "pattern": f"^(?:{AROUND})$"}
_SHORT: Mapping[Callable[[Any], Any], Callable[[Node], list[Node]]] = {
    none: lambda _: [{"const": "none"}],
    nobody: lambda _: [{"const": "nobody"}],
    spelled_out: lambda _: [_NAME, {"type": "array", "minItems": 1, "items": _NAME}],
    as_list: lambda inner: [inner["items"]],
    one_as_list: lambda inner: [inner["items"]],
    at_alone: lambda _: [_AROUND],
    by_alone: lambda _: [_NAME],
}
"""What may stand for the long form, where the loader takes a short one."""


def json_schema() -> Node:
    """The schema, draft 2020-12, of a procedure file as an editor reads it.

    Made of the loader's own shapes, so it has their keys and no others. It says what form a file
    has; whether names exist and the whole is sound is for `thidua procedures check`. Keys that
    nothing acts on yet are left out.
    """
    made = ProcedureShape.model_json_schema(schema_generator=_Editors)
    shapes: dict[str, Node] = made["$defs"]
    for name, shape in [*shapes.items(), ("ProcedureShape", made)]:
        _finish(name, shape)
    return {"$schema": DIALECT, **made, "title": "Quy trình thidua · A thidua procedure"}


class _Editors(GenerateJsonSchema):
    """Says of each shape what may be written, where pydantic says what is read."""

    def function_before_schema(self, schema: Any) -> Node:
        inner: Node = self.generate_inner(schema["schema"])
        short = _SHORT.get(schema["function"]["function"])
        if short is None:
            return inner
        known = inner.get("anyOf", [inner])
        array = next((each for each in known if "items" in each), inner)
        return {"anyOf": [*known, *short(array)]}

    def nullable_schema(self, schema: Any) -> Node:
        """Nothing is written by leaving a key out; YAML's null is no value here."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Node:
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: Any) -> Node:
        made: Node = super().tagged_union_schema(schema)
        made.pop("discriminator", None)
        return made

    def literal_schema(self, schema: Any) -> Node:
        """A word; one that YAML takes for a number may be that number."""
        words: list[Any] = list(schema["expected"])
        return {"enum": words + [int(word) for word in words if word.isdecimal()]}


def _finish(name: str, shape: Node) -> None:
    """Titles in both languages, no keys without effect, no others in maps of names."""
    properties: dict[str, Node] = shape.get("properties", {})
    for key in [key for key, node in properties.items() if node.get("not") == {}]:
        del properties[key]
    for key, node in properties.items():
        properties[key] = titled(node, f"{name}.{key}" if f"{name}.{key}" in WORDS else key)
    for node in _maps(shape):
        node.setdefault("additionalProperties", False)
    shape.pop("title", None)


def titled(node: Node, word: str) -> Node:
    """The node with what its key is, in both languages."""
    vietnamese, english = WORDS[word]
    title, description = f"{vietnamese} · {english}", f"{vietnamese}. / {english}."
    return {**node, "title": title, "description": description}


def _maps(node: Any) -> Iterator[Node]:
    if isinstance(node, dict):
        if "patternProperties" in node:
            yield node
        for each in node.values():
            yield from _maps(each)
    elif isinstance(node, list):
        for each in node:
            yield from _maps(each)
