"""A procedure as a picture: Mermaid text, or one SVG that needs nothing beside it."""

from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.drawing.sheet import svg
from thidua.definitions.drawing.way import Passage, Way

__all__ = ["Passage", "Way", "mermaid", "svg"]
