"""Sixteen processes, one of them a host of eight threads, that act on one dossier as they like."""

import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from typing import cast

from sqlalchemy.engine import Engine

from bench.life import NOW, OFFICER
from figures.copies import at_work
from figures.database import engine_of
from figures.evidence.history import Told
from figures.office import Office
from thidua import Command, Correct, Done, Fire, Hold, Release, ThiduaError
from thidua.storage.rows import dossier_of

PROCESSES, THREADS = 16, 8
OPERATORS = PROCESSES - 1 + THREADS
PAIR = "pair-"
"""How the ids of commands begin that two neighbours submit."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What everybody works on together: a dossier, so many acts each, and whose chances."""

    dossier: str
    acts: int
    seed: int


@dataclass(frozen=True, slots=True)
class Crew:
    """The pipes to the processes."""

    pipes: Sequence[Pipe]

    def work(self, shift: Shift) -> list[list[Told]]:
        """Let all work at once; of each operator what it was told, in its order."""
        for pipe in self.pipes:
            pipe.send(shift)
        return [told for pipe in self.pipes for told in cast(list[list[Told]], pipe.recv())]


@contextmanager
def crew(office: Office) -> Iterator[Crew]:
    """Copies of this process that wait for shifts; they end with the block."""
    with at_work(PROCESSES, partial(_wait, office)) as pipes:
        yield Crew(pipes)


def _wait(office: Office, number: int, pipe: Pipe, start: Barrier) -> None:
    """One process: the first is a host whose threads have one engine in common."""
    engine = engine_of(office.url, keeping=True)
    mine = range(THREADS) if number == 0 else [THREADS + number - 1]
    with ThreadPoolExecutor(len(mine)) as threads:
        while (shift := cast(Shift | None, pipe.recv())) is not None:
            start.wait()
            work = partial(_work, office, engine, shift)
            pipe.send([*threads.map(work, mine)])


def _work(office: Office, engine: Engine, shift: Shift, number: int) -> list[Told]:
    operator = Operator(office, engine, shift.dossier, number)
    chance = random.Random(shift.seed * OPERATORS + number)  # noqa: S311 -- draws what is done
    return [operator.act(n, shift, chance) for n in range(shift.acts)]


@dataclass(slots=True)
class Operator:
    """One of them. Two neighbours submit the same commands under the same ids."""

    office: Office
    engine: Engine
    dossier: str
    number: int
    doubles: int = 0

    def act(self, n: int, shift: Shift, chance: random.Random) -> Told:
        """Do one thing, drawn by chance; what it was told."""
        if n == shift.acts // 2:
            return self._told("fire", Fire("consult"), f"{self.number}-{n}")
        drawn = chance.random()
        if drawn < 0.05:
            return self._told("hold", Hold(note="Có đơn"), f"{self.number}-{n}")
        if drawn < 0.2:
            return self._told("release", Release(), f"{self.number}-{n}")
        if drawn < 0.4:
            return self._double()
        if drawn < 0.5:
            words = {f"f{1 + self.number % 8}": f"{self.number}-{n}"}
            return self._told("correct", Correct(words, note="Ghi sai"), f"{self.number}-{n}")
        return self._count(n)

    def _double(self) -> Told:
        pair = self.number // 2
        self.doubles += 1
        key = f"{PAIR}{pair}-{self.doubles}"
        return self._told("correct", Correct({"f9": key}, note="Ghi sai"), key)

    def _count(self, n: int) -> Told:
        """Read a number, and write the next one over it if nobody has been there meanwhile."""
        row = self.office.wf.tables.dossier
        with self.engine.connect().execution_options(thidua_read=True) as db:
            found = db.execute(row.select().where(row.c.id == self.dossier)).one()
        seen = dossier_of(tuple(found))
        command = Correct({"f0": str(int(seen.fields["f0"]) + 1)}, note="Ghi sai")
        return self._told("count", command, f"{self.number}-{n}", expect=seen.version)

    def _told(self, kind: str, command: Command, key: str, expect: int | None = None) -> Told:
        began = time.monotonic()
        done, error = self._try(command, key, expect)
        seconds = time.monotonic() - began
        if done is None:
            return Told(kind, key, expect, seconds, error=error)
        came = (done.n, done.version, done.count)
        return Told(kind, key, expect, seconds, came, repeated=done.repeated)

    def _try(self, command: Command, key: str, expect: int | None) -> tuple[Done | None, str]:
        try:
            with self.engine.begin() as db:
                done = self.office.wf.act(
                    db, self.dossier, command, by=OFFICER, command_id=key, expect=expect, now=NOW
                )
        except ThiduaError as error:
            return None, type(error).__name__
        except Exception as error:
            return None, repr(error)
        return done, ""
