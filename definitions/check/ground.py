"""Grounds: used, dated the right way round, confirmed."""

from collections.abc import Iterator

from thidua.definitions.loaded import Loaded
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Procedure


def grounds(loaded: Loaded) -> Iterator[Reason]:
    """Dates the wrong way round, and grounds that no number rests on."""
    procedure, tree = loaded.procedure, loaded.tree
    used = set(resting(procedure))
    for name, ground in procedure.grounds.items():
        if ground.from_on and ground.to_on and ground.to_on < ground.from_on:
            yield tree.reason(
                "dates-reversed", ("grounds", name, "to"), found=ground.to_on.isoformat()
            )
        if name not in used:
            yield tree.key_reason("ground-unused", ("grounds", name), ground=name)
    start, end = procedure.in_force_from, procedure.in_force_to
    if start and end and end < start:
        yield tree.reason("dates-reversed", ("in_force", "to"), found=end.isoformat())


def assumed(loaded: Loaded) -> Iterator[Reason]:
    """A warning for each ground that nobody has confirmed, with what rests on it."""
    resting_on = resting(loaded.procedure)
    for name in loaded.procedure.assumed:
        text, uses = loaded.procedure.grounds[name].text, ", ".join(resting_on.get(name, ()))
        path = ("grounds", name)
        yield loaded.tree.key_reason("ground-assumed", path, ground=name, text=text, uses=uses)


def resting(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """What rests on each ground: states, rounds and spans by their path in the file."""
    pairs = [(s.due.ground, f"states.{n}.due") for n, s in procedure.states.items() if s.due]
    pairs += [(s.due.ground, f"spans.{n}") for n, s in procedure.spans.items()]
    for name, rule in procedure.rounds.items():
        pairs += [(rule.due.ground, f"rounds.{name}.due")] if rule.due else []
        pairs += [(rule.quorum_ground, f"rounds.{name}.quorum")] if rule.quorum_ground else []
        pairs += [(rule.pass_ground, f"rounds.{name}.pass")] if rule.pass_ground else []
        pairs += [(rule.seats.ground, f"rounds.{name}.pass.seats")] if rule.seats else []
    found: dict[str, tuple[str, ...]] = {}
    for ground, use in pairs:
        found[ground] = (*found.get(ground, ()), use)
    return found
