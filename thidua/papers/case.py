"""A dossier as papers tell of it: who, for what, what was said and voted, what stands open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thidua.workflow.procedure import RoundRule
from thidua.workflow.view import Rules


@dataclass(frozen=True, slots=True)
class Ballot:
    """One count: `turn` is 1, or 2 of a second ballot; `needed` of a `base`, once it is judged.

    `recused` are the seats that stepped back; `votes` the ways in which single members voted.
    """

    rule: RoundRule
    round_id: str
    turn: int
    meeting: str | None
    counts: Mapping[str, int]
    outcome: str | None
    closed_n: int | None = None
    closed_on: date | None = None
    way: str | None = None
    needed: int | None = None
    base: int | None = None
    roll: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    note: str | None = None

    @property
    def open(self) -> bool:
        """Whether it still runs; nothing of its count is told then."""
        return self.closed_n is None

    @property
    def by_chair(self) -> bool:
        """Whether it passed with fewer votes than the rule asks for: who presides broke a tie."""
        short = self.needed is not None and self.counts.get("votes_for", 0) < self.needed
        return short and self.outcome == "passed"


@dataclass(frozen=True, slots=True)
class Said:
    """One opinion; `reply` is what was answered to a disagreement.

    `late` ones stand all the same, unless they came after the close and are only `kept`.
    """

    round_id: str
    seat: str
    who: str
    opinion: str
    on: date
    late: bool = False
    kept: bool = False
    note: str | None = None
    paper: str | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Somebody who was asked and gave no opinion: "no_reply", "not_sent", "recused" or running."""

    round_id: str
    seat: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A condition set aside: its name, until when it is owed, on what paper."""

    condition: str
    until_on: date | None
    ground: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier. `sees` says whether the reader may see who said what; else `said` is empty.

    `opinions` counts what stands by kind, `late` those that came too late; `head` is the hash of
    its chain at the event `n`.
    """

    id: str
    row: Mapping[str, Any]
    rules: Rules
    name: str
    kind: str
    unit: str
    award: str
    state: str
    pause: str | None
    n: int
    head: str
    ballots: tuple[Ballot, ...] = ()
    sees: bool = False
    opinions: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    said: tuple[Said, ...] = ()
    silences: tuple[Silence, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def last(self) -> Ballot | None:
        """Its newest ballot that was counted."""
        done = [ballot for ballot in self.ballots if not ballot.open]
        return done[-1] if done else None

    @property
    def disagreements(self) -> tuple[Said, ...]:
        """Those that stand."""
        return tuple(s for s in self.said if s.opinion == "disagree" and not s.kept)
