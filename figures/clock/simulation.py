"""simulation: ten years of an office whose machines crash and whose clocks and mails fail.

`python -m figures.clock.simulation SEED [YEARS]` plays one seed again and tells what it saw.
"""

import heapq
import logging
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from figures.clock.simulation_judge import Judge
from figures.clock.simulation_machine import HOUR, Machine, Moment, Server
from figures.clock.simulation_model import Model, day, instant
from figures.clock.simulation_office import People, Script
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua import Thidua
from thidua.definitions.calendars import load_calendar
from thidua.storage import sweep
from thidua.testing import memory_engine

YEARS, A_YEAR = 10, 5
"""Years of a seed, which the calendar has from 2018 on, and dossiers a year."""

BEGINS = datetime(2018, 1, 2, 1, tzinfo=UTC)
QUIET = timedelta(days=30)
"""At the end: nothing is proposed or done any more, and then nothing fails any more."""

LATELY = timedelta(days=70)
"""A ladder ends a few days after its due, and nobody is off for longer."""

ODD = [
    timedelta(seconds=1), timedelta(minutes=59), timedelta(hours=2), timedelta(days=1),
    timedelta(days=30), timedelta(days=365),
]  # fmt: skip
"""How far a clock may be wrong, either way."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many years, ten a seed.

    `missed` are reminders and effects that never came, `doubled` those told twice to a seat, and
    two letters about one matter to one person in one day; `wrong` what came that should not have,
    or early, or late without a word, and what `verify` finds.
    """
    count, done = Counter[str](), 0
    logging.getLogger("thidua").setLevel(logging.CRITICAL)  # what fails here is planned
    while done < size:
        seed, years = chance.randrange(10**9), min(YEARS, size - done)
        found = Simulation(seed, years).play()
        if found.total():
            print(f"simulation {seed} {years}: {dict(found)}", file=sys.stderr)
        count.update(found)
        done += years
        progress(done, size)
    return Outcome(done, {name: count[name] for name in ("missed", "doubled", "wrong")})


