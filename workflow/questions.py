"""Questions that seats have asked back: which are open, and what stands still for them."""

from thidua.workflow.debt import DEBT
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft

QUESTION = "question:"
CONFIRM = "confirm:"
REPLY = "reply:"
ALONGSIDE = (REPLY, QUESTION, CONFIRM, DEBT)
"""What desks are about that does not end when the dossier moves on."""


def question_of(draft: Draft, round_id: str, seat: str) -> Task | None:
    """The task of answering what a seat has asked back in a round."""
    desks = draft.open_tasks("desk", round_id=round_id)
    return next((desk for desk in desks if desk.what == f"{QUESTION}{seat}"), None)


def stands_still(draft: Draft, task: Task) -> bool:
    """Whether a seat's ask, or the clock's end of its round, waits for a question's answer."""
    rule = draft.procedure.rounds.get(task.what.removeprefix("close:"))
    if task.round_id is None or rule is None or rule.ask_back is None or not rule.ask_back.stops:
        return False
    if task.kind == "ask":
        return question_of(draft, task.round_id, task.seat) is not None
    desks = draft.open_tasks("desk", round_id=task.round_id)
    return task.kind == "effect" and any(desk.what.startswith(QUESTION) for desk in desks)
