"""What is counted while dossiers are played, and what it comes to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from thidua.workflow.change import Notice
from thidua.workflow.errors import Reason


class Days(NamedTuple):
    """Working days of many: the middle one, the one that nine of ten stay under, the longest."""

    median: int
    p90: int
    worst: int

    @classmethod
    def of(cls, days: Sequence[int]) -> "Days | None":
        """Of these; None of none. Nearest ranks, so that each is a day count that occurred."""
        ranked = sorted(days)
        if not ranked:
            return None
        last = len(ranked) - 1
        return cls(
            ranked[last // 2], ranked[min(last, (len(ranked) * 9 + 9) // 10 - 1)], ranked[-1]
        )


class Came(NamedTuple):
    """What so many dossiers came to, and the working days from their proposal until then.

    `kind` is "decision": a signed decision moved them on; "after_return": those of them that had
    been returned before; "ended": in a final state of that `outcome`, with or without a decision;
    "open": not at an end when the play stopped, with the days until then; "returned": those of
    the open ones that wait for a supplement.
    """

    kind: str
    outcome: str | None
    dossiers: int
    days: Days | None


class Stage(NamedTuple):
    """What was due of one kind from one role: how many ended, how many of them after their due.

    `kind` is that of the tasks, `what` the state, round or span; `never` ended without an answer.
    """

    kind: str
    what: str
    role: str
    done: int
    late: int
    never: int


class Stay(NamedTuple):
    """How long dossiers stood in a state, how many at once at most and when, how many are left."""

    state: str
    came: int
    days: Days | None
    most: int
    most_on: date | None
    left: int


class Mailed(NamedTuple):
    """Mails per holder of a role over the whole time, and the most that one had in a week."""

    role: str
    holders: int
    each: float
    in_a_week: int
    calls: int


class Stuck(NamedTuple):
    """Why dossiers were left standing, and how many; `reason` is that of the first."""

    reason: Reason
    dossiers: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a simulation came to.

    `decided` has, by working days from the proposal to the decision, how many dossiers;
    `standing`, by week, how many stood in each state.
    """

    procedure: str
    version: str
    behaviour: str
    dossiers: int
    seed: int
    ended: int
    running: int
    refused: int
    came: tuple[Came, ...]
    decided: dict[int, int]
    outcomes: dict[str, int]
    stages: tuple[Stage, ...]
    stays: tuple[Stay, ...]
    mails: tuple[Mailed, ...]
    stuck: tuple[Stuck, ...]
    standing: dict[date, dict[str, int]]
    acts: int
    unusual: dict[str, int] = field(default_factory=dict)
    """By the name of the act: dossiers on `hold`, taken back (`withdraw`), more time for answers
    (`extend`), members who stepped back (`recuse`).
    """

    def days(self, kind: str = "decision", outcome: str | None = None) -> Days | None:
        """The working days until dossiers were decided, or came to whatever else is named."""
        found = (each.days for each in self.came if (each.kind, each.outcome) == (kind, outcome))
        return next(found, None)


@dataclass(slots=True)
class Tally:
    """Counts as they come."""

    done: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    late: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    never: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    stays: dict[str, list[int]] = field(default_factory=dict)
    here: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)
    most: dict[str, tuple[int, date]] = field(default_factory=dict)
    mailed: dict[str, dict[date, set[str]]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    standing: dict[date, dict[str, int]] = field(default_factory=dict)
    unusual: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    acts: int = 0

    def enter(self, state: str, on: date) -> None:
        """A dossier came to a state."""
        self.here[state] += 1
        self.came[state] += 1
        if self.here[state] > self.most.get(state, (0, on))[0]:
            self.most[state] = (self.here[state], on)

    def leave(self, state: str, days: int) -> None:
        """A dossier left a state after so many working days."""
        self.here[state] -= 1
        self.stays.setdefault(state, []).append(days)

    def tell(self, notice: Notice, on: date) -> None:
        """A seat is written to: once a day for all that can wait, else once for each matter."""
        days = self.mailed.setdefault(notice.seat, {})
        days.setdefault(on, set()).add("" if notice.pace is None else notice.matter)


def told(outcome: Outcome, lang: str) -> dict[str, Any]:
    """An outcome for programs: plain values, weeks and days as ISO dates."""
    return {
        "procedure": outcome.procedure, "version": outcome.version, "seed": outcome.seed,
        "behaviour": outcome.behaviour, "dossiers": outcome.dossiers, "acts": outcome.acts,
        "ended": outcome.ended, "running": outcome.running, "refused": outcome.refused,
        "came": [_with_days(each) for each in outcome.came], "decisions": outcome.decided,
        "outcomes": outcome.outcomes, "unusual": outcome.unusual,
        "overdue": [each._asdict() for each in outcome.stages],
        "states": [_with_days(each) for each in outcome.stays],
        "mails": [each._asdict() for each in outcome.mails],
        "stuck": [
            {"code": each.reason.code, "text": each.reason.text(lang), "dossiers": each.dossiers}
            for each in outcome.stuck
        ],
        "standing": {on.isoformat(): here for on, here in outcome.standing.items()},
    }  # fmt: skip


def _with_days(each: Came | Stay) -> dict[str, Any]:
    return {**each._asdict(), "days": None if each.days is None else each.days._asdict()}
