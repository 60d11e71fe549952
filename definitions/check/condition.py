"""Conditions that some dossier can meet: their rounds are open by then and can say so."""

from collections.abc import Iterator

from thidua.definitions.check.graph import edges, reached
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Procedure

OFFERED = {
    "consultation": ("opened", "closed", "disagreements_answered"),
    "posting": ("opened", "closed"),
    "ballot": ("opened", "closed", "passed", "failed"),
}
"""What a round of each kind can be asked."""


def offered(procedure: Procedure) -> tuple[str, ...]:
    """Every condition that the engine itself can answer in this procedure."""
    rounds = procedure.rounds.items()
    named = (name for name in procedure.expressions if name.startswith("expr."))
    asked = (f"{name}.{word}" for name, rule in rounds for word in OFFERED[rule.kind])
    windows = (f"{name}.open" for name in procedure.windows)
    return ("documents.complete", *asked, *windows, *named)


def conditions(loaded: Loaded) -> Iterator[Reason]:
    """Conditions on a round that is not open yet, and waivers of conditions that none has."""
    procedure = loaded.procedure
    after = {name: _after(procedure, name) for name in procedure.rounds}
    used = {c for step in procedure.transitions for c in step.conditions}
    for number, step in enumerate(procedure.transitions):
        for position, condition in enumerate(step.conditions):
            name = condition.partition(".")[0]
            path: Path = ("transitions", number, "conditions", position)
            if after.get(name) and not set(step.source) <= after[name]:
                yield loaded.tree.reason("condition-before-round", path, condition=condition)
    for condition in procedure.waive:
        if condition not in used:
            path = ("may", "waive", condition)
            yield loaded.tree.key_reason("waiver-of-nothing", path, condition=condition)


def _after(procedure: Procedure, name: str) -> frozenset[str]:
    """The states in which the round may have been opened; none if nobody opens it."""
    opening = [s for s, state in procedure.states.items() if name in state.opens]
    return reached(opening, edges(procedure))
