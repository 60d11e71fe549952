"""What an overlay may say as a JSON Schema for editors, cut out of that of procedures."""

from collections.abc import Iterable, Iterator
from typing import Any

from thidua.definitions.json_schema import DIALECT, Node, json_schema, titled
from thidua.definitions.overlay.laid import NAMED
from thidua.definitions.overlay.pattern import TOP, Each, Keys, Leaf, Pattern
from thidua.definitions.overlay.point import NONE
from thidua.definitions.schema.scalar import NAME

_REF = "#/$defs/"
_STEPS: Node = {"type": "string", "pattern": f"^(?:{NAME})$"}


def overlay_schema() -> Node:
    """The schema, draft 2020-12, of an overlay as an editor reads it.

    Made of what the loader lets an overlay touch and of the schema of procedures: it has the keys
    of the former with the values of the latter. Whether the base has such things, and whether the
    result is sound, is for `thidua procedures check`.
    """
    whole = json_schema()
    cut = _Cut(whole["$defs"])
    parts = {key: cut.node(each, [whole["properties"][key]]) for key, each in TOP.known.items()}
    head = {key: whole["properties"][key] for key in ("format", "version")}
    properties = {**head, **_of_the_base(), **parts}
    return {
        "$schema": DIALECT, "title": "Tệp phủ thidua · A thidua overlay", "type": "object",
        "properties": {key: properties[key] for key in ("format", "extends", "version", *parts,
                                                        "over", "answers")},
        "required": ["format", "extends", "version"], "additionalProperties": False,
        "$defs": dict(sorted(cut.used(properties).items())),
    }  # fmt: skip


def _of_the_base() -> dict[str, Node]:
    """What an overlay says of its base."""
    answer = {"type": "object", "additionalProperties": {"enum": ["keep", "take"]}}
    said: dict[str, Node] = {
        "extends": {"type": "string", "pattern": f"^(?:{NAMED.pattern})$"},
        "over": {"type": "object"},
        "answers": {"type": "object", "additionalProperties": answer},
    }
    return {key: titled(node, f"Overlay.{key}") for key, node in said.items()}


class _Cut:
    """Takes out of the schema of procedures what a pattern leaves of it."""

    def __init__(self, shapes: dict[str, Node]) -> None:
        self.shapes = shapes

    def node(self, pattern: Pattern, whole: list[Node]) -> Node:
        """What may stand where the procedure has one of `whole`."""
        told: Node = {key: whole[0][key] for key in ("title", "description") if key in whole[0]}
        if isinstance(pattern, Leaf):
            return {**told, **_any([*whole, *_none(gone=pattern.gone)])}
        forms = [form for each in whole for form in self._forms(each)]
        if isinstance(pattern, Each):
            return {**told, **self._each(pattern, forms)}
        short = [form for form in forms if "properties" not in form]
        takes_short = pattern.whole or pattern.short is not None
        return {**told, **_any([self._keys(pattern, forms), *(short if takes_short else ())])}

    def _keys(self, pattern: Keys, forms: list[Node]) -> Node:
        properties = {
            key: self.node(inner, [f["properties"][key] for f in forms
                                   if key in f.get("properties", {})])
            for key, inner in pattern.known.items()
        }  # fmt: skip
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def _each(self, pattern: Each, forms: list[Node]) -> Node:
        (form,) = forms
        if "items" in form:
            form = {"patternProperties": {_STEPS["pattern"]: form["items"]}}
        made: Node = {"type": "object", "additionalProperties": False}
        for kind in ("properties", "patternProperties"):
            if kind in form:
                made[kind] = {name: self._one(pattern, name, node)
                              for name, node in form[kind].items()}  # fmt: skip
        return made

    def _one(self, pattern: Each, name: str, whole: Node) -> Node:
        known = self.node(pattern.apart.get(name, pattern.of), [whole])
        more = [whole] if pattern.new and not isinstance(pattern.of, Leaf) else []
        return _any([known, *more, *_none(gone=pattern.gone)])

    def _forms(self, node: Node) -> Iterator[Node]:
        """Every form that a node stands for, without references."""
        inner = node.get("anyOf") or node.get("oneOf")
        if "$ref" in node:
            yield from self._forms(self.shapes[node["$ref"].removeprefix(_REF)])
        elif inner:
            for each in inner:
                yield from self._forms(each)
        else:
            yield node

    def used(self, node: Any) -> dict[str, Node]:
        """The shapes that a schema speaks of, and those that these do."""
        found: dict[str, Node] = {}
        todo = list(_references(node))
        while todo:
            name = todo.pop()
            if name not in found:
                found[name] = self.shapes[name]
                todo += _references(found[name])
        return found


def _none(*, gone: bool) -> list[Node]:
    return [{"const": NONE}] if gone else []


def _any(nodes: Iterable[Node]) -> Node:
    """One of several; just the one where they are alike."""
    apart: list[Node] = []
    for node in nodes:
        if node not in apart:
            apart.append(node)
    return apart[0] if len(apart) == 1 else {"anyOf": apart}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].removeprefix(_REF)
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _references(each)
