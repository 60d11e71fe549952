"""The simulated office's people and acts: who answers, who is late, who stays silent."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from figures.clock.simulation_machine import Crash, Moment
from figures.clock.simulation_model import Model, day, instant
from thidua import By, Candidate, Create, Fire, Thidua
from thidua.workflow.command import Answer, Command, Extend, Hold, Release, Return, Supplement

PROCEDURE = Path(__file__).with_name("simulation.yaml").read_text(encoding="utf-8")
UNITS = ("a", "b", "c")
CLERK = By("u:clerk")
SINCE = "2018-01-01"
CRASHES = 0.02
"""Of the acts that die with the host's process, inside their transaction, and are done again."""


@dataclass
class Script:
    """The acts of one dossier: each arranges for the next ones, at true times, in office hours."""

    office: "People"
    key: str
    chance: random.Random
    state: str = "new"

    def after(self, days: int, act: Callable[[], None]) -> None:
        """Do `act` so many days from now, in the hours of the next working day."""
        self.office.plan(days, self.chance.uniform(8.2, 16.8), act)

    def create(self) -> None:
        """It is proposed."""
        office, now = self.office, self.office.true.at
        half = f"{day(now).year}-{'1' if day(now).month < 7 else '2'}"
        create = Create("simulation", "PRIZE", Candidate("individual", f"Người {self.key}"),
                        campaign=half)  # fmt: skip
        office.committed(lambda db: office.wf.create(db, create, by=CLERK, dossier_id=self.key,
                                                     now=now))  # fmt: skip
        office.model.state(self.key, "new", now)
        if self.chance.random() < 0.9:
            self.after(self.chance.randint(0, 12), self.move)
        self._perhaps_pause(0.15)

    def move(self) -> None:
        """The clerk asks the units, or lets it wait."""
        if self._waits(self.move):
            return
        now, asks = self.office.true.at, self.chance.random() < 0.75
        self.state = "asked" if asks else "waiting"
        self._act(Fire("ask" if asks else "wait"))
        self.office.model.state(self.key, self.state, now)
        if asks:
            self._ask(now)
        elif self.chance.random() < 0.5:
            self.after(self.chance.randint(0, 5), self.finish)
        self._perhaps_pause(0.25)

    def _ask(self, now: datetime) -> None:
        self.office.model.asked(self.key, [f"unit@{unit}" for unit in UNITS], now)
        for unit in UNITS:
            if self.chance.random() < 0.65:
                self.after(self.chance.randint(0, 14), partial(self.answer, unit))
        if self.chance.random() < 0.2:
            self.after(self.chance.randint(0, 9), self.extend)
        if self.chance.random() < 0.8:
            self.after(self.chance.randint(8, 30), self.finish)

    def answer(self, unit: str) -> None:
        """A unit answers, when it still may."""
        running = {job.asked for job in self.office.model.running(self.key, "asking")}
        if f"unit@{unit}" not in running or self._waits(partial(self.answer, unit)):
            return
        self._act(Answer("asking", "agree"), By(f"u:{unit}"))
        self.office.model.answered(self.key, f"unit@{unit}")

    def extend(self) -> None:
        """Those who have not answered get more time."""
        jobs = self.office.model.running(self.key, "asking")
        if not jobs or self._waits(self.extend):
            return
        now = self.office.true.at
        start = max([day(now), *(job.due for job in jobs)])
        until = self.office.model.days.add(start, self.chance.randint(1, 8))
        self._act(Extend("asking", until, note="Xin thêm thời gian"))
        self.office.model.extended(self.key, until, now)

    def finish(self) -> None:
        """It is done with."""
        jobs = self.office.model.jobs[self.key]
        if self.state == "waiting" and not any(job.open for job in jobs):
            return  # it lapsed
        if self._waits(self.finish):
            return
        self._act(Fire("finish"))
        self.state = "done"
        self.office.model.state(self.key, "done", self.office.true.at)

    def _waits(self, act: Callable[[], None]) -> bool:
        """Whether it is paused: then the act comes later."""
        if self.state == "done":
            return True
        if self.key in self.office.model.paused:
            self.after(3, act)
            return True
        return False

    def _perhaps_pause(self, share: float) -> None:
        if self.chance.random() < share:
            self.after(self.chance.randint(1, 9), self.pause)

    def pause(self) -> None:
        """It is held, or returned for a supplement."""
        jobs = self.office.model.jobs[self.key]
        lapsed = self.state == "waiting" and not any(job.open for job in jobs)
        if self.state == "done" or self.key in self.office.model.paused or lapsed:
            return
        back = self.chance.random() < 0.5
        self._act(Return(("urgent",), note="Bổ sung") if back else Hold(note="Xác minh"))
        self.office.model.stopped(self.key, self.office.true.at)
        self.after(self.chance.randint(0, 40), partial(self.go_on, returned=back))

    def go_on(self, *, returned: bool) -> None:
        """The pause ends."""
        self._act(Supplement({"urgent": "no"}) if returned else Release())
        self.office.model.went_on(self.key, self.office.true.at)

    def _act(self, command: Command, by: By = CLERK) -> None:
        office, now = self.office, self.office.true.at
        office.committed(lambda db: office.wf.act(db, self.key, command, by=by, now=now))


