"""Roles that somebody can hold and that have something to do."""

from collections.abc import Iterator, Mapping

from thidua.definitions.condition_value import GIVEN
from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import BESIDE

RESERVED = {
    "roles": (ENGINE, "nobody", "asked"),
    "rounds": ("documents", "host", "expr", *BESIDE),
    "transitions": ("none",),
    "fields": tuple(GIVEN),
}
"""Words with a meaning of their own, by the section in which they may not be names."""


def roles(loaded: Loaded) -> Iterator[Reason]:
    """Roles and ladders that nothing uses, roles nobody can hold, names that are taken."""
    procedure, tree = loaded.procedure, loaded.tree
    used = _acting(procedure) | _reading(procedure)
    for name, role in procedure.roles.items():
        if name in role.never_also:
            path = ("roles", name, "never_also")
            yield tree.key_reason("role-impossible", path, role=name)
        if name not in used:
            yield tree.key_reason("role-unused", ("roles", name), role=name)
    yield from _ladders(loaded)
    yield from _reserved(loaded)
    yield from _withdrawal(loaded)
    yield from _revocation(loaded)


def vacancies(loaded: Loaded, holders: Mapping[str, int] | None) -> Iterator[Reason]:
    """Roles that nobody holds on the day asked about, where `holders` counts them."""
    for name in loaded.procedure.roles if holders is not None else ():
        if not (holders or {}).get(name):
            yield loaded.tree.key_reason("role-vacant", ("roles", name), role=name)


def readers(loaded: Loaded) -> Iterator[Reason]:
    """A warning for each role that is written to or sees something, and can do nothing.

    Whoever leads a unit that is pressed can: the head answers for what the unit does.
    """
    acting = {*_acting(loaded.procedure), *RESERVED["roles"]}
    reading = _reading(loaded.procedure)
    pressed = {rung.to for each in loaded.procedure.ladders.values() for rung in each.rungs}
    for name, role in loaded.procedure.roles.items():
        if name in reading - acting and not (role.leads and name in pressed):
            yield loaded.tree.key_reason("role-only-reads", ("roles", name), role=name)


def _acting(procedure: Procedure) -> set[str]:
    """Roles that take a step, have a right, are asked, vote, break a tie, close, confirm or owe."""
    rounds = procedure.rounds.values()
    return {
        *(step.by for step in procedure.transitions),
        *(role for right in procedure.may.values() for role in right.roles),
        *(terms.owes for terms in procedure.waive_terms.values() if terms.owes),
        *(ask.role for rule in rounds for ask in rule.asks),
        *(rule.voters.role for rule in rounds if rule.voters),
        *(rule.voters.chair for rule in rounds if rule.voters and rule.voters.chair),
        *(rule.close.by for rule in rounds if rule.close.by),
        *(rule.confirm.role for rule in rounds if rule.confirm),
        *(rule.ask_back.answer for rule in rounds if rule.ask_back),
        *(rule.ask_back.by for rule in rounds if rule.ask_back and rule.ask_back.by),
    }


def _reading(procedure: Procedure) -> set[str]:
    """Roles that are pressed or written to, or see what others do not."""
    return {
        *(rung.to for ladder in procedure.ladders.values() for rung in ladder.rungs),
        *(message.to for message in procedure.messages),
        *(role for rule in procedure.rounds.values() for role in rule.sees),
        *(role for roles in procedure.sees.values() for role in roles),
    }


def _ladders(loaded: Loaded) -> Iterator[Reason]:
    procedure = loaded.procedure
    parts = (procedure.states, procedure.rounds, procedure.spans)
    used = {rule.due.ladder for part in parts for rule in part.values() if rule.due}
    asked_back = (rule.ask_back.due for rule in procedure.rounds.values() if rule.ask_back)
    used |= {due.ladder for due in asked_back if due}
    used |= {right.due.ladder for right in procedure.may.values() if right.due}
    used |= {terms.ladder for terms in procedure.waive_terms.values()}
    for name in procedure.ladders:
        if name not in used:
            yield loaded.tree.key_reason("ladder-unused", ("ladders", name), ladder=name)


def _reserved(loaded: Loaded) -> Iterator[Reason]:
    for section, words in RESERVED.items():
        given = loaded.tree.data.get(section, {})
        for word in words if isinstance(given, dict) else ():
            if word in given:
                yield loaded.tree.key_reason("name-reserved", (section, word), name=word)
    for number, step in enumerate(loaded.procedure.transitions):
        if step.trigger in RESERVED["transitions"]:
            path = ("transitions", number, "trigger")
            yield loaded.tree.reason("name-reserved", path, name=step.trigger)


def _withdrawal(loaded: Loaded) -> Iterator[Reason]:
    dest = loaded.procedure.may["withdraw"].dest
    state = loaded.procedure.states.get(dest or "")
    if state is not None and not state.final:
        path = ("may", "withdraw", "dest")
        yield loaded.tree.reason("withdrawal-not-final", path, state=dest)


def _revocation(loaded: Loaded) -> Iterator[Reason]:
    """Only an award is revoked, and an end with one says so."""
    procedure = loaded.procedure
    awarded = any(state.outcome == "awarded" for state in procedure.states.values())
    if procedure.may["revoke"].roles and not awarded:
        yield loaded.tree.key_reason("revoke-of-nothing", ("may", "revoke"))
