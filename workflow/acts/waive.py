"""Conditions set aside: by whom, until when the debt is made good, and how it is settled."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import role_seat
from thidua.workflow.command import Redeem, Waive
from thidua.workflow.conditions import holds
from thidua.workflow.debt import DEBT, owing
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import set_by_hand, until, woken
from thidua.workflow.procedure import WaiveTerms
from thidua.workflow.rights import require_act, require_role


def waive(draft: Draft, command: Waive) -> None:
    """Set a condition aside: by the role the procedure names, with a paper and a debt date.

    Who owes it has a task until then. Done again with a later date it gives more time. Refused
    for a condition that holds, and for one whose debt was made good.
    """
    role = draft.procedure.waive.get(command.condition)
    if role is None:
        draft.refuse("not-waivable", condition=command.condition)
    else:
        require_role(draft, (role,))
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
    if command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    running = _debt(draft, command.condition)
    _date_fits(draft, command, running)
    draft.stop_if_refused()
    _check_needed(draft, command.condition, running)
    draft.stop_if_refused()
    waived = command.condition in draft.dossier.waived
    data = {"condition": command.condition, "until": command.until_on.isoformat()}
    again = {"again": True} if waived else {}
    draft.record("waive", {**data, **again, **entered_data(draft)}, private_parts(draft))
    if not waived:
        draft.changed(waived=(*draft.dossier.waived, command.condition))
    _owe(draft, command, running)


def _debt(draft: Draft, condition: str) -> Task | None:
    """The running task of making a waived condition good."""
    running = (task for task in draft.open_tasks("desk") if task.what == DEBT + condition)
    return next(running, None)


def _date_fits(draft: Draft, command: Waive, running: Task | None) -> None:
    ends = running.due_on if running is not None else None
    if command.until_on <= max(draft.today, ends or draft.today):
        draft.refuse("not-later", until=command.until_on.isoformat())


def _check_needed(draft: Draft, condition: str, running: Task | None) -> None:
    ended = any(t.what == DEBT + condition and t is not running for t in draft.tasks.values())
    if condition in draft.dossier.waived:
        if running is None and ended:
            draft.refuse("waived-already", condition=condition)
    elif holds(draft, condition):
        draft.refuse("nothing-to-waive", condition=condition)


def _owe(draft: Draft, command: Waive, running: Task | None) -> None:
    due = set_by_hand(command.until_on, draft.rules.calendar)
    condition = command.condition
    ladder = draft.procedure.waive_terms.get(condition, WaiveTerms()).ladder
    seat = role_seat(draft, owing(draft.procedure, condition))
    task = running or Task(0, "desk", DEBT + condition, seat, 0, ladder=ladder)
    owed = woken(
        until(task._replace(rung=0), due), draft.procedure, draft.rules.calendar, draft.now
    )
    if running is None:
        draft.open_task(owed)
    else:
        draft.change_task(
            running, due_on=due.on, due_at=due.at, reckoned=due.reckoned, rung=owed.rung,
            wake_at=owed.wake_at,
        )  # fmt: skip


def redeem(draft: Draft, command: Redeem) -> None:
    """Note that a debt was made good by other means, as a paper shows; it stays waived."""
    right = require_act(draft, "redeem")
    if command.ground is None and not right.ground_required:
        draft.refuse("ground-missing", decider=draft.by.decider)
    task = _debt(draft, command.condition)
    if task is None:
        draft.refuse("no-such-debt", condition=command.condition)
    draft.stop_if_refused()
    if task is not None:
        data = {"condition": command.condition, **entered_data(draft)}
        draft.record("redeem", data, private_parts(draft))
        draft.end_task(task, "done", "redeemed")
        draft.changed()


def must_owe(draft: Draft) -> None:
    """Note that nothing waived is left to be made good."""
    if not any(task.what.startswith(DEBT) for task in draft.open_tasks("desk")):
        draft.refuse("no-such-debt", condition="-")


def settle_debts(draft: Draft) -> None:
    """End every debt whose condition holds by now: it is asked about again from here on."""
    debts = draft.open_tasks("desk") if draft.dossier.waived else ()
    for task in debts:
        condition = task.what.removeprefix(DEBT)
        if task.what.startswith(DEBT) and holds(draft, condition):
            data = {"condition": condition, "by": "engine", "cause": draft.n}
            draft.record("redeem", data)
            draft.end_task(task, "done", "settled")
            left = tuple(each for each in draft.dossier.waived if each != condition)
            draft.changed(waived=left)
