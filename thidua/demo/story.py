"""A story: scenes and `thidua` commands, each at its own moment, read from one text file."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal

from thidua.notifiers.dates import LOCAL
from thidua.workflow.errors import DefinitionError, Reason, reason

FILE = "commands.txt"
PROGRAM = "thidua"

Mode = Literal["quiet", "shown", "refused"]

_MODES: Mapping[str, Mode] = {"$": "quiet", ">": "shown", "!": "refused"}
_STEP = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) +([^\s$>!]+)([$>!]) +(.+)")
_SCENE = re.compile(r"== *([^|]+?)(?: *\| *(.+))?")
_NEXT = re.compile(r"next +(.+)")
_HEAD = re.compile(r"([a-z]+) *= *([^|]+?)(?: *\| *(.+))?")

NEEDED = (
    "title", "note", "clock", "keeper",
    "group", "chosen", "units", "asked", "mails", "history", "diagram", "verify",
)  # fmt: skip
KNOWN = (*NEEDED, "office", "reply", "contact")

Words = tuple[str, str]
"""The same in Vietnamese and in English."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command: typed by the account `who` at the instant `at`; `line` is where it stands.

    A "shown" one is printed with its output, a "refused" one likewise and must be refused.
    """

    at: datetime
    who: str
    args: tuple[str, ...]
    mode: Mode
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What begins at this place of the story."""

    words: Words


@dataclass(frozen=True, slots=True)
class Story:
    """The whole: parts in their order, what the head says, and commands to try afterwards.

    In the head `clock` is one or more local times and the command that the account `keeper` runs
    then every day. `chosen`, `units`, `asked`, `mails`, `history`, `diagram` and `verify` are the
    commands that tell in the end what it came to; `group` is the field the chosen are grouped by.
    """

    folder: Path
    parts: tuple[Scene | Step, ...]
    head: Mapping[str, Words]
    next: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The commands alone."""
        return tuple(part for part in self.parts if isinstance(part, Step))

    def __getitem__(self, key: str) -> str:
        """A value of the head."""
        return self.head[key][0]

    def words(self, key: str) -> tuple[str, ...]:
        """The command that a value of the head ends with, without the program's name."""
        return tuple(shlex.split(self[key].partition(PROGRAM)[2]))

    @property
    def hours(self) -> tuple[time, ...]:
        """When each day the clock's command is run, local time."""
        hours = self["clock"].partition(PROGRAM)[0].replace(",", " ").split()
        return tuple(sorted(time.fromisoformat(hour) for hour in hours))


def read(folder: Path) -> Story:
    """The story of a folder; `DefinitionError` names every line that cannot be played.

    Lines: `# remark`; `name = value` of the head; `== Vietnamese | English` begins a scene;
    `2018-03-05 08:00 account$ thidua …` is a command (`>` instead of `$` shows it, `!` shows it
    and expects a refusal); `next thidua …` is one to try afterwards. Times are local to
    Viet Nam and never go back.
    """
    path = folder / FILE
    if not path.is_file():
        raise DefinitionError("demo-no-story", path=str(path))
    reader = _Reader()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            reader.take(number, line.strip())
    return reader.story(folder)


@dataclass(slots=True)
class _Reader:
    parts: list[Scene | Step] = field(default_factory=list)
    head: dict[str, Words] = field(default_factory=dict)
    next: list[str] = field(default_factory=list)
    latest: datetime | None = None
    problems: list[Reason] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        if step := _STEP.fullmatch(line):
            self._step(number, step)
        elif scene := _SCENE.fullmatch(line):
            self.parts.append(Scene((scene[1], scene[2] or scene[1])))
        elif tried := _NEXT.fullmatch(line):
            self.next.append(tried[1])
        elif (head := _HEAD.fullmatch(line)) and head[1] in KNOWN:
            self.head[head[1]] = (head[2], head[3] or head[2])
        else:
            self._problem("demo-line", number)

    def _step(self, number: int, found: re.Match[str]) -> None:
        try:
            at = datetime.fromisoformat(found[1]).replace(tzinfo=LOCAL)
            program, *args = shlex.split(found[4])
        except ValueError:
            self._problem("demo-line", number)
            return
        if program != PROGRAM:
            self._problem("demo-program", number, found=program)
        if self.latest is not None and at < self.latest:
            self._problem("demo-back", number, at=found[1])
        self.latest = at
        self.parts.append(Step(at, found[2], tuple(args), _MODES[found[3]], number, found[4]))

    def _problem(self, code: str, line: int, **fields: object) -> None:
        self.problems.append(reason(code, file=FILE, line=line, **fields))

    def story(self, folder: Path) -> Story:
        missing = [key for key in NEEDED if key not in self.head]
        if missing:
            self._problem("demo-head", 1, missing=", ".join(missing))
        if self.latest is None:
            self._problem("demo-empty", 1)
        if self.problems:
            raise DefinitionError.because(self.problems)
        return Story(folder, tuple(self.parts), self.head, tuple(self.next))


def timed(story: Story) -> Iterator[tuple[datetime, Scene | Step | None]]:
    """The parts with their instants, and between them the daily turns of the clock (None).

    A scene has the instant of the command that follows it.
    """
    turns = list(_turns(story))
    for at, part in _dated(story.parts, story.steps[-1].at):
        while turns and turns[0] <= at:
            yield turns.pop(0), None
        yield at, part


def _dated(
    parts: tuple[Scene | Step, ...], last: datetime
) -> Iterator[tuple[datetime, Scene | Step]]:
    for i, part in enumerate(parts):
        ahead = (each.at for each in parts[i:] if isinstance(each, Step))
        yield next(ahead, last), part


def _turns(story: Story) -> Iterator[datetime]:
    hours, first, last = story.hours, story.steps[0].at, story.steps[-1].at
    for n in range((last.date() - first.date()).days + 1):
        for hour in hours:
            turn = datetime.combine(first.date() + timedelta(n), hour, LOCAL)
            if first < turn <= last:
                yield turn
