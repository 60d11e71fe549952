"""What there is in the model: dossiers, what is asked of whom, meetings, decisions, days."""

import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from figures.clock.arithmetic_oracle import Oracle, over_at


class Counted(NamedTuple):
    """How a due came about: so many open days from a day; a rest of them after a pause; so many
    at least before a meeting; a day that somebody set. `post` is what came after that for the post.
    """

    how: str
    since: date
    days: int = 0
    post: int | None = None

    def again(self, days: Oracle) -> date | None:
        """The due by these days; None where a person set it."""
        if self.how == "before":
            return days.begin(self.since, self.days, "working days")
        due = days.steps(self.since, self.days)
        if self.how == "left":
            due = days.next_open(due)
        if self.post is not None:
            return days.end(due, self.post, "working days")
        return None if self.how == "till" else due


@dataclass(slots=True)
class Job:
    """One thing asked of one seat; `n` is its place, `opened` and `closed` entries of the log."""

    n: int
    kind: str
    what: str
    seat: str
    opened: int
    round: str | None = None
    due: date | None = None
    status: str = "open"
    outcome: str | None = None
    holder: str | None = None
    left: int | None = None
    answered: bool = False
    closed: int | None = None
    unsent: bool = False
    counted: Counted | None = None

    @property
    def runs(self) -> bool:
        """Whether it is still to be done."""
        return self.status in ("open", "paused")


@dataclass(slots=True)
class Line:
    """The dossier's part of a round."""

    round: str
    name: str
    opened: int
    meeting: str | None = None
    closed: int | None = None
    outcome: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Meeting:
    """A meeting from its call to its end."""

    held_on: date
    status: str = "called"
    presides: str | None = None
    there: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Decision:
    """A decision with its open and applied lines: by dossier the trigger, what was seen, done."""

    lines: dict[str, list[Any]]
    status: str = "drafted"
    paper: Any = None


@dataclass(slots=True)
class Case:
    """A dossier: where it stands, what is asked of whom, what was said."""

    key: str
    unit: str
    fields: dict[str, str]
    campaign: str | None
    submission: str | None = None
    state: str = "new"
    pause: str | None = None
    items: tuple[str, ...] = ()
    came_from: str | None = None
    moved: int = 0
    version: int = 0
    revoked: bool = False
    decided: bool = False
    closed_on: date | None = None
    moved_over: bool = False
    paused_on: date | None = None
    jobs: dict[int, Job] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    waived: list[str] = field(default_factory=list)
    acted: dict[str, set[str]] = field(default_factory=dict)
    recused: set[str] = field(default_factory=set)
    opinions: list[tuple[str, str, str, str]] = field(default_factory=list)
    votes: list[tuple[str, str, str, str]] = field(default_factory=list)
    slips: list[tuple[str, str, str]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    beside: set[tuple[int, str]] = field(default_factory=set)
    keyless: set[str] = field(default_factory=set)
    commands: dict[str, tuple[str, str | None, Any]] = field(default_factory=dict)

    def copied(self) -> "Case":
        """A copy that may be changed."""
        new = copy.copy(self)
        new.jobs = {n: copy.copy(job) for n, job in self.jobs.items()}
        new.lines = [copy.copy(line) for line in self.lines]
        for name in ("fields", "papers", "waived", "recused", "opinions", "votes", "slips", "log",
                     "commands", "beside", "keyless"):  # fmt: skip
            setattr(new, name, copy.copy(getattr(self, name)))
        new.acted = {role: set(who) for role, who in self.acted.items()}
        return new


@dataclass
class World:
    """What acts share: days, which rounds there are, meetings and decisions."""

    days: Oracle
    rounds: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    keeps: tuple[int | None, ...] = ()


def is_due(job: Job, now: datetime) -> bool:
    """Whether what a due brings is to be done."""
    over = job.due is not None and now.replace(tzinfo=None) >= over_at(job.due)
    return bool(job.kind == "effect" and job.status == "open" and job.outcome != "blocked" and over)
