"""ticker-kills-…: four tickers killed with -9 as they like: every reminder comes, and once."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from figures.victim import Begun, Ended, begun
from thidua import Fire, Thidua, retry
from thidua.storage import sweep
from thidua.storage.rows import instant

TICKERS = 4
UNITS, DOSSIERS = 60, 5
"""300 reminders, all due in the same minute, for about eighty kills: 3,000 for 800."""

DUE_AT = datetime(2018, 6, 19, 1, tzinfo=UTC)
"""8 o'clock on the working day before the answers are due."""

FEW = 3
"""Reminders in a transaction: so few that many are under way when a process dies."""

LIVES = 0.06
"""Seconds between two kills, at most; the mean is half of it, for one ticker in four."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, in as many offices as are needed to have reminders due at each.

    `lost` are reminders that no notice tells of, `doubled` those told of twice; `broken` is what
    SQLite or `verify` finds wrong, and a ticker that ended in an error.
    """
    count, kills, office = Counter[str](), 0, Office.new(url, departments=UNITS)
    turn = 0
    while kills < size:
        herd = Herd(office, chance, turn)
        herd.ask()
        while kills < size and herd.has_work():
            kills += herd.kill()
            progress(kills, size)
        count.update(herd.judged())
        turn += 1
    count["broken"] += office.problems() + (not office.is_intact())
    return Outcome(kills, {name: count[name] for name in ("lost", "doubled", "broken")})


@dataclass
class Herd:
    """Four tickers at work on the reminders of some dossiers, of which none lives long."""

    office: Office
    chance: random.Random
    turn: int
    living: list[Begun] = field(default_factory=list)
    wrong: int = 0

    @property
    def dossiers(self) -> list[str]:
        """Those of this herd."""
        return [f"h-{self.turn:03}-{n}" for n in range(DOSSIERS)]

    def ask(self) -> None:
        """Every unit is asked about every dossier."""
        for dossier in self.dossiers:
            self.office.propose(dossier)
            self.office.act(dossier, Fire("consult"))

    def has_work(self) -> bool:
        """Whether a reminder is still due."""
        task = self.office.wf.tables.task.c
        due = (task.status == "open") & (task.wake_at <= instant(DUE_AT)) & (task.kind != "effect")
        with self.office.reading() as db:
            return bool(db.execute(select(func.count()).where(due)).scalar())

    def kill(self) -> int:
        """Let four live for a moment and kill one of them; how many were killed."""
        while len(self.living) < TICKERS:
            self.living.append(begun(partial(_tick_on, self.office.url)))
        time.sleep(self.chance.uniform(0, LIVES))
        return self._end(self.living.pop(self.chance.randrange(TICKERS)))

    def _end(self, ticker: Begun) -> int:
        ended: Ended = ticker.killed()
        if not ended.killed:
            self.wrong += 1
            print(ended.errors, file=sys.stderr)
        return ended.killed

    def judged(self) -> Counter[str]:
        """What is found when the rest was killed and one ticked on undisturbed."""
        for each in self.living:
            self._end(each)
        self.living.clear()
        while retry(self.office.engine, partial(_ticked, self.office.wf)):
            pass
        told = Counter(self._told())
        return Counter(
            lost=UNITS * DOSSIERS - len(told),
            doubled=told.total() - len(told),
            broken=self.wrong,
        )

    def _told(self) -> Iterator[tuple[str, str]]:
        """Dossier and seat of every reminder raised."""
        n = self.office.wf.tables.notice.c
        mine = (n.occurrence < 0) & n.dossier_id.in_(self.dossiers)
        with self.office.reading() as db:
            yield from (tuple(row) for row in db.execute(select(n.dossier_id, n.seat).where(mine)))


def _tick_on(url: str) -> int:
    """Tick until somebody ends it. The lease ends with each batch: the four are not kept apart
    by it, but by rows and keys.
    """
    office = Office.at(url)
    engine = office.engine
    while True:
        if not retry(engine, partial(_ticked, office.wf, few=FEW)):
            time.sleep(0.001)


def _ticked(wf: Thidua, db: Connection, *, few: int = 500) -> bool:
    return wf.tick(db, DUE_AT, limit=few).more


@contextmanager
def careless() -> Iterator[None]:
    """Plant a ticker that drops a reminder of every batch and raises another under two keys."""
    raise_notices = sweep.raise_notices

    def twice(each: Any) -> Any:
        occurrence = each.notice.occurrence - 10**16
        return replace(each, notice=replace(each.notice, occurrence=occurrence))

    def raised(pen: Any, s: Any, fired: Any, **terms: Any) -> int:
        rest = [*fired][1:]
        copies = [(key, replace(one, reminders=tuple(map(twice, one.reminders))))
                  for key, one in rest[:1]]  # fmt: skip
        return raise_notices(pen, s, [*rest, *copies], **terms)

    with replaced(sweep, "raise_notices", raised):
        yield
