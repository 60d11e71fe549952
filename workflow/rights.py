"""Who may do what: denied unless the procedure says so."""

from collections.abc import Iterable

from thidua.workflow.command import Recuse
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE, Seat, sits, stepped_back
from thidua.workflow.procedure import Procedure, Right
from thidua.workflow.sight import holds, proposers
from thidua.workflow.substitution import Use, acts_of, covered


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
    usable = require_entry_right(draft, fit)
    if usable:
        _keep_apart(draft, usable)


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
        if apart and not hands(draft).isdisjoint(actors):
            return other
    return None


def hands(draft: Draft) -> set[str]:
    """Who acts: the decider, and a substitute, who decides in his stead."""
    by = draft.by
    return {by.decider, by.actor} if stands_in(draft) else {by.decider}


def _enters(draft: Draft) -> bool:
    """Whether who enters has the right to write down what another decided, and means that.

    With a substitution beside the right it is the paper that tells the one from the other.
    """
    right = draft.procedure.may.get("enter_for", Right())
    unit, held = draft.dossier.unit, draft.view.entered_held
    may = any(holds(draft.procedure, r, held, unit) for r in right.roles)
    return may and (draft.command.ground is not None or not draft.view.substitutions)


def stands_in(draft: Draft) -> bool:
    """Whether who enters decides in the decider's stead, by a substitution in force or not."""
    return draft.by.for_ is not None and bool(draft.view.substitutions) and not _enters(draft)


def require_entry_right(draft: Draft, roles: Iterable[str] | None = None) -> list[str]:
    """Acting for another needs a substitution, or the right to enter what he decided, and then
    the paper where the procedure wants one. The ones of `roles` that are left to who acts;
    without `roles` it is about the seat that the act is for. Whoever stepped back is left only the
    roles of the side that proposes, and neither acts for another nor, in what is closed to him,
    has another act for him. Every act of a person comes through here.
    """
    given = list(roles or ())
    if draft.dossier.recused and not isinstance(draft.command, Recuse):
        left = left_to(draft, None if roles is None else given)
        if left is None:
            return []
        given = left
    if draft.by.for_ is None:
        return given
    if stands_in(draft):
        seats = [(at.role, frozenset({at.unit})) for at in draft.seats] if roles is None else None
        uses = seats or [(role, _units(draft, role)) for role in given]
        return _substituted(draft, uses)
    if not _enters(draft):
        draft.refuse("may-not-enter-for", actor=draft.by.actor, decider=draft.by.decider)
    right = draft.procedure.may.get("enter_for", Right())
    if right.ground_required and draft.command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    return given


def left_to(draft: Draft, roles: list[str] | None) -> list[str] | None:
    """Those of `roles` that stepping back leaves to who acts: all, or the proposing side's.

    None, and noted as refused, when it leaves none, when the act is no role's (None), and to who
    acts for another.
    """
    by, view, gone = draft.by, draft.view, draft.dossier.recused
    if by.for_ is not None and stepped_back(gone, by.actor, view.entered_held):
        draft.refuse("recused", actor=by.actor)
        return None
    if not stepped_back(gone, by.decider, view.held):
        return roles or []
    left = [role for role in roles or () if role in proposers(draft.procedure)]
    if not left and roles != []:
        draft.refuse("recused", actor=by.decider)
        return None
    return left


def _units(draft: Draft, role: str) -> frozenset[str | None]:
    """The units in which the decider holds a role that he may use here."""
    units = frozenset(h.unit for h in draft.view.held if h.role == role)
    return units & {draft.dossier.unit} if draft.procedure.roles[role].own_unit else units


def _substituted(draft: Draft, uses: list[tuple[str, frozenset[str | None]]]) -> list[str]:
    """Those of the decider's roles that a substitution in force covers; notes why there is none."""
    roles, name = draft.procedure.roles, draft.procedure.name
    told = [Use(role, units, name, delegable=role not in roles or roles[role].delegable)
            for role, units in uses]  # fmt: skip
    acts = acts_of(draft.command)
    found = covered(draft.by, draft.view.substitutions, told, acts=acts, on=draft.today)
    if isinstance(found, Reason):
        draft.refuse(found.code, **found.fields)
        return []
    draft.substitution = next(iter(found.values())).id
    return [role for role in found if role is not None]


def require_act(draft: Draft, act: str) -> Right:
    """Note what is missing for one of the engine's own acts; the right, for its other terms."""
    right = draft.procedure.may.get(act, Right())
    require_role(draft, right.roles)
    if right.ground_required and draft.command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    return right


def require_seat(draft: Draft, seat: str) -> None:
    """Note a role that must not be joined with the seat's; else the decider acts in that."""
    at = Seat.parse(seat)
    role, draft.seats = at.role, (at,)
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
    new = sorted(hands(draft) - set(before))
    if new:
        draft.noted(acted={**draft.dossier.acted, draft.role: (*before, *new)})
