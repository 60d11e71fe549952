"""Running dues counted anew, once the calendar they rest on was corrected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from thidua.workflow.acts.closures import Closures, counted_by
from thidua.workflow.acts.entered import private_parts
from thidua.workflow.acts.notices import tell_moved
from thidua.workflow.acts.rounds import closing_due
from thidua.workflow.command import Reproject
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import Due, until, woken
from thidua.workflow.reckoning import Reckoning, edition
from thidua.workflow.rights import require_role
from thidua.workflow.view import Rules


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


def shifts(tasks: Iterable[Task], rules: Rules, closures: Closures, today: date) -> Iterator[Shift]:
    """What counting the tasks of one dossier anew changes.

    A paused task has its rest counted when it runs again, a due set by hand stays. No due is
    moved back into the past: what was in time when the correction came must not be late by it.
    """
    running = [t for t in tasks if t.status == "open" and t.reckoned and t.due_on]
    moved: dict[int, Due] = {}
    for task in sorted(running, key=lambda task: task.kind == "effect"):
        due = _end(task, running, moved, rules) or _again(task, rules, closures)
        if due is None or due.on == task.due_on:
            continue
        if due.on >= today or due.on > (task.due_on or date.min):
            moved[task.n] = due
            yield Shift(task, due)


def _again(task: Task, rules: Rules, closures: Closures) -> Due | None:
    counting = Reckoning.parse(str(task.reckoned))
    asking = rules.procedure.rounds.get(task.what) if task.kind == "ask" else None
    rule = asking.due if asking is not None else None
    calendar = counted_by(rules.calendar, rule, task.seat, closures)
    if rule is not None and rule.closures:
        counting = replace(counting, closed=())  # those that the calendar has taken out count
    elif counting.calendar == edition(calendar):
        return None
    computed = counting.computed(calendar)
    if computed is None:
        return None
    told = counting.told(computed, calendar)
    return Due(computed.on, calendar.end_of(computed.on), told.text())


def _end(task: Task, running: list[Task], moved: Mapping[int, Due], rules: Rules) -> Due | None:
    """The clock's closing of a round whose seats have dues of their own: after the last of them."""
    what, _, name = task.what.partition(":")
    rule = rules.procedure.rounds.get(name)
    if task.kind != "effect" or what != "close" or rule is None or rule.due is None:
        return None
    asked = [t for t in running if t.round_id == task.round_id and t.kind == "ask"]
    if not rule.due.closures or not asked:
        return None
    dated = [until(t, moved[t.n]) if t.n in moved else t for t in asked]
    last = max(dated, key=lambda each: each.due_on or date.min)
    return closing_due(last, rule, rules.calendar)


def reproject(draft: Draft, command: Reproject) -> None:
    """Move every running due that the corrected calendar moves, with old and new in one event.

    By the engine alone, which is told the corrected days that do it; ladders begin anew before the
    new due, and whoever has the task is told both days. Refused when nothing moves.
    """
    require_role(draft, ("engine",))
    draft.stop_if_refused()
    moved = list(shifts(draft.tasks.values(), draft.rules, draft.view.closures, draft.today))
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
        shifted(draft, shift)
    # Without a day it was not the newest correction: a unit's own days off, or a release's table.
    ground = command.note if command.days else None
    tell_moved(draft, ((s.task, s.due.on) for s in moved), days=data["days"], ground=ground)


def shifted(draft: Draft, shift: Shift) -> None:
    """Give the task its new due; its ladder begins anew before it."""
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
