"""Templates of papers: those that ship, an office's own in place of them, filled in safely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from thidua.notifiers.headers import clean_block
from thidua.notifiers.papers.block import BOLD, CELL, PART, Laid, blocks
from thidua.workflow.errors import DefinitionError, reason

KINDS = ("minutes", "count", "extract", "matrix", "proposal", "decision", "summary", "evidence")
"""The papers there are."""

SHARED = ("assumed", "chain", "left_out")
"""Pieces that several templates include."""

LONGEST = 2_000
"""Characters of one value; the record keeps a longer one whole."""

_CODE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_HEAD = re.compile(r"^\[([a-z]+(?: [^\]\n]*)?)\] *$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where templates are taken from: an office's own folder first, then what ships."""

    own: Path | None = None

    def source(self, name: str) -> str | None:
        """The text of a template, as it is written; None where there is none of that name."""
        if name not in (*KINDS, *SHARED):
            return None
        mine = self.own / f"{name}.txt" if self.own is not None else None
        if mine is not None and mine.is_file():
            return mine.read_text(encoding="utf-8")
        return shipped(name)


@cache
def shipped(name: str) -> str:
    """A template that ships."""
    folder = files("thidua.notifiers").joinpath("templates", "papers")
    return folder.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def laid(kind: str, values: Mapping[str, object], shelf: Shelf = Shelf()) -> Laid:
    """A paper of a kind, filled in.

    Values are put in as text on one line, whatever they hold: they can begin no part, cell or
    paragraph. `DefinitionError` for a template that cannot be read ("paper-syntax") or that names
    what nobody gives ("paper-name"), and for parts and rows that cannot be ("paper-part",
    "paper-columns").
    """
    from jinja2 import FunctionLoader, TemplateError

    from thidua.notifiers.sandbox import environment, line_of, unknown_name

    made = environment("vi").overlay(
        autoescape=False, finalize=told, loader=FunctionLoader(lambda name: _marked(shelf, name)),
        cache_size=20,
    )  # fmt: skip
    try:
        filled = made.get_template(kind).render(values)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        where, said = getattr(error, "name", None) or kind, str(error) or "-"
        place, name = {"file": f"{where}.txt", "line": line_of(error)}, unknown_name(error)
        wrong = reason("paper-syntax", **place, problem=said)
        raise DefinitionError.because(
            [reason("paper-name", **place, name=name) if name else wrong]
        ) from error
    return Laid(tuple(blocks(filled, f"{kind}.txt")))


def told(value: object) -> str:
    """A value as it is printed: NFC, on one line, without control characters."""
    text = " ".join(clean_block("" if value is None else str(value)).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _marked(shelf: Shelf, name: str) -> str | None:
    """The template with its parts, cells and bold letters marked as no value can mark them."""
    source = shelf.source(name)
    if source is None:
        return None
    source = _ROW.sub(lambda row: _outside(row[0], "|", CELL), source)
    return _HEAD.sub(PART + r"\1", _outside(source, "**", BOLD))


def _outside(text: str, old: str, new: str) -> str:
    """Replace in the words of a template, not in its code."""
    parts = _CODE.split(text)
    return "".join(part if i % 2 else part.replace(old, new) for i, part in enumerate(parts))
