"""A procedure together with the file it was read from, so that findings have a place."""

from dataclasses import dataclass

from thidua.definitions.tree import Tree
from thidua.workflow.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Loaded:
    """What `parse` makes and `check` looks at."""

    procedure: Procedure
    tree: Tree
