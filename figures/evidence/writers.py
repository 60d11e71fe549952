"""Writers that live dossier after dossier, die at any moment and go on where they were heard."""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bench.life import ACTS, NOW, OFFICER
from figures.database import engine_of
from figures.figure import Outcome
from figures.office import CREATE, Office
from figures.victim import Begun, Ended, begun
from thidua import By, Command, Correct, Create, Done, Failed, Hold, Release, Thidua, retry

LIFE: tuple[tuple[Command, By], ...] = (
    (CREATE, OFFICER),
    (Correct({"f0": "một"}, note="Ghi sai"), OFFICER),
    (Hold(note="Có đơn"), OFFICER),
    (Release(), OFFICER),
    *ACTS,
)
GONE = 75
"""The exit code of a writer that has lost its database."""

UNHEARD = 0.2
"""Share of last answers that never reach the caller, who repeats the command under its id."""

COUNTS = ("lost", "torn", "doubled", "broken")


@dataclass(frozen=True, slots=True)
class Step:
    """A writer's `at`-th act."""

    writer: int
    at: int

    @property
    def dossier(self) -> str:
        """Whose life it is in."""
        return f"w{self.writer}-{self.at // len(LIFE):04}"

    @property
    def command_id(self) -> str:
        """What makes its repeat the same act."""
        return f"{self.dossier}-{self.at % len(LIFE)}"

    def take(self, wf: Thidua, db: Connection) -> Done:
        """Carry it out."""
        command, by = LIFE[self.at % len(LIFE)]
        dossier, key = self.dossier, self.command_id
        if isinstance(command, Create):
            return wf.create(db, command, by=by, dossier_id=dossier, command_id=key, now=NOW)
        return wf.act(db, dossier, command, by=by, command_id=key, now=NOW)


@dataclass(slots=True)
class Writer:
    """One of them: its number, the act it goes on with, and its process while it lives."""

    number: int
    at: int = 0
    process: Begun | None = None


@dataclass(slots=True)
class Writers:
    """Several on one database, and what they were told was done."""

    office: Office
    chance: random.Random
    several: list[Writer]
    told: set[tuple[str, str]] = field(default_factory=set)
    count: Counter[str] = field(default_factory=Counter)

    @classmethod
    def on(cls, office: Office, chance: random.Random, number: int) -> "Writers":
        """So many; the parent lives one life first, so that its copies need not compile."""
        for at in range(len(LIFE)):
            retry(office.engine, partial(Step(number, at).take, office.wf))
        return cls(office, chance, [Writer(n) for n in range(number)])

    def begin(self) -> None:
        """Begin those that do not live."""
        for writer in self.several:
            if writer.process is None:
                work = partial(_write_on, self.office, writer.number, writer.at)
                writer.process = begun(work)

    def ended(self, writer: Writer, kill_after: float | None = None) -> Ended:
        """Wait until one ends, or kill it with -9 after so many seconds; hear what it said."""
        assert writer.process is not None
        ended = writer.process.ended(kill_after)
        writer.process = None
        heard = len(ended.heard.splitlines())
        self.told |= {_key(writer.number, writer.at + n) for n in range(heard)}
        forgets = heard > 0 and self.chance.random() < UNHEARD
        writer.at += heard - forgets
        return ended

    def wrong(self, ended: Ended) -> None:
        """Count one that ended in an error of its own."""
        self.count["broken"] += 1
        print(f"writer: {ended.code} {ended.errors}", file=sys.stderr)

    def look(self) -> None:
        """What of the acknowledged is not there."""
        gone = self.told - self.office.command_ids()
        self.count["lost"] += len(gone)
        self.told -= gone

    def judged(self) -> Counter[str]:
        """What is found when all is over."""
        self.look()
        self.count["torn"] += self.office.problems()
        self.count["broken"] += not self.office.is_intact()
        self.count["doubled"] += sum(self._doubled())
        return self.count

    def _doubled(self) -> Iterator[int]:
        """Of each dossier the acts beyond the steps that its writer can have taken."""
        dossier = self.office.wf.tables.dossier.c
        with self.office.reading() as db:
            ids = list(db.execute(select(dossier.id)).scalars())
        for each in ids:
            acts = [body["command"] for body in self.office.bodies(each) if "ends" in body]
            yield len(acts) - len({f"{each}-{n}" for n in range(len(LIFE))} & {*acts})


def outcome(kills: int, counted: Counter[str]) -> Outcome:
    """As a figure tells it."""
    return Outcome(kills, {name: counted[name] for name in COUNTS})


def _key(writer: int, at: int) -> tuple[str, str]:
    step = Step(writer, at)
    return step.dossier, step.command_id


def _write_on(office: Office, writer: int, first: int) -> int:
    """Act until somebody ends it; each act is told when it is committed."""
    engine = engine_of(office.url, keeping=True)
    for at in count(first):
        try:
            retry(engine, partial(Step(writer, at).take, office.wf))
        except (Failed, DBAPIError) as error:
            print(error, file=sys.stderr)
            return GONE
        print(at, flush=True)
    return 0
