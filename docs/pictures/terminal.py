"""Draws what a terminal showed as an SVG picture.

    script -qc "make demo" shown.ansi
    python docs/pictures/terminal.py shown.ansi demo.svg 2-8,16-22

The numbers choose lines of the file; between two choices stands a line of dots. Letters are put
on a grid, whatever font the reader has.
"""

import re
import sys
from html import escape
from pathlib import Path

WIDE, HIGH, SIZE, EDGE, BAR = 8.4, 19, 14, 18, 34
PAPER, INK = "#1b1f24", "#d8dee4"
COLOURS = {"2": "#8b949e", "31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff"}
FONTS = "Menlo, Consolas, 'Noto Sans Mono', 'Liberation Mono', monospace"
RUN = re.compile(r"\x1b\[(\d*)m|([^\x1b]+)")


def shown(text: str) -> list[str]:
    """The lines as they stood in the end: what was overwritten on a line is gone."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [line.split("\r\x1b[2K")[-1] for line in lines]


def chosen(lines: list[str], said: str) -> list[str]:
    """The lines of "2-8,16-22", with dots between the ranges."""
    parts: list[str] = []
    for each in said.split(","):
        first, _, last = each.partition("-")
        parts += ["\x1b[2m  ⋮"] if parts else []
        parts += lines[int(first) - 1 : int(last or first)]
    return parts


def drawn(line: str, top: float) -> list[str]:
    """The text elements of a line."""
    found: list[str] = []
    at, styles = 0, set[str]()
    for code, words in RUN.findall(line):
        styles = styles | {code} if code not in ("", "0") else styles if words else set()
        colour = next((COLOURS[n] for n in sorted(styles) if n in COLOURS), INK)
        weight = ' font-weight="bold"' if "1" in styles else ""
        for piece in re.finditer(r"\S+(?: \S+)*", words):
            x, length = EDGE + (at + piece.start()) * WIDE, len(piece[0]) * WIDE
            found.append(
                f'<text x="{x:.1f}" y="{top:.1f}" fill="{colour}"{weight} '
                f'textLength="{length:.1f}">{escape(piece[0])}</text>'
            )
        at += len(words)
    return found


def picture(lines: list[str]) -> str:
    """The window with the lines in it."""
    plain = [re.sub(r"\x1b\[\d*m", "", line) for line in lines]
    width = 2 * EDGE + max(map(len, plain)) * WIDE
    height = BAR + 2 * EDGE + len(lines) * HIGH - 6
    dots = "".join(
        f'<circle cx="{EDGE + 7 + 20 * i}" cy="{BAR / 2 + 2}" r="6" fill="{colour}"/>'
        for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    rows = [t for i, line in enumerate(lines) for t in drawn(line, BAR + EDGE + 10 + i * HIGH)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'font-size="{SIZE}" font-family="{FONTS}">',
            f'<rect width="100%" height="100%" rx="10" fill="{PAPER}"/>',
            dots,
            *rows,
            "</svg>",
        ]
    )


if __name__ == "__main__":
    source, target, numbers = sys.argv[1:4]
    everything = shown(Path(source).read_bytes().decode())
    Path(target).write_text(picture(chosen(everything, numbers)) + "\n", encoding="utf-8")
