"""An official letter as a Word file, in the form that offices give their letters."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from thidua.notifiers.official import COLUMNS, NATION, Official
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
HEAD, BODY, SMALL = 13, 14, 11
"""Sizes in points."""

MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}
"""Of the page, in millimetres."""

HALVES = (72, 93)
"""Widths of the head's and the foot's halves, in millimetres; together the width of the text."""

WIDTHS = (12, 62, 22, 28, 41)
"""Widths of the list's columns, in millimetres."""


def docx(letter: Official) -> bytes:
    """The letter as the bytes of a .docx file. Needs the extra `documents`, else `Misuse`."""
    try:
        from docx import Document as Blank
    except ImportError as error:
        raise Misuse("extra-missing", library="python-docx", extra="documents") from error

    document = Blank()
    _page(document)
    _head(document, letter)
    _to(document, letter.part("to"))
    for name, paragraphs in letter.parts:
        if name == "body":
            for each in paragraphs:
                _body(document, each)
        if name == "list" and not letter.part("annex"):
            _list(document, letter.rows)
    _foot(document, letter)
    if annex := letter.part("annex"):
        document.add_page_break()  # type: ignore[no-untyped-call]  # the library has none there
        for number, each in enumerate(annex):
            _line(document.add_paragraph(), each, "center", bold=not number, italic=bool(number))
        _list(document, letter.rows)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _page(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    # Vietnamese letters count as those of the east in some programs, with a font of their own.
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(document: "Document", letter: Official) -> None:
    for mark in letter.part("mark"):
        _line(document.add_paragraph(), mark, "right", size=SMALL, bold=True)
    left, right = _halves(document)
    for line in letter.part("parent"):
        _line(_next(left), line.upper(), "center", size=HEAD)
    for line in letter.part("agency"):
        _line(_next(left), line.upper(), "center", size=HEAD, bold=True)
    _line(_next(left), "―――――", "center", size=8)
    for part in ("number", "subject"):
        for line in letter.part(part):
            _line(_next(left), line, "center", size=HEAD if part == "number" else 12)
    for line in NATION:
        _line(_next(right), line, "center", size=HEAD, bold=True)
    _line(_next(right), "――――――――――――", "center", size=8)
    for line in letter.part("place"):
        _line(_next(right), line, "center", italic=True)


def _to(document: "Document", to: Sequence[str]) -> None:
    from docx.shared import Mm, Pt

    first = document.add_paragraph()
    first.paragraph_format.space_before = Pt(18)
    first.paragraph_format.space_after = Pt(6 if len(to) > 1 else 12)
    alone = f" {to[0]}." if len(to) == 1 else ""
    _line(first, f"Kính gửi:{alone}", "center" if alone else "left")
    if alone:
        return
    first.paragraph_format.left_indent = Mm(35)
    for number, each in enumerate(to, 1):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Mm(50)
        line.paragraph_format.space_after = Pt(12 if number == len(to) else 2)
        _line(line, f"- {each}{'.' if number == len(to) else ';'}", "left")


def _body(document: "Document", text: str) -> None:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.line_spacing = 1.15
    _line(paragraph, text, "justify")


def _list(document: "Document", rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=COLUMNS)
    table.style = "Table Grid"
    table.autofit = False
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if not number else table.add_row().cells
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = Mm(WIDTHS[column])
            side = "left" if number and column in (1, 4) else "center"
            _line(cell.paragraphs[0], text, side, size=12, bold=not number)
    _repeated(table.rows[0])
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(2)


def _repeated(row: Any) -> None:
    """Let the heads stand on every page that the list goes on to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _foot(document: "Document", letter: Official) -> None:
    from docx.shared import Pt

    document.add_paragraph().paragraph_format.space_after = Pt(4)
    left, right = _halves(document)
    _line(_next(left), "Nơi nhận:", "left", size=12, bold=True, italic=True)
    for line in letter.part("recipients"):
        _line(_next(left), line, "left", size=SMALL)
    for line in letter.part("signer") or ("",):
        _line(_next(right), line, "center", bold=True)


def _halves(document: "Document") -> "tuple[_Cell, _Cell]":
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, HALVES, strict=True):
        cell.width = Mm(width)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _next(cell: "_Cell") -> "Paragraph":
    """The next paragraph of a cell, whose first one is there from the start."""
    first: Paragraph = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()


def _line(
    paragraph: "Paragraph", text: str, side: str, *, size: int = BODY, bold: bool = False,
    italic: bool = False,
) -> None:  # fmt: skip
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    sides = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER,
             "right": WD_ALIGN_PARAGRAPH.RIGHT, "justify": WD_ALIGN_PARAGRAPH.JUSTIFY}  # fmt: skip
    paragraph.alignment = sides[side]
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
