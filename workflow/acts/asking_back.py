"""A seat asks the office something before it answers; its time may stand still meanwhile."""

from thidua.workflow.acts.closures import counted_by
from thidua.workflow.acts.enclosing import enclose
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import role_seat, tell_exchange
from thidua.workflow.acts.rounds import expect_end
from thidua.workflow.acts.speaking import asked_task, line_of, not_final, speaks_for
from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import clocked, resumed, stopped
from thidua.workflow.exchange import AnswerBack, AskBack
from thidua.workflow.exchange_rule import AskBackRule
from thidua.workflow.questions import QUESTION, question_of, stands_still
from thidua.workflow.rights import require_entry_right, require_role, require_seat


def ask_back(draft: Draft, command: AskBack) -> None:
    """Put a question to the office: a task of who has to answer it, told to them.

    Only where the procedure declares it, by whom it says, before the seat has answered, one
    question at a time. Where the procedure says so the seat's due, and the round's close by the
    clock, stand still until the answer. Taken while the dossier is paused too.
    """
    line = line_of(draft, command.round)
    rule = draft.procedure.rounds[line.name].ask_back
    task = asked_task(draft, line, command.seat, role=rule.by if rule else None)
    if rule is None:
        draft.refuse("no-asking-back", round=line.name)
    elif task is not None:
        _may_ask(draft, rule, line, task)
    require_entry_right(draft)
    not_final(draft)
    if not command.note:
        draft.refuse("question-missing")
    draft.stop_if_refused()
    if rule is None or task is None:
        return
    data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
    draft.record("ask_back", {**data, **entered_data(draft)}, private_parts(draft))
    enclose(draft, command.enclosed)
    _put(draft, rule, line, task)
    if rule.stops and draft.dossier.pause is None:
        _stop(draft, line, task)


def _may_ask(draft: Draft, rule: AskBackRule, line: Line, task: Task) -> None:
    require_seat(draft, task.seat)
    if rule.by is not None and not speaks_for(draft, rule.by, task.seat):
        draft.refuse("not-allowed", actor=draft.by.decider, roles=rule.by)
    if task.status not in ("open", "paused"):
        draft.refuse("answered-already", seat=task.seat, round=line.name)
    if question_of(draft, line.round_id, task.seat) is not None:
        draft.refuse("asked-back-already", seat=task.seat, round=line.name)


def _put(draft: Draft, rule: AskBackRule, line: Line, task: Task) -> None:
    seat = role_seat(draft, rule.answer)
    desk = Task(0, "desk", f"{QUESTION}{task.seat}", seat, 0, round_id=line.round_id)
    desk = clocked(
        desk, rule.due, procedure=draft.procedure, calendar=draft.rules.calendar, now=draft.now,
        dossier=draft.dossier,
    )  # fmt: skip
    asked = draft.open_task(desk)
    tell_exchange(draft, "question", seat, line, asked=task.seat, until=asked.n)


def _stop(draft: Draft, line: Line, task: Task) -> None:
    for each in (task, *draft.open_tasks("effect", round_id=line.round_id)):
        if each.status == "open":
            halted = stopped(each, _calendar(draft, line, each), draft.today)
            draft.change_task(each, status="paused", left=halted.left, wake_at=None)


def _calendar(draft: Draft, line: Line, task: Task) -> Calendar:
    rule = draft.procedure.rounds[line.name].due if task.kind == "ask" else None
    return counted_by(draft.rules.calendar, rule, task.seat, draft.view.closures)


def answer_back(draft: Draft, command: AnswerBack) -> None:
    """Answer a seat's question; the seat is told, and its time runs on with what was left."""
    line = line_of(draft, command.round)
    rule = draft.procedure.rounds[line.name].ask_back
    require_role(draft, (rule.answer,) if rule else ())
    desk = question_of(draft, line.round_id, command.seat)
    if desk is None:
        draft.refuse("no-question", seat=command.seat, round=line.name)
    if not command.note:
        draft.refuse("note-missing", trigger="answer_back")
    draft.stop_if_refused()
    if desk is None:
        return
    data = {"round": line.name, "round_id": line.round_id, "seat": command.seat}
    draft.record("answer_back", {**data, **entered_data(draft)}, private_parts(draft))
    enclose(draft, command.enclosed)
    draft.end_task(desk, "done", "answered")
    tell_exchange(draft, "answer_back", command.seat, line)
    run_on(draft, line)


def drop_question(draft: Draft, line: Line, seat: str) -> None:
    """A seat that has answered, or is not asked any more, needs no answer to its question."""
    desk = question_of(draft, line.round_id, seat)
    if desk is not None:
        draft.end_task(desk, "cancelled", None)
        run_on(draft, line)


def run_on(draft: Draft, line: Line) -> None:
    """Let run what no open question holds up any more, with what it had left."""
    halted = [t for t in draft.open_tasks(round_id=line.round_id) if t.status == "paused"]
    free = [t for t in halted if t.kind != "desk" and not stands_still(draft, t)]
    if draft.dossier.pause is not None:
        return
    for task in (draft.tasks[each.n] for each in free):  # as those before it have left them
        going = resumed(task, draft.procedure, _calendar(draft, line, task), draft.now)
        changed = draft.change_task(
            task, status="open", left=None, due_on=going.due_on, due_at=going.due_at,
            reckoned=going.reckoned, rung=going.rung, wake_at=going.wake_at,
        )  # fmt: skip
        if task.kind == "ask":
            expect_end(draft, draft.procedure.rounds[line.name], line, changed)
