"""Plays a story through the public command line, on a clock that only the story moves."""

import io
import json
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.demo.stage import ANSWER, Stage
from thidua.demo.story import FILE, Scene, Step, Story, timed
from thidua.workflow.errors import Failed

DATABASE, MAILS = "thidua.db", "thidua-mails"
"""In the demo's folder; mails and documents lie beside a database unless something else is said."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered, and how it ended."""

    code: int
    out: str
    err: str


class _Sheet(io.StringIO):
    """Where a command writes what is shown later, on a stage of so many columns."""

    columns: int | None = None


@dataclass(slots=True)
class Player:
    """Runs commands as a shell would: working folder, environment, arguments, exit code.

    The pretended present and the person at the keyboard are given as anybody can give them, by
    `--now` and `THIDUA_OPERATOR`; nothing else is different from the real thing.
    """

    story: Story
    into: Path
    stage: Stage
    desk: Desk = field(default_factory=Desk)
    acts: int = 0

    def play(self) -> None:
        """Every command and every turn of the clock, in order."""
        todo = list(timed(self.story))
        scene = ""
        for done, (at, part) in enumerate(todo):
            if isinstance(part, Scene):
                scene = self.stage.pick(part.words)
                self.stage.scene(at.date(), scene)
            elif part is None:
                self._tick(at)
            else:
                self._step(part)
            self.stage.bar(done + 1, len(todo), at.date(), scene)

    def ask(self, *words: str) -> Any:
        """The JSON answer of a command, read after the story's last moment."""
        return json.loads(self.show(*words, "--json"))

    def show(self, *words: str) -> str:
        """The printed answer of a command, after the story's last moment."""
        last = self.story.steps[-1]
        said = self.call(last.at, last.who, words)
        if said.code:
            raise _failed(last.line, " ".join(words), said)
        return said.out

    def call(
        self, at: datetime, who: str, words: tuple[str, ...], *, columns: int | None = None
    ) -> Said:
        """Run one command; its tables take so many columns, or what they need."""
        out, err = _Sheet(), io.StringIO()
        out.columns = columns
        now = at.isoformat(timespec="minutes")
        with chdir(self.story.folder), redirect_stdout(out), redirect_stderr(err):
            code = run(["--now", now, *words], desk=self.desk, environment=self.environment(who))
        return Said(code, out.getvalue(), err.getvalue())

    def environment(self, who: str) -> Mapping[str, str]:
        """The settings of every command of the story."""
        return {
            "THIDUA_DATABASE": f"sqlite:///{self.into / DATABASE}",
            "THIDUA_LANG": self.stage.lang,
            "THIDUA_OPERATOR": who,
            "THIDUA_TEST_CLOCK": "1",
            "THIDUA_MAIL_FROM": "thidua@botuphap.example",
            **_office(self.story),
        }

    def _tick(self, at: datetime) -> None:
        words = self.story.words("clock")
        said = self.call(at, self.story["keeper"], words)
        if said.code:
            raise _failed(1, " ".join(words), said)

    def _step(self, step: Step) -> None:
        said = self.call(step.at, step.who, step.args, columns=self.stage.columns - ANSWER)
        refused = step.mode == "refused"
        if bool(said.code) is not refused:
            raise _failed(step.line, step.text, said)
        if step.mode != "quiet":
            self.stage.command(step.who, step.text, allowed=not refused)
            self.stage.answer(said.err if refused else said.out, *(("yellow",) * refused))


def _failed(line: int, command: str, said: Said) -> Failed:
    words = (said.err or said.out).strip()
    return Failed("demo-failed", file=FILE, line=line, command=command, words=words)


def _office(story: Story) -> dict[str, str]:
    keys = {"office": "THIDUA_MAIL_NAME", "reply": "THIDUA_REPLY_TO", "contact": "THIDUA_CONTACT"}
    return {name: story[key] for key, name in keys.items() if key in story.head}
