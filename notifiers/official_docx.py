"""An official letter as a Word file, in the form that offices give their letters."""

from collections.abc import Iterator, Sequence

from thidua.notifiers.headers import clean_block
from thidua.notifiers.official import Official
from thidua.notifiers.papers.block import Block, Laid, Row, Span
from thidua.notifiers.papers.word import docx as as_docx

COLUMNS = "12c 62 22c 28c 41"
"""Of the list: shares of the width, and what stands in the middle."""


def docx(letter: Official) -> bytes:
    """The letter as the bytes of a .docx file. Needs the extra `documents`, else `Misuse`."""
    return as_docx(Laid(tuple(_blocks(letter))))


def _blocks(letter: Official) -> Iterator[Block]:
    listed = Block("table", COLUMNS, tuple(_row(row) for row in letter.rows))
    in_annex = bool(letter.part("annex"))
    for name, paragraphs in letter.parts:
        if name != "list":
            yield Block(name, "", tuple(_row([each]) for each in paragraphs))
        elif not in_annex:
            yield listed
        if name == "annex":
            yield listed


def _row(texts: Sequence[str]) -> Row:
    return tuple((Span(clean_block(text)),) for text in texts)
