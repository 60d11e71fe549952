"""The way of one dossier through its procedure, as a picture shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Passage:
    """A state entered on a legal date, by `trigger`; None when the dossier began there."""

    state: str
    entered_on: date
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Passages in their order, the last being where the dossier stands.

    `called` is what the heading says of it. `due_on` is the nearest legal date that binds
    beside the rounds, `asked_due_on` that of each round still open; `paused` says that the
    dossier is held or returned.
    """

    called: str
    passages: tuple[Passage, ...]
    due_on: date | None = None
    asked_due_on: Mapping[str, date] = field(default_factory=dict)
    paused: bool = False

    @property
    def standing(self) -> str | None:
        """The state it stands in."""
        return self.passages[-1].state if self.passages else None

    @property
    def states(self) -> frozenset[str]:
        """Every state it was in."""
        return frozenset(passage.state for passage in self.passages)

    @property
    def steps(self) -> frozenset[tuple[str, str, str]]:
        """The steps taken: from, trigger, to."""
        pairs = zip(self.passages, self.passages[1:], strict=False)
        return frozenset((a.state, b.trigger, b.state) for a, b in pairs if b.trigger is not None)

    def dates(self, state: str) -> tuple[date, ...]:
        """When it entered the state, each time."""
        return tuple(each.entered_on for each in self.passages if each.state == state)


NOWHERE = Way("", ())
"""No dossier: the procedure by itself."""
