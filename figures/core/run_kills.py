"""kills-run: `thidua run` killed with -9 while reminders are due: each is told, and told once."""

import email
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from sqlalchemy import Table, select

from figures.core.typist import Typist
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from figures.victim import Ended, forked
from thidua import Fire, clock, ids
from thidua.cli import run
from thidua.storage import notices, sweep
from thidua.storage.rows import instant

UNITS, DOSSIERS = 40, 5
MOST_KILLS = 60
"""In one office: its reminders are all due on the same day, and every process begins ten minutes
after the one before, when the leases of the dead have ended.
"""

DUE_AT = datetime(2018, 6, 19, 1, tzinfo=UTC)
"""8 o'clock on the working day before the answers are due."""

LATER = timedelta(minutes=10)
SOON, LATE = 0.02, 0.3
"""Seconds between the start of a process and its end: it ticks and sends at once."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many kills, in as many offices as are needed to have something due at each.

    `lost` are notices that are in no letter; `doubled` those in two letters of different
    Message-IDs; `broken` what is wrong at the end otherwise.
    """
    count, kills = Counter[str](), 0
    while kills < size:
        with TemporaryDirectory(prefix="thidua-run-") as folder:
            running = Running.in_(Path(folder), chance)
            while kills < size and running.kills < MOST_KILLS and running.has_work():
                kills += running.kill(chance.uniform(SOON, LATE))
                progress(kills, size)
            count.update(running.judged())
    return Outcome(kills, {name: count[name] for name in ("lost", "doubled", "broken")})


@dataclass
class Running:
    """An office in which every unit is asked about every dossier, and whose clock dies."""

    office: Office
    typist: Typist
    kills: int = 0
    starts: int = 0
    wrong: int = 0
    letters: Path = field(init=False)

    def __post_init__(self) -> None:
        """Where letters end up."""
        self.letters = self.typist.folder / "mails"

    @classmethod
    def in_(cls, folder: Path, chance: random.Random) -> "Running":
        """A new one in a folder."""
        url = f"sqlite:///{folder / 'thidua.db'}"
        office = Office.new(url, departments=UNITS)
        for n in range(DOSSIERS):
            office.propose(f"h-{n}")
            office.act(f"h-{n}", Fire("consult"))
        running = cls(office, Typist(url, folder, chance))
        running.ask()
        return running

    def ask(self) -> None:
        """Send what the opening raised, in this process, which thereby imports and reads what
        every copy would: what is due at the kills are reminders.
        """
        with redirect_stdout(io.StringIO()):
            _at(DUE_AT - timedelta(days=1), self._command("run", "--once"))
        self.typist.close()

    def _command(self, *words: str) -> Callable[[], int]:
        # Each run sends what it finds: the day's rhythm is no matter here.
        rhythm = {"THIDUA_DIGEST": "off", "THIDUA_HOURS": "always"}
        environment = {**self.typist.environment("officer"), **rhythm}
        return partial(run, words, desk=self.typist.desk, environment=environment)

    @property
    def now(self) -> datetime:
        """When the next process begins."""
        return DUE_AT + self.starts * LATER

    def has_work(self) -> bool:
        """Whether a reminder, a notice or a letter is due now."""
        t = self.office.wf.tables
        due = [row for row in self.rows(t.task, status="open") if row["wake_at"] is not None]
        raised = self.rows(t.notice, status="due")
        unsent = [row for row in self.rows(t.mail) if row["status"] != "sent"]
        return any(row["wake_at"] <= instant(self.now) for row in due) or bool(raised or unsent)

    def kill(self, moment: float) -> bool:
        """Start `thidua run` and kill it; whether it was the kill that ended it."""
        ended = self._start("run", "--every", "1", moment=moment)
        self.kills += ended.killed
        self.wrong += not ended.killed
        return ended.killed

    def _start(self, *words: str, moment: float | None = None) -> Ended:
        ended = forked(partial(_at, self.now, self._command(*words)), moment)
        self.starts += 1
        if ended.errors:
            print(ended.errors, file=sys.stderr)
        return ended

    def judged(self) -> Counter[str]:
        """What the office finds after a last run that nobody kills."""
        self.wrong += self._start("run", "--once").code != 0
        raised = Counter(self._raised())
        told, sent = self._told(), self._sent()
        untold = sum(not ids & sent for ids in told.values())
        twice = sum(len(ids) > 1 for ids in told.values())
        return Counter(
            lost=2 * UNITS * DOSSIERS - len(raised) + untold,
            doubled=raised.total() - len(raised) + twice,
            broken=self.wrong + self.office.problems() + (not self.office.is_intact()),
        )

    def _raised(self) -> Iterator[tuple[str, str, bool]]:
        """For each notice the dossier, the seat, and whether it is a reminder."""
        for row in self.rows(self.office.wf.tables.notice):
            yield row["dossier_id"], row["seat"], row["occurrence"] < 0

    def _told(self) -> dict[tuple[Any, ...], set[str]]:
        """For each notice the Message-IDs of the letters made of it."""
        t = self.office.wf.tables
        keys = [column.name for column in t.notice.primary_key]
        told: dict[tuple[Any, ...], set[str]] = {
            tuple(row[key] for key in keys): set() for row in self.rows(t.notice)
        }
        for mail in self.rows(t.mail):
            content = json.loads(mail["content"])
            for *key, _ in content["notices"]:
                told[tuple(key)].add(content["message_id"])
        return told

    def _sent(self) -> set[str]:
        """The Message-IDs of the letters in the folder."""
        letters = (email.message_from_bytes(p.read_bytes()) for p in self.letters.glob("*.eml"))
        return {str(letter["Message-ID"]) for letter in letters}

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        with self.office.reading() as db:
            found = db.execute(select(table).filter_by(**where)).mappings()
            return [dict(row) for row in found]


class Shifted:
    """What `thidua.ids` takes for the real clock in a process that lives in 2018."""

    def __init__(self, start: datetime) -> None:
        self.start, self.began = start, monotonic()

    def now(self, zone: tzinfo) -> datetime:
        """The present instant there."""
        return (self.start + timedelta(seconds=monotonic() - self.began)).astimezone(zone)


def _at(start: datetime, work: Callable[[], int]) -> int:
    """Work in 2018; the bell alone stays in the present, which APScheduler asks the system for."""
    bell = partial(datetime.now, UTC)  # noqa: TID251 -- the real clock
    with replaced(ids, "datetime", Shifted(start)), replaced(clock, "utc_now", bell):
        return work()


@contextmanager
def forgetting() -> Iterator[None]:
    """Plant a clock that drops a reminder of every batch, and a sender that forgets of which
    notices it has made a letter.
    """
    raise_notices, settle = sweep.raise_notices, notices.settle

    def drop(pen: Any, s: Any, fired: Any, **terms: Any) -> int:
        return raise_notices(pen, s, [*fired][1:], **terms)

    def forget(db: Any, t: Any, told: Any, status: str, mail_id: str | None = None) -> None:
        if status != "mailed":
            settle(db, t, told, status, mail_id)

    with replaced(sweep, "raise_notices", drop), replaced(notices, "settle", forget):
        yield
