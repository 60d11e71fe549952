"""What the base said where an overlay differs from it, kept in the overlay's own file.

So a base that moved under a file is noticed without its history, also where `extends` was changed
by hand.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from thidua.definitions.overlay.merged import at
from thidua.definitions.overlay.point import NONE, Point
from thidua.definitions.tree import Path, Tree
from thidua.definitions.words import nearest
from thidua.workflow.errors import Reason

if TYPE_CHECKING:
    from thidua.definitions.overlay.laid import Overlay

OVER = "over"


def units(points: Iterable[Point]) -> Iterator[tuple[Path, list[Point]]]:
    """The units that an overlay touches, by name, each with its points."""
    ordered = sorted(points, key=lambda point: point.name)
    for _, same in groupby(ordered, key=lambda point: point.name):
        together = list(same)
        yield together[0].unit, together


def recorded(points: Iterable[Point], base: Tree) -> dict[str, Any]:
    """What a file says of the base under its points: `{"over": {UNIT: value or none}}`."""
    values = {of[0].name: at(base.data, unit) for unit, of in units(points)}
    told = {name: NONE if value is None else value for name, value in values.items()}
    return {OVER: told} if told else {}


def said(overlay: "Overlay", unit: Path) -> Any:
    """What a unit was in the base that the overlay was written over: as its file says, else as
    the base does that it extends.

    Of a thing that was the file's own, and that the base has by now, nothing was there.
    """
    *around, name = _names(unit)
    told = overlay.tree.data.get(OVER, {})
    if name in told:
        return None if told[name] == NONE else told[name]
    return None if any(each in told for each in around) else at(overlay.base.data, unit)


def _names(unit: Path) -> list[str]:
    """What a unit and everything around it is called, the unit last."""
    return [".".join(map(str, unit[:length])) for length in range(1, len(unit) + 1)]


def idle(overlay: "Overlay") -> Iterator[Reason]:
    """A finding for everything that is told of the base and that the file does not touch."""
    known = {name for point in overlay.points for name in _names(point.unit)}
    for name in overlay.tree.data.get(OVER, {}):
        if name not in known:
            path, words = (OVER, name), nearest(name, known)
            yield overlay.tree.key_reason("overlay-over-idle", path, point=name, nearest=words)


def unrecorded(overlay: "Overlay") -> tuple[Reason, ...]:
    """A finding, when the file does not say of every unit what it was written over."""
    tree, told = overlay.tree, overlay.tree.data.get(OVER, {})
    missing = sorted({point.name for point in overlay.points} - set(told))
    if not missing:
        return ()
    return (tree.reason("overlay-unrecorded", ("extends",), points=", ".join(missing)),)
