"""A round that was wrong is cancelled; what is still open is asked again."""

from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import tell_exchange
from thidua.workflow.acts.pause import must_run
from thidua.workflow.acts.rounds import SILENT, end_line_tasks, open_round
from thidua.workflow.acts.speaking import asks_of, known_line, line_of
from thidua.workflow.conditions import newest_asks
from thidua.workflow.draft import Draft
from thidua.workflow.exchange import CancelRound, Reopen
from thidua.workflow.questions import REPLY
from thidua.workflow.rights import require_act


def cancel_round(draft: Draft, command: CancelRound) -> None:
    """End a wrong round for this dossier and tell all who got it, with the reason and by whom.

    Its tasks and ladders end; it counts as not opened, until `Reopen` opens it anew. An answer
    that was given stays, and a disagreement is answered in writing, unless the seat is asked anew.
    Refused for a ballot, which is put off, and for a round that is over.
    """
    require_act(draft, "ask")
    must_run(draft)
    line = line_of(draft, command.round)
    if draft.procedure.rounds[line.name].kind == "ballot":
        draft.refuse("ballot-not-cancelled", round=line.name)
    if line.closed_n is not None:
        draft.refuse("round-closed", round=line.name)
    if not command.note:
        draft.refuse("note-missing", trigger="cancel_round")
    draft.stop_if_refused()
    got = [t for t in asks_of(draft, line).values() if t.n not in draft.view.unsent]
    data = {"round": line.name, "round_id": line.round_id}
    draft.record("cancel_round", {**data, **entered_data(draft)}, private_parts(draft))
    end_line_tasks(draft, line, "cancelled", "round_cancelled")
    draft.change_line(line, closed_n=draft.n, outcome="cancelled")
    for task in got:
        tell_exchange(draft, "cancelled", task.seat, line)


def reopen(draft: Draft, command: Reopen) -> None:
    """Open a round once more for this dossier, where it stands.

    After a cancelled round all are asked; after one that is over only the seats whose matter is
    still open: the silent, those to whom the request never went out, and disagreements nobody has
    answered. Refused while a round of the name runs, when nothing is open, for a ballot, and when
    the dossier is decided.
    """
    require_act(draft, "ask")
    must_run(draft)
    line = known_line(draft, command.round)
    if draft.procedure.rounds[line.name].kind == "ballot":
        draft.refuse("ballot-not-cancelled", round=line.name)
    if line.closed_n is None:
        draft.refuse("round-runs", round=line.name, round_id=line.round_id)
    if is_decided(draft):
        draft.refuse("decided-already", round=line.name)
    again = None if line.outcome == "cancelled" else still_to_settle(draft, line.name)
    if line.closed_n is not None and again == []:
        draft.refuse("nothing-open", round=line.name)
    if not command.note:
        draft.refuse("note-missing", trigger="reopen")
    draft.stop_if_refused()
    draft.record("reopen", {"round": line.name, **entered_data(draft)}, private_parts(draft))
    open_round(draft, line.name, only=again)
    _no_replies_to(draft, again or [])


def still_to_settle(draft: Draft, name: str) -> list[str]:
    """The seats whose matter in rounds of a name is still open, as last asked."""
    asks = newest_asks(draft, name).values()
    silent = {task.seat for task in asks if task.outcome in SILENT}
    objecting = {t.seat for t in asks if t.outcome == "disagree" and not t.answered_n}
    return sorted(silent | objecting)


def _no_replies_to(draft: Draft, again: list[str]) -> None:
    """Who is asked again need not be answered on what it said before."""
    for desk in draft.open_tasks("desk"):
        round_id = desk.what.removeprefix(REPLY)
        if desk.what == round_id or round_id not in draft.lines:
            continue
        asks = (t for t in draft.tasks.values() if t.round_id == round_id and t.kind == "ask")
        if all(t.seat in again for t in asks if t.outcome == "disagree" and t.answered_n is None):
            draft.end_task(desk, "cancelled", None)
