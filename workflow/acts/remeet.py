"""Dues that count back from a meeting, counted anew when the meeting moves."""

from collections.abc import Iterable, Iterator
from datetime import date

from thidua.workflow.acts.entered import private_parts
from thidua.workflow.acts.notices import tell_moved
from thidua.workflow.acts.reproject import Shift, shifted
from thidua.workflow.command import Remeet
from thidua.workflow.dossier import Dossier, Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import due_of, origin
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.rights import require_role
from thidua.workflow.view import Rules


def remet(
    dossier: Dossier, tasks: Iterable[Task], lines: Iterable[Line], rules: Rules, command: Remeet
) -> Iterator[Shift]:
    """The running dues of the meeting's open ballots that another day of it moves.

    What was extended by hand stays, as does what a pause keeps.
    """
    here = {line.round_id for line in lines if line.meeting == command.meeting}
    for task in tasks:
        if task.round_id not in here or task.status != "open" or task.reckoned is None:
            continue
        rule = rules.procedure.rounds[task.what].due if task.kind == "vote" else None
        if rule is None or Reckoning.parse(task.reckoned).start != "meeting":
            continue
        due = due_of(rule, rules.calendar, origin(rule, dossier, command.held_on, command.held_on))
        if due is not None and due.on != task.due_on:
            yield Shift(task, due)


def too_soon(shift: Shift, today: date) -> bool:
    """Whether the time that has to lie before the meeting would be over already."""
    return shift.due.on < today and shift.due.on < (shift.task.due_on or date.min)


def remeet(draft: Draft, command: Remeet) -> None:
    """Move every running due that counts back from the meeting, with old and new in one event.

    By the engine alone, when the meeting was moved. Refused when nothing moves, and when what has
    to be done before the meeting would no longer be possible: no due is put into the past.
    """
    require_role(draft, ("engine",))
    draft.stop_if_refused()
    lines = draft.lines.values()
    moved = list(remet(draft.dossier, draft.tasks.values(), lines, draft.rules, command))
    if not moved:
        draft.refuse("dues-unmoved")
    for shift in moved:
        if too_soon(shift, draft.today):
            _refuse(draft, shift, command)
            break
    draft.stop_if_refused()
    data = {
        "meeting": command.meeting, "held_on": command.held_on.isoformat(),
        "was": [[shift.task.n, str(shift.task.due_on)] for shift in moved],
    }  # fmt: skip
    draft.record("remeet", {**data, "by": "engine"}, private_parts(draft))
    for shift in moved:
        shifted(draft, shift)
    tell_moved(draft, ((s.task, s.due.on) for s in moved), meets_on=data["held_on"])


def _refuse(draft: Draft, shift: Shift, command: Remeet) -> None:
    rule = draft.procedure.rounds[shift.task.what]
    draft.refuse(
        "meeting-too-soon", round=rule.name, meets_on=command.held_on.isoformat(),
        span=str(rule.due.span) if rule.due else "", due=shift.due.on.isoformat(),
    )  # fmt: skip
