"""Names that exist: every word that points at another part of the file, or outside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from thidua.definitions.check.condition import offered
from thidua.definitions.check.expression import written
from thidua.definitions.check.round import asks
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.definitions.words import nearest
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import DueRule, Procedure, RoundRule
from thidua.workflow.sight import BESIDE

Use = tuple[str, str, Path]
"""A kind of name, the name used, and where."""


def names(loaded: Loaded, outside: Mapping[str, Collection[str] | None]) -> list[Reason]:
    """A finding for each name that nothing has; kinds of `outside` that are None are not asked."""
    known = {**_inside(loaded.procedure), **outside}
    found = []
    for kind, name, path in uses(loaded):
        valid = known[kind]
        if valid is not None and name not in valid:
            key = path[-1] == name and path[0] in ("messages", "may", "sees")
            at = loaded.tree.key_reason if key else loaded.tree.reason
            found.append(at(f"no-such-{kind}", path, name=name, nearest=nearest(name, valid)))
    return found


def _inside(procedure: Procedure) -> dict[str, Collection[str]]:
    rounds = procedure.rounds
    addressed = [name for name, rule in rounds.items() if rule.kind != "posting"]
    return {
        "role": procedure.roles,
        "actor": (*procedure.roles, ENGINE),
        "addressee": (*procedure.roles, "asked"),
        "state": procedure.states,
        "round": rounds,
        "ladder": procedure.ladders,
        "field": procedure.fields,
        "yes-no-field": [n for n, f in procedure.fields.items() if f.type == "yes_no"],
        "document": procedure.documents,
        "group": (*procedure.fields, "kind"),
        "ground": procedure.grounds,
        "trigger": {step.trigger for step in procedure.transitions},
        "condition": offered(procedure),
        "item": (*procedure.fields, *procedure.documents),
        "event": (*procedure.states, *(f"{name}.opened" for name in addressed), "revoke"),
    }


def uses(loaded: Loaded) -> Iterator[Use]:
    """Every use of a name in the file."""
    procedure = loaded.procedure
    yield "calendar", procedure.calendar, ("calendar",)
    yield "state", procedure.initial, ("initial",)
    for role in procedure.roles.values():
        yield from _each("role", role.never_also, ("roles", role.name, "never_also"))
    for kind in procedure.documents.values():
        if kind.needed_if is not None:
            yield "yes-no-field", kind.needed_if, ("documents", kind.name, "needed_if")
    for name in procedure.rounds:
        yield from _round(procedure.rounds[name])
    yield from _ladders(loaded)
    yield from _states(procedure)
    yield from _transitions(procedure)
    yield from _rights(procedure, set(loaded.tree.data["may"]))
    yield from _messages(loaded)
    for path, given in written(loaded):
        if "ground" in given:
            yield "ground", given["ground"], (*path, "ground")


def _each(kind: str, words: Iterable[str], path: Path) -> Iterator[Use]:
    for position, word in enumerate(words):
        yield kind, word, (*path, position)


def _due(due: DueRule | None, path: Path) -> Iterator[Use]:
    if due is None:
        return
    yield "ground", due.ground, (*path, "ground")
    if due.receipt_ground is not None:
        yield "ground", due.receipt_ground, (*path, "receipt_ground")
    if due.ladder is not None:
        yield "ladder", due.ladder, (*path, "ladder")
    if due.then is not None:
        yield "trigger", due.then, (*path, "then")


def _round(rule: RoundRule) -> Iterator[Use]:
    path: Path = ("rounds", rule.name)
    yield from _due(rule.due, (*path, "due"))
    yield from _each("item", rule.rests_on, (*path, "rests_on"))
    if rule.proof is not None:
        yield "document", rule.proof, (*path, "proof")
    if rule.close.by is not None:
        yield "role", rule.close.by, (*path, "close", "by")
    if rule.close.ground is not None:
        yield "ground", rule.close.ground, (*path, "close", "ground")
    yield from _exchange(rule, path)
    for ask, where in asks(rule):
        yield "role", ask.role, (*where, "role")
        if ask.units.startswith("same:"):
            yield "field", ask.units.removeprefix("same:"), (*where, "units", "same")
        if ask.when is not None and not ask.when.startswith("expr"):
            yield "yes-no-field", ask.when, (*where, "if")
    yield from _ballot(rule, path)


def _exchange(rule: RoundRule, path: Path) -> Iterator[Use]:
    back = rule.ask_back
    if rule.confirm is not None:
        yield "role", rule.confirm.role, (*path, "confirm")
    if back is not None:
        yield "role", back.answer, (*path, "ask_back", "answer")
        yield from _due(back.due, (*path, "ask_back", "due"))
    if back is not None and back.by is not None:
        yield "role", back.by, (*path, "ask_back", "by")


def _ballot(rule: RoundRule, path: Path) -> Iterator[Use]:
    if rule.voters is not None:
        yield "role", rule.voters.role, (*path, "voters", "role")
        if rule.voters.chair is not None:
            yield "role", rule.voters.chair, (*path, "voters", "chair")
    yield from _each("state", rule.also_shows, (*path, "also_shows"))
    if rule.limit is not None:
        yield "ground", rule.limit.ground, (*path, "rounds", "ground")
    if rule.quorum_ground is not None:
        yield "ground", rule.quorum_ground, (*path, "quorum", "ground")
    if rule.pass_ground is not None:
        yield "ground", rule.pass_ground, (*path, "pass", "ground")
    if rule.seats is not None:
        seats: Path = (*path, "pass", "seats")
        yield from _each("group", rule.seats.per, (*seats, "per"))
        yield "ground", rule.seats.ground, (*seats, "ground")


def _ladders(loaded: Loaded) -> Iterator[Use]:
    for name in loaded.procedure.ladders:
        steps = loaded.tree.data["ladders"][name].get("escalate", [])
        for position, step in enumerate(steps):
            yield "addressee", step["to"], ("ladders", name, "escalate", position, "to")


def _states(procedure: Procedure) -> Iterator[Use]:
    for name, state in procedure.states.items():
        yield from _each("round", state.opens, ("states", name, "opens"))
        yield from _due(state.due, ("states", name, "due"))
    for name, span in procedure.spans.items():
        if span.start != "create":
            yield "trigger", span.start, ("spans", name, "from")
        yield "state", span.end, ("spans", name, "to")
        yield from _due(span.due, ("spans", name))
    for name, window in procedure.windows.items():
        yield "ground", window.ground, ("windows", name, "ground")


def _transitions(procedure: Procedure) -> Iterator[Use]:
    for number, step in enumerate(procedure.transitions):
        path: Path = ("transitions", number)
        yield from _each("state", step.source, (*path, "source"))
        yield "state", step.dest, (*path, "dest")
        yield "actor", step.by, (*path, "by")
        for position, condition in enumerate(step.conditions):
            if not condition.startswith("expr:"):
                yield _condition(condition, (*path, "conditions", position))


def _condition(condition: str, path: Path) -> Use:
    subject, _, name = condition.partition(".")
    host = subject == "host"
    return ("predicate", name, path) if host else ("condition", condition, path)


def _rights(procedure: Procedure, given: set[str]) -> Iterator[Use]:
    """A right left out is another's by default, and its names are those."""
    for act, right in procedure.may.items():
        if act != "waive" and act in given:
            yield from _each("role", right.roles, ("may", act, "by"))
        if right.dest is not None:
            yield "state", right.dest, ("may", act, "dest")
        yield from _due(right.due, ("may", act, "due"))
    for condition, role in procedure.waive.items():
        yield _condition(condition, ("may", "waive", condition))
        yield "role", role, ("may", "waive", condition, "by")
    for condition, terms in procedure.waive_terms.items():
        if terms.owes is not None:
            yield "role", terms.owes, ("may", "waive", condition, "owes")
        if terms.ladder is not None:
            yield "ladder", terms.ladder, ("may", "waive", condition, "ladder")


def _messages(loaded: Loaded) -> Iterator[Use]:
    for event in loaded.tree.data.get("messages", {}):
        yield "event", event, ("messages", event)
    for message in loaded.procedure.messages:
        path: Path = ("messages", message.event)
        yield "addressee", message.to, (*path, "to")
        yield "template", message.template, (*path, "template")
    for name, seen_by in loaded.tree.data.get("sees", {}).items():
        if name not in BESIDE:
            yield "round", name, ("sees", name)
        roles = [seen_by] if isinstance(seen_by, str) else seen_by
        yield from _each("role", roles, ("sees", name))
