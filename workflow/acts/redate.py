"""Dues that hang on a field of the dossier: counted anew when it is given or put right."""

from collections.abc import Collection

from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import due_of, origin, rule_of, until, woken
from thidua.workflow.procedure import DueRule
from thidua.workflow.reckoning import Reckoning


def redate(draft: Draft, fields: Collection[str]) -> None:
    """Count the running dues anew that hang on one of the fields.

    What was extended by hand, or runs on what a pause had left, stays as it is.
    """
    for task in draft.open_tasks("desk", "span", "effect"):
        rule = rule_of(draft.procedure, task, draft.dossier.state)
        if rule is not None and rule.field in fields and _hangs_on(task, rule):
            _count_anew(draft, task, rule)


def redate_receipt(draft: Draft) -> None:
    """Count the running dues anew that hang on when the submission came."""
    for task in draft.open_tasks("desk", "span", "effect"):
        rule = rule_of(draft.procedure, task, draft.dossier.state)
        if rule is not None and rule.start == "receipt" and _hangs_on(task, rule):
            _count_anew(draft, task, rule)


def _hangs_on(task: Task, rule: DueRule) -> bool:
    start = rule.field or rule.start
    return task.reckoned is None or Reckoning.parse(task.reckoned).start == start


def _count_anew(draft: Draft, task: Task, rule: DueRule) -> None:
    calendar, dossier = draft.rules.calendar, draft.dossier
    due = due_of(rule, calendar, origin(rule, dossier, draft.today))
    if due is None:
        return
    moved = until(task._replace(rung=0), due)
    if task.status == "paused" and dossier.paused_on is not None:
        moved = moved._replace(left=calendar.between(dossier.paused_on, due.on))
    else:
        moved = woken(moved, draft.procedure, calendar, draft.now)
    draft.change_task(
        task, outcome=None, due_on=due.on, due_at=due.at, reckoned=due.reckoned, left=moved.left,
        rung=moved.rung, wake_at=moved.wake_at,
    )  # fmt: skip
