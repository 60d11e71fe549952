"""What the audience sees: headings, commands worth seeing, a bar that moves."""

import re
import shutil
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from thidua.cli.table import cut, width
from thidua.notifiers.dates import numeric

WIDEST = 100
NARROWEST = 60
BAR = 24
"""Columns of the bar itself; beside it stand a share, a date and the scene."""

DAY = 13
"""Columns of a date in front of a scene."""

ANSWER = 6
"""Columns by which an answer is set in."""

SHOWN = 7
"""Lines of an answer that are shown; of a longer one the first and the last."""

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


@dataclass(slots=True)
class Stage:
    """Writes to `out`. Colour and the moving bar only where a terminal looks on."""

    lang: str
    out: TextIO
    live: bool = False
    moving: bool = False

    @property
    def columns(self) -> int:
        """How wide a line may be."""
        there = shutil.get_terminal_size((WIDEST, 24)).columns if self.live else WIDEST
        return max(NARROWEST, min(WIDEST, there - 1))

    def pick(self, words: tuple[str, str]) -> str:
        """The words in the language of the audience."""
        return words[self.lang == "en"]

    def ink(self, text: str, *styles: str) -> str:
        """The text in these styles, plain where nobody looks on."""
        if not self.live or not text:
            return text
        return "".join(f"\x1b[{_STYLES[s]}m" for s in styles) + text + "\x1b[0m"

    def write(self, line: str = "") -> None:
        """A line, in place of the bar where one is shown."""
        if self.moving:
            self.out.write("\r\x1b[2K")
            self.moving = False
        self.out.write(line.rstrip() + "\n")
        self.out.flush()

    def title(self, text: str, note: str) -> None:
        """What is played, and what in it is real."""
        self.write()
        self.write(self.ink(text, "bold"))
        self.write(self.ink("─" * self.columns, "dim"))
        self.prose(note, "dim")

    def prose(self, text: str, *styles: str, indent: str = "") -> None:
        """A paragraph, wrapped."""
        for line in self.wrapped(text, len(indent)):
            self.write(indent + self.ink(line, *styles))

    def scene(self, on: date, text: str) -> None:
        """A new scene, with the day it begins."""
        self.write()
        day = self.ink(f"{numeric(on, lang=self.lang):>{DAY}}", "cyan")
        for i, line in enumerate(self.wrapped(text, DAY + 2)):
            self.write((day + "  " if i == 0 else " " * (DAY + 2)) + self.ink(line, "bold"))

    def command(self, who: str, text: str, *, allowed: bool) -> None:
        """A command as its actor types it."""
        for i, line in enumerate(self.wrapped(f"{who}$ {text}", 8)):
            style = "green" if allowed else "yellow"
            self.write(("    " if i == 0 else "        ") + self.ink(line, style))

    def answer(self, text: str, *styles: str) -> None:
        """What a command answered, set in; the middle of a long answer is left out."""
        lines = text.strip("\n").splitlines()
        if len(lines) > SHOWN:
            rest = sum(bool(line.strip()) for line in lines[SHOWN - 2 : -1])
            left_out = self.pick((f"… {rest} dòng nữa", f"… {rest} more lines"))
            lines = [*lines[: SHOWN - 2], left_out, lines[-1]]
        for line in lines:
            start = " " * ANSWER + line[: len(line) - len(line.lstrip())]
            for part in self.wrapped(line.strip(), len(start)):
                self.write(start + self.ink(part, *(styles or ("dim",))))

    def hung(self, line: str) -> None:
        """A line of columns; what its last one has too much goes on below itself."""
        start = max((found.end() for found in re.finditer(r"(?:^| ) +", line)), default=0)
        for i, part in enumerate(self.wrapped(line[start:], start)):
            self.write((line[:start] if i == 0 else " " * start) + part)

    def row(self, *cells: tuple[str, int]) -> None:
        """Texts side by side, each in so many columns; the last goes on below itself."""
        line = ""
        for text, most in cells[:-1]:
            shown = cut(text, most)
            line += shown + " " * (most - width(shown))
        for part in self.wrapped(cells[-1][0], width(line)):
            self.write(line + part)
            line = " " * width(line)

    def wrapped(self, text: str, indent: int) -> list[str]:
        """The text in lines that leave so many columns free."""
        return textwrap.wrap(text, self.columns - indent, break_on_hyphens=False) or [""]

    def bar(self, done: int, total: int, on: date, text: str) -> None:
        """How far the story is; nothing where no terminal looks on."""
        if not self.live:
            return
        full = BAR * done // total
        shown = "━" * full + self.ink("━" * (BAR - full), "dim")
        day = numeric(on, lang=self.lang)
        left = self.columns - BAR - 24
        line = f"{self.ink('', 'cyan')}{shown} {100 * done // total:3}%  {day:>12}  "
        self.out.write("\r\x1b[2K" + line + self.ink(cut(text, left), "dim"))
        self.out.flush()
        self.moving = True

    def heading(self, text: str) -> None:
        """A part of what it came to."""
        self.write()
        self.write(self.ink(text, "bold"))
        self.write(self.ink("─" * width(text), "dim"))
