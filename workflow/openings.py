"""Which rounds an act may open or close, so that it is known what has to be looked up before."""

from collections.abc import Iterable

from thidua.workflow import command as c
from thidua.workflow.dossier import Dossier
from thidua.workflow.exchange import CancelRound, Reopen
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Rules

_ANEW = frozenset({c.Close, c.VoidBallot, c.Settle, c.PutOff, c.PutTo, Reopen})
"""Acts on a round after which another of its name may be opened."""

_ENDING = frozenset({c.Expire, c.Close, c.Migrate, c.Recall, c.Withdraw, CancelRound})


def may_open(rules: Rules, command: c.Command, dossier: Dossier) -> frozenset[str]:
    """Names of the rounds that the command, or the engine after it, may open."""
    kind, names = type(command), rules.opens.get(dossier.state, frozenset())
    if kind is c.Create or kind is c.Migrate:
        here = {dossier.state} & rules.procedure.states.keys()
        return names | rounds_of(rules.procedure, here)
    if kind is c.Fire or kind is c.Expire:
        return names | _after_step(rules, command, dossier.state)
    if kind not in _ANEW or (isinstance(command, c.PutOff) and command.meeting is None):
        return names
    named: str = getattr(command, "round", "")
    return names | {named} if named in rules.procedure.rounds else names


def _after_step(rules: Rules, command: c.Command, state: str) -> frozenset[str]:
    procedure = rules.procedure
    trigger = command.trigger if isinstance(command, c.Fire) else None
    dests = {
        t.dest
        for t in procedure.transitions
        if (t.trigger == trigger if trigger is not None else state in t.source)
    }
    return rounds_of(procedure, dests).union(*(rules.opens[dest] for dest in dests))


def may_end_unanswered(rules: Rules, command: c.Command) -> bool:
    """Whether the act may close a round that some of the asked have not answered."""
    return rules.by_share or type(command) in _ENDING


def closes_by_share(procedure: Procedure) -> bool:
    """Whether the answers of some may close a round for all that it asks."""
    closes = (rule.close for rule in procedure.rounds.values())
    return any(close.share or close.units or close.answers for close in closes)


def rounds_of(procedure: Procedure, states: Iterable[str]) -> frozenset[str]:
    """Names of the rounds that some of the states open."""
    return frozenset(name for state in states for name in procedure.states[state].opens)


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
