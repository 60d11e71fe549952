"""Dues: every state that waits says until when, counted from what there is; a ladder climbs."""

from collections.abc import Iterator
from typing import Any

from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.definitions.words import nearest
from thidua.workflow.due import Offset, Span
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import DueRule, Procedure

STARTS = ("entry", "receipt", "completeness")
"""What the due of a state or a span may be counted from beside a field."""
MOST = {"working days": 1, "calendar days": 1, "months": 31, "years": 366}
"""No more working days than this are in one of each unit."""


def dues(loaded: Loaded) -> Iterator[Reason]:
    """States without a word on their due, times counted from nothing, effects the engine may not
    have, ladders out of order or longer than the time they belong to, or with hours for nothing.
    """
    yield from _states(loaded)
    yield from _effects(loaded)
    yield from _meetings(loaded)
    yield from _closures(loaded)
    yield from _starts(loaded)
    yield from _ladders(loaded)
    yield from _hours(loaded)
    yield from _rungs(loaded)
    yield from _untold(loaded)


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


def _closures(loaded: Loaded) -> Iterator[Reason]:
    """Only a unit that is asked has days off of its own."""
    roles = loaded.procedure.roles
    for name, rule in loaded.procedure.rounds.items():
        asked = [roles.get(ask.role) for ask in rule.asks]
        of_units = any(role is not None and role.own_unit for role in asked)
        if rule.due is not None and rule.due.closures and not of_units:
            path = ("rounds", name, "due", "closures")
            yield loaded.tree.reason("closures-without-unit", path, round=name)


def counted(procedure: Procedure) -> Iterator[tuple[str, Path]]:
    """Every word that a time of a state, a span or a window is counted from, and where it is."""
    for name, state in procedure.states.items():
        if state.due is not None:
            yield _word(state.due, ("states", name, "due"), "from")
    for name, span in procedure.spans.items():
        yield _word(span.due, ("spans", name), "counted_from")
    for name, window in procedure.windows.items():
        yield window.start, ("windows", name, "from")


def _word(due: DueRule, path: Path, key: str) -> tuple[str, Path]:
    return (due.start, (*path, key)) if due.before is None else (due.before, (*path, "before"))


def _starts(loaded: Loaded) -> Iterator[Reason]:
    fields = loaded.procedure.fields
    dated = [name for name, field in fields.items() if field.type in ("date", "period")]
    for word, path in counted(loaded.procedure):
        words = () if path[-1] == "before" or path[0] == "windows" else STARTS
        if word in words:
            continue
        field = fields.get(word)
        if field is None:
            near = nearest(word, (*words, *dated))
            yield loaded.tree.reason("no-such-start", path, name=word, nearest=near)
        elif word not in dated:
            yield loaded.tree.reason("field-not-a-date", path, field=word, type=field.type)
        elif not field.needed:
            yield loaded.tree.reason("due-field-optional", path, field=word)


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


def _hours(loaded: Loaded) -> Iterator[Reason]:
    """Hours that no rung keeps: urgent mails know none, calls and letters are no mails."""
    for name, ladder in loaded.procedure.ladders.items():
        mails = (r for r in ladder.rungs if r.kind in ("mail", "held_mail"))
        if ladder.hours is not None and all(each.urgent for each in mails):
            yield loaded.tree.reason("hours-unused", ("ladders", name, "hours"), ladder=name)


def _timed(procedure: Procedure) -> Iterator[tuple[DueRule, Path]]:
    for name, state in procedure.states.items():
        if state.due is not None:
            yield state.due, ("states", name, "due")
    for name, rule in procedure.rounds.items():
        if rule.due is not None:
            yield rule.due, ("rounds", name, "due")
    for name, span in procedure.spans.items():
        yield span.due, ("spans", name)
    for name, right in procedure.may.items():
        if right.due is not None:
            yield right.due, ("may", name, "due")


def _rungs(loaded: Loaded) -> Iterator[Reason]:
    """A rung before the time begins would never be climbed."""
    for due, path in _timed(loaded.procedure):
        ladder = loaded.procedure.ladders.get(due.ladder or "")
        if ladder is None or due.before is not None or not isinstance(due.span, Span):
            continue
        first = ladder.rungs[0].offset
        if -first.working_days >= due.span.count * MOST[due.span.unit]:
            where = (*path, "ladder")
            yield loaded.tree.reason(
                "rung-before-begin", where, ladder=due.ladder, found=str(first), span=str(due.span)
            )


def _untold(loaded: Loaded) -> Iterator[Reason]:
    """A supplement that does not come must be told to somebody other than who owes it."""
    due = loaded.procedure.may["return"].due
    ladder = loaded.procedure.ladders.get(due.ladder or "") if due is not None else None
    if ladder is not None and not any(r.to not in ("asked", "head") for r in ladder.rungs):
        path = ("may", "return", "due", "ladder")
        yield loaded.tree.reason("supplement-untold", path, ladder=ladder.name)
