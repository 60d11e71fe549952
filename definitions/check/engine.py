"""What the engine does by itself: only on a condition or a due, and never in a circle."""

from collections.abc import Iterator

from thidua.definitions.check.graph import reached
from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure


def engine_steps(loaded: Loaded) -> Iterator[Reason]:
    """Engine transitions without a cause or in a circle; triggers that are not unique."""
    yield from _without_cause(loaded)
    yield from _circles(loaded)
    yield from _twice(loaded)


def timed(procedure: Procedure) -> frozenset[tuple[str, str]]:
    """Every state and the trigger that the engine fires when its due has passed."""
    states = procedure.states.items()
    return frozenset((n, s.due.then) for n, s in states if s.due is not None and s.due.then)


def _without_cause(loaded: Loaded) -> Iterator[Reason]:
    by_due = timed(loaded.procedure)
    for number, step in enumerate(loaded.procedure.transitions):
        waits = all((source, step.trigger) in by_due for source in step.source)
        if step.by == ENGINE and not step.conditions and not waits:
            path = ("transitions", number)
            yield loaded.tree.reason("engine-without-condition", path, trigger=step.trigger)


def _circles(loaded: Loaded) -> Iterator[Reason]:
    steps = [t for t in loaded.procedure.transitions if t.by == ENGINE]
    ways: dict[str, frozenset[str]] = {}
    for step in steps:
        for source in step.source:
            ways[source] = ways.get(source, frozenset()) | {step.dest}
    for number, step in enumerate(loaded.procedure.transitions):
        if step.by == ENGINE and reached([step.dest], ways) & set(step.source):
            path = ("transitions", number)
            yield loaded.tree.reason("engine-circle", path, trigger=step.trigger)


def _twice(loaded: Loaded) -> Iterator[Reason]:
    seen: set[tuple[str, str]] = set()
    for number, step in enumerate(loaded.procedure.transitions):
        for source in step.source:
            if (step.trigger, source) in seen:
                path = ("transitions", number, "trigger")
                yield loaded.tree.reason(
                    "transition-twice", path, trigger=step.trigger, state=source
                )
            seen.add((step.trigger, source))
