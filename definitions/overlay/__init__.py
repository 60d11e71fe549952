"""Overlays: small files that change numbers, words and people of a procedure and outlive it."""

from thidua.definitions.overlay.conflict import Conflict, conflicts
from thidua.definitions.overlay.edited import edited
from thidua.definitions.overlay.laid import Base, Overlay, is_overlay, laid, read_overlay
from thidua.definitions.overlay.rebase import moved

__all__ = [
    "Base",
    "Conflict",
    "Overlay",
    "conflicts",
    "edited",
    "is_overlay",
    "laid",
    "moved",
    "read_overlay",
]
