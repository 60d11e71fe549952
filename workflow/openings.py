"""Which rounds an act may open, so that they can be looked up before it is decided."""

from collections.abc import Iterable

from thidua.workflow import command as c
from thidua.workflow.dossier import Dossier
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Rules


def may_open(rules: Rules, command: c.Command, dossier: Dossier) -> frozenset[str]:
    """Names of the rounds that the command, or the engine after it, may open."""
    procedure, state = rules.procedure, dossier.state
    reached = set(rules.reach[state])
    opened: set[str] = set()
    if isinstance(command, c.Create):
        opened |= set(procedure.states[state].opens)
    if isinstance(command, c.Fire):
        dests = {t.dest for t in procedure.transitions if t.trigger == command.trigger}
        reached |= dests | {r for dest in dests for r in rules.reach[dest]}
    if isinstance(command, c.Expire):
        reached |= {t.dest for t in procedure.transitions if state in t.source}
    if isinstance(command, c.Close | c.Settle):
        opened.add(command.round)
    return frozenset(opened | _opens(procedure, reached))


def _opens(procedure: Procedure, states: Iterable[str]) -> set[str]:
    return {name for state in states for name in procedure.states[state].opens}


def engine_reach(procedure: Procedure) -> dict[str, frozenset[str]]:
    """For each state, those that the engine's own transitions can lead to from it."""
    return {state: frozenset(_reached(procedure, state)) for state in procedure.states}


def _reached(procedure: Procedure, state: str) -> set[str]:
    reached: set[str] = set()
    waiting = [state]
    while waiting:
        here = waiting.pop()
        steps = {t.dest for t in procedure.transitions if t.by == "engine" and here in t.source}
        waiting += steps - reached
        reached |= steps
    return reached
