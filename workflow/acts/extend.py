"""Extension: a later due of a round's seats, of the present state, or of a span."""

from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import tell_asked
from thidua.workflow.acts.pause import must_run
from thidua.workflow.acts.rounds import SILENT, expect_end
from thidua.workflow.acts.speaking import line_of, not_asked_anew
from thidua.workflow.command import Extend
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import Due, set_by_hand, until, woken
from thidua.workflow.errors import Unknown
from thidua.workflow.rights import require_act


def extend(draft: Draft, command: Extend) -> None:
    """Move a due to a later day, before or after it has passed; the note says why.

    Extending a round that the clock has closed asks its silent seats again and opens it again for
    the dossier; its close stays in the journal, and the clock closes it anew. Refused while
    paused, when what is left of the time is kept and not its end, but for the supplement that a
    return asks for; for today and days past; for a silent seat once the dossier has been decided.
    """
    require_act(draft, "extend")
    named = command.round or command.span or command.seat
    supplement = draft.dossier.pause == "return" and named is None
    if not supplement:
        must_run(draft)
    if not command.note:
        draft.refuse("note-missing", trigger="extend")
    if command.until_on <= draft.today:
        draft.refuse("until-past", until=command.until_on.isoformat())
    whole = command.round is None
    if command.span is not None and not whole or command.seat is not None and whole:
        draft.refuse("extend-what")
    draft.stop_if_refused()
    due = set_by_hand(command.until_on, draft.rules.calendar)
    if command.round is None:
        _extend_whole(draft, command, due)
    else:
        _extend_round(draft, command, line_of(draft, command.round), due)


def _extend_whole(draft: Draft, command: Extend, due: Due) -> None:
    """The dossier's own dues: the desk of its state with what the due brings, or a span."""
    named = command.span
    if named is not None and named not in draft.procedure.spans:
        known = ", ".join(draft.procedure.spans) or "-"
        raise Unknown("unknown-span", span=named, known=known)
    name, tasks = draft.dossier.state, draft.open_tasks("desk", "effect")
    if draft.dossier.pause is not None:  # what the state's due brings stands still
        name, tasks = "supplement", draft.open_tasks("desk")
    if named is not None:
        name, tasks = named, draft.open_tasks("span")
    fire = [task for task in tasks if task.what.startswith("fire:")]
    dated = [t for t in tasks if t.due_on is not None and (t.what == name or t in fire)]
    if not dated:
        draft.refuse("no-such-due", name=name)
    later = _later(draft, dated, command, due)
    draft.stop_if_refused()
    _record(draft, command, {"span" if named is not None else "state": name})
    for task in later:
        _move(draft, task, due)


def _later(draft: Draft, tasks: list[Task], command: Extend, due: Due) -> list[Task]:
    """Those that end earlier by now; noted as refused when none does."""
    later = [task for task in tasks if task.due_on is None or task.due_on < due.on]
    if tasks and not later:
        draft.refuse("not-later", until=command.until_on.isoformat())
    return later


def _record(draft: Draft, command: Extend, what: dict[str, str]) -> None:
    seat = {} if command.seat is None else {"seat": command.seat}
    data = {**what, **seat, "until": command.until_on.isoformat(), **entered_data(draft)}
    draft.record("extend", data, private_parts(draft))


def _move(draft: Draft, task: Task, due: Due) -> Task:
    anew = until(task._replace(rung=0), due)
    moved = woken(anew, draft.procedure, draft.rules.calendar, draft.now)
    return draft.change_task(
        task, due_on=due.on, due_at=due.at, reckoned=due.reckoned, wake_at=moved.wake_at,
        rung=moved.rung, outcome=None if task.outcome == "blocked" else task.outcome,
    )  # fmt: skip


def _extend_round(draft: Draft, command: Extend, line: Line, due: Due) -> None:
    rule = draft.procedure.rounds[line.name]
    running = draft.open_tasks("ask", "vote", round_id=line.round_id)
    if rule.kind == "posting":
        running = draft.open_tasks("effect", round_id=line.round_id)
    running = [task for task in running if command.seat in (None, task.seat)]
    if running and all(task.status == "paused" for task in running):
        draft.refuse("clock-stopped", round=line.name)
    running = [task for task in running if task.status == "open"]
    silent = [] if running else _silent(draft, command, line)
    if not running and not silent and not draft.reasons:
        draft.refuse("nothing-to-extend", round=line.name)
    later = _later(draft, running, command, due)
    _may_reopen(draft, line, silent)
    draft.stop_if_refused()
    _record(draft, command, {"round": line.name, "round_id": line.round_id})
    again = [_ask_again(draft, task, due) for task in silent]
    if silent and line.closed_n is not None:
        line = draft.change_line(line, closed_n=None, outcome=None)
    moved = [_move(draft, task, due) for task in later] + again
    if rule.kind != "posting":
        expect_end(draft, rule, line, moved[0])
        tell_asked(draft, f"{rule.name}.opened", moved, extended=True)


def _silent(draft: Draft, command: Extend, line: Line) -> list[Task]:
    """Seats that the clock's close of the round found silent."""
    if line.closed_n is not None and line.outcome != "expired":
        return []
    named = line.closed_n is not None or command.seat is not None
    mine = [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "ask"]
    return [
        task
        for task in mine
        if named and task.outcome in SILENT and command.seat in (None, task.seat)
    ]


def _may_reopen(draft: Draft, line: Line, silent: list[Task]) -> None:
    if silent and is_decided(draft):
        draft.refuse("decided-already", round=line.name)
    for task in silent:
        not_asked_anew(draft, line, task)


def _ask_again(draft: Draft, task: Task, due: Due) -> Task:
    anew = woken(until(task._replace(rung=0, status="open"), due), draft.procedure,
                 draft.rules.calendar, draft.now)  # fmt: skip
    return draft.change_task(
        task, status="open", outcome=None, closed_n=None, answered_n=None, due_on=due.on,
        due_at=due.at, reckoned=due.reckoned, wake_at=anew.wake_at, rung=anew.rung,
    )  # fmt: skip
