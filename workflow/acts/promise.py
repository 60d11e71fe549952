"""What came of speaking to a seat: a contact that is noted, an answer promised for a day."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.speaking import known_line
from thidua.workflow.command import Contact, Promise
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.dues import woken
from thidua.workflow.promise import as_outcome
from thidua.workflow.rights import require_act


def contact(draft: Draft, command: Contact) -> None:
    """Note that a seat was phoned, written to or told on paper, also once nothing is due.

    What was said is the note; it and who answered are kept beside the journal's bytes.
    """
    require_act(draft, "promise")
    draft.stop_if_refused()
    told = {"seat": command.seat, "way": command.way, "round": command.round}
    data = {name: value for name, value in told.items() if value is not None}
    draft.record("contact", {**data, **entered_data(draft)}, _private(draft, command))


def promise(draft: Draft, command: Promise) -> None:
    """Quiet a seat's ladder up to and with the day for which it promises its answer.

    It is no answer and moves no due: the round closes when it would have. When the day has passed,
    the ladder goes on with what it kept quiet. A later promise takes the place of an earlier one.
    """
    require_act(draft, "promise")
    line = known_line(draft, command.round)
    task = _asked(draft, line, command.seat)
    if command.until_on < draft.today:
        draft.refuse("promise-passed", until=command.until_on.isoformat())
    draft.stop_if_refused()
    if task is None:
        return
    until = command.until_on.isoformat()
    data = {"round": line.name, "round_id": line.round_id, "seat": task.seat, "until": until}
    draft.record("promise", {**data, **entered_data(draft)}, _private(draft, command))
    promised = task._replace(outcome=as_outcome(command.until_on))
    if task.status == "open":
        promised = woken(promised, draft.procedure, draft.rules.calendar, draft.now)
    values = {"outcome": promised.outcome, "wake_at": promised.wake_at, "rung": promised.rung}
    draft.change_task(task, **values)


def _asked(draft: Draft, line: Line, seat: str) -> Task | None:
    running = draft.open_tasks("ask", "vote", round_id=line.round_id)
    mine = next((task for task in running if task.seat == seat), None)
    if mine is None:
        draft.refuse("nothing-to-promise", seat=seat, round=line.name)
    return mine


def _private(draft: Draft, command: Contact | Promise) -> dict[str, str]:
    spoke_to = {} if command.spoke_to is None else {"spoke_to": command.spoke_to}
    return {**private_parts(draft), **spoke_to}
