"""Desks: who holds a task, who steps back, which condition is set aside by whom."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.command import Assign, Recuse, Waive
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.person import Seat
from thidua.workflow.rights import require_act, require_role, seats_of


def assign(draft: Draft, command: Assign) -> None:
    """Put an open task on a desk, or back in its queue."""
    require_act(draft, "assign")
    task = draft.tasks.get(command.task)
    if task is None:
        raise Unknown("unknown-task", task=command.task, dossier=draft.dossier.id)
    if task.status not in ("open", "paused"):
        draft.refuse("task-ended", task=task.n, status=task.status)
    draft.stop_if_refused()
    draft.record("assign", {"task": task.n, **entered_data(draft)}, private_parts(draft))
    draft.change_task(task, holder=command.holder)


def recuse(draft: Draft, command: Recuse) -> None:
    """Step back for good: the seat's open tasks end; in a ballot the base shrinks by the seat.

    Nobody does this to a seat beside his own; whoever has the right by another role may, such as
    an officer who knows that a member must not vote.
    """
    require_act(draft, "recuse")
    open_tasks = draft.open_tasks("ask", "vote")
    seats = {task.seat for task in open_tasks}
    mine = [command.seat] if command.seat else seats_of(draft, sorted(seats))
    chosen = [task for task in open_tasks if task.seat in mine]
    if not chosen:
        draft.refuse("nothing-to-recuse", seat=command.seat or draft.by.decider)
    elif command.seat and Seat.parse(command.seat).role == draft.role and not seats_of(draft, mine):
        draft.refuse("not-your-seat", seat=command.seat, actor=draft.by.decider)
    draft.stop_if_refused()
    draft.record("recuse", {"seats": sorted(mine), **entered_data(draft)}, private_parts(draft))
    draft.noted(recused=tuple(sorted({*draft.dossier.recused, *mine})))
    for task in chosen:
        draft.end_task(task, "cancelled", "recused")


def waive(draft: Draft, command: Waive) -> None:
    """Set a condition aside: by the role the procedure names, with a paper and a debt date."""
    role = draft.procedure.waive.get(command.condition)
    if role is None:
        draft.refuse("not-waivable", condition=command.condition)
    else:
        require_role(draft, (role,))
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
    if command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    if command.until_on <= draft.today:
        draft.refuse("not-later", until=command.until_on.isoformat())
    draft.stop_if_refused()
    data = {"condition": command.condition, "until": command.until_on.isoformat()}
    draft.record("waive", {**data, **entered_data(draft)}, private_parts(draft))
    draft.changed(waived=(*draft.dossier.waived, command.condition))
