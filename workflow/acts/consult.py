"""Opinions: given by a seat in or after its time, answered, and asked for longer."""

from datetime import date

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.rounds import expect_end
from thidua.workflow.change import Opinion
from thidua.workflow.command import Answer, Extend, Reply
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import set_by_hand, until, woken
from thidua.workflow.errors import Unknown
from thidua.workflow.rights import require_act, require_entry_right, require_seat, seats_of

OPINIONS = (
    "agree",
    "agree_with_remarks",
    "no_comment",
    "disagree",
    "no_information",
    "conflict_of_interest",
)


def answer(draft: Draft, command: Answer) -> None:
    """Record a seat's opinion. After its time it is kept as late; a newer one stands instead.

    A paper is in time by its postmark, or by when it was given, whenever it is entered. What
    comes after the round is kept and changes nothing. Taken while the dossier is paused too;
    refused once it is in a final state.
    """
    if command.opinion not in OPINIONS:
        raise Unknown("unknown-opinion", opinion=command.opinion, known=", ".join(OPINIONS))
    line = known_line(draft, command.round)
    task = _asked_task(draft, line, command.seat)
    if task is not None:
        require_seat(draft, task.seat)
    require_entry_right(draft)
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
    if command.opinion == "disagree" and not command.note:
        draft.refuse("reasons-missing", round=command.round)
    draft.stop_if_refused()
    if task is not None:
        _take(draft, command, line, task)


def known_line(draft: Draft, name: str) -> Line:
    """The dossier's newest line of a round; `Unknown` when there never was one."""
    if name not in draft.procedure.rounds:
        known = ", ".join(draft.procedure.rounds)
        raise Unknown("unknown-round", round=name, known=known)
    line = draft.line(name)
    if line is None:
        raise Unknown("round-not-opened", round=name)
    return line


def _asked_task(draft: Draft, line: Line, seat: str | None) -> Task | None:
    asked = {
        task.seat: task
        for task in draft.tasks.values()
        if task.round_id == line.round_id and task.kind == "ask" and task.status != "cancelled"
    }
    mine = seats_of(draft, asked)
    if seat is not None:
        return _named(draft, asked, mine, seat)
    if len(mine) == 1:
        return asked[mine[0]]
    draft.refuse("which-seat" if mine else "not-asked", actor=draft.by.decider, round=line.name)
    return None


def _named(draft: Draft, asked: dict[str, Task], mine: list[str], seat: str) -> Task | None:
    if seat not in asked:
        draft.refuse("seat-not-asked", seat=seat)
    elif seat not in mine:
        draft.refuse("not-your-seat", seat=seat, actor=draft.by.decider)
    return asked.get(seat)


def _take(draft: Draft, command: Answer, line: Line, task: Task) -> None:
    standing = _standing(draft, line, task)
    data = {
        "round": line.name,
        "round_id": line.round_id,
        "seat": task.seat,
        "opinion": command.opinion,
        "standing": standing,
    }
    draft.record("answer", {**data, **entered_data(draft)}, private_parts(draft))
    draft.opinions.append(Opinion(draft.n, line.round_id, task.seat, command.opinion, standing))
    if line.closed_n is not None:
        return
    if task.status == "done":
        draft.change_task(task, outcome=command.opinion, answered_n=None)
    else:
        draft.end_task(task, "done", command.opinion)


def _standing(draft: Draft, line: Line, task: Task) -> str:
    """A round that closed before its due makes nobody late."""
    if _posted_in_time(draft, task):
        return "in_time"
    if _is_late(draft, task):
        return "late"
    return "in_time" if line.closed_n is None else "after_close"


def _is_late(draft: Draft, task: Task) -> bool:
    if task.status == "paused":
        return task.left is not None and task.left < 0
    return task.due_at is not None and draft.now >= task.due_at


def _posted_in_time(draft: Draft, task: Task) -> bool:
    posted = _posted_on(draft)
    return posted is not None and task.due_on is not None and posted <= task.due_on


def _posted_on(draft: Draft) -> date | None:
    """The day of the postmark, else the day on which who enters the paper says it was given."""
    ground, happened = draft.command.ground, draft.command.happened_at
    if ground is None:
        return None
    if ground.postmark_on is None and happened is not None and draft.by.for_ is not None:
        return draft.rules.calendar.legal_date(happened)
    return ground.postmark_on


def reply(draft: Draft, command: Reply) -> None:
    """Answer a seat's disagreement in writing; the note is the answer."""
    require_act(draft, "reply")
    line = known_line(draft, command.round)
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
        draft.refuse("no-disagreement", seat=command.seat, round=command.round)
    if not command.note:
        draft.refuse("note-missing", trigger="reply")
    draft.stop_if_refused()
    if task is not None:
        data = {"round": line.name, "seat": task.seat, **entered_data(draft)}
        draft.record("reply", data, private_parts(draft))
        draft.change_task(task, answered_n=draft.n)


def extend(draft: Draft, command: Extend) -> None:
    """Move the due of a round's open asks, or of one seat's, to a later day.

    The clock's closing of the round moves with the latest of them. Refused while paused: what is
    left of the time is kept then, not its end.
    """
    require_act(draft, "extend")
    line = known_line(draft, command.round)
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)
    running = draft.open_tasks("ask", "vote", round_id=line.round_id)
    chosen = [task for task in running if command.seat in (None, task.seat)]
    if not chosen:
        draft.refuse("nothing-to-extend", round=command.round)
    earlier = [t for t in chosen if t.due_on is not None and t.due_on >= command.until_on]
    if earlier or command.until_on <= draft.today:
        draft.refuse("not-later", until=command.until_on.isoformat())
    draft.stop_if_refused()
    data = {"round": line.name, "until": command.until_on.isoformat(), **entered_data(draft)}
    draft.record("extend", data, private_parts(draft))
    calendar = draft.rules.calendar
    due = set_by_hand(command.until_on, calendar)
    for task in chosen:
        anew = until(task._replace(rung=0), due)
        moved = woken(anew, draft.procedure, calendar, draft.now)
        values = {"due_on": due.on, "due_at": due.at, "reckoned": due.reckoned}
        draft.change_task(task, **values, wake_at=moved.wake_at, rung=moved.rung)
    expect_end(draft, draft.procedure.rounds[line.name], line, until(chosen[0], due))
