"""Moving an overlay to a newer version of its base, asking wherever both changed the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, cast

from thidua.definitions.overlay.laid import Overlay
from thidua.definitions.overlay.merged import at, merged
from thidua.definitions.overlay.point import Point
from thidua.definitions.overlay.written import flow
from thidua.definitions.tree import Path, Tree
from thidua.definitions.words import nearest
from thidua.workflow.errors import DefinitionError, Reason, Refused

Answer = Literal["keep", "take"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit that overlay and newer base both changed: what the base had, what it has now, what
    the overlay makes of it. None where nothing stands; `gone` when the newer base has no such
    thing.
    """

    unit: Path
    place: Path
    old: Any
    new: Any
    mine: Any
    gone: bool = False

    @property
    def name(self) -> str:
        """The unit as answers name it."""
        return ".".join(map(str, self.unit))

    def reason(self, tree: Tree, target: str) -> Reason:
        """The question, at its place in the overlay."""
        shown = {"old": _shown(self.old), "new": _shown(self.new), "mine": _shown(self.mine)}
        return tree.reason("overlay-conflict", self.place, point=self.name, target=target, **shown)


def conflicts(overlay: Overlay, newer: Tree) -> list[Conflict]:
    """Every unit in which the newer base differs from the old one and from what the overlay makes
    of it, in the order of the overlay's file.
    """
    before, after = (merged(each.data, list(overlay.points)) for each in (overlay.base, newer))
    found = []
    for unit, points in _units(overlay):
        old, new = at(overlay.base.data, unit), at(newer.data, unit)
        gone = not points[0].new and _is_missing(newer, unit)
        own = at(before if gone else after, unit)
        if gone or (old != new and new != own):
            found.append(Conflict(unit, points[0].place, old, new, own, gone))
    return sorted(found, key=lambda each: overlay.tree.place(each.place))


def _units(overlay: Overlay) -> Iterator[tuple[Path, list[Point]]]:
    ordered = sorted(overlay.points, key=lambda point: point.name)
    for _, same in groupby(ordered, key=lambda point: point.name):
        points = list(same)
        yield points[0].unit, points


def _is_missing(newer: Tree, unit: Path) -> bool:
    """Whether the thing itself is gone, not just a value of it."""
    return len(unit) > 1 and at(newer.data, unit[:2]) is None


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
    """The values of the overlay's file after the move: without answers and what was taken.

    `version` is its own new one; None puts the newer base's in front of what follows a `+`.
    """
    _check_name(overlay, target)
    kept = {point.place for point in answered(overlay, newer, target)}
    gone = [point.place for point in overlay.points if point.place not in kept]
    data = {key: each for key, each in overlay.tree.data.items() if key != "answers"}
    for place in gone:
        data = _without(data, place)
    version = version or _next_version(overlay, target)
    return {**data, "extends": target, "version": version}


def _without(data: Any, path: Path) -> Any:
    """A copy without what stands at the path, and without mappings that it leaves empty."""
    key, *rest = path
    inner = _without(data[key], tuple(rest)) if rest else {}
    kept = {name: each for name, each in data.items() if name != key}
    return {name: inner if name == key else kept[name] for name in data if name in kept or inner}


def _next_version(overlay: Overlay, target: str) -> str:
    """The newer base's version with what the overlay's own has behind the `+`."""
    own = overlay.version.partition("+")[2]
    if not own:
        tree = overlay.tree
        raise DefinitionError.because(
            [tree.reason("overlay-new-version", ("version",), version=overlay.version)]
        )
    return f"{target.partition('@')[2]}+{own}"


def _shown(value: Any) -> str:
    return "–" if value is None else flow(value)


def _check_name(overlay: Overlay, target: str) -> None:
    """`DefinitionError` when the target is another procedure."""
    name, found = overlay.extends.partition("@")[0], target.partition("@")[0]
    if name != found:
        tree = overlay.tree
        raise DefinitionError.because(
            [tree.reason("overlay-other", ("extends",), name=name, found=found)]
        )
