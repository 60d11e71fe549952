"""Desks: who holds a task."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.command import Assign
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.person import stepped_back
from thidua.workflow.rights import require_act


def assign(draft: Draft, command: Assign) -> None:
    """Put an open task on a desk, or back in its queue; never on that of who stepped back."""
    require_act(draft, "assign")
    task = draft.tasks.get(command.task)
    if task is None:
        raise Unknown("unknown-task", task=command.task, dossier=draft.dossier.id)
    if task.status not in ("open", "paused"):
        draft.refuse("task-ended", task=task.n, status=task.status)
    if command.holder is not None and stepped_back(
        draft.dossier.recused, command.holder, frozenset()
    ):
        draft.refuse("stepped-back", who=command.holder)
    draft.stop_if_refused()
    draft.record("assign", {"task": task.n, **entered_data(draft)}, private_parts(draft))
    draft.change_task(task, holder=command.holder)


def must_have_tasks(draft: Draft) -> None:
    """Note that nothing waits for anybody."""
    if not draft.open_tasks():
        draft.refuse("nothing-to-assign")
