"""An overlay laid over its base: read, put together, written out whole, proved."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from thidua.definitions.loaded import Loaded
from thidua.definitions.overlay.conflict import conflicts
from thidua.definitions.overlay.merged import merged, opened
from thidua.definitions.overlay.point import Point, Reading
from thidua.definitions.overlay.record import OVER, idle, unrecorded
from thidua.definitions.overlay.written import written
from thidua.definitions.tree import Path, Place, Tree
from thidua.definitions.words import nearest
from thidua.workflow.errors import DefinitionError, Reason, Unknown

Base = Callable[[str], Tree]
"""The text of the procedure with a "name@version", read; `Unknown` when there is none."""

NAMED = re.compile(r"[a-z][a-z0-9-]{0,59}@[0-9][0-9a-z.+]{0,59}")


@dataclass(frozen=True, slots=True)
class Overlay:
    """A file that extends a procedure: `extends` is "name@version"; its points over that base."""

    tree: Tree
    extends: str
    version: str
    base: Tree
    points: tuple[Point, ...]


def is_overlay(tree: Tree) -> bool:
    """Whether a file is laid over another one."""
    return isinstance(tree.data, dict) and "extends" in tree.data


def read_overlay(tree: Tree, base: Base, *, answers: bool = False) -> Overlay:
    """The overlay in a file, its points found in the base.

    `DefinitionError` with every finding at its line and column: a head that is not complete, a
    key that an overlay may not touch, a thing that the base does not have, a base that moved
    under it. With `answers` the file may hold some, and what they are about is not asked.
    """
    _stop(_head(tree, answers=answers))
    extends, version = str(tree.data["extends"]), str(tree.data["version"])
    below = _below(tree, base, extends)
    reading = Reading(tree, opened(below.data))
    points = tuple(reading.points())
    _stop(reading.reasons)
    overlay = Overlay(tree, extends, version, below, points)
    if not answers:
        _stop(idle(overlay))
        _stop(each.reason(tree, extends) for each in conflicts(overlay, below))
    return overlay


def _stop(findings: Iterable[Reason]) -> None:
    """`DefinitionError` where there is any."""
    if reasons := list(findings):
        raise DefinitionError.because(reasons)


def _below(tree: Tree, base: Base, extends: str) -> Tree:
    """The base; where there is none, a finding at the reference with what was meant."""
    try:
        return base(extends)
    except Unknown as error:
        known = str(error.fields.get("known", "")).split(", ")
        fields = {"found": extends, "nearest": nearest(extends, known)}
        raise DefinitionError.because(
            [tree.reason("overlay-base", ("extends",), **fields)]
        ) from error


def _head(tree: Tree, *, answers: bool) -> Collection[Reason]:
    found: list[Reason] = []
    for key in ("format", "extends", "version"):
        value = tree.data.get(key)
        if value is None:
            found.append(tree.key_reason("key-missing", (key,), key=key))
        elif not isinstance(value, str):
            found.append(tree.reason("not-a-text", (key,), found=str(value)))
    extends = tree.data.get("extends")
    if isinstance(extends, str) and not NAMED.fullmatch(extends):
        found.append(tree.reason("overlay-extends", ("extends",), found=extends))
    if tree.data.get("version") == str(extends).partition("@")[2]:
        found.append(tree.reason("overlay-version", ("version",), found=tree.data["version"]))
    if not isinstance(told := tree.data.get(OVER, {}), dict):
        found.append(tree.reason("not-a-mapping", (OVER,), found=str(told)))
    if "answers" in tree.data and not answers:
        found.append(tree.key_reason("overlay-answers", ("answers",)))
    return found


def laid(overlay: Overlay) -> Loaded:
    """The procedure that base and overlay make together, typed and not yet proved.

    Its text is complete and depends on nothing else: the base's values with the overlay's points,
    and under `laid_over` what they came from. Findings point into the overlay, at what is nearest
    to their cause there; `DefinitionError` for those of the schema.
    """
    from thidua.definitions.loader import content_hash, typed
    from thidua.definitions.reader import read

    data = _headed(overlay, merged(overlay.base.data, list(overlay.points)), content_hash)
    text = read(written(data), overlay.tree.name).text
    values, keys = _places(overlay, data)
    tree = overlay.tree
    return typed(Tree(tree.name, text, data, values, keys, (*tree.notes, *unrecorded(overlay))))


def _headed(overlay: Overlay, data: dict[str, Any], hashed: Callable[[str], str]) -> dict[str, Any]:
    """The values with their own version, and where they came from, among the first keys."""
    name, _, version = overlay.extends.partition("@")
    came = {"procedure": name, "version": version, "hash": hashed(overlay.base.text),
            "overlay": hashed(overlay.tree.text)}  # fmt: skip
    own = {**overlay.tree.data, "laid_over": came}
    first = {key: own[key] if key in own and key != "procedure" else data[key]
             for key in ("format", "procedure", "version")}  # fmt: skip
    rest = {key: value for key, value in data.items() if key not in (*first, "laid_over")}
    return {**first, "laid_over": came, **rest}


def _places(overlay: Overlay, data: dict[str, Any]) -> tuple[dict[Path, Place], dict[Path, Place]]:
    """Where the values of the result stand in the overlay; the rest stands at `extends`."""
    tree = overlay.tree
    values: dict[Path, Place] = {
        (): tree.place(("extends",)),
        ("version",): tree.place(("version",)),
    }
    keys: dict[Path, Place] = {}
    indices: dict[str, list[int]] = {}
    for i, step in enumerate(data["transitions"]):
        indices.setdefault(step["trigger"], []).append(i)
    for mine, place in tree.values.items():
        for path in _result(mine, indices):
            values.setdefault(path, place)
    for mine, place in tree.keys.items():
        for path in _result(mine, indices):
            keys.setdefault(path, place)
    return values, keys


def _result(path: Path, indices: dict[str, list[int]]) -> list[Path]:
    """The ways in the result that a way in the overlay stands for."""
    if path[:1] == ("transitions",) and len(path) > 1:
        return [("transitions", i, *path[2:]) for i in indices.get(str(path[1]), ())]
    return [] if path == () else [path]
