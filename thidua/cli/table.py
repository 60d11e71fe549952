"""Tables of text whose columns line up, whatever the letters."""

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from thidua.cli.language import Words, pick

GAP = "  "
NARROWEST = 12
"""Columns a text keeps when the screen is too narrow for all of it."""

Row = Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and the text of a row's cell.

    `right` sets numbers; `gives` lets it be cut on a narrow screen, in its middle when `ends`:
    names of units differ in their ends; `style` colours a cell. `least` is what it keeps.
    """

    title: Words
    cell: Callable[[Row], object]
    right: bool = False
    gives: bool = False
    style: Callable[[Row], dict[str, Any]] | None = None
    ends: bool = False
    least: int = NARROWEST


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def clean(value: object) -> str:
    """A value on one line, its letters composed; nothing for None."""
    text = "" if value is None else str(value)
    shown = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return unicodedata.normalize("NFC", shown).strip()


def cut(text: str, most: int) -> str:
    """The text in at most so many columns, its end shown as cut off."""
    if width(text) <= most:
        return text
    kept, used = "", 0
    for sign in text:
        used += _sign_width(sign)
        if used > most - 1:
            break
        kept += sign
    return kept.rstrip() + "…"


def cut_within(text: str, most: int) -> str:
    """The text in at most so many columns, its middle cut out, its last words whole."""
    if width(text) <= most:
        return text
    head = cut(text, max(2, most * 2 // 5))
    rest = most - width(head)
    tail = text
    while width(tail) > rest:
        tail = tail[1:]
    broken = not text[: -len(tail)].endswith(" ") and not tail.startswith(" ")
    whole = tail.partition(" ")[2] if broken else tail.lstrip()
    return head + (whole or tail)


def lines(
    rows: Sequence[Row], columns: Sequence[Column], lang: str, *, most: int | None = None
) -> list[str]:
    """The table: a heading, then one line a row; columns without any value are left out."""
    cells = [[clean(column.cell(row)) for column in columns] for row in rows]
    kept = [i for i, _ in enumerate(columns) if any(row[i] for row in cells)]
    shown = [columns[i] for i in kept]
    head = [pick(column.title, lang) for column in shown]
    body = [[row[i] for i in kept] for row in cells]
    widths = _widths(shown, [head, *body], most)
    out = [click.style(_line(shown, head, widths), bold=True)]
    for row, texts in zip(rows, body, strict=True):
        styles = [column.style(row) if column.style else {} for column in shown]
        out.append(_line(shown, texts, widths, styles))
    return out


def _widths(columns: Sequence[Column], texts: list[list[str]], most: int | None) -> list[int]:
    widths = [max(width(row[i]) for row in texts) for i, _ in enumerate(columns)]
    while most is not None and sum(widths) + len(GAP) * (len(widths) - 1) > most:
        giving = [i for i, c in enumerate(columns) if c.gives and widths[i] > c.least]
        if not giving:
            break
        widest = max(giving, key=lambda i: widths[i])
        widths[widest] -= 1
    return widths


def _line(
    columns: Sequence[Column],
    texts: Sequence[str],
    widths: Sequence[int],
    styles: Sequence[dict[str, Any]] = (),
) -> str:
    cells = []
    for i, column in enumerate(columns):
        text = (cut_within if column.ends else cut)(texts[i], widths[i])
        space = " " * (widths[i] - width(text))
        told = click.style(text, **styles[i]) if styles and styles[i] else text
        cells.append(space + told if column.right else told + space)
    return GAP.join(cells).rstrip()


def beside(pairs: Sequence[tuple[str, object]], *, most: int | None = None) -> list[str]:
    """Names with their values beside them, a value too long for the screen going on below itself.

    A name that takes half of the screen stands on a line of its own.
    """
    half = most // 2 if most is not None else None
    room = max((w for name, _ in pairs if (w := width(name)) <= (half or w)), default=0)
    out = []
    for name, value in pairs:
        starts = [name] if width(name) <= room else [""]
        out += [name] if width(name) > room else []
        for text in _wrapped(clean(value), most and most - room - len(GAP)):
            start = starts.pop() if starts else ""
            out.append(f"{start}{' ' * (room - width(start))}{GAP}{text}".rstrip())
    return out


def _wrapped(text: str, most: int | None) -> list[str]:
    if most is None:
        return [text]
    return textwrap.wrap(text, max(most, NARROWEST), break_on_hyphens=False) or [""]


def screen_width() -> int | None:
    """How wide the terminal is; None when the answer does not go to one.

    A stream that is shown on one later says so by its `columns`.
    """
    told: int | None = getattr(sys.stdout, "columns", None)
    if told is not None:
        return told
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