@dataclass
class Simulation:
    """One seed: everything that happens is drawn from it."""

    seed: int
    years: int
    chance: random.Random = field(init=False)
    true: Moment = field(init=False)
    server: Server = field(init=False)
    people: People = field(init=False)
    machines: list[Machine] = field(init=False)
    off_until: datetime = BEGINS
    seen: Counter[str] = field(default_factory=Counter)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _n: int = 0

    def __post_init__(self) -> None:
        """The office opens."""
        self.chance = random.Random(self.seed)  # noqa: S311 -- draws moments, keeps no secret
        self.true, self.server = Moment(BEGINS), Server()
        engine = memory_engine(Thidua())
        last = date(BEGINS.year + self.years, 1, 1) - 2 * QUIET
        model = Model(load_calendar("vn-civil-service"))
        self.people = People(engine, self.true, model, self.chance, last)
        self.people.found()
        self.machines = [Machine(engine, self.true, self.server) for _ in range(2)]

    @property
    def ends(self) -> datetime:
        """The end of the last year."""
        return datetime(BEGINS.year + self.years, 1, 1, tzinfo=UTC)

    def play(self) -> Counter[str]:
        """Live to the end, then count."""
        self._plan_dossiers()
        self._plan_faults()
        self._plan_days()
        while self._agenda:
            at, _, happen = heapq.heappop(self._agenda)
            self._people_until(at)
            self.true.at = max(self.true.at, at)
            happen()
        self.seen["acts"] = self.people.acts
        self.seen["rungs"] = len(self.people.model.rungs)
        self.seen["effects"] = len(self.people.model.effects)
        self.seen["letters"] = len(self.server.taken)
        died = sum(each.crashes["sender"] for each in self.machines)
        self.seen["crashes"] = self.people.crashes + sum(m.crashes.total() for m in self.machines)
        judge = Judge(self.people.engine, self.people.wf, self.people.model, died)
        found = judge.count(self.server.taken)
        found["wrong"] += self.seen["believed"]
        return found

    def _at(self, when: datetime, happen: Callable[[], None]) -> None:
        self._n += 1
        heapq.heappush(self._agenda, (when, self._n, happen))

    def _people_until(self, at: datetime) -> None:
        """What people do before then."""
        plans = self.people.plans
        while plans and plans[-1][0] <= at:
            when, _, act = plans.pop()
            self.true.at = max(self.true.at, when)
            act()

    def _plan_dossiers(self) -> None:
        days = (self.people.last_on - day(BEGINS)).days - 60
        for n in range(A_YEAR * self.years):
            script = Script(self.people, f"h-{n:04}", self.chance)
            self.people.plan(self.chance.randrange(max(1, days)), 9, script.create)

    def _plan_days(self) -> None:
        """The clocks ring just after eight, at some hour of the day, and after midnight."""
        on = day(BEGINS)
        while instant(on, 0) < self.ends - timedelta(days=1):
            for hour in (0, 8, self.chance.randint(9, 23)):
                after = timedelta(seconds=self.chance.randint(1, 1800))
                self._at(instant(on, hour) + after, self._round)
            on += timedelta(1)

    def _round(self) -> None:
        """One of the machines rings, and sends; on idle days nobody needs to."""
        if self.true.at < self.off_until or not self._has_work():
            return
        machine = self.chance.choice(self.machines)
        self._ring(machine)
        if machine.is_believed_anew and not self._is_quiet and self.chance.random() < 0.02:
            self.server.deadly = True
        sent = machine.send()
        self._believed(machine, did=bool(sent.made or sent.sent))

    def _has_work(self) -> bool:
        """Whether something is due about now, or it is one of the days on which nothing is."""
        since = day(self.true.at) - LATELY
        jobs = self.people.model.jobs.values()
        busy = any(job.open and job.due > since for each in jobs for job in each)
        return busy or self._is_quiet or self.chance.random() < 0.1

    @property
    def _is_quiet(self) -> bool:
        return self.true.at > self.ends - QUIET

    def _ring(self, machine: Machine) -> None:
        """It rings, perhaps dies of it and begins again, perhaps with the other one in between."""
        other = self.machines[machine is self.machines[0]]
        together = machine.offset == other.offset and self.chance.random() < 0.2
        hold = timedelta() if together else timedelta(seconds=90)
        limit = self.chance.choice((2, 5, 500))
        if machine.is_believed_anew and not self._is_quiet and self.chance.random() < 0.04:
            machine.die_after(self.chance.randint(0, 40))

        def between() -> None:
            if together and self.chance.random() < 0.5:
                self._note(other, other.ring(timedelta(), limit, lambda: None))

        while (ticked := machine.ring(hold, limit, between)) is None:
            self.true.at += timedelta(minutes=2)  # until the lease of the dead one is over
        self._note(machine, ticked)
        if ticked.doubt and machine.offset <= timedelta(seconds=1):
            self.seen["accepted"] += 1
            machine.accept()
            # Its process looks again within a minute, as one that rings every half a minute does.
            self._at(self.true.at + timedelta(seconds=30), partial(self._ring, machine))

    def _note(self, machine: Machine, ticked: Any) -> None:
        """Tell the model of a clock that did all it had to."""
        self.seen["rings"] += 1
        self.seen["doubts"] += bool(ticked and ticked.doubt)
        if ticked and ticked.leased and not ticked.doubt and not ticked.more:
            self.people.model.ticked(machine.reading())
        self._believed(machine, did=bool(ticked and (ticked.fired or ticked.effects)))

    def _believed(self, machine: Machine, *, did: bool) -> None:
        """What was done on the word of a clock that leapt."""
        self.seen["believed"] += did and machine.offset > HOUR

    def _plan_faults(self) -> None:
        at, ends = BEGINS, self.ends - QUIET
        while (at := at + timedelta(days=self.chance.expovariate(1 / 20))) < ends:
            self._at(at, self.chance.choice((self._jump, self._stop, self._mail, self._restart)))

    def _lasts(self, days: float) -> datetime:
        longest = self.ends - QUIET
        return min(self.true.at + timedelta(days=self.chance.uniform(0.01, days)), longest)

    def _jump(self) -> None:
        """A clock is wrong for up to three weeks; its process notices at once, or was not there."""
        machine = self.chance.choice(self.machines)
        if machine.offset or self.true.at < self.off_until:
            return
        self._ring_safely(machine)  # a process looks at its clock every half minute
        self._set(machine, self.chance.choice(ODD) * self.chance.choice((1, -1)))
        self._at(self._lasts(21), lambda: self._set(machine, timedelta()))

    def _set(self, machine: Machine, offset: timedelta) -> None:
        machine.offset = offset
        if self.true.at >= self.off_until:
            self._ring_safely(machine)

    def _ring_safely(self, machine: Machine) -> None:
        ticked = machine.ring(timedelta(seconds=90), 500, lambda: None)
        self._note(machine, ticked)
        if ticked and ticked.doubt and machine.offset == timedelta():
            self.seen["accepted"] += 1
            machine.accept()

    def _stop(self) -> None:
        """Both machines are off for a second to sixty days; their clocks are right after it."""
        for each in self.machines:
            if each.offset:
                return
        stops = (1 / 86400, 1 / 24, 3, 20, 60)
        until = self.true.at + timedelta(days=self.chance.choice(stops))
        self.off_until = min(until, self.ends - QUIET)
        self._at(self.off_until, self._start)

    def _start(self) -> None:
        for each in self.machines:
            each.begin()

    def _mail(self) -> None:
        """The mail server is down for hours or weeks."""
        self.server.down = True

        def up() -> None:
            self.server.down = False

        self._at(self._lasts(14), up)

    def _restart(self) -> None:
        machine = self.chance.choice(self.machines)
        if machine.is_believed_anew:
            machine.begin()


@contextmanager
def forgetful() -> Iterator[None]:
    """Plant a clock that drops some reminders, tells others twice, and some to the wrong seat."""
    raise_notices, turns = sweep.raise_notices, iter(range(10**9))

    def changed(one: Any, turn: int) -> Any:
        kept = one.reminders
        if turn % 3 == 0:
            return replace(one, reminders=())
        if turn % 3 == 1:
            again = [replace(each, notice=replace(each.notice, occurrence=each.notice.occurrence
                                                  - 10**16)) for each in kept]  # fmt: skip
            return replace(one, reminders=(*kept, *again))
        astray = [replace(each, notice=replace(each.notice, seat="unit@z")) for each in kept]
        return replace(one, reminders=tuple(astray))

    def raised(pen: Any, s: Any, fired: Any, **terms: Any) -> int:
        some = [(key, changed(one, next(turns))) for key, one in fired]
        return raise_notices(pen, s, some, **terms)

    with replaced(sweep, "raise_notices", raised):
        yield


def main(words: list[str]) -> int:
    """Play one seed again."""
    simulation = Simulation(int(words[0]), int(words[1]) if words[1:] else YEARS)
    found = simulation.play()
    print({**simulation.seen, **found})
    return int(bool(found.total()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
