"""A sealed ballot's box as stored, against what the journal tells of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from thidua.storage.script import Row
from thidua.workflow.box_told import BoxTold
from thidua.workflow.journal import commitment

READ = ("round_id", "key_id", "public", "votes", "slips", "salt")
HELD = ("round_id", "key_id", "public", "votes", "slips")
"""As compared: in the place of a running box's slips and salt stands the commitment to them."""


def held(stored: Iterable[Row]) -> list[Row]:
    """Stored boxes as they are compared."""
    return [(*fixed, slips if salt == "" else _seal(salt, slips)) for *fixed, slips, salt in stored]


def told(boxes: Mapping[str, BoxTold]) -> list[dict[str, Any]]:
    """Boxes of the journal as they are compared."""
    return [
        {"round_id": key, "key_id": box.key_id, "public": box.public, "votes": box.votes,
         "slips": box.seal if box.slips is None else box.slips}
        for key, box in boxes.items()
    ]  # fmt: skip


def _seal(salt: Any, slips: Any) -> str:
    try:
        return commitment(salt, slips)
    except (TypeError, ValueError):
        return ""
