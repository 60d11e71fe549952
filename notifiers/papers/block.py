"""The blocks a paper is made of: what a template's parts become once they are filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from thidua.workflow.errors import DefinitionError, reason

Side = Literal["left", "center", "right"]

HEAD = ("mark", "parent", "agency", "number", "subject", "place")
"""Parts that make the head of the page, wherever they stand."""

FOOT = ("recipients", "signer", "signed")
"""Parts that make the foot, side by side."""

PARTS = (*HEAD, "title", "about", "to", "basis", "heading", "body", "item", "point", "table",
         "signatures", "recipients", "signer", "signed", "annex", "note")  # fmt: skip
"""Every part a template may have; all but those of the head keep their order."""

PART, CELL, BOLD = "\x1e", "\x1f", "\x1d"
"""What begins a part, a cell and bold letters once a template is filled in. No value can hold
them: every value is cleaned of control characters first."""

SPACE = " \t\r"
"""What stands around words and means nothing; our own marks would be white space as well."""

_COLUMN = re.compile(r"([0-9]{1,3})([lcr]?)")
_SIDES: Mapping[str, Side] = {"": "left", "l": "left", "c": "center", "r": "right"}


class Span(NamedTuple):
    """Letters of one kind."""

    text: str
    bold: bool = False


Cell = tuple[Span, ...]
Row = tuple[Cell, ...]
"""A paragraph is a row of one cell."""


class Column(NamedTuple):
    """A column of a table: its share of the width, and on which side its texts stand."""

    share: int
    side: Side


@dataclass(frozen=True, slots=True)
class Block:
    """One part: its name, what stands behind the name, its paragraphs or rows."""

    name: str
    told: str
    rows: tuple[Row, ...]

    @property
    def wide(self) -> bool:
        """Whether an annex lies across."""
        return self.told == "landscape"

    @property
    def texts(self) -> tuple[str, ...]:
        """Its paragraphs, plain."""
        return tuple(plain(row[0]) for row in self.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Of a table."""
        found = _COLUMN.findall(self.told)
        return tuple(Column(int(share), _SIDES[side]) for share, side in found)


@dataclass(frozen=True, slots=True)
class Laid:
    """A paper, filled in: its blocks in order."""

    blocks: tuple[Block, ...]

    def head(self, name: str) -> tuple[str, ...]:
        """The paragraphs of a part of the head; none where the template lacks it."""
        return tuple(text for block in self.blocks if block.name == name for text in block.texts)

    @property
    def flow(self) -> tuple[Block, ...]:
        """Everything below the head."""
        return tuple(block for block in self.blocks if block.name not in HEAD)


def taken(flow: list[Block], name: str) -> tuple[str, ...]:
    """The paragraphs of the next block, taken out of the flow, if it is the one that is named."""
    return flow.pop(0).texts if flow and flow[0].name == name else ()


def plain(cell: Cell) -> str:
    """A cell's letters."""
    return "".join(span.text for span in cell)


def blocks(filled: str, file: str) -> Iterator[Block]:
    """The blocks of a filled template; parts without a paragraph are left out.

    `DefinitionError`: "paper-part" for a part that there is not, "paper-columns" for a row that
    has neither one cell nor one for each column.
    """
    for part in filled.split(PART)[1:]:
        name, *lines = part.split("\n")
        name, _, told = name.strip(SPACE).partition(" ")
        if name not in PARTS:
            _wrong("paper-part", file=file, name=name, known=", ".join(PARTS))
        rows = tuple(_row(line) for each in lines if (line := each.strip(SPACE)))
        block = Block(name, told.strip(), rows)
        if name == "table":
            _check(block, file)
        if rows:
            yield block


def _row(line: str) -> Row:
    if not line.startswith(CELL):
        return (_cell(line),)
    return tuple(_cell(cell) for cell in line.removeprefix(CELL).removesuffix(CELL).split(CELL))


def _cell(text: str) -> Cell:
    parts = text.strip(SPACE).split(BOLD)
    return tuple(Span(part, bool(i % 2)) for i, part in enumerate(parts) if part)


def _check(table: Block, file: str) -> None:
    expected = len(table.columns)
    for row in table.rows:
        if len(row) not in (1, expected):
            _wrong("paper-columns", file=file, found=len(row), expected=expected)


def _wrong(code: str, **fields: object) -> None:
    raise DefinitionError.because([reason(code, **fields)])
