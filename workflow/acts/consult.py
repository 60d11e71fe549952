"""Opinions: given by a seat in or after its time, and answered in writing."""

from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import role_seat, tell_seat
from thidua.workflow.acts.receipt import standing
from thidua.workflow.change import Opinion
from thidua.workflow.command import Answer, Reply
from thidua.workflow.conditions import disagreeing
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
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
    """Record a seat's opinion; a newer one stands instead of the one before.

    It is in time by what the round counts by, whenever it is entered; a late one is kept as late.
    What was given in time and arrives after the round has closed stands instead of the seat's
    silence, is told to who answers disagreements, and a disagreement must be answered before the
    dossier is decided. What comes late then is kept and changes nothing. Taken while the dossier
    is paused too; refused once it is in a final state, and for a round in which the seat has been
    asked anew since.
    """
    if command.opinion not in OPINIONS:
        raise Unknown("unknown-opinion", opinion=command.opinion, known=", ".join(OPINIONS))
    line = line_of(draft, command.round)
    task = _asked_task(draft, line, command.seat)
    if task is not None:
        require_seat(draft, task.seat)
        not_asked_anew(draft, line, task)
    require_entry_right(draft)
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
    if command.opinion == "disagree" and not command.note:
        draft.refuse("reasons-missing", round=line.name)
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


def line_of(draft: Draft, ref: str) -> Line:
    """The dossier's line in the round of an id, or its newest in rounds of a name."""
    return draft.lines[ref] if ref in draft.lines else known_line(draft, ref)


def not_asked_anew(draft: Draft, line: Line, task: Task) -> None:
    """Note that a newer round of the same name asks the seat."""
    newer = draft.line(line.name)
    if newer is None or newer is line:
        return
    asked = (t for t in draft.tasks.values() if t.round_id == newer.round_id)
    if any(t.seat == task.seat and t.status != "cancelled" for t in asked):
        draft.refuse("round-newer", seat=task.seat, round=line.name, newer=newer.round_id)


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
    stands = standing(draft, draft.procedure.rounds[line.name], line, task)
    data = {
        "round": line.name,
        "round_id": line.round_id,
        "seat": task.seat,
        "opinion": command.opinion,
        "standing": stands,
    }
    draft.record("answer", {**data, **entered_data(draft)}, private_parts(draft))
    draft.opinions.append(Opinion(draft.n, line.round_id, task.seat, command.opinion, stands))
    if line.closed_n is None:
        _answered(draft, task, command.opinion)
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
    roles = draft.procedure.may["reply"].roles[:1]
    seats = {role_seat(draft, role) for role in roles}
    seats = seats or {desk.seat for desk in draft.open_tasks("desk")}
    disagrees = command.opinion == "disagree"
    asked_already = any(desk.what == _reply_to(line) for desk in draft.open_tasks("desk"))
    for seat in sorted(seats):
        if disagrees and not asked_already and not is_decided(draft):
            draft.open_task(Task(0, "desk", _reply_to(line), seat, 0))
        tell_seat(draft, "opinion_received", seat, f"received:{line.round_id}", round=line.name,
                  matter_title=dict(draft.procedure.rounds[line.name].label), asked=task.seat,
                  disagrees=disagrees, note=None)  # fmt: skip


def _reply_to(line: Line) -> str:
    return f"reply:{line.round_id}"


def reply(draft: Draft, command: Reply) -> None:
    """Answer a seat's disagreement in writing; the note is the answer."""
    require_act(draft, "reply")
    line = line_of(draft, command.round)
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
        draft.change_task(task, answered_n=draft.n)
        _end_replies(draft, line)


def _end_replies(draft: Draft, line: Line) -> None:
    """End the task of answering once no disagreement in the round is left."""
    if any(task.round_id == line.round_id for task in disagreeing(draft, line.name)):
        return
    for desk in draft.open_tasks("desk"):
        if desk.what == _reply_to(line):
            draft.end_task(desk, "done", "replied")
