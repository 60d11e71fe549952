"""power-loss: what a power cut may leave of a SQLite file and a folder of papers, and opened."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import DBAPIError

from figures.database import Unavailable, engine_of
from figures.evidence.power_disk import WAYS, Asked, Disk, asked
from figures.evidence.shim import built
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import Thidua
from thidua.files import Folder
from thidua.verify import verify

LIVES = 3
ROOT = Path(__file__).parents[2]
SYNCHRONOUS = ""
"""Another setting than the one the product makes."""

COUNTS = ("lost", "torn", "broken")


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Open about so many states, four of each moment.

    `lost` are states without something that had been acknowledged, an act or a paper; `torn`
    those in which `verify` finds something; `broken` those that SQLite's own check or opening
    them finds faulty.
    """
    with TemporaryDirectory(prefix="thidua-power-", dir=_place()) as place:
        bench = Bench(Path(place))
        try:
            moments = bench.record()
        except Unavailable as error:
            return Outcome(0, why=str(error))
        chosen = sorted(chance.randrange(1, moments + 1) for _ in range(-(-size // len(WAYS))))
        counted = Counter[str]()
        for n, state in enumerate(bench.states(chosen, chance)):
            counted.update(bench.judged(*state))
            progress(n, size)
        n = len(chosen) * len(WAYS)
    return Outcome(n, {name: counted[name] for name in COUNTS})


def _place() -> str | None:
    """In memory where that is possible: the log tells what a disk would do, none need do it."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- a folder of a random name


@dataclass(slots=True)
class Bench:
    """A folder in which a process was at work, and another in which what is left is opened."""

    place: Path
    papers: Folder = field(init=False)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        """Who opens what is left: each state anew, on a connection that none before it had."""
        url = f"sqlite:///{self.left / 'thidua.db'}"
        self.papers = Folder(self.left / "papers")
        self.office = Office(url, engine_of(url), Thidua(files=self.papers))

    @property
    def folder(self) -> Path:
        """Where the process works."""
        return self.place / "office"

    @property
    def left(self) -> Path:
        """Where a state is laid out."""
        return self.place / "left"

    def record(self) -> int:
        """Let the process live its lives under the log; how many calls it made."""
        self.folder.mkdir()
        office = Office.new(f"sqlite:///{self.folder / 'thidua.db'}")
        office.engine.dispose()
        (self.folder / "papers").mkdir()
        shutil.copytree(self.folder, self.place / "before")
        words = [sys.executable, "-m", "figures.evidence.power_writer", str(self.folder)]
        subprocess.run(  # noqa: S603 -- words of our own
            [*words, str(LIVES), SYNCHRONOUS], cwd=ROOT, env=self._environment(), check=True
        )
        return len(self._calls())

    def _environment(self) -> dict[str, str]:
        told = {"LD_PRELOAD": built("power", self.place), "THIDUA_POWER_LOG": self._log}
        told["THIDUA_POWER_BELOW"] = self.folder
        return {**os.environ, **{name: str(path) for name, path in told.items()}}

    @property
    def _log(self) -> Path:
        return self.place / "log"

    def _calls(self) -> list[Asked]:
        every = asked(self._log.read_bytes())
        return [call for call in every if not call.path.endswith("-shm")]

    def states(
        self, moments: list[int], chance: random.Random
    ) -> Iterator[tuple[dict[str, bytes], list[list[str]]]]:
        """At each moment what a cut may leave, and what was acknowledged until then."""
        calls, done = self._calls(), 0
        disk = self._disk()
        said = b""
        for moment in moments:
            for call in calls[done:moment]:
                if call.path == str(self.folder / "acks"):
                    said += call.data
                else:
                    disk.take(call)
            done = moment
            told = [line.split() for line in said.decode().splitlines()]
            for way in WAYS:
                yield disk.after_a_cut(way, chance), told

    def _disk(self) -> Disk:
        """As the process found it: all of it flushed."""
        shutil.rmtree(self.folder)
        shutil.move(self.place / "before", self.folder)
        return Disk.of(self.folder)

    def judged(self, state: dict[str, bytes], told: list[list[str]]) -> Counter[str]:
        """Lay a state out, open it, and hold it against what was acknowledged."""
        shutil.rmtree(self.left, ignore_errors=True)
        (self.left / "papers").mkdir(parents=True)
        for path, content in state.items():
            there = self.left / Path(path).relative_to(self.folder)
            there.parent.mkdir(exist_ok=True)
            there.write_bytes(content)
        office, papers = self.office, self.papers
        try:
            acts = office.command_ids()
            lost = [each for each in told if not _is_there(acts, papers, each)]
            with office.reading() as db:
                torn = [*map(str, verify(db, office.wf))]
            intact = office.is_intact()
        except DBAPIError as error:
            print(error, file=sys.stderr)
            return Counter(broken=1)
        for each in torn[:1]:
            print(each, file=sys.stderr)
        return Counter(lost=bool(lost), torn=bool(torn), broken=not intact)


def _is_there(acts: set[tuple[str, str]], papers: Folder, told: list[str]) -> bool:
    return papers.has(told[1]) if told[0] == "paper" else tuple(told) in acts


def loose() -> AbstractContextManager[object]:
    """Plant an engine that does not wait for the disk: synchronous=NORMAL."""
    return replaced(sys.modules[__name__], "SYNCHRONOUS", "NORMAL")


FIGURES = (Figure("power-loss", Sizes(40, 200, 2_000, 10_000), 60, measure, zero(*COUNTS), loose),)
