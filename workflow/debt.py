"""What a waived condition leaves to be made good, and what conditions are called."""

from dataclasses import dataclass

from thidua.workflow.procedure import Procedure
from thidua.workflow.wording import LANGUAGES, say

DEBT = "debt:"
"""What the task of a debt begins with; the condition follows."""

ROUND_WORDS = ("opened", "closed", "disagreements_answered", "passed", "failed")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A condition that is set aside, until when it is to be made good (a legal date), by whom.

    Without a date it is one of 0.1.0, which made no task of it; `settled` says that it has been
    made good by other means.
    """

    condition: str
    until_on: str | None = None
    owes: str | None = None
    settled: bool = False


def owing(procedure: Procedure, condition: str) -> str:
    """The role that owes a condition: the one named with it; else who answers disagreements for
    those, who supplements for the rest, and where nobody does, the role that may waive it.
    """
    named = procedure.waive_terms.get(condition)
    if named is not None and named.owes is not None:
        return named.owes
    act = "reply" if condition.endswith(".disagreements_answered") else "supplement"
    roles = procedure.may[act].roles
    return roles[0] if roles else procedure.waive[condition]


def condition_title(procedure: Procedure, name: str) -> dict[str, str]:
    """What a condition is called, in both languages."""
    return {lang: _called(procedure, name, lang) for lang in LANGUAGES}


def _called(procedure: Procedure, name: str, lang: str) -> str:
    subject, _, question = name.partition(".")
    if name == "documents.complete":
        return say("condition-documents", {}, lang)
    if name in procedure.expressions:
        rule = procedure.expressions[name]
        return procedure.text(rule.label, lang) if rule.label else rule.text
    if subject in procedure.rounds and question in ROUND_WORDS:
        label = procedure.text(procedure.rounds[subject].label, lang)
        return say(f"condition-{question.replace('_', '-')}", {"label": label}, lang)
    if subject in procedure.windows:
        return say("condition-window", {"label": subject}, lang)
    return name
