"""The agenda as it changes in the room: cases put off to another meeting, taken off, put to one."""

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.judging import wait_for_meeting
from thidua.workflow.acts.rounds import end_line_tasks, open_round
from thidua.workflow.acts.speaking import known_line, must_be_open
from thidua.workflow.command import PutOff, PutTo
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_act

WAITING = ("deferred", "taken_off", "no_quorum", "tie")
"""Outcomes of a ballot after which another meeting may take the dossier."""


def put_off(draft: Draft, command: PutOff) -> None:
    """End a running ballot without a count; the note says why.

    With a `meeting` the ballot opens there, with that meeting's own roll; without, the dossier
    waits on the desk of who sets the agenda. Votes that were cast count nowhere.
    """
    require_act(draft, "meet")
    rule = _by_meeting(draft, command.round)
    line = known_line(draft, command.round)
    must_be_open(draft, line)
    if not command.note:
        draft.refuse("note-missing", trigger="meetings defer")
    if command.meeting is not None and command.meeting == line.meeting:
        draft.refuse("same-meeting", meeting=command.meeting)
    draft.stop_if_refused()
    outcome = "taken_off" if command.meeting is None else "deferred"
    data = {"round": line.name, "round_id": line.round_id, "meeting": command.meeting}
    draft.record("putoff", {**data, **entered_data(draft)}, private_parts(draft))
    end_line_tasks(draft, line, "cancelled", outcome)
    draft.change_line(line, closed_n=draft.n, outcome=outcome)
    if command.meeting is None:
        wait_for_meeting(draft, rule)
    else:
        open_round(draft, rule.name)


def put_to(draft: Draft, command: PutTo) -> None:
    """Put a dossier that waits for a meeting on one's agenda: its ballot opens anew."""
    require_act(draft, "meet")
    rule = _by_meeting(draft, command.round)
    line = known_line(draft, command.round)
    if line.closed_n is None or line.outcome not in WAITING or _is_tied(draft, line.round_id):
        outcome = line.outcome or "open"
        draft.refuse("not-waiting", round=line.name, outcome=outcome, meeting=line.meeting or "-")
    if rule.name not in draft.procedure.states[draft.dossier.state].opens:
        draft.refuse("state-without-round", round=rule.name, state=draft.dossier.state)
    must_be_open(draft, line._replace(closed_n=None))
    draft.stop_if_refused()
    data = {"round": line.name, "meeting": command.meeting, **entered_data(draft)}
    draft.record("putto", data, private_parts(draft))
    for task in draft.open_tasks("desk"):
        if task.what == f"agenda:{rule.name}":
            draft.end_task(task, "done", "put_to")
    open_round(draft, rule.name)


def _is_tied(draft: Draft, round_id: str) -> bool:
    """Whether the chair still has to decide it."""
    return any(task.what == f"tie:{round_id}" for task in draft.open_tasks("desk"))


def _by_meeting(draft: Draft, name: str) -> RoundRule:
    rule = draft.procedure.rounds.get(name)
    if rule is None:
        raise Unknown("unknown-round", round=name, known=", ".join(draft.procedure.rounds))
    if rule.gather != "meeting":
        draft.refuse("not-by-meeting", round=name)
    return rule
