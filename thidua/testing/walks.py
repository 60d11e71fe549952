"""What a walk through a procedure came to: its steps, and who could have taken each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `act` by `by` (a role; "engine", or "asked" for who was asked).

    `might` has for every act that was possible in `state` the roles of those who could have done
    it; `who` are those of this one. `letters` are the subjects of what was written because of it.
    """

    state: str
    act: str
    by: str
    to: str
    might: Mapping[str, frozenset[str]]
    letters: tuple[str, ...] = ()

    @property
    def who(self) -> frozenset[str]:
        """The roles of whoever could have done it."""
        return self.might.get(self.act, frozenset())


@dataclass(frozen=True, slots=True)
class Walk:
    """One way of a dossier from its proposal to an end."""

    steps: tuple[Step, ...]
    end: str
    outcome: str

    @property
    def letters(self) -> tuple[str, ...]:
        """The subjects of all letters on the way."""
        return tuple(subject for step in self.steps for subject in step.letters)

    def __str__(self) -> str:
        return " ".join([*(f"{step.state} –{step.act}→" for step in self.steps), self.end])


@dataclass(frozen=True, slots=True)
class Walks:
    """All walks within the bounds.

    `untaken` has the steps of the procedure that no walk took, each with the reasons that stood
    in the way; `unreached` the ends at which no walk came out.
    """

    walks: tuple[Walk, ...]
    untaken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreached: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Walk]:
        return iter(self.walks)

    def __len__(self) -> int:
        return len(self.walks)

    @property
    def ends(self) -> frozenset[str]:
        """The final states that were reached."""
        return frozenset(walk.end for walk in self.walks)

    def steps(self, act: str) -> tuple[Step, ...]:
        """Every step that took an act, walk by walk."""
        return tuple(s for walk in self.walks for s in walk.steps if s.act == act)

    def who(self, act: str) -> frozenset[str]:
        """The roles that could do an act, anywhere on any walk."""
        seen = (step.might.get(act, frozenset()) for walk in self.walks for step in walk.steps)
        return frozenset().union(*seen)
