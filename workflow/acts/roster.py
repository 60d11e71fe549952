"""What is asked of whom changes while a round runs: a seat is included, excused, asked for more."""

from thidua.workflow.acts.asking_back import drop_question
from thidua.workflow.acts.closures import counted_by
from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.enclosing import enclose
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import tell_asked, tell_exchange
from thidua.workflow.acts.pause import must_run
from thidua.workflow.acts.preparing import drop_draft
from thidua.workflow.acts.rounds import expect_end
from thidua.workflow.acts.speaking import asks_of, line_of
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import clocked
from thidua.workflow.exchange import Excuse, Include, Request
from thidua.workflow.person import Seat
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_act


def include(draft: Draft, command: Include) -> None:
    """Ask one more seat in a running round, from today in its own time.

    One that was excused may be asked again. Refused for a seat that is asked or has stepped back,
    for a role that the round does not ask, and when the round is over for the dossier: that is
    asked anew (`Reopen`).
    """
    require_act(draft, "ask")
    must_run(draft)
    line = line_of(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    if line.closed_n is not None:
        draft.refuse("round-closed", round=line.name)
    if command.seat in asks_of(draft, line):
        draft.refuse("asked-already", seat=command.seat, round=line.name)
    if command.seat in draft.dossier.recused:
        draft.refuse("stepped-back", who=command.seat)
    roles = sorted({ask.role for ask in rule.asks})
    if Seat.parse(command.seat).role not in roles:
        draft.refuse(
            "seat-unfit", seat=command.seat, round=line.name, roles=", ".join(roles) or "-"
        )
    _with_ground(draft, "include")
    draft.stop_if_refused()
    _record(draft, "include", line, command.seat)
    task = draft.open_task(_its(draft, rule, line, command.seat))
    tell_asked(draft, f"{rule.name}.opened", [task])
    expect_end(draft, rule, line, task)


def _with_ground(draft: Draft, act: str) -> None:
    if not draft.command.note:
        draft.refuse("note-missing", trigger=act)


def _record(draft: Draft, act: str, line: Line, seat: str) -> None:
    data = {"round": line.name, "round_id": line.round_id, "seat": seat}
    draft.record(act, {**data, **entered_data(draft)}, private_parts(draft))


def _its(draft: Draft, rule: RoundRule, line: Line, seat: str) -> Task:
    calendar = draft.rules.calendar
    return clocked(
        Task(0, "ask", rule.name, seat, 0, round_id=line.round_id),
        rule.due,
        procedure=draft.procedure,
        calendar=counted_by(calendar, rule.due, seat, draft.view.closures),
        now=draft.now,
        dossier=draft.dossier,
    )


def excuse(draft: Draft, command: Excuse) -> None:
    """Not ask a seat any more, or not hold its silence against it; the seat is told.

    Nobody waits for it then. Refused once it has answered, and when the dossier is decided.
    """
    require_act(draft, "ask")
    line = line_of(draft, command.round)
    task = asks_of(draft, line).get(command.seat)
    if task is None:
        draft.refuse("seat-not-asked", seat=command.seat)
    elif task.status == "done":
        draft.refuse("answered-already", seat=command.seat, round=line.name)
    if is_decided(draft):
        draft.refuse("decided-already", round=line.name)
    _with_ground(draft, "excuse")
    draft.stop_if_refused()
    if task is None:
        return
    _record(draft, "excuse", line, task.seat)
    draft.end_task(task, "cancelled", "excused")
    drop_draft(draft, line, task.seat)
    drop_question(draft, line, task.seat)
    tell_exchange(draft, "excused", task.seat, line)


def request(draft: Draft, command: Request) -> None:
    """Ask more of one seat, or of all that have not answered: they are told, with what is enclosed.

    No due moves by it. Refused when nobody is left to answer, and while the dossier is paused.
    """
    require_act(draft, "ask")
    must_run(draft)
    line = line_of(draft, command.round)
    running = draft.open_tasks("ask", round_id=line.round_id)
    asked = [task for task in running if command.seat in (None, task.seat)]
    if not asked:
        draft.refuse("nobody-to-request", round=line.name)
    if not command.note:
        draft.refuse("question-missing")
    draft.stop_if_refused()
    seat = {} if command.seat is None else {"seat": command.seat}
    data = {"round": line.name, "round_id": line.round_id, **seat}
    draft.record("request", {**data, **entered_data(draft)}, private_parts(draft))
    enclose(draft, command.enclosed)
    for task in asked:
        tell_exchange(draft, "request", task.seat, line, until=task.n)
