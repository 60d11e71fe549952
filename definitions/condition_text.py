"""The words of a typed condition, one by one: what may stand in one, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from thidua.definitions.words import look_alike

MAX_LENGTH = 500
"""An office's conditions have some 60 characters."""
MAX_TOKENS = 100
MAX_DEPTH = 10
"""Brackets within brackets."""

WORDS = ("and", "or", "not", "in")
SIGNS = ("==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",")

Sort = Literal["number", "date", "text", "yes_no", "name", "sign"]

_TOKEN = re.compile(
    r"""(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
    |(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)
    |(?P<text>"[^"\\]*"|'[^'\\]*')
    |(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)
    |(?P<sign>==|!=|<=|>=|[-<>+*/()\[\],])
    |(?P<other>\S\S?)""",
    re.VERBOSE | re.ASCII,
)


class Fault(Exception):
    """What keeps a text from being a condition: a code of the proof, and its fields."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; a literal carries its value."""

    sort: Sort
    text: str
    value: Fraction | date | str | bool | None = None


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a condition's text; `Fault` for anything that no condition is made of.

    Bounded before anything else looks at it: `MAX_LENGTH` characters, `MAX_TOKENS` tokens,
    `MAX_DEPTH` brackets.
    """
    if len(text) > MAX_LENGTH:
        raise Fault("expr-too-long", found=len(text), limit=MAX_LENGTH)
    found = tuple(_tokens(text))
    if len(found) > MAX_TOKENS:
        raise Fault("expr-too-long", found=len(found), limit=MAX_TOKENS)
    _check_depth(found)
    return found


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if match["other"]:
            letter = look_alike(piece)
            if letter is not None:
                raise Fault("look-alike", found=piece, letter=letter)
            raise Fault("expr-refused", found=piece, allowed=" ".join((*WORDS, *SIGNS)))
        if match["date"]:
            yield Token("date", piece, _date(piece))
        elif match["number"]:
            yield Token("number", piece, Fraction(piece))
        elif match["text"]:
            yield Token("text", piece, piece[1:-1])
        elif piece in ("yes", "no"):
            yield Token("yes_no", piece, piece == "yes")
        else:
            named = match["name"] and piece not in WORDS
            yield Token("name" if named else "sign", piece)


def _date(piece: str) -> date:
    try:
        return date.fromisoformat(piece)
    except ValueError:
        raise Fault("expr-date", found=piece) from None


def _check_depth(found: tuple[Token, ...]) -> None:
    depth = 0
    for token in found:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(
            token.text if token.sort == "sign" else "", 0
        )
        if depth > MAX_DEPTH:
            raise Fault("expr-too-deep", limit=MAX_DEPTH)
