"""A secret ballot's box about one dossier: sealed slips while it runs, bare choices once opened."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from thidua.workflow.dossier import Line
from thidua.workflow.journal import commitment
from thidua.workflow.procedure import RoundRule

Fault = Literal["keys-missing", "key-lost", "box-broken", "box-kept-shut"]
"""Why a box cannot be opened: no keys are set up, its own is gone, it does not hold what was put
in, or this is a rehearsal.
"""

LOST: tuple[Fault, ...] = ("key-lost", "box-broken")
"""Faults that nothing mends: the ballot is void."""


class Box(NamedTuple):
    """What is stored. `key_id` names the key that opens it, `public` (hex) seals for it.

    `slips` are the sealed slips, parted by spaces, in an order drawn anew with every vote; of an
    opened box the bare choices, sorted. `salt` (32 bytes, hex) is drawn anew with every vote, so
    that what the journal keeps of an older content fits nothing any more.
    """

    round_id: str
    key_id: str
    public: str
    votes: int
    slips: str
    salt: str

    @property
    def seal(self) -> str:
        """What the journal keeps of the content: a salted commitment."""
        return commitment(self.salt, self.slips)

    @property
    def is_new(self) -> bool:
        """Whether it has its first vote in it and nothing else."""
        return self.votes == 1 and self.salt != ""

    @property
    def each(self) -> list[str]:
        """The slips one by one, sealed or opened."""
        return self.slips.split()

    def opened(self, choices: Iterable[str]) -> "Box":
        """The box as it is published: nothing in it tells one slip from another of its kind."""
        return self._replace(slips=" ".join(ordered(choices)), salt="")


def ordered(choices: Iterable[str]) -> list[str]:
    """Choices as they are published: sorted, so that their order tells nothing."""
    return sorted(choices)


class Boxed(NamedTuple):
    """The box as an act finds it, prepared by the engine.

    For a vote `box` has the vote in it; for a close `choices` are what was found in it. Without a
    box nobody has voted electronically.
    """

    box: Box | None = None
    choices: tuple[str, ...] = ()
    fault: Fault | None = None


FEWEST = 3
"""Of two votes whoever gave one knows the other from the result; of one everybody does."""


def too_few(rule: RoundRule, votes: int) -> bool:
    """Whether the result of so many sealed votes would tell somebody how another voted, even if
    they are not all alike.
    """
    return is_sealed(rule) and votes < FEWEST


def is_sealed(rule: RoundRule) -> bool:
    """Whether votes of this ballot go into a sealed box."""
    return rule.secret and "electronic" in rule.ways


def newest(lines: Sequence[Line], name: str) -> Line | None:
    """The newest line in rounds of this name."""
    named = [line for line in lines if line.name == name]
    return max(named, key=lambda line: (line.opened_n, line.round_id), default=None)
