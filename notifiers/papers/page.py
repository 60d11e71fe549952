"""A paper as plain text: 78 columns, more where an annex lies across."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from thidua.notifiers.letterhead import LEFT, WIDTH, addressed, head
from thidua.notifiers.papers.block import FOOT, Block, Laid, Row, plain, taken

WIDE = 118
"""Columns of a page that lies across."""

ROOM = 3
"""Empty lines for a signature."""

LONGEST = 20
"""Letters of a word that is kept whole in a table; a hash is not."""


def page(paper: Laid) -> str:
    """The paper as text."""
    lines, width, flow = list(head(paper.head)), WIDTH, list(paper.flow)
    while flow:
        block = flow.pop(0)
        if block.name == "annex":
            width = WIDE if block.wide else WIDTH
        if block.name in ("recipients", "signer"):
            flow.insert(0, block)
            lines += ["", *_foot(*(taken(flow, name) for name in FOOT))]
        else:
            lines += ["", *_block(block, width)]
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    if block.name == "table":
        yield from _table(block, width)
    elif block.name == "signatures":
        yield from _signatures(block, width)
    elif block.name == "annex":
        yield from ("", *_centred(block, width))
    elif block.name in ("title", "about"):
        yield from _centred(block, width)
    elif block.name == "to":
        yield from addressed(block.texts)
    else:
        yield from _paragraphs(block, width)


def _centred(block: Block, width: int) -> Iterator[str]:
    for text in block.texts:
        for line in textwrap.wrap(text, width - 8):
            yield line.center(width)


_INDENTS = {"heading": ("", ""), "item": ("    - ", "      "), "note": ("", "")}


def _paragraphs(block: Block, width: int) -> Iterator[str]:
    first, rest = _INDENTS.get(block.name, ("    ", ""))
    for text in block.texts:
        yield from textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest,
                                 break_on_hyphens=False)  # fmt: skip


def _foot(recipients: Sequence[str], signer: Sequence[str], signed: Sequence[str]) -> Iterator[str]:
    head = ("Nơi nhận:",) if recipients else ()
    left = [line for each in (*head, *recipients)
            for line in textwrap.wrap(each, LEFT, subsequent_indent="  ")]  # fmt: skip
    right = [*signer, *[""] * ROOM, *signed]
    for one, other in zip_longest(left, right, fillvalue=""):
        yield one.ljust(LEFT) + other.center(WIDTH - LEFT)


def _signatures(block: Block, width: int) -> Iterator[str]:
    for number, row in enumerate(block.rows):
        if number == 2:
            yield from [""] * ROOM
        room = width // len(row)
        yield "".join(plain(cell).center(room) for cell in row)


def _table(block: Block, width: int) -> Iterator[str]:
    widths = _widths(block, width)
    rule = "+".join(["", *("-" * (each + 2) for each in widths), ""])
    yield rule
    for number, row in enumerate(block.rows):
        yield from _row(block, row, widths)
        if not number:
            yield rule
    yield rule


def _widths(block: Block, width: int) -> list[int]:
    """Columns by their shares of what the lines between them leave."""
    shares = [column.share for column in block.columns]
    room = width - 3 * len(shares) - 1
    widths = [max(3, room * share // sum(shares)) for share in shares]
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] += room - sum(widths)
    return _fitted(block, widths)


def _fitted(block: Block, widths: list[int]) -> list[int]:
    """Widths that cut no word, as far as other columns can spare the room."""
    needs = [_longest(block, each) for each in range(len(widths))]
    for narrow, need in enumerate(needs):
        while widths[narrow] < need:
            spare = [has - needed for has, needed in zip(widths, needs, strict=True)]
            if max(spare) <= 0:
                return widths
            widths[spare.index(max(spare))] -= 1
            widths[narrow] += 1
    return widths


def _longest(block: Block, column: int) -> int:
    words = (w for row in block.rows if len(row) > 1 for w in plain(row[column]).split())
    return max((len(word) for word in words if len(word) <= LONGEST), default=0)


def _row(block: Block, row: Row, widths: Sequence[int]) -> Iterator[str]:
    if len(row) == 1:
        room = sum(widths) + 3 * (len(widths) - 1)
        for line in textwrap.wrap(plain(row[0]), room):
            yield f"| {line.ljust(room)} |"
        return
    cells = [textwrap.wrap(plain(cell), room) for cell, room in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        told = (
            _placed(text, room, column.side)
            for text, room, column in zip(parts, widths, block.columns, strict=True)
        )
        yield "|".join(["", *(f" {each} " for each in told), ""])


def _placed(text: str, room: int, side: str) -> str:
    if side == "center":
        return text.center(room)
    return text.rjust(room) if side == "right" else text.ljust(room)
