"""Which box and which line looks how: ends by outcome, the engine's dashed, a way over it all."""

from dataclasses import dataclass, field, replace
from typing import Any

from thidua.definitions.drawing.graph import spine_of
from thidua.definitions.drawing.layout import Link
from thidua.definitions.drawing.paint import WAY, Look
from thidua.definitions.drawing.way import Way
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure, Transition

STATE = Look("#f5f8fb", "#33475b")
HOPED = Look("#e3f4e6", "#1e7b34", corner=14, double=True)
ENDED = Look("#f1efec", "#77706a", corner=14, double=True)
STEP = Look("#ffffff", "#b8c2cc", corner=9, wide=0.8)
OWN = replace(STEP, stroke="#52606d", dashed=True, wide=1.0)
ROUNDS = {
    "consultation": Look("#fff8e0", "#b58a00", corner=3),
    "ballot": Look("#f4edfb", "#7b4fb5", corner=3),
    "posting": Look("#e8f4fb", "#2b7fb8", corner=3),
}
LINE, OWN_LINE, ROUND_LINE = "#52606d", "#52606d", "#9a8a5c"
PASSED = "#dcebfa"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of one procedure, with a dossier's way over it."""

    procedure: Procedure
    way: Way
    spine: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spine", spine_of(self.procedure))

    def boxes(self, name: str) -> list[Look]:
        """The looks of all frames of a box, from the top."""
        kind, _, state = name.partition(":")
        if kind != "rounds":
            return [self._box(name)]
        kinds = [self.procedure.rounds[r].kind for r in self.procedure.states[state].opens]
        return [replace(ROUNDS[kind], faded=not self._concerns(state)) for kind in kinds]

    def _box(self, name: str) -> Look:
        kind, _, rest = name.partition(":")
        if kind == "state":
            return self._state(rest)
        return self._step(self.procedure.transitions[int(rest)])

    def _state(self, name: str) -> Look:
        state = self.procedure.states[name]
        ended = HOPED if f"state:{name}" in self.spine else ENDED
        plain = ended if state.final else STATE
        if name == self.way.standing:
            return replace(plain, fill=PASSED, stroke=WAY, wide=3.2)
        if name in self.way.states:
            return replace(plain, fill=PASSED, stroke=WAY, wide=1.8)
        return replace(plain, faded=not self._is_next(name))

    def _step(self, step: Transition) -> Look:
        plain = OWN if step.by == ENGINE else STEP
        if any(self._taken(step, source) for source in step.source):
            return replace(plain, stroke=WAY, wide=1.8)
        return replace(plain, faded=not self._possible(step))

    def link(self, link: Link) -> dict[str, Any]:
        """Ink, width, dashes of a line."""
        if link.beside:
            state = link.head.removeprefix("state:")
            return {"ink": ROUND_LINE, "faded": not self._concerns(state)}
        forth = link.head.startswith("step:")
        step = self.procedure.transitions[int((link.head if forth else link.tail)[5:])]
        sources = [link.tail.removeprefix("state:")] if forth else step.source
        dashed = step.by == ENGINE
        if any(self._taken(step, source) for source in sources):
            return {"ink": WAY, "wide": 3.0, "dashed": dashed}
        faded = not any(self._open(source) for source in sources)
        return {"ink": LINE, "dashed": dashed, "faded": faded}

    def _taken(self, step: Transition, source: str) -> bool:
        return (source, step.trigger, step.dest) in self.way.steps

    def _open(self, source: str) -> bool:
        """Whether the way can go on from here; without a way, always."""
        return self.way.standing in (None, source)

    def _possible(self, step: Transition) -> bool:
        return any(self._open(source) for source in step.source)

    def _is_next(self, name: str) -> bool:
        return self.way.standing is None or any(
            step.dest == name and self._possible(step) for step in self.procedure.transitions
        )

    def _concerns(self, state: str) -> bool:
        return self.way.standing is None or state in self.way.states
