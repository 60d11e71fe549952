"""Dues: every state that waits says until when, and a ladder climbs."""

from collections.abc import Iterator
from typing import Any

from thidua.definitions.loaded import Loaded
from thidua.workflow.due import Offset
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE


def dues(loaded: Loaded) -> Iterator[Reason]:
    """States without a word on their due, effects the engine may not have, ladders out of order."""
    yield from _states(loaded)
    yield from _effects(loaded)
    yield from _meetings(loaded)
    yield from _ladders(loaded)


def _states(loaded: Loaded) -> Iterator[Reason]:
    for name, state in loaded.procedure.states.items():
        given = loaded.tree.data["states"][name]
        if not state.final and "due" not in given:
            yield loaded.tree.key_reason("state-without-due", ("states", name), state=name)
        if state.final and "due" in given:
            yield loaded.tree.key_reason("final-with-due", ("states", name, "due"), state=name)
        if state.final and state.outcome is None:
            yield loaded.tree.key_reason("final-without-outcome", ("states", name), state=name)
        if not state.final and state.outcome is not None:
            path = ("states", name, "outcome")
            yield loaded.tree.key_reason("outcome-not-final", path, state=name)


def _effects(loaded: Loaded) -> Iterator[Reason]:
    procedure = loaded.procedure
    known = {step.trigger for step in procedure.transitions}
    fired = {(s, t.trigger) for t in procedure.transitions if t.by == ENGINE for s in t.source}
    for name, state in procedure.states.items():
        then = state.due.then if state.due else None
        if then in known and (name, then) not in fired:
            path = ("states", name, "due", "then")
            yield loaded.tree.reason("due-not-engine", path, trigger=then, state=name)


def _meetings(loaded: Loaded) -> Iterator[Reason]:
    """A round knows the day of its own meeting, of no other."""
    for name, rule in loaded.procedure.rounds.items():
        before = rule.due.before if rule.due else None
        own = rule.gather == "meeting" and before == f"{name}.meeting"
        if before is not None and not own:
            path = ("rounds", name, "due", "before")
            yield loaded.tree.reason("due-before-nothing", path, found=before, round=name)


def _ladders(loaded: Loaded) -> Iterator[Reason]:
    for name in loaded.procedure.ladders:
        given: dict[str, Any] = loaded.tree.data["ladders"][name]
        steps = {
            "remind": [s if isinstance(s, str) else s["at"] for s in given["remind"]],
            "escalate": [e["at"] for e in given.get("escalate", [])],
        }
        for key, texts in steps.items():
            days = [Offset.parse(text).working_days for text in texts]
            for position in range(1, len(days)):
                late = days[position] < days[position - 1]
                if late or (key == "remind" and days[position] == days[position - 1]):
                    path = ("ladders", name, key, position)
                    yield loaded.tree.reason(
                        "ladder-order", path, ladder=name, found=texts[position]
                    )
