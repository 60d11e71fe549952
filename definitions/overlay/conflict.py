"""What overlay and base both changed since the overlay was written."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thidua.definitions.overlay.merged import at, merged
from thidua.definitions.overlay.record import said, units
from thidua.definitions.overlay.written import flow
from thidua.definitions.tree import Path, Tree
from thidua.workflow.errors import Reason

if TYPE_CHECKING:
    from thidua.definitions.overlay.laid import Overlay


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
        asked = {"point": self.name, "target": target, "mine": _shown(self.mine)}
        if self.gone:
            thing = ".".join(map(str, self.unit[:2]))
            return tree.reason("overlay-gone", self.place, thing=thing, **asked)
        shown = {"old": _shown(self.old), "new": _shown(self.new)}
        return tree.reason("overlay-conflict", self.place, **asked, **shown)


def conflicts(overlay: "Overlay", newer: Tree) -> list[Conflict]:
    """Every unit in which the newer base differs from what the overlay was written over and from
    what the overlay makes of it, in the order of the overlay's file.

    What it was written over is what its file says of it, else the base that it extends: over that
    base itself there are conflicts only where the file says something else of it.
    """
    before, after = (merged(each.data, list(overlay.points)) for each in (overlay.base, newer))
    found = []
    for unit, points in units(overlay.points):
        old, new = said(overlay, unit), at(newer.data, unit)
        gone = _is_missing(newer, unit) and not _is_missing(overlay.base, unit)
        own = at(before if gone else after, unit)
        if gone or (old != new and new != own):
            found.append(Conflict(unit, points[0].place, old, new, own, gone))
    return sorted(found, key=lambda each: overlay.tree.place(each.place))


def _is_missing(base: Tree, unit: Path) -> bool:
    """Whether there is no such thing, not just no such value of it."""
    return len(unit) > 1 and at(base.data, unit[:2]) is None


def _shown(value: Any) -> str:
    return "–" if value is None else flow(value)
