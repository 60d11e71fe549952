"""Firing a trigger: everything that stands in its way is listed, then the dossier moves."""

from thidua.workflow.acts.decided import unsettled
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.linked import linked
from thidua.workflow.acts.move import move
from thidua.workflow.command import Fire
from thidua.workflow.conditions import in_the_way
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Stale, Unknown
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.rights import require_role

SEEN_AGAIN = frozenset({"answer", "inform", "return", "hold", "supplement", "correct", "migrate"})
"""Acts after which a signer must look again before the decision is applied."""


def fire(draft: Draft, command: Fire) -> None:
    """Take the transition, or raise with every reason against it."""
    transition = find(draft.procedure, command.trigger, draft.dossier.state)
    if transition is None:
        _no_such(draft, command.trigger)
        return
    check(draft, transition)
    if transition.note_required and not command.note:
        draft.refuse("note-missing", trigger=command.trigger)
    if transition.decision_required or command.decision is not None:
        _check_decision(draft, command)
    started = linked(draft, transition, command)
    draft.stop_if_refused()
    named = {"decision": command.decision, "meeting": command.meeting, "joins": command.round}
    if started is not None:
        named |= {"starts": started.dossier_id, "award": command.award}
    draft.started = started
    data = {**entered_data(draft), **{k: v for k, v in named.items() if v is not None}}
    move(draft, transition, data, private_parts(draft))


def find(procedure: Procedure, trigger: str, state: str) -> Transition | None:
    """The transition that `trigger` takes from `state`."""
    fits = (t for t in procedure.transitions if t.trigger == trigger and state in t.source)
    return next(fits, None)


def _no_such(draft: Draft, trigger: str) -> None:
    sources = [s for t in draft.procedure.transitions if t.trigger == trigger for s in t.source]
    if not sources:
        known = sorted({t.trigger for t in draft.procedure.transitions})
        raise Unknown("unknown-trigger", trigger=trigger, known=", ".join(known))
    require_role(draft, tuple(sorted({t.by for t in draft.procedure.transitions
                                      if t.trigger == trigger})))  # fmt: skip
    state, sources_text = draft.dossier.state, ", ".join(sources)
    draft.refuse("not-from-here", trigger=trigger, state=state, sources=sources_text)


def check(draft: Draft, transition: Transition) -> None:
    """Note who may not, a pause, and every condition that does not hold."""
    require_role(draft, (transition.by,))
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)
    draft.reasons.extend(in_the_way(draft, transition))


def _check_decision(draft: Draft, command: Fire) -> None:
    signed = draft.view.decision
    if signed is None or signed.decision_id != command.decision:
        draft.refuse("decision-missing", trigger=command.trigger)
    elif signed.trigger != command.trigger:
        draft.refuse("decision-other", trigger=command.trigger, brings=signed.trigger)
    elif again := sorted(SEEN_AGAIN & set(signed.since)):
        raise Stale("seen-again", seen=signed.seen_n, since=", ".join(again))
    draft.reasons.extend(unsettled(draft))
