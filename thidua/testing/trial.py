"""Who could do what: everybody is asked, and whoever should not be able to, tries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from thidua.testing.cast import ELSEWHERE, OWN
from thidua.testing.moves import Move
from thidua.testing.office import Office
from thidua.workflow.command import Create, Fire
from thidua.workflow.errors import Refused
from thidua.workflow.person import By

TASKS = ("answer", "cast")
"""What is allowed to who sits on a seat that was asked, in whatever unit."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The office's people before a dossier."""

    office: Office

    def propose(self) -> None:
        """Whoever has no right to propose is refused."""
        office, may = self.office, set(self.office.procedure.may["create"].roles)
        award = next(iter(office.procedure.awards))
        command = Create(
            office.procedure.hash, award, office.candidate, unit=OWN, fields=office.fields
        )
        for actor in office.cast.actors:
            if not office.cast.roles_of(actor) & may:
                self._refused(actor, f"{actor} could propose", lambda by: office.wf.create(
                    office.db, command, by=by))  # fmt: skip

    def might(self, dossier: str) -> dict[str, frozenset[str]]:
        """Every act that is possible now, with the roles of who could do it.

        `AssertionError` when that is somebody the procedure does not name for it.
        """
        office, procedure, state = self.office, self.office.procedure, self.office.state(dossier)
        steps = {t.trigger: t.by for t in procedure.transitions if state in t.source}
        might: dict[str, frozenset[str]] = {}
        for act, actors in office.who(dossier).items():
            name, _, about = act.partition(":")
            if name in steps:
                allowed = {steps[name]}
            elif name in TASKS:
                allowed = self._asked(about)
            else:
                allowed = set(procedure.may[name].roles)
            held = {actor: self._roles(actor, name) & allowed for actor in actors}
            others = sorted(actor for actor, roles in held.items() if not roles)
            assert not others, f"{', '.join(others)} could {act} in {state}"
            might[act] = frozenset().union(*held.values())
        return might

    def _asked(self, name: str) -> set[str]:
        rule = self.office.procedure.rounds[name]
        confirming = {rule.confirm.role} if rule.confirm is not None else set()
        voting = {rule.voters.role} if rule.voters is not None else set()
        return {*(ask.role for ask in rule.asks), *confirming, *voting}

    def _roles(self, actor: str, act: str) -> frozenset[str]:
        """The roles in which an actor counts for an act."""
        cast = self.office.cast
        if act not in TASKS or actor.endswith(f"@{ELSEWHERE}"):
            return cast.roles_of(actor)
        return frozenset(h.role for h in cast.holdings if h.actor == actor)

    def others(self, dossier: str, move: Move, might: Mapping[str, frozenset[str]]) -> None:
        """Everybody who should not be able to do it tries in earnest, and is refused."""
        office, may = self.office, might.get(move.act, frozenset({move.by}))
        command = Fire(move.act) if move.is_step else move.command
        if command is None:
            return
        told = replace(command, note="Lý do")
        for actor in office.cast.actors:
            if not office.cast.roles_of(actor) & may:
                why = f"{actor} could {move.act} in {office.state(dossier)}"
                self._refused(actor, why, lambda by: office.wf.act(
                    office.db, dossier, told, by=by))  # fmt: skip

    def _refused(self, actor: str, why: str, act: Callable[[By], object]) -> None:
        with self.office.undone():
            try:
                act(By(actor))
            except Refused:
                return
            raise AssertionError(why)
