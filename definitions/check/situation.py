"""From every situation a dossier can come into, an end can be reached; pauses end too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thidua.definitions.check.graph import backwards, reached
from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure, RoundRule, Transition

MAX_SITUATIONS = 5_000
"""The shipped procedures have some 50; every round that is asked about multiplies them."""

Situation = tuple[str, tuple[str, ...]]
"""A state, and for each round that a condition asks about: none, open, or what it came to."""


@dataclass(frozen=True, slots=True)
class _Field:
    """What moves a dossier, as far as states and rounds tell it.

    Papers, the host's and typed conditions may hold or not: an end that only needs them to hold
    can be reached. A transition of the engine that hangs on rounds alone is taken as soon as it
    can be, so nobody else acts before it; one that a due brings waits for the due.
    """

    procedure: Procedure
    rounds: tuple[str, ...]

    def start(self) -> Situation:
        return self.enter(self.procedure.initial, ("none",) * len(self.rounds))

    def enter(self, state: str, came_to: tuple[str, ...]) -> Situation:
        opens = self.procedure.states[state].opens
        now = zip(self.rounds, came_to, strict=True)
        return state, tuple("open" if name in opens else came for name, came in now)

    def following(self, here: Situation) -> Iterator[Situation]:
        """Every situation that the next thing to happen can lead to."""
        state, came_to = here
        if self.procedure.states[state].final:
            return
        for step in self._own(state):
            if self._holds(step, came_to) is not False:
                yield self.enter(step.dest, came_to)
            if self._holds(step, came_to) is True:
                return
        yield from self._rounds(here)
        for step in self.procedure.transitions:
            if state in step.source and self._holds(step, came_to) is not False:
                yield self.enter(step.dest, came_to)

    def _own(self, state: str) -> Iterator[Transition]:
        due = self.procedure.states[state].due
        for step in self.procedure.transitions:
            waits = due is not None and due.then == step.trigger
            if step.by == ENGINE and state in step.source and not waits:
                yield step

    def _rounds(self, here: Situation) -> Iterator[Situation]:
        state, came_to = here
        for place, name in enumerate(self.rounds):
            if came_to[place] == "open":
                for end in _ends(self.procedure, self.procedure.rounds[name]):
                    yield state, (*came_to[:place], end, *came_to[place + 1 :])

    def _holds(self, step: Transition, came_to: tuple[str, ...]) -> bool | None:
        """Yes or no as the rounds say; None where something else has a say too."""
        asked = [self._answer(condition, came_to) for condition in step.conditions]
        if False in asked:
            return False
        return None if None in asked else True

    def _answer(self, condition: str, came_to: tuple[str, ...]) -> bool | None:
        name, _, question = condition.partition(".")
        if name not in self.rounds:
            return None
        now = came_to[self.rounds.index(name)]
        held = now in _MET[question]
        return None if not held and condition in self.procedure.waive else held


_MET: Mapping[str, tuple[str, ...]] = {
    "opened": ("open", "closed", "disputed", "passed", "failed"),
    "closed": ("closed", "disputed", "passed", "failed"),
    "disagreements_answered": ("open", "closed"),
    "passed": ("passed",),
    "failed": ("failed",),
}


def _ends(procedure: Procedure, rule: RoundRule) -> tuple[str, ...]:
    """What a round can come to; a disagreement that nobody may answer stays one."""
    if rule.kind == "ballot":
        return "passed", "failed"
    asked = rule.kind == "consultation" and not procedure.may["reply"].roles
    return ("closed", "disputed") if asked else ("closed",)


def situations(loaded: Loaded) -> Iterator[Reason]:
    """States in which a dossier can be stuck for good, with the rounds that leave it there.

    Asked only of a procedure whose names exist and whose states are in order.
    """
    procedure = loaded.procedure
    rounds = {c.partition(".")[0] for step in procedure.transitions for c in step.conditions}
    field = _Field(procedure, tuple(name for name in procedure.rounds if name in rounds))
    ways = _ways(field)
    if ways is None:
        at = ("rounds",)
        yield loaded.tree.key_reason("situations-too-many", at, limit=MAX_SITUATIONS)
        return
    ends = [here for here in ways if procedure.states[here[0]].final]
    safe = reached(ends, backwards(ways))
    stuck = [here for here in ways if here not in safe]
    for state in dict.fromkeys(here[0] for here in stuck):
        mine = [here for here in stuck if here[0] == state]
        if any(not (ways[here] - set(mine)) for here in mine):
            last = next(here for here in mine if not (ways[here] - set(mine)))
            words = _told(field.rounds, last)
            yield loaded.tree.key_reason(
                "situation-stuck", ("states", state), state=state, rounds=words
            )


def _ways(field: _Field) -> dict[Situation, frozenset[Situation]] | None:
    """Every situation that can be reached, with those that follow; None when they are too many."""
    ways: dict[Situation, frozenset[Situation]] = {}
    waiting = [field.start()]
    while waiting:
        here = waiting.pop()
        if here in ways:
            continue
        if len(ways) >= MAX_SITUATIONS:
            return None
        ways[here] = frozenset(field.following(here))
        waiting.extend(ways[here])
    return ways


def _told(rounds: tuple[str, ...], here: Situation) -> str:
    return ", ".join(f"{name}: {came}" for name, came in zip(rounds, here[1], strict=True)) or "-"


def pauses(loaded: Loaded) -> Iterator[Reason]:
    """Pauses that somebody may begin and nobody may end, and rights to end what never begins."""
    may = loaded.procedure.may
    for begins, ends in (("hold", "release"), ("return", "supplement")):
        if may[begins].roles and not may[ends].roles:
            yield loaded.tree.reason("pause-without-end", ("may", begins), act=begins, end=ends)
        if may[ends].roles and not may[begins].roles:
            yield loaded.tree.reason("right-idle", ("may", ends), act=ends, needs=begins)
