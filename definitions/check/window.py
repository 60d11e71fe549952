"""Windows: named like nothing else, and asked for."""

from collections.abc import Iterator

from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason


def windows(loaded: Loaded) -> Iterator[Reason]:
    """Windows that share their name with a round, or that no transition asks about."""
    procedure = loaded.procedure
    asked = {c for step in procedure.transitions for c in step.conditions}
    for name in procedure.windows:
        if name in procedure.rounds or name in ("documents", "host", "expr"):
            yield loaded.tree.key_reason("window-name", ("windows", name), window=name)
        elif f"{name}.open" not in asked:
            yield loaded.tree.key_reason("window-unused", ("windows", name), window=name)
