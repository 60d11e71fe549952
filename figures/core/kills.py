"""kills-…: `thidua` commands killed with -9: nothing acknowledged is lost, nothing done twice."""

import random
import sys
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from figures.core.command import Typed, life
from figures.core.typist import Typist
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from figures.victim import Ended
from thidua.cli.call import Call
from thidua.ids import new_id

UNHEARD = 0.2
"""Share of answers that never reach the caller, who repeats the command under the same id."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Kill so many commands, life after life.

    `lost` are commands that were acknowledged and are not in the journal, `doubled` acts and
    dossiers beyond those asked for; `broken` counts what SQLite or `verify` finds wrong and
    commands that end in an error.
    """
    with TemporaryDirectory(prefix="thidua-kills-") as folder:
        office = Office.new(url)
        killing = Killing(office, Typist(url, Path(folder), chance), chance)
        while killing.kills < size:
            killing.live(size, progress)
        killing.look_at_all()
        sums = {name: killing.count[name] for name in ("doubled", "broken")}
        return Outcome(killing.kills, {"lost": len(killing.lost), **sums})


def forgetting() -> AbstractContextManager[object]:
    """Plant a command line that forgets the id it was given, so that a repeat is a new act."""
    return replaced(Call, "command_id", property(lambda _: new_id()))


@dataclass
class Killing:
    """An office whose commands die, and what it was told had been done."""

    office: Office
    typist: Typist
    chance: random.Random
    lives: int = 0
    kills: int = 0
    told: set[tuple[str, str]] = field(default_factory=set)
    lost: set[tuple[str, str]] = field(default_factory=set)
    count: Counter[str] = field(default_factory=Counter)

    def live(self, size: int, progress: Progress) -> None:
        """One life, whatever is killed on the way, to its end or the last kill asked for."""
        self.lives += 1
        dossier, acts = f"h-{self.lives:04}", 0
        for typed in life(dossier, self.typist.folder):
            if self.kills >= size or not self._insist(dossier, typed):
                break
            acts += 1
            progress(self.kills, size)
        done = [body for body in self.office.bodies(dossier) if "ends" in body]
        self.count["doubled"] += max(0, len(done) - acts)

    def look_at_all(self) -> None:
        """What is left when all is over."""
        self.count["doubled"] += max(0, self.office.dossiers() - self.lives)
        self.count["broken"] += self.office.problems()

    def _insist(self, dossier: str, typed: Typed) -> bool:
        """Type a command until its answer is heard; False when it is refused."""
        while True:
            ended = self.typist.type(typed)
            if ended.code == 0:
                self.told.add((dossier, typed.id))
            self._look(ended)
            if ended.code == 0 and self.chance.random() > UNHEARD:
                return True
            if ended.code != 0 and not ended.killed:
                self._wrong(typed, ended)
                return False

    def _look(self, ended: Ended) -> None:
        """Open the database again, as after a restart."""
        self.kills += ended.killed
        self.count["broken"] += not self.office.is_intact()
        self.lost |= self.told - self.office.command_ids()

    def _wrong(self, typed: Typed, ended: Ended) -> None:
        self.count["broken"] += 1
        print(f"{' '.join(typed.words)}: {ended.code} {ended.errors}", file=sys.stderr)
