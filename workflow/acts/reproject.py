"""Running dues counted anew, once the calendar they rest on was corrected."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from thidua.workflow.acts.entered import private_parts
from thidua.workflow.calendar import Calendar
from thidua.workflow.command import Reproject
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import Due, until, woken
from thidua.workflow.reckoning import Reckoning, edition
from thidua.workflow.rights import require_role


class Shift(NamedTuple):
    """A running task whose due is another one by the calendar as it is now."""

    task: Task
    due: Due

    @property
    def since_on(self) -> date:
        """The first day that may have moved it."""
        from_on = Reckoning.parse(str(self.task.reckoned)).from_on
        assert self.task.due_on is not None
        return min(self.task.due_on, from_on or self.task.due_on)

    def moved_by(self, days: Iterable[date]) -> tuple[date, ...]:
        """Those of the corrected days that lie between what was counted from and the later due."""
        assert self.task.due_on is not None
        last = max(self.task.due_on, self.due.on)
        return tuple(on for on in sorted(days) if self.since_on <= on <= last)


def shifts(tasks: Iterable[Task], calendar: Calendar, today: date) -> Iterator[Shift]:
    """What counting anew by `calendar` changes.

    A paused task has its rest counted when it runs again, a due set by hand stays. No due is
    moved back into the past: what was in time when the correction came must not be late by it.
    """
    for task in tasks:
        due = _again(task, calendar)
        if due is not None and due.on != task.due_on:
            later = task.due_on is not None and due.on > task.due_on
            if later or due.on >= today:
                yield Shift(task, due)


def _again(task: Task, calendar: Calendar) -> Due | None:
    if task.status != "open" or task.reckoned is None or task.due_on is None:
        return None
    counting = Reckoning.parse(task.reckoned)
    if counting.calendar == edition(calendar):
        return None
    computed = counting.computed(calendar)
    if computed is None:
        return None
    told = counting.told(computed, calendar)
    return Due(computed.on, calendar.end_of(computed.on), told.text())


def reproject(draft: Draft, command: Reproject) -> None:
    """Move every running due that the corrected calendar moves, with old and new in one event.

    By the engine alone, which is told the corrected days that do it; ladders begin anew before the
    new due. Refused when nothing moves.
    """
    require_role(draft, ("engine",))
    draft.stop_if_refused()
    moved = list(shifts(draft.tasks.values(), draft.rules.calendar, draft.today))
    if not moved:
        draft.refuse("dues-unmoved")
    draft.stop_if_refused()
    data = {
        "calendar": edition(draft.rules.calendar), "change": command.change,
        "days": [on.isoformat() for on in command.days],
        "was": [[shift.task.n, str(shift.task.due_on)] for shift in moved],
    }  # fmt: skip
    draft.record("reproject", {**data, "by": "engine"}, private_parts(draft))
    for shift in moved:
        _move(draft, shift)


def _move(draft: Draft, shift: Shift) -> None:
    task, due = shift
    anew = until(task._replace(rung=0), due)
    moved = woken(anew, draft.procedure, draft.rules.calendar, draft.now)
    blocked = task.outcome == "blocked"
    if blocked and due.at <= draft.now:  # overdue still: it waits for its conditions as before
        moved = moved._replace(wake_at=None)
    draft.change_task(
        task, due_on=due.on, due_at=due.at, reckoned=due.reckoned, wake_at=moved.wake_at,
        rung=moved.rung, outcome=None if blocked and due.at > draft.now else task.outcome,
    )  # fmt: skip
