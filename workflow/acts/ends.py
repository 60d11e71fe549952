"""Ways back and out: recall of the last step, withdrawal, revocation of an award."""

from collections.abc import Iterable

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.move import enter, leave, open_desk, ready
from thidua.workflow.acts.notices import tell_exchange, tell_role
from thidua.workflow.acts.rounds import end_line_tasks
from thidua.workflow.command import Recall, Revoke, Withdraw
from thidua.workflow.dossier import Line
from thidua.workflow.draft import Draft
from thidua.workflow.dues import woken
from thidua.workflow.errors import Refused
from thidua.workflow.rights import require_act


def withdraw(draft: Draft, _command: Withdraw) -> None:
    """Take the nomination back into the state the procedure names for that.

    Whoever is being asked for an opinion is told that none is needed any more.
    """
    right = require_act(draft, "withdraw")
    not_final(draft)
    draft.stop_if_refused()
    if right.dest is None:
        raise Refused.of("no-destination", act="withdraw")
    data = {"from": draft.dossier.state, "to": right.dest, **entered_data(draft)}
    draft.record("withdraw", data, private_parts(draft))
    _tell_off(draft, [line for line in draft.lines.values() if line.closed_n is None])
    draft.changed(pause=None, pause_items=(), paused_on=None)
    enter(draft, right.dest, "withdraw")


def _tell_off(draft: Draft, lines: Iterable[Line]) -> None:
    """Tell those who got a request for an opinion that it has been taken back; not why."""
    for line in lines:
        for task in draft.open_tasks("ask", round_id=line.round_id):
            if task.n not in draft.view.unsent:
                tell_exchange(draft, "cancelled", task.seat, line, note=None)


def not_final(draft: Draft) -> None:
    """Note that the dossier is at its end."""
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)


def revoke(draft: Draft, command: Revoke) -> None:
    """Mark an award as undone by a decision; the state and all that led to it stay."""
    right = require_act(draft, "revoke")
    must_be_awarded(draft)
    signed = draft.view.decision
    decided = right.decision_required or command.decision is not None
    if decided and (signed is None or signed.trigger != "revoke"):
        draft.refuse("decision-missing", trigger="revoke")
    draft.stop_if_refused()
    data = {"decision": command.decision, **entered_data(draft)}
    draft.record("revoke", data, private_parts(draft))
    draft.changed(revoked_n=draft.n)
    tell_role(draft, "revoke")


def must_be_awarded(draft: Draft) -> None:
    """Note that there is no award to undo."""
    state = draft.procedure.states[draft.dossier.state]
    if not state.final or state.outcome != "awarded":
        draft.refuse("nothing-awarded", state=state.name)
    if draft.dossier.revoked_n is not None:
        draft.refuse("revoked-already")


def recall(draft: Draft, _command: Recall) -> None:
    """Undo the last step as a new fact: back where it came from, its rounds cancelled.

    Spans that the step ended run on. Refused in a final state, while paused, after a second
    recall, when a decision brought the step (another decision has to undo it), when the step opened
    a linked dossier (which lives by itself since), when a round that the step opened has an answer
    or a vote, and when the engine would take the step again at once.
    """
    require_act(draft, "recall")
    must_have_come(draft)
    dossier = draft.dossier
    opened = [line for line in draft.lines.values() if line.opened_n == dossier.moved_n]
    ids = {line.round_id for line in opened}
    given = any(t.round_id in ids and t.status == "done" for t in draft.tasks.values())
    if given or any(line.counts for line in opened):
        draft.refuse("recall-too-late", state=dossier.state)
    draft.stop_if_refused()
    data = {"from": dossier.state, "to": dossier.came_from, **entered_data(draft)}
    draft.record("recall", data, private_parts(draft))
    _tell_off(draft, opened)
    for line in opened:
        end_line_tasks(draft, line, "cancelled", "recalled")
        draft.change_line(line, closed_n=draft.n, outcome="cancelled")
    leave(draft, "recall")
    draft.changed(state=dossier.came_from, came_from=None, moved_n=draft.n)
    _take_spans_back(draft, dossier.moved_n)
    open_desk(draft)
    if (again := ready(draft)) is not None:
        draft.refuse("recall-repeated", trigger=again.trigger)


def must_have_come(draft: Draft) -> None:
    """Note that there is no step to go back from here and now."""
    not_final(draft)
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)
    if draft.dossier.came_from is None:
        draft.refuse("nothing-to-recall", state=draft.dossier.state)
    if (decision := draft.view.brought) is not None:
        draft.refuse("recall-decided", state=draft.dossier.state, decision=decision)
    if draft.view.started is not None:
        draft.refuse("recall-started", state=draft.dossier.state)


def _take_spans_back(draft: Draft, moved_n: int) -> None:
    for task in [task for task in draft.tasks.values() if task.kind == "span"]:
        if task.closed_n == moved_n:
            going = woken(task, draft.procedure, draft.rules.calendar, draft.now)
            draft.change_task(
                task, status="open", outcome=None, closed_n=None, wake_at=going.wake_at,
                rung=going.rung,
            )  # fmt: skip
        elif task.opened_n == moved_n and task.status == "open":
            draft.end_task(task, "cancelled", "recalled")
