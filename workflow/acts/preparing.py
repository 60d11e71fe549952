"""Before an answer: it is opened, drafted in the unit, and waits for who confirms it."""

from thidua.workflow.acts.enclosing import enclose
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import tell_exchange
from thidua.workflow.acts.speaking import asked_task, line_of, not_asked_anew, not_final, speaks_for
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.exchange import Look, Prepare
from thidua.workflow.exchange_rule import ConfirmRule
from thidua.workflow.opinion import OPINIONS
from thidua.workflow.person import Seat
from thidua.workflow.questions import CONFIRM
from thidua.workflow.rights import require_entry_right, require_seat


def look(draft: Draft, command: Look) -> None:
    """Record that who sits on a seat, or confirms its answers, has opened what it is asked."""
    line = line_of(draft, command.round)
    confirm = draft.procedure.rounds[line.name].confirm
    task = asked_task(draft, line, command.seat, role=confirm.role if confirm else None)
    if task is not None:
        draft.seats = (Seat.parse(task.seat),)
    require_entry_right(draft)
    draft.stop_if_refused()
    if task is not None:
        data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
        draft.record("look", {**data, **entered_data(draft)}, private_parts(draft))


def prepare(draft: Draft, command: Prepare) -> None:
    """Keep a draft of a seat's answer, and put it on the desk of who has to confirm it.

    It is no answer: no time stops for it and no round closes by it. What it says is kept beside
    the journal's bytes. A newer draft stands instead of the one before.
    """
    if command.opinion not in OPINIONS:
        raise Unknown("unknown-opinion", opinion=command.opinion, known=", ".join(OPINIONS))
    line = line_of(draft, command.round)
    task = asked_task(draft, line, command.seat)
    if task is not None:
        require_seat(draft, task.seat)
        not_asked_anew(draft, line, task)
    require_entry_right(draft)
    not_final(draft)
    draft.stop_if_refused()
    if task is not None:
        data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
        private = {**private_parts(draft), "opinion": command.opinion}
        draft.record("prepare", {**data, **entered_data(draft)}, private)
        enclose(draft, command.enclosed)
        _to_be_confirmed(draft, line, task)


def _to_be_confirmed(draft: Draft, line: Line, task: Task) -> None:
    rule, unit = draft.procedure.rounds[line.name].confirm, Seat.parse(task.seat).unit
    if rule is None or unit is None or line.closed_n is not None:
        return
    seat, what = f"{rule.role}@{unit}", f"{CONFIRM}{task.seat}"
    waiting = draft.open_tasks("desk", round_id=line.round_id)
    if not any(desk.what == what for desk in waiting):
        desk = draft.open_task(Task(0, "desk", what, seat, 0, round_id=line.round_id))
        tell_exchange(draft, "confirm", seat, line, asked=task.seat, until=desk.n, note=None)


def confirmed(draft: Draft, rule: ConfirmRule | None, task: Task) -> None:
    """Note that an answer is not confirmed as the round wants it.

    A numbered letter that is entered for the seat was confirmed by who signed it.
    """
    if rule is None or draft.reasons:
        return
    paper = draft.command.ground
    numbered = paper is not None and paper.number is not None
    if draft.by.for_ is not None and numbered:
        return
    if not speaks_for(draft, rule.role, task.seat):
        draft.refuse("not-confirmed", actor=draft.by.decider, role=rule.role, seat=task.seat)
    elif rule.numbered and not numbered:
        draft.refuse("number-missing", seat=task.seat)


def drop_draft(draft: Draft, line: Line, seat: str) -> None:
    """End the task of confirming: the seat has answered, or is not asked any more."""
    for desk in draft.open_tasks("desk", round_id=line.round_id):
        if desk.what == f"{CONFIRM}{seat}":
            draft.end_task(desk, "done", "answered")
