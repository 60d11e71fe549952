"""Typed conditions that can be read, that fit their fields, and whose names mean one thing."""

from collections.abc import Iterator
from typing import Any

from thidua.definitions.condition_text import Fault, tokens
from thidua.definitions.condition_value import values
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason


def expressions(loaded: Loaded) -> Iterator[Reason]:
    """What keeps a typed condition from being asked, numbers that rest on no ground, and names
    given to two of them.
    """
    known, meant = values(loaded.procedure), dict[str, tuple[str, str | None]]()
    for path, given in written(loaded):
        text = given["expr"].strip()
        fault = _fault(text, known)
        if fault is not None:
            yield loaded.tree.reason(fault.code, (*path, "expr"), **fault.fields)
        elif "ground" not in given and _has_number(text):
            yield loaded.tree.reason("number-without-ground", (*path, "expr"), key="ground")
        name, says = given.get("name"), (given["expr"], given.get("ground"))
        if name is not None and meant.setdefault(name, says) != says:
            yield loaded.tree.reason("expr-twice", (*path, "name"), name=name)


def written(loaded: Loaded) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every condition that is written out, with its place in the file."""
    for number, step in enumerate(loaded.tree.data["transitions"]):
        for position, given in enumerate(step.get("conditions", ())):
            if isinstance(given, dict):
                yield ("transitions", number, "conditions", position), given
    for name, rule in loaded.procedure.rounds.items():
        for position, _ in enumerate(rule.asks):
            yield from _of_ask(loaded, ("rounds", name, "ask"), position)


def _of_ask(loaded: Loaded, path: Path, position: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    given = loaded.tree.data["rounds"][path[1]]["ask"]
    ask = given[position] if isinstance(given, list) else given
    if isinstance(ask.get("if"), dict):
        yield ((*path, position, "if") if isinstance(given, list) else (*path, "if")), ask["if"]


def _has_number(text: str) -> bool:
    return any(token.sort in ("number", "date") for token in tokens(text))


def _fault(text: str, known: Any) -> Fault | None:
    # Here, not above: reading one loads a library that other procedures do without.
    from thidua.definitions.condition import read

    try:
        read(text, known)
    except Fault as fault:
        return fault
    return None
