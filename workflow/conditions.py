"""Named conditions of transitions: each holds, or says why it does not."""

from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason, reason
from thidua.workflow.procedure import DocumentKind


def unmet(draft: Draft, names: tuple[str, ...]) -> list[Reason]:
    """A reason for every condition of `names` that does not hold and is not waived."""
    open_names = [name for name in names if name not in draft.dossier.waived]
    return [why for name in open_names for why in _why_not(draft, name)]


def _why_not(draft: Draft, name: str) -> list[Reason]:
    subject, _, question = name.partition(".")
    if name == "documents.complete":
        return missing_papers(draft)
    if subject == "host":
        return _host(draft, question)
    return _round(draft, subject, question)


def _host(draft: Draft, name: str) -> list[Reason]:
    predicate = draft.rules.predicates.get(name)
    if predicate is None:
        return [reason("host-condition-unknown", name=name)]
    return [] if predicate(draft.view) else [reason("host-condition-unmet", name=name)]


def missing_papers(draft: Draft) -> list[Reason]:
    """A reason for every needed field and document that the dossier does not have."""
    procedure, dossier = draft.procedure, draft.dossier
    fields = [
        reason("field-missing", field=f.name, label=dict(f.label))
        for f in procedure.fields.values()
        if f.needed and not dossier.fields.get(f.name)
    ]
    have = {document.kind for document in draft.documents}
    papers = [
        reason("document-missing", kind=kind.name, label=dict(kind.label))
        for kind in procedure.documents.values()
        if _needed(draft, kind) and kind.name not in have
    ]
    return fields + papers


def _needed(draft: Draft, kind: DocumentKind) -> bool:
    asked_for = kind.needed_if is not None and draft.dossier.fields.get(kind.needed_if) == "yes"
    return kind.needed or asked_for


def _round(draft: Draft, name: str, question: str) -> list[Reason]:
    line = draft.line(name)
    if line is None:
        return [reason("round-not-opened", round=name)]
    if question == "opened":
        return []
    if question == "closed":
        return [] if line.closed_n else [_still_open(draft, name, line.round_id)]
    if question == "disagreements_answered":
        return _unanswered(draft, name, line.round_id)
    return (
        []
        if line.outcome == question
        else [reason("round-not-" + question, round=name, outcome=line.outcome or "open")]
    )


def _still_open(draft: Draft, name: str, round_id: str) -> Reason:
    waiting = [task.seat for task in draft.open_tasks("ask", "vote", round_id=round_id)]
    return reason("round-still-open", round=name, waiting=len(waiting), seats=waiting)


def _unanswered(draft: Draft, name: str, round_id: str) -> list[Reason]:
    return [
        reason("disagreement-unanswered", round=name, seat=task.seat)
        for task in draft.tasks.values()
        if task.round_id == round_id and task.outcome == "disagree" and not task.answered_n
    ]
