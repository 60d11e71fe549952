"""The head of an official paper as text: nation, office, number and place, and to whom it goes."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

WIDTH = 78
"""Columns of the page."""

LEFT = 34
"""Columns of the left half of its head and its foot."""

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def head(part: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """The lines of the head; `part` gives the paragraphs of each of its parts by name."""
    left = [line.upper() for name in ("parent", "agency") for line in _half(part(name))]
    left += ["-------", *_half(part("number")), *_half(part("subject"))]
    right = [*NATION, "---------------", "", *part("place")]
    for mark in part("mark"):
        yield mark.rjust(WIDTH)
    for one, other in zip_longest(left, right, fillvalue=""):
        yield one.center(LEFT) + other.center(WIDTH - LEFT)


def _half(texts: Sequence[str]) -> Iterator[str]:
    for each in texts:
        yield from textwrap.wrap(each, LEFT - 2)


def addressed(to: Sequence[str]) -> Iterator[str]:
    """The lines that name who is written to: one, or a list."""
    room = " " * 14
    if len(to) == 1:
        yield f"{room}Kính gửi: {to[0]}."
        return
    yield f"{room}Kính gửi:"
    for number, each in enumerate(to, 1):
        yield f"{room}   - {each}{'.' if number == len(to) else ';'}"
