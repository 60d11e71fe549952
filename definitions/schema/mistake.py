"""What the schema says no to, as findings with a place and the nearest valid words."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from thidua.definitions.findings import Findings
from thidua.definitions.schema.scalar import shown
from thidua.definitions.tree import Path, Tree
from thidua.definitions.words import look_alike, nearest
from thidua.workflow.errors import Reason

_SHAPES = {
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "tuple_type": "not-a-list",
    "too_short": "empty-list",
}


def reasons(error: ValidationError, tree: Tree, shapes: Mapping[int, Any]) -> tuple[Reason, ...]:
    """A finding for every mistake; `shapes` tells which shape read the mapping of an id.

    A key that is missing because it is misspelled is one finding, where it stands.
    """
    found = error.errors(include_url=False, include_input=True)
    unknown = [_follow(tree.data, e["loc"])[0] for e in found if e["type"] == "extra_forbidden"]
    left = (each for each in found if not _misspelled(each, tree, unknown))
    return Findings.of(_alike(_reason(each, tree, shapes)) for each in left).errors


def _misspelled(mistake: Mapping[str, Any], tree: Tree, unknown: Iterable[Path]) -> bool:
    """Whether a key is missing because an unknown one beside it was meant to be it."""
    if mistake["type"] != "missing":
        return False
    parent = _follow(tree.data, mistake["loc"])[0]
    beside = [str(path[-1]) for path in unknown if path[:-1] == parent]
    return bool(get_close_matches(str(mistake["loc"][-1]), beside, n=1))


def _alike(reason: Reason) -> Reason:
    """The same, or, where a word has a letter that only looks like a Latin one, that."""
    word = str(reason.fields.get("key") or reason.fields.get("found") or "")
    letter = look_alike(word)
    spelled = reason.code in ("key-unknown", "word-unknown") or reason.code.startswith("bad-")
    if letter is None or not spelled:
        return reason
    place = {name: reason.fields[name] for name in ("file", "line", "column")}
    return Reason("look-alike", {**place, "found": word, "letter": letter})


def _reason(mistake: Mapping[str, Any], tree: Tree, shapes: Mapping[int, Any]) -> Reason:
    kind, loc, context = mistake["type"], mistake["loc"], mistake.get("ctx", {})
    path, node = _follow(tree.data, loc)
    if kind == "extra_forbidden":
        parent = _follow(tree.data, path[:-1])[1]
        words = nearest(str(path[-1]), shapes[id(parent)].known())
        return tree.key_reason("key-unknown", path, key=path[-1], nearest=words)
    if kind == "missing":
        return _missing(str(loc[-1]), path, tree, shapes.get(id(node)))
    if kind == "union_tag_not_found":
        return _missing(context["discriminator"].strip("'"), path, tree, None)
    if kind in ("literal_error", "union_tag_invalid"):
        return _unknown_word(mistake, path, node, tree)
    if kind in _SHAPES:
        return tree.reason(_SHAPES[kind], path, found=shown(node))
    at = tree.key_reason if loc and loc[-1] == "[key]" else tree.reason
    return at(kind, path, **{key: value for key, value in context.items() if key != "code"})


def _follow(data: Any, loc: Iterable[Any]) -> tuple[Path, Any]:
    """The way into the file that a place of the schema means; steps that the file lacks (the
    schema's own tags, a list for a single text) are left out."""
    path: Path = ()
    for step in loc:
        inside = isinstance(data, dict) and step in data
        if inside or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            path, data = (*path, step), data[step]
    return path, data


def _missing(key: str, path: Path, tree: Tree, shape: Any) -> Reason:
    code = "key-missing" if shape is None else shape.missing.get(key, "key-missing")
    return tree.key_reason(code, path, key=key)


def _unknown_word(mistake: Mapping[str, Any], path: Path, node: Any, tree: Tree) -> Reason:
    context = mistake["ctx"]
    words = re.findall(r"'([^']*)'", context.get("expected") or context["expected_tags"])
    if mistake["type"] == "union_tag_invalid":
        path = (*path, context["discriminator"].strip("'"))
        node = context["tag"]
    found = shown(node)
    return tree.reason("word-unknown", path, found=found, nearest=nearest(found, words))
