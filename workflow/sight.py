"""Who may see what was said, voted, held against and decided: one rule, denied by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from thidua.workflow.person import ENGINE, Held, Seat, sits, stepped_back
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.substitution import Substitution

Thing = Literal["opinion", "asked", "roll", "tally", "hold", "outcome"]
"""Who said what in a round; that others are asked and where their asks stand; who voted how; the
counts of a ballot and what it came to; the ground of a hold; what is decided and not announced.
"""

OF_SEATS = ("opinion", "asked", "roll")

BESIDE = ("asked", "holds", "tally", "outcome")
"""What `sees` can name beside rounds."""

OF_PROPOSERS = frozenset({"create", "attach", "supplement", "withdraw", "recuse", "enter_for"})
"""Rights that do not make their holder one of those who handle the dossier."""


def holds(procedure: Procedure, role: str, held: Iterable[Held], unit: str | None) -> bool:
    """Whether one of `held` is `role`, in the dossier's own unit where the role asks for that."""
    own = procedure.roles[role].own_unit if role in procedure.roles else False
    return any(h.role == role and (not own or h.unit == unit) for h in held)


@dataclass(frozen=True, slots=True)
class Eyes:
    """One pair of eyes: an actor and what it holds on the day it looks.

    `lent` is what somebody holds for whom the actor looks, each by the substitution in force that
    day which leaves it to him.
    """

    actor: str
    held: frozenset[Held]
    lent: tuple[tuple[Held, Substitution], ...] = ()

    def under(self, procedure: Procedure) -> "Eyes":
        """The same eyes with what is lent under a procedure: no role that is not delegable."""
        if not self.lent:
            return self
        lent = {held for held, by in self.lent if _lends(by, held, procedure)}
        return Eyes(self.actor, self.held | lent)

    def has(self, procedure: Procedure, roles: Iterable[str], unit: str | None) -> bool:
        """Whether one of the roles is held, in the dossier's own unit where it must be."""
        held = self.under(procedure).held
        return any(holds(procedure, role, held, unit) for role in roles)

    def sits_on(self, seat: str) -> bool:
        """Whether the seat is the actor's."""
        return sits(Seat.parse(seat), self.actor, self.held)

    def stepped_back(self, at: "Standing") -> bool:
        """Whether the actor stepped back from the dossier."""
        return stepped_back(at.recused, self.actor, self.held)


def _lends(by: Substitution, held: Held, procedure: Procedure) -> bool:
    role = procedure.roles.get(held.role)
    units = frozenset({held.unit})
    covers = by.covers(held.role, units, procedure=procedure.name, acts={*by.acts})
    return role is not None and role.delegable and covers


@dataclass(frozen=True, slots=True)
class What:
    """One thing to be seen. `round` names the round of what is said or voted in one.

    `seat` is whose word or ask it is, where it is one seat's; `running` says that the ballot is
    not closed for the dossier.
    """

    thing: Thing
    round: str | None = None
    seat: str | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands, as far as sight depends on it; without one, a round of many.

    `released` is False while a decision with a line of it is being carried out and the notices
    have not gone out. `recused` are the seats that stepped back: whose they are sees nothing by a
    role.
    """

    unit: str | None = None
    state: str | None = None
    released: bool = True
    recused: tuple[str, ...] = ()


def may_see(
    procedure: Procedure, what: What, eyes: Iterable[Eyes], at: Standing = Standing()
) -> bool:
    """Whether all that look may see it; nobody looking sees nothing but what is announced.

    One's own word, vote and ask are always one's own to see, and its unit's to who confirms what
    it answers. Of a ballot that runs nobody sees more. Everything else goes by the roles of
    `seers`.
    """
    if what.thing == "outcome" and not under_embargo(procedure, at):
        return True
    looking = tuple(eyes)
    return bool(looking) and all(_sees(procedure, what, each, at) for each in looking)


def _sees(procedure: Procedure, what: What, eyes: Eyes, at: Standing) -> bool:
    eyes = eyes.under(procedure)
    if what.seat is not None and what.thing in OF_SEATS and eyes.sits_on(what.seat):
        return True
    if what.running and what.thing in ("roll", "tally"):
        return False
    if eyes.stepped_back(at):
        return False
    return confirms(procedure, what, eyes) or eyes.has(procedure, seers(procedure, what), at.unit)


def confirms(procedure: Procedure, what: What, eyes: Eyes) -> bool:
    """Whether what the seat says in the round is an answer only when the eyes' owner confirms it.

    Never of a seat that is no unit's.
    """
    rule, seat = procedure.rounds.get(what.round or ""), Seat.parse(what.seat or "")
    if rule is None or rule.confirm is None or seat.unit is None:
        return False
    return what.thing in OF_SEATS and Held(rule.confirm.role, seat.unit) in eyes.held


def seers(procedure: Procedure, what: What) -> tuple[str, ...]:
    """The roles that see a thing: those named under `sees`, else what follows from the rights.

    Without names nobody sees a roll; an opinion is seen by who moves dossiers on or answers
    disagreements; the ground of a hold by who holds or releases; asks, tally and outcome by all
    who handle the dossier. The proposing side and those consulted are never among them.
    """
    named = _named(procedure, what)
    if named is not None:
        return named
    if what.thing in ("opinion", "roll") and what.round not in procedure.rounds:
        return ()  # of an earlier version of the procedure
    if what.thing == "roll" or _is_ballot(procedure, what):
        return ()
    if what.thing == "opinion":
        found = _movers(procedure) | set(_may(procedure, "reply"))
    elif what.thing == "hold":
        found = {*_may(procedure, "hold"), *_may(procedure, "release")}
    else:
        return handlers(procedure)
    return tuple(sorted(found - outsiders(procedure)))


def _named(procedure: Procedure, what: What) -> tuple[str, ...] | None:
    if what.thing in ("opinion", "roll"):
        rule = procedure.rounds.get(what.round or "")
        return rule.sees or None if rule is not None else None
    return procedure.sees.get("holds" if what.thing == "hold" else what.thing)


def _is_ballot(procedure: Procedure, what: What) -> bool:
    return what.thing == "opinion" and procedure.rounds[what.round or ""].kind == "ballot"


def handlers(procedure: Procedure) -> tuple[str, ...]:
    """The roles that handle dossiers: movers, voters, tellers, holders of the engine's acts."""
    found = _movers(procedure)
    for act, right in procedure.may.items():
        found |= set(right.roles) if act not in OF_PROPOSERS else set()
    for rule in procedure.rounds.values():
        found |= {rule.voters.role} if rule.voters is not None else set()
        found |= {rule.close.by} if rule.close.by is not None else set()
        found |= {rule.ask_back.answer} if rule.ask_back is not None else set()
    return tuple(sorted(found - outsiders(procedure)))


