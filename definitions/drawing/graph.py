"""A procedure as boxes and links: states, the steps between them, the rounds beside them."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thidua.definitions.drawing.frame import Frame, round_frame, state_frame, step_frame
from thidua.definitions.drawing.layout import Box, Link
from thidua.definitions.drawing.way import Way
from thidua.definitions.phrase import Phrases
from thidua.workflow.procedure import Procedure, Transition

STACK = 6.0


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be placed. Boxes are called "state:NAME", "step:NUMBER", "rounds:STATE".

    The frames of a box stand one below the other, `STACK` apart.
    """

    frames: Mapping[str, tuple[Frame, ...]]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


def graph(procedure: Procedure, phrases: Phrases, way: Way) -> Graph:
    """Boxes and links; a state that only a withdrawal leads to stands with what goes everywhere."""
    shown = drawn_states(procedure)
    # Rounds first: Graphviz sets what it meets first on the left.
    frames = {
        f"rounds:{n}": tuple(round_frame(procedure.rounds[r], phrases, way) for r in opens)
        for n in shown
        if (opens := procedure.states[n].opens)
    }
    frames |= {f"state:{n}": (state_frame(procedure.states[n], phrases, way),) for n in shown}
    frames |= {f"step:{i}": (step_frame(s, phrases),) for i, s in enumerate(procedure.transitions)}
    spine = spine_of(procedure)
    boxes = tuple(_box(name, stack, spine) for name, stack in frames.items())
    return Graph(frames, boxes, tuple(_links(procedure, shown, spine)))


def _box(name: str, stack: tuple[Frame, ...], spine: frozenset[str]) -> Box:
    height = sum(frame.height for frame in stack) + STACK * (len(stack) - 1)
    return Box(name, max(frame.width for frame in stack), height, name in spine)


def _links(procedure: Procedure, shown: list[str], spine: frozenset[str]) -> Iterator[Link]:
    for name in shown:
        if procedure.states[name].opens:
            yield Link(f"rounds:{name}", f"state:{name}", beside=True)
    for i, step in enumerate(procedure.transitions):
        main = f"step:{i}" in spine
        for source in step.source:
            yield Link(f"state:{source}", f"step:{i}", arrow=False, spine=main)
        yield Link(f"step:{i}", f"state:{step.dest}", spine=main)


def drawn_states(procedure: Procedure) -> list[str]:
    """The states that steps connect."""
    ends = {step.dest for step in procedure.transitions}
    sources = {source for step in procedure.transitions for source in step.source}
    return [n for n in procedure.states if n in ends | sources | {procedure.initial}]


def spine_of(procedure: Procedure) -> frozenset[str]:
    """The boxes of the way to the end that lies farthest, which is the one hoped for."""
    came = _shortest(procedure)
    ends = [name for name in came if procedure.states[name].final]
    at: str | None = max(ends, key=lambda name: _depth(came, name), default=None)
    boxes = set()
    while at is not None:
        boxes.add(f"state:{at}")
        number, at = came[at]
        if number is not None:
            boxes.add(f"step:{number}")
    return frozenset(boxes)


Came = dict[str, tuple[int | None, str | None]]
"""By which step, and from where, a state is reached first."""


def _shortest(procedure: Procedure) -> Came:
    out: dict[str, list[tuple[int, Transition]]] = {}
    for i, step in enumerate(procedure.transitions):
        for source in step.source:
            out.setdefault(source, []).append((i, step))
    came: Came = {procedure.initial: (None, None)}
    waiting = deque([procedure.initial])
    while waiting:
        at = waiting.popleft()
        for i, step in out.get(at, ()):
            if step.dest not in came:
                came[step.dest] = (i, at)
                waiting.append(step.dest)
    return came


def _depth(came: Came, name: str) -> int:
    depth, at = 0, came[name][1]
    while at is not None:
        depth, at = depth + 1, came[at][1]
    return depth
