"""What the engine finds of a dossier's journal: each condition of each step, the open votes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from thidua.workflow import replay
from thidua.workflow.box_told import COUNTED
from thidua.workflow.chain import Fact
from thidua.workflow.command import Fire
from thidua.workflow.conditions import holds
from thidua.workflow.dossier import Document
from thidua.workflow.draft import Draft
from thidua.workflow.person import By
from thidua.workflow.procedure import Transition
from thidua.workflow.rebuilt import Rebuilt
from thidua.workflow.replay import GONE
from thidua.workflow.view import Rules, View

Papers = Callable[[str | None, str], tuple[Document, ...]]
"""The papers of a submission that were there at an instant."""

RulesOf = Callable[[str], Rules]


def found(
    dossier_id: str, facts: Iterable[Fact], rules_of: RulesOf, papers: Papers
) -> Iterator[dict[str, Any]]:
    """For each event what is told beside it: `conditions` of a step, `openly` of a count.

    A condition is true, false, "waived", or None where nobody can say any more: it is another
    application's own, or rests on values that were erased, were it long after the step.
    """
    whole = list(facts)
    erased = any("erased" in fact.body for fact in whole)
    for fact, before in replay.steps(dossier_id, whole):
        body, beside = fact.body, dict[str, Any]()
        if body["act"] == "fire":
            beside["conditions"] = _conditions(fact, before(), rules_of, papers, erased=erased)
        if body["act"] == "close_round" and "verdict" in body:
            beside |= _counted(body, before())
        yield beside


def _counted(body: Mapping[str, Any], told: Rebuilt) -> dict[str, Any]:
    """The votes given openly, whose are not said; "" for one that was erased.

    0.1.0 wrote into a count neither its roll nor the tellers' papers: they are what is left.
    """
    key = body["round_id"]
    away = {t.seat for t in told.tasks.values() if t.round_id == key and t.outcome == "recused"}
    mine = [vote for vote in told.votes if vote.round_id == key and vote.seat not in away]
    openly = sorted(vote.choice if vote.choice != GONE else "" for vote in mine)
    if "roll" in body["verdict"]:
        return {"openly": openly}
    papers = Counter(next(counts for round_id, _, counts, _ in body["lines"] if round_id == key))
    wrote = sum(vote.way == "written" for vote in mine)
    papers.subtract(Counter(COUNTED[choice] for choice in openly if choice))
    cast = dict.fromkeys(("issued", "returned", "valid"), len(mine))
    papers.subtract({**cast, "present": len(mine) - wrote, "written": wrote})
    return {"openly": openly, "papers": papers}


def _conditions(
    fact: Fact, told: Rebuilt, rules_of: RulesOf, papers: Papers, *, erased: bool
) -> dict[str, Any]:
    assert told.dossier is not None
    body, dossier = fact.body, told.dossier
    rules = rules_of(dossier.procedure)
    step = _step(rules, body)
    if step is None:
        return {}
    at = datetime.fromisoformat(body["at"]).astimezone(UTC)
    documents = (*told.documents, *papers(dossier.submission, body["at"]))
    view = View(dossier, tuple(told.tasks.values()), tuple(told.lines.values()), documents)
    draft = Draft(rules, view, Fire(body["trigger"]), By(body["by"]), at)
    return {name: _holds(draft, name, erased=erased) for name in step.conditions}


def _step(rules: Rules, body: Mapping[str, Any]) -> Transition | None:
    steps = rules.procedure.transitions
    fits = (s for s in steps if s.trigger == body["trigger"] and body["from"] in s.source)
    return next(fits, None)


def _holds(draft: Draft, name: str, *, erased: bool) -> bool | str | None:
    subject, _, question = name.partition(".")
    if name in draft.dossier.waived:
        return "waived"
    if subject == "host" and question not in draft.rules.predicates:
        return None
    rests = name in draft.procedure.expressions or subject in draft.procedure.windows
    if erased and (rests or name == "documents.complete"):
        return True if holds(draft, name) else None
    return holds(draft, name)
