"""A base with the points of an overlay put in."""

from typing import Any

from thidua.definitions.overlay.point import Point
from thidua.definitions.tree import Path

_SPELLED = "by"


def opened(data: dict[str, Any]) -> dict[str, Any]:
    """A procedure's values so that each can be reached by name: steps by their trigger.

    Nothing of it is copied: what is changed there is changed in `data`.
    """
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in data["transitions"]:
        steps.setdefault(step["trigger"], []).append(step)
    return {**data, "transitions": steps}


def merged(base: dict[str, Any], points: list[Point]) -> dict[str, Any]:
    """A copy of the base's values with every point in its place."""
    result: dict[str, Any] = _copied(base)
    for point in points:
        reached = opened(result)
        reached.setdefault(str(point.path[0]), result.setdefault(str(point.path[0]), {}))
        for place in _holders(reached, point.path):
            _put(place, str(point.path[-1]), point)
    return result


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _holders(data: Any, path: Path) -> list[dict[str, Any]]:
    """The mappings that hold the last key: several where a trigger has several steps."""
    places = [data]
    for i, key in enumerate(path[:-1]):
        places = [inner for place in places for inner in _entered(place, key, path[: i + 1])]
    return places


def _entered(place: dict[str, Any], key: Any, at: Path) -> list[dict[str, Any]]:
    inside = place.get(key)
    if isinstance(inside, list) and at[0] == "transitions":
        return inside
    if not isinstance(inside, dict):
        inside = _spelled(inside, at)
        place[key] = inside
    return [inside]


def _spelled(value: Any, at: Path) -> dict[str, Any]:
    """A value without keys as the mapping it stands for; `none` and `nobody` say nothing."""
    if at[0] == "may" and value not in (None, "nobody"):
        return {_SPELLED: value}
    return {}


def _put(place: dict[str, Any], key: str, point: Point) -> None:
    if point.gone:
        place.pop(key, None)
    else:
        place[key] = _copied(point.value)


def at(data: dict[str, Any], path: Path) -> Any:
    """What stands at the end of a way, None where nothing does; of a step without its words."""
    value: Any = opened(data)
    for key in path:
        if isinstance(value, list):
            value = [each.get(key) for each in value if isinstance(each, dict)]
        else:
            value = value.get(key) if isinstance(value, dict) else None
    if len(path) == 2 and path[0] == "transitions" and value is not None:
        return [{k: v for k, v in each.items() if k not in ("vi", "en")} for each in value]
    return _usual(value, path)


def _usual(value: Any, path: Path) -> Any:
    """Short and long forms of a right are one value."""
    short = path[0] == "may" and isinstance(value, str | list) and value != "nobody"
    return {_SPELLED: value} if short and len(path) == 2 else value
