"""Moving a dossier from state to state, by a person or by the engine's own transitions."""

from collections.abc import Mapping
from typing import Any

from thidua.workflow.acts.notices import role_seat, tell_role
from thidua.workflow.acts.rounds import close_complete_rounds, open_round
from thidua.workflow.acts.waive import settle_debts
from thidua.workflow.conditions import may_be_taken
from thidua.workflow.debt import DEBT
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import clocked
from thidua.workflow.procedure import DueRule, Procedure, Transition
from thidua.workflow.questions import ALONGSIDE


def move(
    draft: Draft,
    transition: Transition,
    data: Mapping[str, Any],
    private: Mapping[str, str] | None = None,
) -> None:
    """Fire a transition that nothing stands in the way of, as an event of its own."""
    source = draft.dossier.state
    dest = draft.rules.leads[transition.trigger, source]
    what = {"trigger": transition.trigger, "from": source, "to": dest}
    draft.record("fire", {**what, **data}, private)
    enter(draft, dest, transition.trigger)


def enter(draft: Draft, dest: str, trigger: str) -> None:
    """Leave the present state and stand in `dest`: its desk, dues, rounds and messages."""
    source = draft.dossier.state
    leave(draft, trigger)
    draft.changed(state=dest, came_from=source, moved_n=draft.n)
    run_spans(draft, trigger, dest)
    state = draft.procedure.states[dest]
    if state.final:
        _end_everything(draft)
    else:
        open_desk(draft)
        for name in state.opens:
            if (line := draft.line(name)) is None or line.closed_n is not None:
                open_round(draft, name)
    tell_role(draft, dest)


def leave(draft: Draft, trigger: str) -> None:
    """End the desk of the present state, and the effect that waited on it.

    A disagreement or a question still to be answered stays on its desk, and what is owed does.
    """
    for task in draft.open_tasks("desk"):
        if not task.what.startswith(ALONGSIDE):
            draft.end_task(task, "done", trigger)
    for task in draft.open_tasks("effect"):
        if task.what.startswith("fire:"):
            draft.end_task(task, "cancelled", None)


def open_desk(draft: Draft) -> None:
    """The task of whoever moves the dossier on from here, with the state's due."""
    state = draft.procedure.states[draft.dossier.state]
    role = desk_role(draft.procedure, state.name)
    if role is not None:
        task = Task(0, "desk", state.name, role_seat(draft, role), 0)
        draft.open_task(_timed(draft, task, state.due))
    if state.due is not None and state.due.then is not None:
        effect = Task(0, "effect", f"fire:{state.due.then}", "engine", 0)
        draft.open_task(_timed(draft, effect, state.due))


def desk_role(procedure: Procedure, state: str) -> str | None:
    """The role that moves a dossier on from `state`: by its first transition that a person takes,
    else by closing a round that the state opens. None when only the clock or answers do.
    """
    by = [t.by for t in procedure.transitions if state in t.source and t.by != "engine"]
    closing = [procedure.rounds[name].close.by for name in procedure.states[state].opens]
    return next((role for role in (*by, *closing) if role is not None), None)


def _timed(draft: Draft, task: Task, rule: DueRule | None) -> Task:
    return clocked(
        task, rule, procedure=draft.procedure, calendar=draft.rules.calendar, now=draft.now,
        dossier=draft.dossier,
    )  # fmt: skip


def run_spans(draft: Draft, trigger: str, dest: str) -> None:
    """End the dues across states that end in `dest`, and begin those that begin with `trigger`."""
    for span in draft.procedure.spans.values():
        running = [task for task in draft.open_tasks("span") if task.what == span.name]
        if dest == span.end:
            for task in running:
                draft.end_task(task, "done", dest)
        if trigger == span.start and not running:
            role = desk_role(draft.procedure, draft.dossier.state) or draft.role or "engine"
            task = Task(0, "span", span.name, role_seat(draft, role), 0)
            draft.open_task(_timed(draft, task, span.due))


def _end_everything(draft: Draft) -> None:
    """End what runs; who was awarded on a promise still owes it, and whoever leaves before a
    ranking competes for no seat.
    """
    owes = draft.procedure.states[draft.dossier.state].outcome == "awarded"
    for task in draft.open_tasks():
        if not (owes and task.what.startswith(DEBT)):
            draft.end_task(task, "cancelled", None)
    for line in list(draft.lines.values()):
        if line.closed_n is None:
            draft.change_line(line, closed_n=draft.n, outcome="cancelled")
        elif line.outcome == "counted":
            draft.change_line(line, outcome="cancelled")


def advance(draft: Draft) -> None:
    """Settle debts that are paid, close what is complete and take the engine's own transitions,
    each with its cause.

    While the dossier is paused only debts are settled. That it ends is proved of a procedure
    before use: there are no cycles of `by: engine`.
    """
    settle_debts(draft)
    if draft.dossier.pause is not None:
        return
    close_complete_rounds(draft)
    while (transition := ready(draft)) is not None:
        cause = draft.n
        move(draft, transition, {"by": "engine", "cause": cause})
        close_complete_rounds(draft)


def ready(draft: Draft) -> Transition | None:
    """The engine's own transition whose conditions hold now.

    One that a state's due brings waits for that due, and is taken here when it was overdue and
    blocked until now.
    """
    state = draft.dossier.state
    own = draft.rules.own[state]
    if not own:
        return None
    due = draft.procedure.states[state].due
    waits = due.then if due is not None else None
    for t in own:
        if (t.trigger != waits or _is_overdue(draft, t)) and may_be_taken(draft, t):
            return t
    return None


def _is_overdue(draft: Draft, step: Transition) -> bool:
    effects = (task for task in draft.open_tasks("effect") if task.outcome == "blocked")
    return any(task.what == f"fire:{step.trigger}" for task in effects)
