"""The play: a queue of what happens when, every act decided by the engine's own rules.

Storage is left out: `decide` is pure, so that thousands of dossiers take seconds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from thidua.simulation.acting import Acting
from thidua.simulation.behaviour import Behaviour
from thidua.simulation.case import RUNNING, Case
from thidua.simulation.council import Council
from thidua.simulation.entrance import Entrance
from thidua.simulation.measures import Outcome, Tally
from thidua.simulation.players import Players, spread
from thidua.simulation.report import outcome_of
from thidua.simulation.unusual import Unusual
from thidua.workflow.calendar import NoCalendar
from thidua.workflow.change import Change
from thidua.workflow.command import Expire
from thidua.workflow.dossier import Task
from thidua.workflow.person import Seat
from thidua.workflow.rungs import fire
from thidua.workflow.view import Rules

HORIZON = 260
"""Working days after the last proposal; who has no end by then is counted as running."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Play:
    """One simulation: `dossiers` under `rules`, from `begins` on, drawn from `seed`."""

    rules: Rules
    behaviour: Behaviour
    dossiers: int
    seed: int
    begins: date
    progress: Progress | None = None
    tally: Tally = field(default_factory=Tally)
    cases: list[Case] = field(default_factory=list)
    _queue: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count)
    _over: int = 0
    stopped_on: date = date.min
    acting: Acting = field(init=False)
    council: Council = field(init=False)
    unusual: Unusual = field(init=False)

    def run(self) -> Outcome:
        """Play to the end, or to the horizon."""
        players = Players(self.rules, self.behaviour, self.seed)
        acting = self.acting = Acting(players, self.tally, self._after)
        self.unusual = Unusual(acting, self.call)
        self.council = Council(acting, self.call, self.cases, self.unusual)
        last = self._arrivals(Entrance(acting, self.cases))
        until = players.at(self.rules.calendar.add(last, HORIZON), players.chance("end"))
        self._look(self.begins)
        while self._queue and self._queue[0][0] <= until:
            at, _, act = heappop(self._queue)
            try:
                act(at)
            except NoCalendar:
                break
            self.stopped_on = self.rules.calendar.legal_date(at)
        return outcome_of(self)

    def call(self, at: datetime, act: Callable[[datetime], None]) -> None:
        """Let something happen at an instant."""
        heappush(self._queue, (at, next(self._turn), act))

    def _arrivals(self, entrance: Entrance) -> date:
        calendar, players = self.rules.calendar, self.acting.players
        first = calendar.roll(self.begins).on
        days = [first, *(calendar.add(first, n) for n in range(1, self.behaviour.over))]
        for n in range(self.dossiers):
            chance = players.chance(n, "arrives")
            on = spread(chance, days, rush=self.behaviour.rush)
            self.call(players.at(on, chance), lambda at, n=n: self._propose(entrance, n, at))  # type: ignore[misc]  # a lambda's default
        return days[-1]

    def _propose(self, entrance: Entrance, number: int, at: datetime) -> None:
        case = entrance.propose(number, at)
        if case is not None:
            self.unusual.expect(case, at)

    def _look(self, on: date) -> None:
        """Once a week, how many stand where."""
        self.call(self.rules.calendar.start_of_work(on), lambda _: self._note(on))

    def _note(self, on: date) -> None:
        self.tally.standing[on] = {state: n for state, n in self.tally.here.items() if n}
        if self._over < self.dossiers:
            self._look(on + timedelta(7))

    def _after(
        self, case: Case, change: Change, moved: Sequence[tuple[Task | None, Task]], at: datetime
    ) -> None:
        """Plan what an act brings: who does what when, reminders, what the clock does."""
        today = self.rules.calendar.legal_date(at)
        for before, task in moved:
            if task.status == "open" and (before is None or before.status != "open"):
                self._plan(case, task, today, at)
            if task.status == "open" and task.wake_at is not None:
                self._wake(case, task)
        if self.rules.procedure.states[case.dossier.state].final and change.done.state:
            self._over += 1
            if self.progress is not None:
                self.progress(self._over, self.dossiers)
        elif case.stuck is not None and case.tries < 40:
            self._again(case, at)

    def _plan(self, case: Case, task: Task, today: date, at: datetime) -> None:
        if task.kind == "vote":
            self.council.expect(case, task, at)
        elif task.kind in ("desk", "ask"):
            if task.kind == "ask":
                self.unusual.expect_more_time(case, task, at)
            on = self.acting.players.when(case, task.n, today)
            if on is not None:
                chance = self.acting.players.chance(case.number, "hour", task.n, on)
                when = max(self.acting.players.at(on, chance), at + timedelta(minutes=5))
                self.call(when, lambda now: self._do(case, task.n, now))

    def _do(self, case: Case, n: int, at: datetime) -> None:
        task = case.tasks[n]
        if task.status != "open":
            return
        if task.kind == "ask":
            self.acting.answer(case, task, at)
        elif task.what.startswith("agenda:"):
            self.council.put_to(case, task, at)
        else:
            self.acting.desk(case, task, at, self.council.next_day)

    def _again(self, case: Case, at: datetime) -> None:
        """Something changed: whoever was stuck tries once more, a working day later."""
        case.tries, case.stuck = case.tries + 1, None
        desk = [t for t in case.tasks.values() if t.kind == "desk" and t.what == case.dossier.state]
        if desk:
            n = desk[-1].n
            self.call(self.acting.players.tomorrow(at), lambda now: self._do(case, n, now))

    def _wake(self, case: Case, task: Task) -> None:
        assert task.wake_at is not None
        turn = self._expire if task.kind == "effect" else self._remind
        self.call(task.wake_at, lambda at: turn(case, task.n, at))

    def _expire(self, case: Case, n: int, at: datetime) -> None:
        task = case.tasks[n]
        if task.status == "open" and task.wake_at is not None and task.wake_at <= at:
            self.acting.engine(case, Expire(n), at)

    def _remind(self, case: Case, n: int, at: datetime) -> None:
        task = case.tasks[n]
        if task.status != "open" or task.wake_at != at:
            return
        fired = fire(self.rules.procedure, self.rules.calendar, case.dossier, task, now=at)
        case.tasks[n] = task._replace(rung=fired.rung, wake_at=fired.wake_at)
        on = self.rules.calendar.legal_date(at)
        for reminder in fired.reminders:
            if reminder.status == "paper":
                self.tally.calls[Seat.parse(reminder.notice.seat).role] += 1
            else:
                self.tally.tell(reminder.notice, on)
        if fired.wake_at is not None:
            self._wake(case, case.tasks[n])

    @property
    def running(self) -> list[Case]:
        """Cases without an end."""
        states = self.rules.procedure.states
        return [case for case in self.cases if not states[case.dossier.state].final]

    def undone(self) -> Iterator[Task]:
        """Tasks with a due that nobody has done when the play stops."""
        for case in self.cases:
            for task in case.tasks.values():
                if task.status in RUNNING and task.due_on is not None and task.kind != "effect":
                    yield task


def begins_on(rules: Rules) -> date:
    """The day a play begins unless another is named: when the procedure comes into force."""
    start = rules.procedure.in_force_from
    first = rules.calendar.first_on + timedelta(1)
    return rules.calendar.roll(max(start or first, first)).on
