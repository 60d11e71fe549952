"""Opinions: given by a seat in or after its time, and answered in writing."""

from thidua.workflow.acts.asking_back import drop_question
from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.enclosing import enclose
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import receivers, tell_exchange, tell_seat
from thidua.workflow.acts.preparing import confirmed, drop_draft
from thidua.workflow.acts.receipt import standing
from thidua.workflow.acts.speaking import asked_task, line_of, not_asked_anew, not_final
from thidua.workflow.change import Opinion
from thidua.workflow.command import Answer, Reply
from thidua.workflow.conditions import disagreeing
from thidua.workflow.debt import DEBT
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.opinion import OPINIONS
from thidua.workflow.questions import REPLY
from thidua.workflow.rights import require_act, require_entry_right, require_seat


def answer(draft: Draft, command: Answer) -> None:
    """Record a seat's opinion; a newer one stands instead of the one before.

    It is in time by what the round counts by, whenever it is entered; a late one is kept as late.
    What was given in time and arrives after the round has closed stands instead of the seat's
    silence, is told to who answers disagreements, and a disagreement must be answered before the
    dossier is decided. What comes late then is kept and changes nothing. Where the round wants it
    only what the unit's head gives, or confirms, is an answer. Taken while the dossier
    is paused too; refused once it is in a final state, for a round that was cancelled, and for one
    in which the seat has been asked anew since.
    """
    if command.opinion not in OPINIONS:
        raise Unknown("unknown-opinion", opinion=command.opinion, known=", ".join(OPINIONS))
    line = line_of(draft, command.round)
    rule = draft.procedure.rounds[line.name].confirm
    task = asked_task(draft, line, command.seat, role=rule.role if rule else None)
    if task is not None:
        require_seat(draft, task.seat)
        not_asked_anew(draft, line, task)
        confirmed(draft, rule, task)
    if line.outcome == "cancelled" and task is not None:
        draft.refuse("round-cancelled", round=line.name)
    require_entry_right(draft)
    not_final(draft)
    if command.opinion == "disagree" and not command.note:
        draft.refuse("reasons-missing", round=line.name)
    draft.stop_if_refused()
    if task is not None:
        _take(draft, command, line, task)


def _take(draft: Draft, command: Answer, line: Line, task: Task) -> None:
    stands = standing(draft, draft.procedure.rounds[line.name], line, task)
    data = {
        "round": line.name,
        "round_id": line.round_id,
        "seat": task.seat,
        "opinion": command.opinion,
        "standing": stands,
    }
    drafted = {} if command.drafted is None else {"drafted": command.drafted}
    draft.record("answer", {**data, **drafted, **entered_data(draft)}, private_parts(draft))
    enclose(draft, command.enclosed)
    draft.opinions.append(Opinion(draft.n, line.round_id, task.seat, command.opinion, stands))
    if line.closed_n is None:
        _answered(draft, task, command.opinion)
        drop_draft(draft, line, task.seat)
        drop_question(draft, line, task.seat)
    elif stands == "in_time_after_close":
        draft.change_task(
            task, status="done", outcome=command.opinion, answered_n=None, closed_n=draft.n
        )
        _end_replies(draft, line)
        _look_again(draft, command, line, task)


def _answered(draft: Draft, task: Task, opinion: str) -> None:
    if task.status == "done":
        draft.change_task(task, outcome=opinion, answered_n=None)
    else:
        draft.end_task(task, "done", opinion)


def _look_again(draft: Draft, command: Answer, line: Line, task: Task) -> None:
    """Tell who answers disagreements what has come; a disagreement is a task until a decision."""
    disagrees = command.opinion == "disagree"
    asked_already = any(desk.what == _reply_to(line) for desk in draft.open_tasks("desk"))
    for seat in receivers(draft):
        if disagrees and not asked_already and not is_decided(draft):
            draft.open_task(Task(0, "desk", _reply_to(line), seat, 0))
        tell_seat(draft, "opinion_received", seat, f"received:{line.round_id}", round=line.name,
                  matter_title=dict(draft.procedure.rounds[line.name].label), asked=task.seat,
                  disagrees=disagrees, note=None)  # fmt: skip


def _reply_to(line: Line) -> str:
    return f"{REPLY}{line.round_id}"


def reply(draft: Draft, command: Reply) -> None:
    """Answer a seat's disagreement in writing; the note is the answer.

    In a final state only where that was waived and is still owed.
    """
    require_act(draft, "reply")
    line = line_of(draft, command.round)
    owed = f"{DEBT}{line.name}.disagreements_answered"
    if not any(task.what == owed for task in draft.open_tasks("desk")):
        not_final(draft)
    task = next(
        (
            task
            for task in draft.tasks.values()
            if task.round_id == line.round_id
            and task.seat == command.seat
            and task.outcome == "disagree"
        ),
        None,
    )
    if task is None:
        draft.refuse("no-disagreement", seat=command.seat, round=line.name)
    if not command.note:
        draft.refuse("note-missing", trigger="reply")
    draft.stop_if_refused()
    if task is not None:
        data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
        draft.record("reply", {**data, **entered_data(draft)}, private_parts(draft))
        enclose(draft, command.enclosed)
        draft.change_task(task, answered_n=draft.n)
        _end_replies(draft, line)
        tell_exchange(draft, "reply", task.seat, line)


def must_be_disagreed(draft: Draft) -> None:
    """Note that no disagreement can be answered here and now."""
    owed = (task.what for task in draft.open_tasks("desk") if task.what.startswith(DEBT))
    if not any(what.endswith(".disagreements_answered") for what in owed):
        not_final(draft)
    if not any(task.kind == "ask" and task.outcome == "disagree" for task in draft.tasks.values()):
        draft.refuse("nothing-to-reply")


def _end_replies(draft: Draft, line: Line) -> None:
    """End the task of answering once no disagreement in the round is left."""
    if any(task.round_id == line.round_id for task in disagreeing(draft, line.name)):
        return
    for desk in draft.open_tasks("desk"):
        if desk.what == _reply_to(line):
            draft.end_task(desk, "done", "replied")
