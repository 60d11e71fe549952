"""What holds of every change, whatever was asked: looked at before anything is written."""

from collections.abc import Iterator, Sequence

from thidua.workflow.change import Change
from thidua.workflow.debt import DEBT
from thidua.workflow.dossier import Dossier, Line, Task
from thidua.workflow.journal import Sealed
from thidua.workflow.procedure import Procedure
from thidua.workflow.questions import QUESTION
from thidua.workflow.tally import Counts, check_paper
from thidua.workflow.view import Rules, View


def broken(rules: Rules, view: View, change: Change, sealed: Sequence[Sealed]) -> str | None:
    """The name of the first rule that the change breaks, None when all hold.

    "count": the events follow on those before and end at the dossier's count. "state": it stands
    in a state of the procedure that it is under. "version": a step raises it, by one. "task":
    each task touched is whole. "pause", "final", "round": nothing stays paused after a pause,
    nothing but debts runs on at the end, nothing of a round after its close. "tally": the numbers
    of a ballot closed now add up. What a change is made of one by one is not looked at again.
    """
    procedure = (view.onto or rules).procedure
    return (
        _broken_dossier(procedure, view.dossier, change.dossier, sealed)
        or _broken_task(view, change, ends=procedure.states[change.dossier.state].final)
        or (_broken_round(view, change) if change.lines_changed else None)
    )


def _broken_dossier(
    procedure: Procedure, before: Dossier, after: Dossier, sealed: Sequence[Sealed]
) -> str | None:
    if sealed[0].n != before.count + 1 or sealed[-1].n != after.count:
        return "count"
    if after.state not in procedure.states or after.procedure != procedure.hash:
        return "state"
    rises = after.version - before.version in _RISES[after.state != before.state]
    return None if rises else "version"


_RISES = {True: (1,), False: (0, 1)}
"""By how much a version may rise, with a change of state and without."""


def _broken_task(view: View, change: Change, *, ends: bool) -> str | None:
    for task in (*change.tasks_opened, *change.tasks_changed):
        if not _is_whole(task):
            return "task"
    resumes = view.dossier.pause is not None and change.dossier.pause is None
    if resumes and _stays_paused(view, change):
        return "pause"
    if ends and any(not task.what.startswith(DEBT) for task in _running(view, change)):
        return "final"
    return None


def _is_whole(task: Task) -> bool:
    """What ended says by which event and rings no more; only a running due with a day rings."""
    if (task.due_on is None) != (task.due_at is None):
        return False
    if task.status == "open":
        return task.closed_n is None and (task.wake_at is None or task.due_at is not None)
    return task.wake_at is None and (task.closed_n is None) == (task.status == "paused")


def _running(view: View, change: Change) -> Iterator[Task]:
    """Every task that runs, or is paused, once the change is written."""
    touched = {task.n: task for task in (*change.tasks_changed, *change.tasks_opened)}
    rest = (task for task in view.tasks if task.n not in touched)
    return (task for task in (*rest, *touched.values()) if task.status in ("open", "paused"))


def _stays_paused(view: View, change: Change) -> bool:
    """Whether something is paused that waits for no answer to a question of its own round."""
    running = list(_running(view, change))
    waits = {task.round_id for task in running if task.what.startswith(QUESTION)}
    return any(task.status == "paused" and task.round_id not in waits for task in running)


def _broken_round(view: View, change: Change) -> str | None:
    closed = [line for line in change.lines_changed if line.closed_n is not None]
    if closed:
        rounds = {line.round_id for line in closed}
        if any(task.round_id in rounds for task in _running(view, change)):
            return "round"
    now = (line for line in closed if (line.closed_n or 0) > view.dossier.count)
    return None if all(map(_adds_up, now)) else "tally"


def _adds_up(line: Line) -> bool:
    return not line.counts or not check_paper(Counts(**line.counts))
