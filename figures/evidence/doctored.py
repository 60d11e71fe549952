"""An engine whose rules, or whose people, were doctored in memory."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from figures.evidence.lives import tried
from figures.fault import replaced
from thidua import By
from thidua.testing.office import Office
from thidua.workflow.command import Command
from thidua.workflow.person import Held
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.ready import ready
from thidua.workflow.view import Rules


@contextmanager
def doctored(office: Office, change: Callable[[Procedure], Procedure]) -> Iterator[None]:
    """An engine that takes other rules for those the dossier is pinned to."""
    honest = office.wf.engine

    def rules(*where: Any) -> Rules:
        true = honest.rules(*where)
        return ready(change(true.procedure), true.calendar, true.predicates, true.expressed)

    with replaced(office.wf, "engine", replace(honest, rules=rules)):
        yield


@contextmanager
def promoted(office: Office, actor: str, *roles: str) -> Iterator[None]:
    """An engine that takes somebody for more than he is."""
    people, honest = office.wf.people, office.wf.people.held

    class Flattering:
        def held(self, db: Any, who: str, on: Any) -> frozenset[Held]:
            more = {Held(r, u) for r in roles for u in (None, "own")} if who == actor else set()
            return honest(db, who, on) | more

        def __getattr__(self, name: str) -> Any:
            return getattr(people, name)

    engine: Any = replace(office.wf.engine, people=Flattering())
    with replaced(office.wf, "engine", engine):
        yield


def act(office: Office, dossier: str, command: Command, by: str) -> bool:
    """Whether the engine that is there does it."""
    return tried(office, lambda: office.wf.act(office.db, dossier, command, by=By(by)))


def refused(office: Office, dossier: str, command: Command, by: str) -> bool:
    """Whether the honest engine does not do it."""
    with office.undone():
        return not act(office, dossier, command, by)


def forged(
    office: Office, dossier: str, command: Command, by: str, lie: AbstractContextManager[None]
) -> bool:
    """Whether a doctored engine does what the honest one does not."""
    if not refused(office, dossier, command, by):
        return False
    with lie:
        return act(office, dossier, command, by)


def changed(old: Transition, **values: Any) -> Callable[[Procedure], Procedure]:
    """The procedure with one transition changed."""
    new = replace(old, **values)
    return lambda p: replace(p, transitions=tuple(new if t == old else t for t in p.transitions))
