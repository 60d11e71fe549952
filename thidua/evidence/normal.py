"""A procedure in normal form: what a verifier that knows no YAML needs to judge a dossier by it."""

from collections.abc import Iterable, Iterator
from typing import Any

from thidua.workflow.conditions import must_be_over
from thidua.workflow.procedure import Procedure, RoundRule, Transition

MAY = {
    "ask": ("include", "excuse", "request", "cancel_round", "reopen"),
    "meet": ("putoff", "putto", "remeet", "preside", "attend", "begin", "conclude", "case",
             "form", "appoint"),
    "promise": ("contact",),
    "draft": ("look_again", "strike", "applied"),
    "hold": ("classify",),
    "redact": ("refuse_erasure", "erase_person", "confirm_retention"),
}  # fmt: skip
"""Acts, of dossiers and of registers, that have their right under another name."""


def normal(procedure: Procedure) -> dict[str, Any]:
    """States, steps by "TRIGGER|FROM", who may by act (or "ACT|SUBJECT"), rounds with fractions."""
    states, documents = procedure.states, procedure.documents.values()
    apart = {tuple(sorted((r.name, o))) for r in procedure.roles.values() for o in r.never_also}
    withdraw = procedure.may.get("withdraw")
    return {
        "initial": procedure.initial,
        "final": sorted(name for name, state in states.items() if state.final),
        "then": {n: s.due.then for n, s in states.items() if s.due is not None and s.due.then},
        "steps": dict(_steps(procedure)),
        "who": dict(_who(procedure)),
        "out": withdraw.dest if withdraw is not None else None,
        "waive": sorted(procedure.waive),
        "own_unit": sorted(r.name for r in procedure.roles.values() if r.own_unit),
        "apart": sorted(map(list, apart)),
        "needed": sorted(kind.name for kind in documents if kind.needed),
        "rounds": {name: _round(rule) for name, rule in procedure.rounds.items()},
    }


def _steps(procedure: Procedure) -> Iterator[tuple[str, dict[str, Any]]]:
    for step in reversed(procedure.transitions):  # the first of two alike is the one that is taken
        for source in step.source:
            yield (
                f"{step.trigger}|{source}",
                {"to": step.dest, "by": step.by, "conditions": list(step.conditions),
                 "decision": step.decision_required, "over": list(_over(procedure, step)),
                 **({} if step.starts is None else {"starts": step.starts})},
            )  # fmt: skip


def _over(procedure: Procedure, step: Transition) -> Iterable[str]:
    """Rounds that may not run when the step is taken."""
    return [n for n, rule in procedure.rounds.items() if must_be_over(procedure, step, rule)]


def _who(procedure: Procedure) -> Iterator[tuple[str, list[str]]]:
    for act, right in procedure.may.items():
        yield act, list(right.roles)
        for other in MAY.get(act, ()):
            yield other, list(right.roles)
    for step in reversed(procedure.transitions):
        for source in step.source:
            yield f"fire|{step.trigger}|{source}", [step.by]
    for condition, role in procedure.waive.items():
        yield f"waive|{condition}", [role]
    close = procedure.may.get("close")
    for name, rule in procedure.rounds.items():
        closing = [rule.close.by] if rule.close.by else [*close.roles] if close else []
        chair = rule.voters.chair if rule.voters is not None else None
        yield f"close_round|{name}", closing
        yield f"voidballot|{name}", closing
        yield f"breaktie|{name}", [chair] if chair else []
        yield f"answer_back|{name}", [rule.ask_back.answer] if rule.ask_back else []


def _round(rule: RoundRule) -> dict[str, Any]:
    close = rule.close
    return {
        "kind": rule.kind, "secret": rule.secret, "ways": list(rule.ways), "tie": rule.tie,
        "seats": rule.seats is not None, "proof": rule.proof,
        "confirm": rule.confirm.role if rule.confirm else None,
        "asks_back": rule.ask_back.by if rule.ask_back else None,
        "close": {"share": str(close.share) if close.share is not None else None,
                  "answers": close.answers, "units": list(close.units), "plus": close.plus},
        "quorum": _quorum(rule), "pass": _pass(rule),
    }  # fmt: skip


def _quorum(rule: RoundRule) -> dict[str, Any] | None:
    if rule.quorum is None:
        return None
    return {"at_least": str(rule.quorum.at_least), "counts": sorted(rule.quorum.counts)}


def _pass(rule: RoundRule) -> dict[str, Any] | None:
    passes = rule.passes
    if passes is None:
        return None
    more, least = (None if f is None else str(f) for f in (passes.more_than, passes.at_least))
    return {"more_than": more, "at_least": least, "of": passes.of, "abstained": passes.abstained}
