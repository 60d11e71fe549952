"""Pauses of a dossier, begun and ended where it stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from thidua.testing.office import Office, paper
from thidua.workflow.command import Command, Hold, Release, Return, Supplement


@dataclass(frozen=True, slots=True)
class Pause:
    """One kind of pause: the act that begins it, and how it ends."""

    office: Office
    dossier: str
    act: str
    begins: Command
    ends: Callable[[], object]

    def run(self, might: Mapping[str, frozenset[str]]) -> None:
        """Pause and go on, then take both back; nothing where nobody may pause here.

        `AssertionError` when somebody could take a step meanwhile, or it comes to another state.
        """
        if self.act not in might:
            return
        office, state = self.office, self.office.state(self.dossier)
        steps = {t.trigger for t in office.procedure.transitions}
        with office.undone():
            office.act(self.dossier, self.begins, office.procedure.may[self.act].roles[0])
            free = sorted(steps & set(office.who(self.dossier)))
            assert not free, f"{', '.join(free)} could be taken while paused in {state}"
            self.ends()
            assert office.state(self.dossier) == state


def pauses_of(office: Office, dossier: str) -> Iterator[Pause]:
    """A hold with its release; a return of one paper, or one field, with its supplement."""
    may = office.procedure.may
    kinds = office.procedure.documents.values()
    papers = [kind.name for kind in kinds if kind.source == "dossier"][:1]
    items = tuple(papers or list(office.procedure.fields)[:1])

    def release() -> None:
        office.act(dossier, Release(note="Lý do"), may["release"].roles[0])

    def supplement() -> None:
        for name in papers:
            office.act(dossier, paper(name), may["attach"].roles[0])
        office.act(dossier, Supplement(), may["supplement"].roles[0])

    yield Pause(office, dossier, "hold", Hold(note="Lý do"), release)
    if items:
        yield Pause(office, dossier, "return", Return(items, note="Lý do"), supplement)
