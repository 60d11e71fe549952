"""How wide text is, and how it breaks into lines, without asking any font."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Tone = Literal["ink", "soft", "assumed", "way"]
Icon = Literal["", "clock", "person", "condition"]

FAMILY = "Arial, 'Liberation Sans', Helvetica, 'Noto Sans', 'DejaVu Sans', sans-serif"
"""Each has the Vietnamese letters; the first three are equally wide."""

_WIDTHS = {
    222: "ijl", 191: "'", 278: " !,./:;I[\\]ft", 333: "-()r`", 355: '"', 389: "*",
    500: "ckJsvxyz", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ", 833: "Mm",
    889: "%", 944: "W", 1000: "—→", 1015: "@", 584: "+<=>~≥",
}  # fmt: skip
_WIDTH = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_USUAL, _WIDE, _BOLD, _SPARE = 556, 1000, 1.07, 1.04
"""Widths in thousandths of the size; a little is spared for fonts that run wider."""

ICON_WIDTH = 13.0


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text, on the safe side."""
    signs = (sign for sign in unicodedata.normalize("NFD", text) if not _is_mark(sign))
    total = sum(_WIDTH.get(sign) or (_WIDE if _is_wide(sign) else _USUAL) for sign in signs)
    horns = sum(size * 0.08 for sign in text if sign in "ơưƠƯ")
    return total / 1000 * size * (_BOLD if bold else 1) * _SPARE + horns


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is set."""

    text: str
    size: float = 10
    bold: bool = False
    tone: Tone = "ink"
    icon: Icon = ""
    indent: float = 0
    gap: float = 0
    """Free height above it."""

    @property
    def height(self) -> float:
        """From the line above to this one."""
        return self.size * 1.32 + self.gap

    @property
    def width(self) -> float:
        """With its icon and indent."""
        return self.indent + width(self.text, self.size, bold=self.bold)


def wrapped(line: Line, most: float) -> list[Line]:
    """The line broken between words so that none is wider than `most`, as evenly as it goes.

    A word that is wider by itself is cut. The lines after the first are indented as the icon is.
    """
    indent = line.indent + (ICON_WIDTH if line.icon else 0)
    room = most - indent
    words = [piece for word in line.text.split(" ") for piece in _cut(word, line, room)]
    rows = _rows(words, line, room)
    for tighter in range(1, 6):
        narrower = _rows(words, line, room * (1 - tighter * 0.08))
        if len(narrower) > len(rows):
            break
        rows = narrower
    first = Line(rows[0], line.size, line.bold, line.tone, line.icon, indent, line.gap)
    return [first, *(Line(row, line.size, line.bold, line.tone, "", indent) for row in rows[1:])]


def _rows(words: list[str], line: Line, room: float) -> list[str]:
    rows = [""]
    for word in words:
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and width(longer, line.size, bold=line.bold) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _cut(word: str, line: Line, room: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, line.size, bold=line.bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces
