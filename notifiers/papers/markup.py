"""WordprocessingML of paragraphs, tables and sections; every text is escaped here and only here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from thidua.notifiers.papers.block import Cell

FONT, TYPEWRITER = "Times New Roman", "Courier New"
HEAD, BODY, SMALL = 13, 14, 11
"""Sizes in points."""

MM = 56.6929
"""Twentieths of a point in a millimetre."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: sizes in points, indents in millimetres.

    `lead` stands before its text, `keep` holds it on the page of the next.
    """

    side: str = "left"
    size: float = BODY
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    line: float = 1.0
    lead: str = ""
    keep: bool = False
    font: str = FONT


def paragraph(cell: Cell, look: Look, *, inside: str = "") -> str:
    """A paragraph; `inside` is a section's description that it ends."""
    keep = "<w:keepNext/>" if look.keep else ""
    spacing = (
        f'<w:spacing w:before="{look.before * 20}" w:after="{look.after * 20}"'
        f' w:line="{round(look.line * 240)}" w:lineRule="auto"/>'
    )
    indent = f'<w:ind w:left="{_twips(look.left)}" w:firstLine="{_twips(look.first)}"/>'
    side = f'<w:jc w:val="{look.side}"/>'
    runs = "".join(_run(s.text, look, bold=s.bold or look.bold) for s in cell)
    lead = _run(look.lead, look, bold=look.bold) if look.lead else ""
    about = f"{keep}{spacing}{indent}{side}{_look(look, bold=look.bold)}{inside}"
    return f"<w:p><w:pPr>{about}</w:pPr>{lead}{runs}</w:p>"


def _run(text: str, look: Look, *, bold: bool) -> str:
    return f'<w:r>{_look(look, bold=bold)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _look(look: Look, *, bold: bool) -> str:
    font = "".join(f' w:{script}="{look.font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    heavy = ("<w:b/>" if bold else "") + ("<w:i/>" if look.italic else "")
    size = f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>'
    return f'<w:rPr><w:rFonts{font}/>{heavy}{size}<w:lang w:val="vi-VN"/></w:rPr>'


def table(widths: Sequence[int], rows: Iterable[Sequence[str]], *, ruled: bool = True) -> str:
    """A table of paragraphs; of a ruled one the first row is its head, on every page again.

    A row of one cell goes across all columns.
    """
    kind = "single" if ruled else "nil"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{s} w:val="{kind}" w:sz="4" w:space="0"/>' for s in sides)
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    margins = '<w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
    about = (
        f'<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
    )
    told = "".join(_row(row, widths, head=ruled and not n) for n, row in enumerate(rows))
    return f"<w:tbl><w:tblPr>{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{told}</w:tbl>"


def _row(row: Sequence[str], widths: Sequence[int], *, head: bool) -> str:
    again = "<w:tblHeader/>" if head else ""
    if len(row) == 1:
        cells = _cell(row[0], sum(widths), across=len(widths), middle=head)
    else:
        cells = "".join(
            _cell(each, width, across=1, middle=head)
            for each, width in zip(row, widths, strict=True)
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{cells}</w:tr>"


def _cell(paragraphs: str, width: int, *, across: int, middle: bool) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    about = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{align}'
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraphs}</w:tc>"


def section(*, wide: bool) -> str:
    """The description of a section: an A4 page, upright or across, and its margins."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if wide else 'w:w="11906" w:h="16838"'
    left = 20 if wide else 30
    margins = " ".join(
        f'w:{side}="{_twips(width)}"'
        for side, width in (("top", 20), ("right", 15), ("bottom", 20), ("left", left),
                            ("header", 10), ("footer", 10), ("gutter", 0))
    )  # fmt: skip
    return f"<w:sectPr><w:pgSz {size}/><w:pgMar {margins}/></w:sectPr>"


def _twips(millimetres: float) -> int:
    return round(millimetres * MM)
