"""No way to a decision, or into the council, past a round that may still run."""

from collections.abc import Iterator

from thidua.definitions.loaded import Loaded
from thidua.workflow.conditions import must_be_over
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Procedure, Transition


def decisions(loaded: Loaded) -> Iterator[Reason]:
    """Steps that decide or open a ballot, and can be tried while a round of the dossier runs.

    The act would refuse them; a condition on the way has to ask for the round's end.
    """
    procedure = loaded.procedure
    running = _running(procedure)
    for number, step in enumerate(procedure.transitions):
        open_here = set().union(*(running[state] for state in step.source if state in running))
        for name in sorted(open_here - _over(step)):
            if must_be_over(procedure, step, procedure.rounds[name]):
                yield loaded.tree.reason(
                    "step-past-round", ("transitions", number), trigger=step.trigger, round=name
                )


def _over(step: Transition) -> set[str]:
    """The rounds of which a step's conditions say that they are over."""
    asked = (condition.partition(".") for condition in step.conditions)
    return {name for name, _, question in asked if question in ("closed", "passed", "failed")}


def _running(procedure: Procedure) -> dict[str, frozenset[str]]:
    """For each state the rounds that may run in it for a dossier, by any way that leads there."""
    opens = {n: {r for r in s.opens if r in procedure.rounds} for n, s in procedure.states.items()}
    running = {name: frozenset[str]() for name in procedure.states}
    if procedure.initial in running:
        running[procedure.initial] = frozenset(opens[procedure.initial])
    changed = True
    while changed:
        changed = False
        for step in procedure.transitions:
            for source in step.source:
                if source not in running or step.dest not in running:
                    continue
                more = (running[source] - _over(step)) | opens[step.dest] | running[step.dest]
                if more != running[step.dest]:
                    running[step.dest], changed = frozenset(more), True
    return running
