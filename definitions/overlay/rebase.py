"""Moving an overlay to a newer version of its base, asking wherever both changed the same."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast

from thidua.definitions.overlay.conflict import conflicts
from thidua.definitions.overlay.laid import Overlay
from thidua.definitions.overlay.point import Point
from thidua.definitions.overlay.record import OVER, recorded
from thidua.definitions.tree import Path, Tree
from thidua.definitions.words import nearest
from thidua.workflow.errors import DefinitionError, Reason, Refused

Answer = Literal["keep", "take"]


def answered(overlay: Overlay, newer: Tree, target: str) -> list[Point]:
    """The points that stay when the overlay moves to `target` ("name@version").

    `Refused` with every conflict that the overlay does not answer under `answers`; a conflict
    about something gone can only be taken. `DefinitionError` for answers that are none, or to
    questions nobody asks.
    """
    asked = conflicts(overlay, newer)
    answers = _answers(overlay.tree, target, {each.name for each in asked})
    open_ = [each for each in asked if each.name not in answers]
    stuck = [each for each in asked if each.gone and answers.get(each.name) == "keep"]
    if open_ or stuck:
        raise Refused.because(each.reason(overlay.tree, target) for each in (*open_, *stuck))
    taken = {name for name, answer in answers.items() if answer == "take"}
    return [point for point in overlay.points if point.name not in taken]


def _answers(tree: Tree, target: str, asked: set[str]) -> dict[str, Answer]:
    said = tree.data.get("answers", {})
    given = said.get(target, {}) if isinstance(said, dict) else said
    if not isinstance(given, dict):
        raise DefinitionError.because(
            [tree.reason("not-a-mapping", ("answers",), found=str(given))]
        )
    reasons = list(_wrong(tree, target, given, asked))
    if reasons:
        raise DefinitionError.because(reasons)
    return cast(dict[str, Answer], dict(given))


def _wrong(tree: Tree, target: str, given: Mapping[str, Any], asked: set[str]) -> Iterator[Reason]:
    for name, answer in given.items():
        path = ("answers", target, name)
        if name not in asked:
            words = nearest(name, asked)
            yield tree.key_reason("overlay-answer-idle", path, point=name, nearest=words)
        elif answer not in ("keep", "take"):
            yield tree.reason("overlay-answer", path, found=str(answer))


def moved(overlay: Overlay, newer: Tree, target: str, version: str | None) -> dict[str, Any]:
    """The values of the overlay's file after the move: without answers and what was taken, with
    what the newer base says there.

    `version` is its own new one; None puts the newer base's in front of what follows a `+`, and
    leaves it as it is where the base is the same.
    """
    _check_name(overlay, target)
    points = answered(overlay, newer, target)
    kept = {point.place for point in points}
    data = {key: each for key, each in overlay.tree.data.items() if key not in ("answers", OVER)}
    for point in overlay.points:
        if point.place not in kept:
            data = _without(data, point.place)
    version = version or _next_version(overlay, target)
    return {**data, "extends": target, "version": version, **recorded(points, newer)}


def _without(data: Any, path: Path) -> Any:
    """A copy without what stands at the path, and without mappings that it leaves empty."""
    key, *rest = path
    inner = _without(data[key], tuple(rest)) if rest else {}
    kept = {name: each for name, each in data.items() if name != key}
    return {name: inner if name == key else kept[name] for name in data if name in kept or inner}


def _next_version(overlay: Overlay, target: str) -> str:
    """The newer base's version with what the overlay's own has behind the `+`."""
    if target == overlay.extends:
        return overlay.version
    own = overlay.version.partition("+")[2]
    if not own:
        tree = overlay.tree
        raise DefinitionError.because(
            [tree.reason("overlay-new-version", ("version",), version=overlay.version)]
        )
    return f"{target.partition('@')[2]}+{own}"


def _check_name(overlay: Overlay, target: str) -> None:
    """`DefinitionError` when the target is another procedure."""
    name, found = overlay.extends.partition("@")[0], target.partition("@")[0]
    if name != found:
        tree = overlay.tree
        raise DefinitionError.because(
            [tree.reason("overlay-other", ("extends",), name=name, found=found)]
        )
