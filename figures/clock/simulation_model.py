"""What the simulated office must be told and when: plain dates, written apart from the engine.

Of the engine it knows nothing; of the calendar it asks which days are worked on, and `add`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol

LOCAL = timedelta(hours=7)

LADDERS: dict[str, tuple[tuple[int, str], ...]] = {
    "asked": ((-5, "asked"), (-2, "head"), (-1, "asked"), (-1, "clerk"), (0, "asked")),
    "desk": ((-1, "asked"), (0, "asked"), (2, "asked"), (3, "boss")),
}
"""Working days from the due and who is told, as the procedure writes it."""

DAYS = {"new": 5, "waiting": 3, "asking": 7}
"""Working days allowed from the day after entry or opening."""


class Days(Protocol):
    """What is asked of a calendar."""

    def add(self, on: date, working_days: int) -> date:
        """The n-th working day after a day."""

    def is_working(self, on: date) -> bool:
        """Whether it is one."""


class Rung(NamedTuple):
    """One reminder: of what, to whom, at which place of the ladder, for which due."""

    dossier: str
    what: str
    asked: str
    to: str
    place: int
    due_on: date


class Effect(NamedTuple):
    """Something that a due brings by itself."""

    dossier: str
    what: str


@dataclass
class Job:
    """One thing asked of one seat, or what comes by itself at its due (`asked` is empty)."""

    dossier: str
    what: str
    asked: str
    due: date
    since: datetime
    open: bool = True
    left: int | None = None
    told: set[tuple[int, str]] = field(default_factory=set)


@dataclass
class Model:
    """Every dossier's jobs; what had to be told and done, and when at the earliest."""

    days: Days
    jobs: dict[str, list[Job]] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    rungs: dict[Rung, datetime] = field(default_factory=dict)
    effects: dict[Effect, datetime] = field(default_factory=dict)

    def state(self, dossier: str, state: str, now: datetime) -> None:
        """It came into a state: the jobs of the one before are over."""
        for job in self.jobs.setdefault(dossier, []):
            job.open = False
        if state in DAYS:
            self._open(dossier, state, "clerk", now)
        if state == "waiting":
            self._open(dossier, state, "", now)

    def asked(self, dossier: str, seats: list[str], now: datetime) -> None:
        """A round was opened."""
        for seat in [*seats, ""]:
            self._open(dossier, "asking", seat, now)

    def _open(self, dossier: str, what: str, asked: str, now: datetime) -> None:
        due = self.days.add(day(now), DAYS[what])
        self.jobs[dossier].append(Job(dossier, what, asked, due, now))

    def answered(self, dossier: str, seat: str) -> None:
        """A seat answered; when all have, nothing is left to close."""
        for job in self.running(dossier, "asking"):
            if job.asked == seat:
                job.open = False
        if not any(job.asked for job in self.running(dossier, "asking")):
            self._end(dossier, "asking")

    def running(self, dossier: str, what: str) -> list[Job]:
        """The jobs of a round or state that are not done."""
        return [job for job in self.jobs[dossier] if job.open and job.what == what]

    def _end(self, dossier: str, what: str) -> None:
        for job in self.running(dossier, what):
            job.open = False

    def extended(self, dossier: str, until: date, now: datetime) -> None:
        """A round got more time: reminded anew."""
        for job in self.running(dossier, "asking"):
            job.due, job.since = until, now
            job.told.clear()

    def stopped(self, dossier: str, now: datetime) -> None:
        """A pause began: what was left is kept."""
        self.paused.add(dossier)
        for job in self._all_open(dossier):
            job.left = self._left(day(now), job.due)

    def went_on(self, dossier: str, now: datetime) -> None:
        """The pause is over; who was late stays late."""
        self.paused.discard(dossier)
        for job in self._all_open(dossier):
            if job.left is not None and job.left >= 0:
                job.due = self._working(self.days.add(day(now), job.left))
            job.left, job.since = None, now

    def _all_open(self, dossier: str) -> list[Job]:
        return [job for job in self.jobs[dossier] if job.open]

    def _left(self, today: date, due: date) -> int:
        if due < today:
            return -1
        later = (today + timedelta(n) for n in range(1, (due - today).days + 1))
        return sum(self.days.is_working(on) for on in later)

    def _working(self, on: date) -> date:
        while not self.days.is_working(on):
            on += timedelta(1)
        return on

    def ticked(self, reading: datetime) -> None:
        """A clock that reads so did all that was due: what acts by itself first, then the rest."""
        live = [(key, jobs) for key, jobs in self.jobs.items() if key not in self.paused]
        for dossier, jobs in live:
            for job in jobs:
                if job.open and not job.asked and reading >= instant(job.due + timedelta(1), 0):
                    self._act(dossier, job)
        for _, jobs in live:
            for job in jobs:
                if job.open and job.asked:
                    self._remind(job, reading)

    def _act(self, dossier: str, job: Job) -> None:
        self.effects[Effect(dossier, job.what)] = instant(job.due + timedelta(1), 0)
        self._end(dossier, job.what)

    def _remind(self, job: Job, reading: datetime) -> None:
        for place, to, at in self._ladder(job):
            if job.since < at <= reading and (place, to) not in job.told:
                job.told.add((place, to))
                rung = Rung(job.dossier, job.what, job.asked, to, place, job.due)
                self.rungs[rung] = at

    def _ladder(self, job: Job) -> Iterator[tuple[int, str, datetime]]:
        unit = job.asked.partition("@")[2]
        seats = {"asked": job.asked, "head": f"head@{unit}", "clerk": "clerk", "boss": "boss"}
        for place, to in LADDERS["asked" if job.what == "asking" else "desk"]:
            yield place, seats[to], instant(self.days.add(job.due, place), 8)


def day(at: datetime) -> date:
    """The office's date."""
    return (at + LOCAL).date()


def instant(on: date, hour: int) -> datetime:
    """The office's hour of a day."""
    return datetime.combine(on, time(hour), UTC) - LOCAL
