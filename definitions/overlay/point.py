"""The points of an overlay: every single value that it puts in place of the base's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from thidua.definitions.overlay.pattern import HEAD, TOP, Each, Keys, Leaf, Pattern
from thidua.definitions.tree import Path, Tree
from thidua.definitions.words import nearest
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE

NONE = "none"


@dataclass(frozen=True, slots=True)
class Point:
    """A value by the way to it, the same in overlay and base, and the unit it belongs to.

    A step of the base is reached by its trigger. `value` is what the overlay says; with `gone` it
    takes the base's away. `place` is the way in the overlay's own file, `new` a thing that the
    base does not have.
    """

    path: Path
    unit: Path
    value: Any
    place: Path
    gone: bool = False
    new: bool = False

    @property
    def name(self) -> str:
        """The unit as answers name it."""
        return ".".join(map(str, self.unit))


@dataclass(slots=True)
class Reading:
    """Takes the points out of an overlay and keeps a finding for each that may not be."""

    tree: Tree
    base: dict[str, Any]
    reasons: list[Reason] = field(default_factory=list)

    def points(self) -> list[Point]:
        """All points, in the order of the file."""
        if not isinstance(self.tree.data, dict):
            self._refuse("not-a-mapping", (), found=str(self.tree.data))
            return []
        return [
            point
            for key, value in self.tree.data.items()
            if key not in HEAD
            for point in self._child(TOP, (), key, value, self.base)
        ]

    def _refuse(self, code: str, path: Path, /, **fields: object) -> None:
        self.reasons.append(self.tree.reason(code, path, **fields))

    def _child(self, pattern: Keys, at: Path, key: str, value: Any, base: Any) -> Iterator[Point]:
        """The points below one key of a mapping."""
        inner = pattern.known.get(key)
        if inner is None:
            known = nearest(key, pattern.known)
            where = ".".join(map(str, (*at, key)))
            self.reasons.append(
                self.tree.key_reason("overlay-key", (*at, key), key=where, nearest=known)
            )
            return
        unit = at if pattern.unit else None
        yield from self._points(inner, (*at, key), value, _inside(base, key), unit)

    def _points(
        self, pattern: Pattern, at: Path, value: Any, base: Any, unit: Path | None
    ) -> Iterator[Point]:
        if isinstance(pattern, Leaf):
            yield self._leaf(pattern, at, value, unit)
        elif isinstance(pattern, Each):
            yield from self._each(pattern, at, value, base)
        else:
            yield from self._keys(pattern, at, value, base, unit)

    def _leaf(self, pattern: Leaf, at: Path, value: Any, unit: Path | None) -> Point:
        if at[0] == "transitions" and at[-1] == "by":
            self._check_engine(at, value)
        gone = pattern.gone and value == NONE
        return Point(at, _unit(at, unit), value, at, gone=gone)

    def _keys(
        self, pattern: Keys, at: Path, value: Any, base: Any, unit: Path | None
    ) -> Iterator[Point]:
        unit = unit if unit is not None else at if pattern.unit else None
        if pattern.short and value != "nobody" and isinstance(value, str | list):
            yield Point((*at, pattern.short), _unit(at, unit), value, at)
        elif isinstance(value, dict):
            for key, each in value.items():
                nested = Keys(pattern.known, unit=False)
                for point in self._child(nested, at, key, each, base):
                    yield point if unit is None else _within(point, unit)
        elif pattern.whole:
            yield Point(at, _unit(at, unit), value, at)
        else:
            self._refuse("not-a-mapping", at, found=str(value))

    def _each(self, pattern: Each, at: Path, value: Any, base: Any) -> Iterator[Point]:
        if not isinstance(value, dict):
            self._refuse("not-a-mapping", at, found=str(value))
            return
        for name, each in value.items():
            path = (*at, name)
            if name in (base or {}):
                yield from self._known(pattern, path, each, base[name])
            elif pattern.new:
                yield Point(path, path, each, path, new=True)
            else:
                known = nearest(name, base or {})
                code = {"part": at[-1], "name": name, "nearest": known}
                self.reasons.append(self.tree.key_reason("overlay-nothing", path, **code))

    def _known(self, pattern: Each, path: Path, value: Any, base: Any) -> Iterator[Point]:
        if pattern.gone and value == NONE:
            yield Point(path, path, value, path, gone=True)
        else:
            inner = pattern.apart.get(str(path[-1]), pattern.of)
            yield from self._points(inner, path, value, base, None)

    def _check_engine(self, at: Path, value: Any) -> None:
        """A step stays the engine's, or a person's."""
        steps = self.base["transitions"][at[1]]
        if any((step.get("by") == ENGINE) != (value == ENGINE) for step in steps):
            self._refuse("overlay-engine", at, trigger=at[1])


def _inside(base: Any, key: str) -> Any:
    return base.get(key) if isinstance(base, dict) else None


def _unit(at: Path, unit: Path | None) -> Path:
    """A step's own words are each for themselves; who takes it belongs to the step as a whole."""
    if unit is None and at[0] == "transitions" and at[-1] == "by":
        return at[:2]
    return at if unit is None else unit


def _within(point: Point, unit: Path) -> Point:
    return Point(point.path, unit, point.value, point.place, point.gone, point.new)
