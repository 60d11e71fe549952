"""Grounds: used, dated the right way round, confirmed."""

from collections.abc import Iterator
from datetime import date

from thidua.definitions.check.name import uses
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason


def grounds(loaded: Loaded) -> Iterator[Reason]:
    """Dates the wrong way round, and grounds that no number rests on."""
    procedure, tree = loaded.procedure, loaded.tree
    used = resting(loaded)
    for name, ground in procedure.grounds.items():
        if ground.from_on and ground.to_on and ground.to_on < ground.from_on:
            yield tree.reason(
                "dates-reversed", ("grounds", name, "to"), found=ground.to_on.isoformat()
            )
        if name not in used:
            yield tree.key_reason("ground-unused", ("grounds", name), ground=name)
    yield from _shares(loaded)
    start, end = procedure.in_force_from, procedure.in_force_to
    if start and end and end < start:
        yield tree.reason("dates-reversed", ("in_force", "to"), found=end.isoformat())


def _shares(loaded: Loaded) -> Iterator[Reason]:
    """The numbers of a round's end rest on a ground of their own or on that of its due."""
    for name, rule in loaded.procedure.rounds.items():
        close = rule.close
        counted = close.share is not None or close.answers or close.plus
        if rule.due is None and close.ground is None and (counted or close.transit):
            path = ("rounds", name, "close")
            yield loaded.tree.key_reason("share-without-ground", path, round=name)


def assumed(loaded: Loaded) -> Iterator[Reason]:
    """A warning for each ground that nobody has confirmed, with what rests on it."""
    resting_on = resting(loaded)
    for name in loaded.procedure.assumed:
        text, uses = loaded.procedure.grounds[name].text, ", ".join(resting_on.get(name, ()))
        path = ("grounds", name)
        yield loaded.tree.key_reason("ground-assumed", path, ground=name, text=text, uses=uses)


def undated(loaded: Loaded) -> Iterator[Reason]:
    """A warning for each ground that does not say from when it holds, is borrowed or assumed."""
    for name, ground in loaded.procedure.grounds.items():
        if ground.from_on is None:
            yield loaded.tree.key_reason("ground-undated", ("grounds", name), ground=name)


def lapsed(loaded: Loaded) -> Iterator[Reason]:
    """A warning for each ground that begins after the procedure does, or ends before it."""
    start, end = loaded.procedure.in_force_from, loaded.procedure.in_force_to
    for name, ground in loaded.procedure.grounds.items():
        late = start and ground.from_on and ground.from_on > start
        early = (start or end) and ground.to_on and (end is None or ground.to_on < end)
        if late or early:
            held = {"dates": _dates(ground.from_on, ground.to_on), "in_force": _dates(start, end)}
            path = ("grounds", name)
            yield loaded.tree.key_reason("ground-not-in-force", path, ground=name, **held)


def _dates(from_on: date | None, to_on: date | None) -> str:
    return " – ".join(on.isoformat() if on else "…" for on in (from_on, to_on))


def resting(loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """What rests on each ground: states, rounds, spans and rights by their path in the file,
    conditions of a step by its trigger.
    """
    found: dict[str, tuple[str, ...]] = {}
    for kind, name, path in uses(loaded):
        if kind == "ground":
            found[name] = (*found.get(name, ()), _said(loaded, path[:-1]))
    return {name: tuple(dict.fromkeys(parts)) for name, parts in found.items()}


def _said(loaded: Loaded, path: Path) -> str:
    if path[0] == "transitions" and isinstance(path[1], int):
        path = ("transitions", loaded.procedure.transitions[path[1]].trigger, "conditions")
    return ".".join(str(key) for key in path)
