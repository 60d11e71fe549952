"""Named conditions of transitions: each holds, or says why it does not."""

from thidua.workflow.acts.windows import outside
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason, reason
from thidua.workflow.procedure import DocumentKind, Procedure, RoundRule, Transition


def unmet(draft: Draft, names: tuple[str, ...]) -> list[Reason]:
    """A reason for every condition of `names` that does not hold and is not waived."""
    open_names = [name for name in names if name not in draft.dossier.waived]
    found: list[Reason] = []
    for name in open_names:
        found += [why for why in _why_not(draft, name) if why not in found]
    return found


def may_be_taken(draft: Draft, step: Transition) -> bool:
    """Whether nothing keeps a step from being taken; asks no further than the first thing."""
    waived = draft.dossier.waived
    met = all(name in waived or holds(draft, name) for name in step.conditions)
    return met and not still_asked(draft, step)


STILL_OPEN = ("round-still-open", "round-running")


def in_the_way(draft: Draft, step: Transition) -> list[Reason]:
    """What keeps a step from being taken: its conditions, and what is still being asked."""
    why = unmet(draft, step.conditions)
    said = {each.fields.get("round") for each in why if each.code in STILL_OPEN}
    asked = [line for line in still_asked(draft, step) if line.name not in said]
    return why + [still_open(draft, line) for line in asked]


def still_asked(draft: Draft, step: Transition) -> list[Line]:
    """The rounds that run for the dossier and have to be over before a step.

    No decision is taken while a round runs for the dossier, and no ballot opened while a
    consultation does, whatever the step's own conditions. Waiving `ROUND.closed` sets that aside.
    """
    rounds, waived = draft.procedure.rounds, draft.dossier.waived
    decides = getattr(draft.command, "decision", None) is not None
    return [
        line
        for line in draft.lines.values()
        if line.closed_n is None and line.name in rounds and f"{line.name}.closed" not in waived
        if decides or must_be_over(draft.procedure, step, rounds[line.name])
    ]


def must_be_over(procedure: Procedure, step: Transition, rule: RoundRule) -> bool:
    """Whether a step may not be taken while a round of the rule runs."""
    opens = procedure.states[step.dest].opens
    to_ballot = any(procedure.rounds[name].kind == "ballot" for name in opens)
    return step.decision_required or (to_ballot and rule.kind == "consultation")


_OUTCOMES = ("passed", "failed")
"""Questions about a ballot that its outcome answers."""


def holds(draft: Draft, name: str) -> bool:
    """Whether a condition is met by itself, waived or not."""
    subject, _, question = name.partition(".")
    if subject in draft.procedure.rounds:
        # Asked of every answer and vote: without the list of those whom the round waits for.
        line = draft.line(subject)
        if question == "closed":
            return line is not None and line.closed_n is not None and line.outcome != "cancelled"
        if question in _OUTCOMES:
            return line is not None and line.outcome == question
    return not _why_not(draft, name)


def _why_not(draft: Draft, name: str) -> list[Reason]:
    subject, _, question = name.partition(".")
    if name == "documents.complete":
        return missing_papers(draft)
    if subject == "host":
        return _host(draft, question)
    if subject in draft.procedure.windows:
        return outside(draft, draft.procedure.windows[subject])
    if name in draft.procedure.expressions:
        return _expressed(draft, name)
    return _round(draft, subject, question)


def _host(draft: Draft, name: str) -> list[Reason]:
    predicate = draft.rules.predicates.get(name)
    if predicate is None:
        return [reason("host-condition-unknown", name=name)]
    return [] if predicate(draft.view) else [reason("host-condition-unmet", name=name)]


def _expressed(draft: Draft, name: str) -> list[Reason]:
    verdict = draft.rules.expressed[name](draft.dossier, draft.today)
    rule = draft.procedure.expressions[name]
    said = dict(rule.label) or rule.text
    for code, names in (
        ("condition-value-missing", verdict.missing),
        ("condition-unmet", verdict.failed),
    ):
        if names:
            named = _called(draft, names)
            return [reason(code, name=name, condition=said, values=list(names), called=named)]
    return []


def _called(draft: Draft, names: tuple[str, ...]) -> dict[str, str]:
    """What fields are called, in each language of the procedure; the rest by its own name."""
    labels = {name: field.label for name, field in draft.procedure.fields.items()}
    each = [(name, labels.get(name.partition(".")[0], {})) for name in names]
    return {
        lang: ", ".join(dict.fromkeys(label.get(lang, name) for name, label in each))
        for lang in draft.procedure.languages
    }


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
    if line.outcome == "cancelled":
        return [reason("round-cancelled", round=name)]
    if question == "opened":
        return []
    if question == "closed":
        return [] if line.closed_n else [still_open(draft, line)]
    if question == "disagreements_answered":
        return [
            reason("disagreement-unanswered", round=name, seat=task.seat)
            for task in disagreeing(draft, name)
        ]
    return (
        []
        if line.outcome == question
        else [reason("round-not-" + question, round=name, outcome=line.outcome or "open")]
    )


def still_open(draft: Draft, line: Line) -> Reason:
    """That a round is not over for the dossier, and for whom it waits."""
    waiting = [task.seat for task in draft.open_tasks("ask", "vote", round_id=line.round_id)]
    if not waiting:
        return reason("round-running", round=line.name)
    return reason("round-still-open", round=line.name, waiting=len(waiting), seats=waiting)


def disagreeing(draft: Draft, name: str) -> list[Task]:
    """The asks in rounds of a name that came to a disagreement nobody has answered in writing.

    A seat that was asked again in a newer round is heard there only.
    """
    asks = newest_asks(draft, name).values()
    return [t for t in asks if t.outcome == "disagree" and not t.answered_n]


def newest_asks(draft: Draft, name: str) -> dict[str, Task]:
    """By seat its ask in the newest round of a name that asks it, those taken back left out."""
    lines = [line for line in draft.lines.values() if line.name == name]
    newest: dict[str, Task] = {}
    for line in sorted(lines, key=lambda line: (line.opened_n, line.round_id)):
        asks = (t for t in draft.tasks.values() if t.round_id == line.round_id)
        newest |= {t.seat: t for t in asks if t.kind == "ask" and t.status != "cancelled"}
    return newest
