"""Can a dossier get everywhere, and from everywhere to an end."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Procedure

Edges = Mapping[str, frozenset[str]]
Node = TypeVar("Node", bound=Hashable)


def edges(procedure: Procedure, *, withdrawn: bool = False) -> Edges:
    """Where each state leads by transitions; with `withdrawn`, by being withdrawn too."""
    ways: dict[str, set[str]] = {name: set() for name in procedure.states}
    for step in procedure.transitions:
        for source in step.source:
            ways.setdefault(source, set()).add(step.dest)
    dest = procedure.may["withdraw"].dest
    for name, state in procedure.states.items():
        if withdrawn and dest is not None and not state.final:
            ways[name].add(dest)
    return {name: frozenset(there) for name, there in ways.items()}


def reached(start: Iterable[Node], ways: Mapping[Node, frozenset[Node]]) -> frozenset[Node]:
    """Every state that can be reached from `start`, itself included."""
    found: set[Node] = set()
    waiting = list(start)
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting.extend(ways.get(state, ()))
    return frozenset(found)


def backwards(ways: Mapping[Node, frozenset[Node]]) -> dict[Node, frozenset[Node]]:
    """The same ways, walked against their direction."""
    back: dict[Node, set[Node]] = {name: set() for name in ways}
    for source, there in ways.items():
        for dest in there:
            back.setdefault(dest, set()).add(source)
    return {name: frozenset(sources) for name, sources in back.items()}


def graph(loaded: Loaded) -> Iterator[Reason]:
    """Unreachable states, dead ends, states without a way to an end, ends that are left."""
    procedure, tree = loaded.procedure, loaded.tree
    if procedure.initial not in procedure.states:
        return
    ways = edges(procedure)
    there = reached([procedure.initial], edges(procedure, withdrawn=True))
    ends = [n for n, s in procedure.states.items() if s.final or not ways[n]]
    can_end = reached(ends, backwards(ways))
    for name, state in procedure.states.items():
        code = _fault(
            reachable=name in there,
            leaves=bool(ways[name]),
            final=state.final,
            ends=name in can_end,
        )
        if code is not None:
            yield tree.key_reason(code, ("states", name), state=name)


def _fault(*, reachable: bool, leaves: bool, final: bool, ends: bool) -> str | None:
    """The first fault of a state: one cause, one finding."""
    if not reachable:
        return "final-unreachable" if final else "state-unreachable"
    if final:
        return "final-left" if leaves else None
    if not leaves:
        return "state-dead-end"
    return None if ends else "state-without-end"
