"""Who may do what: denied unless the procedure says so."""

from collections.abc import Iterable

from thidua.workflow.draft import Draft
from thidua.workflow.person import ENGINE, Held, Seat, sits
from thidua.workflow.procedure import Procedure, Right


def holds(procedure: Procedure, role: str, held: Iterable[Held], unit: str | None) -> bool:
    """Whether one of `held` is `role`, in the dossier's own unit where the role asks for that."""
    own = procedure.roles[role].own_unit if role in procedure.roles else False
    return any(h.role == role and (not own or h.unit == unit) for h in held)


def require_role(draft: Draft, roles: tuple[str, ...]) -> None:
    """Note what is missing unless the decider holds one of `roles` and may use it here."""
    if draft.by.actor == ENGINE:
        if "engine" not in roles:
            draft.refuse("engine-may-not")
        return
    unit = draft.dossier.unit
    fit = [r for r in roles if holds(draft.procedure, r, draft.view.held, unit)]
    if not fit:
        draft.refuse("not-allowed", actor=draft.by.decider, roles=", ".join(roles) or "-")
    else:
        _keep_apart(draft, fit)
    require_entry_right(draft)


def _keep_apart(draft: Draft, fit: list[str]) -> None:
    clashes = {role: clash(draft, role) for role in fit}
    free = [role for role in fit if clashes[role] is None]
    if free:
        draft.role = free[0]
    else:
        draft.refuse("duties-apart", actor=draft.by.decider, role=fit[0], other=clashes[fit[0]])


def clash(draft: Draft, role: str) -> str | None:
    """A role the decider acted in on this dossier that must never be joined with `role`."""
    roles = draft.procedure.roles
    for other, actors in draft.dossier.acted.items():
        apart = role in roles and other in roles[role].never_also
        apart = apart or (other in roles and role in roles[other].never_also)
        if apart and draft.by.decider in actors:
            return other
    return None


def require_entry_right(draft: Draft) -> None:
    """Entering for another needs the right to, and the paper where the procedure wants one."""
    if draft.by.for_ is None:
        return
    right = draft.procedure.may.get("enter_for", Right())
    unit, held = draft.dossier.unit, draft.view.entered_held
    if not any(holds(draft.procedure, r, held, unit) for r in right.roles):
        draft.refuse("may-not-enter-for", actor=draft.by.actor, decider=draft.by.decider)
    if right.ground_required and draft.command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)


def require_act(draft: Draft, act: str) -> Right:
    """Note what is missing for one of the engine's own acts; the right, for its other terms."""
    right = draft.procedure.may.get(act, Right())
    require_role(draft, right.roles)
    if right.ground_required and draft.command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    return right


def require_seat(draft: Draft, seat: str) -> None:
    """Note a role that must not be joined with the seat's; else the decider acts in that."""
    role = Seat.parse(seat).role
    other = clash(draft, role)
    if other is not None:
        draft.refuse("duties-apart", actor=draft.by.decider, role=role, other=other)
    elif _is_apart(draft.procedure, role):
        draft.role = role


def _is_apart(procedure: Procedure, role: str) -> bool:
    """Whether it matters later who acted in the role."""
    roles = procedure.roles
    named = any(role in each.never_also for each in roles.values())
    return named or (role in roles and bool(roles[role].never_also))


def seats_of(draft: Draft, seats: Iterable[str]) -> list[str]:
    """Those of `seats` that the decider sits on."""
    actor, held = draft.by.decider, draft.view.held
    return [seat for seat in seats if sits(Seat.parse(seat), actor, held)]


def acted(draft: Draft) -> None:
    """Remember in which role the decider acted, for the separation of duties."""
    if draft.role is None or draft.by.actor == ENGINE:
        return
    before = draft.dossier.acted.get(draft.role, ())
    if draft.by.decider not in before:
        after = {**draft.dossier.acted, draft.role: (*before, draft.by.decider)}
        draft.noted(acted=after)
