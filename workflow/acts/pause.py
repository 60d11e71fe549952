"""Pauses: a return for supplement or a hold stops the clock; what was left is kept."""

from datetime import date

from thidua.workflow.acts.closures import counted_by
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import role_seat, tell_seat
from thidua.workflow.acts.papers import check_fields, private_fields, write_fields
from thidua.workflow.acts.redate import redate
from thidua.workflow.acts.rounds import expect_end
from thidua.workflow.calendar import Calendar
from thidua.workflow.command import Hold, Release, Return, Supplement
from thidua.workflow.debt import DEBT
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import clocked, resumed, rule_of, stopped
from thidua.workflow.questions import REPLY, stands_still
from thidua.workflow.rights import require_act


def send_back(draft: Draft, command: Return) -> None:
    """Ask the proposer for the named fields and documents; only those are open meanwhile."""
    require_act(draft, "return")
    must_run(draft)
    known = {*draft.procedure.fields, *draft.procedure.documents}
    for item in command.items:
        if item not in known:
            draft.refuse("unknown-item", item=item, known=", ".join(sorted(known)))
    if not command.items:
        draft.refuse("items-missing")
    if not command.note:
        draft.refuse("note-missing", trigger="return")
    draft.stop_if_refused()
    draft.record("return", {"items": list(command.items), **entered_data(draft)},
                 private_parts(draft))  # fmt: skip
    _stop(draft, "return", command.items)
    _ask_supplement(draft, command.items)


def _ask_supplement(draft: Draft, items: tuple[str, ...]) -> None:
    for role in draft.procedure.may["supplement"].roles[:1]:
        seat = role_seat(draft, role)
        asked = clocked(
            Task(0, "desk", "supplement", seat, 0), draft.procedure.may["return"].due,
            procedure=draft.procedure, calendar=draft.rules.calendar, now=draft.now,
            dossier=draft.dossier,
        )  # fmt: skip
        task = draft.open_task(asked)
        due = {"due_on": task.due_on.isoformat()} if task.due_on is not None else {}
        tell_seat(draft, "supplement_requested", seat, f"return:{draft.dossier.id}",
                  items=list(items), task=task.n, **due)  # fmt: skip


def hold(draft: Draft, command: Hold) -> None:
    """Stop the dossier until it is released; the reason is in the note and seen by few."""
    require_act(draft, "hold")
    must_run(draft)
    if not command.note:
        draft.refuse("note-missing", trigger="hold")
    draft.stop_if_refused()
    draft.record("hold", entered_data(draft), private_parts(draft))
    _stop(draft, "hold", ())


def must_run(draft: Draft) -> None:
    """Note a pause or a final state: in neither can the dossier be paused, or a due be moved."""
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)


def _stop(draft: Draft, pause: str, items: tuple[str, ...]) -> None:
    draft.changed(pause=pause, pause_items=items, paused_on=draft.today)
    for task in draft.open_tasks():
        if task.status == "paused" or task.what.startswith(DEBT):
            continue  # what is owed is owed until a stated day
        halted = stopped(task, _own(draft, task), draft.today)
        draft.change_task(task, status=halted.status, left=halted.left, wake_at=None)


def release(draft: Draft, _command: Release) -> None:
    """End a hold: the dossier goes on from the same place with what was left of every due."""
    require_act(draft, "release")
    must_be_held(draft)
    draft.stop_if_refused()
    draft.record("release", entered_data(draft), private_parts(draft))
    _run_on(draft)


def must_be_held(draft: Draft) -> None:
    """Note that there is no hold to end."""
    if draft.dossier.pause != "hold":
        draft.refuse("not-held")


def must_be_returned(draft: Draft) -> None:
    """Note that nothing was asked for."""
    if draft.dossier.pause != "return":
        draft.refuse("not-returned")


def supplement(draft: Draft, command: Supplement) -> None:
    """Give what a return asked for; `done` ends it, and opinions that rested on it lapse."""
    require_act(draft, "supplement")
    must_be_returned(draft)
    for name in command.fields:
        if name not in draft.dossier.pause_items:
            draft.refuse("not-asked-for", item=name)
    check_fields(draft, command.fields)
    draft.stop_if_refused()
    data = {"fields": sorted(command.fields), "done": command.done, **entered_data(draft)}
    draft.record("supplement", data, {**private_parts(draft), **private_fields(command.fields)})
    write_fields(draft, command.fields)
    redate(draft, command.fields)
    if command.done:
        items = set(draft.dossier.pause_items)
        _run_on(draft)
        _lapse(draft, items)