@dataclass
class People:
    """The host application: its clock is right, its process may die, what it planned is kept."""

    engine: Engine
    true: Moment
    model: Model
    chance: random.Random
    last_on: date
    plans: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    crashes: int = 0
    acts: int = 0
    wf: Thidua = field(init=False)
    _left: int | None = None

    def __post_init__(self) -> None:
        """The host begins to run."""
        self.wf = Thidua(clock=self.true, probe=self._probe)

    def plan(self, days: int, hour: float, act: Callable[[], None]) -> None:
        """Keep an act for the first working day from then on."""
        on = day(self.true.at) + timedelta(days)
        while on < self.last_on and not self.model.days.is_working(on):
            on += timedelta(1)
        at = max(instant(on, 0) + timedelta(hours=hour), self.true.at + timedelta(minutes=1))
        if on < self.last_on:
            self.plans.append((at, len(self.plans), act))
            self.plans.sort(key=lambda plan: plan[:2], reverse=True)

    def committed(self, work: Callable[[Any], object]) -> None:
        """One act in a transaction; where the process dies in it, it is done again."""
        self.acts += 1
        if self.chance.random() < CRASHES:
            self._left = self.chance.randint(0, 9)
            with suppress(Crash), self.engine.begin() as db:
                work(db)
                raise Crash  # before the commit
            self.crashes += 1
            self._left = None
        with self.engine.begin() as db:
            work(db)

    def _probe(self, _: str) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._left = None
                raise Crash

    def found(self) -> None:
        """Tables, procedure, units and their people in an empty database."""
        t = self.wf.tables
        with self.engine.begin() as db:
            self.wf.adopt(db, PROCEDURE, now=self.true.at)
            unit = {"kind": "unit", "groups": "{}", "from_on": SINCE}
            db.execute(insert(t.unit), [{**unit, "id": u, "name": f"Đơn vị {u}"} for u in UNITS])
            held = [(f"u:{u}", "unit", u) for u in UNITS]
            held += [("u:clerk", "clerk", ""), ("u:boss", "boss", "")]
            names = ("actor", "role", "unit")
            db.execute(insert(t.holding), [{**dict(zip(names, each, strict=True)),
                                            "from_on": SINCE} for each in held])  # fmt: skip
            boxes = [*UNITS, "u:clerk", "u:boss"]
            db.execute(insert(t.address), [
                {"owner": owner, "mailbox": f"{owner.replace(':', '-')}@example.org",
                 "from_on": SINCE} for owner in boxes])  # fmt: skip
