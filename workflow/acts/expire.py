"""What a due brings when its time has come: a round closed, or a trigger fired."""

from thidua.workflow.acts.fire import find
from thidua.workflow.acts.move import move
from thidua.workflow.acts.notices import tell_seat
from thidua.workflow.acts.rounds import close_line, unproved
from thidua.workflow.command import Expire
from thidua.workflow.conditions import in_the_way
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason, Unknown
from thidua.workflow.rights import require_role


def expire(draft: Draft, command: Expire) -> None:
    """Act on a due as the engine. Refused before its time, and for a task that has ended."""
    require_role(draft, ("engine",))
    draft.stop_if_refused()
    task = draft.tasks.get(command.task)
    if task is None:
        raise Unknown("unknown-task", task=command.task, dossier=draft.dossier.id)
    if task.kind != "effect" or task.status != "open":
        draft.refuse("task-ended", task=task.n, status=task.status)
    if task.due_at is None or task.due_at > draft.now:
        draft.refuse("not-due", task=task.n)
    draft.stop_if_refused()
    what, _, name = task.what.partition(":")
    if what == "close":
        _close_due(draft, task, name)
    else:
        _fire_due(draft, task, name)


def _close_due(draft: Draft, task: Task, name: str) -> None:
    why = unproved(draft, draft.procedure.rounds[name])
    if why:
        _block(draft, task, {"round": name}, why)
    else:
        line = draft.lines[str(task.round_id)]
        close_line(draft, line, "expired", cause=task.opened_n)


def _fire_due(draft: Draft, task: Task, trigger: str) -> None:
    transition = find(draft.procedure, trigger, draft.dossier.state)
    if transition is None:
        draft.refuse("not-from-here", trigger=trigger, state=draft.dossier.state, sources="-")
        draft.stop_if_refused()
        return
    why = in_the_way(draft, transition)
    if not why:
        move(draft, transition, {"by": "engine", "cause": task.opened_n})
        return
    _block(draft, task, {"trigger": trigger}, why)


def _block(draft: Draft, task: Task, what: dict[str, str], why: list[Reason]) -> None:
    """Record once that a due cannot act, and tell who may clear the way."""
    if task.outcome == "blocked":
        draft.reasons.extend(why)
        draft.stop_if_refused()
    blocked = {**what, "reasons": [each.code for each in why]}
    draft.record("due_blocked", {**blocked, "by": "engine", "cause": task.opened_n})
    draft.change_task(task, outcome="blocked", wake_at=None)
    told = [{lang: each.text(lang) for lang in draft.procedure.languages} for each in why]
    own = (desk for desk in draft.open_tasks("desk") if desk.round_id is None)
    for seat in sorted({desk.seat for desk in own}):
        tell_seat(draft, "escalation", seat, f"blocked:{draft.dossier.id}", **blocked, why=told)
