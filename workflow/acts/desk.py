"""Desks: who holds a task, which condition is set aside by whom."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.command import Assign, Waive
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.rights import require_act, require_role


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
