"""Types `thidua` commands in processes of their own, each killed at a random moment or not."""

import io
import random
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import fmean

from figures.core.command import Typed, life
from figures.victim import Ended, forked, spawned
from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.settings import from_environment

SPAWNED = 12
"""Every so many commands are `python -m thidua` from the start. The others are copies of a process
that has imported everything, so that a kill costs a tenth of a second.
"""

EARLIEST = {True: 0.4, False: 0.25}
"""Share of a spawned, of a copied command's time before which it only imports and connects."""

LATEST = 1.4
"""The latest moment of a kill, in usual times: one command in three ends by itself."""


@dataclass
class Usual:
    """How long a kind of process takes when nobody kills it."""

    seen: list[float] = field(default_factory=list)

    def moment(self, chance: random.Random, since: float) -> float | None:
        """When to kill the next one, from a share of the usual time on; not before two ended."""
        if len(self.seen) < 2:
            return None
        return chance.uniform(since, LATEST) * fmean(self.seen[-20:])


@dataclass
class Typist:
    """Types at one installation; what all copies share is read before the first of them."""

    url: str
    folder: Path
    chance: random.Random
    typed: int = 0
    desk: Desk = field(default_factory=Desk)
    usual: Mapping[bool, Usual] = field(default_factory=lambda: {True: Usual(), False: Usual()})

    def __post_init__(self) -> None:
        """Import and read what every copy would; no connection is open when a process forks."""
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for typed in life("rehearsal", self.folder):
                words = (*typed.whole, "--dry-run")
                run(words, desk=self.desk, environment=self.environment(typed.who))
        place = self.desk.workplace(from_environment(self.environment("")))
        place.read(lambda db: place.wf.shelf.roles(db, "create"))
        self.close()

    def close(self) -> None:
        """Close what this process itself has opened."""
        self.desk.workplace(from_environment(self.environment(""))).engine.dispose()

    def type(self, typed: Typed) -> Ended:
        """How the command ended."""
        self.typed += 1
        whole = self.typed % SPAWNED == 0
        moment = self.usual[whole].moment(self.chance, EARLIEST[whole])
        environment = self.environment(typed.who)
        if whole:
            ended = spawned([sys.executable, "-m", "thidua", *typed.whole], environment, moment)
        else:
            work = partial(run, typed.whole, desk=self.desk, environment=environment)
            ended = forked(work, moment)
        if not ended.killed:
            self.usual[whole].seen.append(ended.seconds)
        return ended

    def environment(self, who: str) -> dict[str, str]:
        """The settings of every command."""
        return {
            "THIDUA_DATABASE": self.url,
            "THIDUA_OPERATOR": who,
            "THIDUA_TEST_CLOCK": "1",
            "THIDUA_FILES": str(self.folder / "files"),
            "THIDUA_MAILS": str(self.folder / "mails"),
            "THIDUA_LANG": "en",
        }
