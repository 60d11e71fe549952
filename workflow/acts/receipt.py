"""When an answer counts as given, and how it stands to the time of its round."""

from datetime import date

from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.paper import Paper
from thidua.workflow.procedure import RoundRule


def standing(draft: Draft, rule: RoundRule, line: Line, task: Task) -> str:
    """How an answer that arrives now stands, by what the round counts by.

    One given in its time is never late, whenever it arrives. After a round without a due there is
    no time that it could be in.
    """
    if not _in_time(draft, rule, task):
        return "late"
    if line.closed_n is None:
        return "in_time"
    return "after_close" if task.due_on is None else "in_time_after_close"


def _in_time(draft: Draft, rule: RoundRule, task: Task) -> bool:
    given_on = _given_on(draft, rule)
    if given_on is not None and task.due_on is not None and given_on <= task.due_on:
        return True
    return not _is_late(draft, task)


def _is_late(draft: Draft, task: Task) -> bool:
    if task.status == "paused":
        return task.left is not None and task.left < 0
    return task.due_at is not None and draft.now >= task.due_at


def _given_on(draft: Draft, rule: RoundRule) -> date | None:
    """The legal date of the first proof that the round counts by and the paper has, else of its
    receipt. Only the word of who enters it for the seat counts: nobody dates his own answer back.
    """
    paper, happened = draft.command.ground, draft.command.happened_at
    if paper is None or draft.by.for_ is None:
        return None
    proofs = _proofs(draft, paper)
    given = (proofs[name] for name in rule.counts_by if name in proofs)
    received = None if happened is None else draft.rules.calendar.legal_date(happened)
    return next((on for on in given if on is not None), received)


def _proofs(draft: Draft, paper: Paper) -> dict[str, date | None]:
    on = draft.rules.calendar.legal_date
    return {
        "postmark": paper.postmark_on,
        "e_stamp": on(paper.stamped_at) if paper.stamped_at is not None else None,
        "portal": on(paper.portal_at) if paper.portal_at is not None else None,
    }
