"""Whether a dossier has been decided, and what must be settled before it can be."""

from thidua.workflow.conditions import disagreeing
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason, reason
from thidua.workflow.procedure import Procedure


def is_decided(draft: Draft) -> bool:
    """Whether the dossier is at its end, or in a state that only a decision leads to."""
    state = draft.procedure.states[draft.dossier.state]
    return state.final or state.name in _past_decision(draft.procedure)


def _past_decision(procedure: Procedure) -> set[str]:
    past = {step.dest for step in procedure.transitions if step.decision_required}
    while True:
        more = {s.dest for s in procedure.transitions if past & set(s.source)} - past
        if not more:
            return past
        past |= more


def unsettled(draft: Draft) -> list[Reason]:
    """A reason for every disagreement without its answer: those that came after the close always,
    others where a step asks for that.

    Waiving the round's `disagreements_answered` sets the answers aside.
    """
    found: list[Reason] = []
    asking = {name for name, rule in draft.procedure.rounds.items() if rule.ask is not None}
    for name in sorted(asking):
        condition = f"{name}.disagreements_answered"
        if condition in draft.dossier.waived:
            continue
        wanted = any(condition in step.conditions for step in draft.procedure.transitions)
        found += [
            reason("disagreement-unanswered", round=name, seat=task.seat)
            for task in disagreeing(draft, name)
            if wanted or came_after_close(draft, task)
        ]
    return found


def came_after_close(draft: Draft, task: Task) -> bool:
    """Whether an ask was answered when its round was over for the dossier."""
    line = draft.lines[str(task.round_id)]
    return bool(line.closed_n and task.closed_n and task.closed_n > line.closed_n)
