"""What changed from one procedure to another, in words."""

from thidua.definitions.difference.compared import Difference, compare

__all__ = ["Difference", "compare"]