def _run_on(draft: Draft) -> None:
    draft.changed(pause=None, pause_items=(), paused_on=None)
    for task in draft.open_tasks():
        if task.what == "supplement":
            draft.end_task(task, "done", "supplemented")
        elif task.status == "paused" and not stands_still(draft, task):
            _resume(draft, task)
    _end_after(draft)


def _end_after(draft: Draft) -> None:
    """A round is not closed before what its seats have is over: of two times that end on days off
    the shorter may have moved further.
    """
    for task in draft.open_tasks("ask"):
        rule, line = draft.procedure.rounds.get(task.what), draft.lines.get(task.round_id or "")
        if task.status == "open" and rule is not None and line is not None:
            expect_end(draft, rule, line, task)


def _resume(draft: Draft, task: Task) -> None:
    going = _going(draft, task)
    draft.change_task(
        task, status="open", left=None, due_on=going.due_on, due_at=going.due_at,
        reckoned=going.reckoned, rung=going.rung,
        wake_at=None if task.outcome == "blocked" else going.wake_at,
    )  # fmt: skip


def _going(draft: Draft, task: Task) -> Task:
    """The task with what it had left; what is counted from completeness begins anew with that."""
    procedure, calendar = draft.procedure, draft.rules.calendar
    rule = rule_of(procedure, task, draft.dossier.state)
    completed = isinstance(draft.command, Supplement)
    if rule is None or rule.start != "completeness" or not completed:
        return resumed(task, procedure, _own(draft, task), draft.now)
    return clocked(
        task._replace(rung=0), rule, procedure=procedure, calendar=calendar, now=draft.now,
        dossier=draft.dossier,
    )  # fmt: skip


def _own(draft: Draft, task: Task) -> Calendar:
    """The calendar that the task's due is counted by."""
    asking = draft.procedure.rounds.get(task.what) if task.kind == "ask" else None
    rule = asking.due if asking is not None else None
    return counted_by(draft.rules.calendar, rule, task.seat, draft.view.closures)


def _lapse(draft: Draft, items: set[str]) -> None:
    """Ask again, in a fresh time, those whose opinion rested on what was supplemented."""
    for line in list(draft.lines.values()):
        rule = draft.procedure.rounds.get(line.name)
        if rule and items & set(rule.rests_on) and draft.line(line.name) is line:
            _ask_again(draft, line)


def _ask_again(draft: Draft, line: Line) -> None:
    rule = draft.procedure.rounds[line.name]
    lapsed = [
        task
        for task in draft.tasks.values()
        if task.round_id == line.round_id and task.kind == "ask" and task.status == "done"
    ]
    for task in lapsed:
        fresh = clocked(
            task._replace(rung=0), rule.due, procedure=draft.procedure,
            calendar=_own(draft, task), now=draft.now, dossier=draft.dossier,
        )  # fmt: skip
        draft.change_task(
            task, status="open", outcome=None, closed_n=None, answered_n=None,
            due_on=fresh.due_on, due_at=fresh.due_at, reckoned=fresh.reckoned,
            wake_at=fresh.wake_at, rung=fresh.rung,
        )  # fmt: skip
        tell_seat(draft, "opinion_requested", task.seat, line.round_id, round=line.name,
                  again=True, question=dict(rule.question), matter_title=dict(rule.label),
                  due_on=fresh.due_on.isoformat() if fresh.due_on else None)  # fmt: skip
    if lapsed:
        _drop_replies(draft, line)
        again = draft.change_line(line, closed_n=None, outcome=None)
        asked = [draft.tasks[task.n] for task in lapsed]
        expect_end(draft, rule, again, max(asked, key=lambda task: task.due_on or date.min))


def _drop_replies(draft: Draft, line: Line) -> None:
    """A disagreement that lapsed need not be answered."""
    for desk in draft.open_tasks("desk"):
        if desk.what == f"{REPLY}{line.round_id}":
            draft.end_task(desk, "cancelled", None)