def proposers(procedure: Procedure) -> set[str]:
    """The proposing side: the roles that supplement; never one that returns dossiers."""
    return set(_may(procedure, "supplement")) - set(_may(procedure, "return"))


def outsiders(procedure: Procedure) -> set[str]:
    """The proposing side and those consulted; never a role that returns dossiers: the office."""
    found = proposers(procedure)
    for rule in procedure.rounds.values():
        found |= {ask.role for ask in rule.asks}
        found |= {rule.confirm.role} if rule.confirm is not None else set()
        found |= {rule.ask_back.by} if rule.ask_back and rule.ask_back.by else set()
    return found - set(_may(procedure, "return"))


def handles(procedure: Procedure, eyes: Iterable[Eyes], at: Standing = Standing()) -> bool:
    """Whether all that look are among those who handle the dossier."""
    looking, roles = tuple(eyes), handlers(procedure)
    return bool(looking) and all(
        each.has(procedure, roles, at.unit) and not each.stepped_back(at) for each in looking
    )


def is_own(seat: str, eyes: Iterable[Eyes]) -> bool:
    """Whether all that look sit on the seat, whose word is then their own."""
    looking = tuple(eyes)
    return bool(looking) and all(each.sits_on(seat) for each in looking)


def under_embargo(procedure: Procedure, at: Standing) -> bool:
    """Whether what has become of a dossier is not announced yet.

    From the step that a ballot's result or a decision brings, until a state that is final or that
    the procedure writes of to the proposing side or those consulted, and until the notices of
    every decision carried out on it have gone out.
    """
    return at.state is not None and (not at.released or at.state in embargoed(procedure))


def embargoed(procedure: Procedure) -> frozenset[str]:
    """The states behind a ballot or a decision in which nothing is announced yet."""
    told, steps = announcing(procedure), procedure.transitions
    before = _reached({procedure.initial}, [t for t in steps if not _brings(procedure, t)], set())
    results = {t.dest for t in steps if before & {*t.source} and _brings(procedure, t)}
    return frozenset(_reached(results, steps, told) - before - told)


def announcing(procedure: Procedure) -> set[str]:
    """Final states, and those of which a message tells somebody outside."""
    outside = {*outsiders(procedure), "asked"}
    final = {name for name, state in procedure.states.items() if state.final}
    told = {each.event for each in procedure.messages if each.to in outside}
    return final | (told & set(procedure.states))


def _reached(start: set[str], steps: Iterable[Transition], last: set[str]) -> set[str]:
    """Where the steps lead from `start`, not going on from any of `last`."""
    steps, found, ahead = tuple(steps), set[str](), [*start]
    while ahead:
        state = ahead.pop()
        if state not in found and state not in last:
            ahead += [step.dest for step in steps if state in step.source]
        found.add(state)
    return found


def _brings(procedure: Procedure, step: Transition) -> bool:
    """Whether a step brings a result: of a decision, or of a ballot."""
    subjects = {name.partition(".")[0] for name in step.conditions}
    rounds = procedure.rounds
    ballots = {name for name in subjects if name in rounds and rounds[name].kind == "ballot"}
    return step.decision_required or bool(ballots)


def _movers(procedure: Procedure) -> set[str]:
    return {step.by for step in procedure.transitions} - {ENGINE}


def _may(procedure: Procedure, act: str) -> tuple[str, ...]:
    right = procedure.may.get(act)
    return right.roles if right is not None else ()
