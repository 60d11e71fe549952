"""A paper as a Word file, in the form that offices give their documents; the same bytes for the
same paper.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from thidua.notifiers.letterhead import NATION
from thidua.notifiers.papers.block import FOOT, Block, Laid, Row, Span, plain
from thidua.notifiers.papers.markup import (
    BODY,
    FONT,
    HEAD,
    SMALL,
    TYPEWRITER,
    Look,
    paragraph,
    section,
    table,
)
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from docx.document import Document

WIDTH, WIDE = 165, 262
"""Of the text, upright and across, in millimetres."""

HALVES = (64, 101)
"""Of the head and the foot."""

LOOKS = {
    "title": Look("center", BODY, bold=True, before=6, after=2, keep=True),
    "about": Look("center", BODY, bold=True, after=2, keep=True),
    "basis": Look("both", BODY, italic=True, first=10, after=3),
    "heading": Look("left", BODY, bold=True, before=8, after=4, keep=True),
    "body": Look("both", BODY, first=10, after=6, line=1.1),
    "item": Look("both", BODY, first=10, after=3, line=1.1, lead="- "),
    "point": Look("both", 12, after=4),
    "note": Look("left", SMALL, italic=True, before=4, after=2),
}

MANY = 7
"""Columns that want small letters, when there are more."""

DIGEST = re.compile("[0-9a-f]{64}")
"""A hash is set so that it stands on one line."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only time that a packed file bears."""


def docx(paper: Laid, *, title: str = "", made_at: datetime | None = None) -> bytes:
    """The bytes of a .docx file. Needs the extra `documents`, else `Misuse`.

    `title` and `made_at` (a UTC instant) stand in the file's properties.
    """
    try:
        from docx import Document as Blank
    except ImportError as error:
        raise Misuse("extra-missing", library="python-docx", extra="documents") from error

    document = Blank()
    _page(document)
    _properties(document, title, made_at)
    _fill(document, "".join(_parts(paper)))
    kept = BytesIO()
    document.save(kept)
    return _packed(kept.getvalue())


def _page(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    # Vietnamese letters count as those of the east in some programs, with a font of their own.
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    _numbered(document)


def _numbered(document: "Document") -> None:
    """The number of every page but the first, in the middle of its head."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    first = document.sections[0]
    first.different_first_page_header_footer = True
    line = first.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)


def _properties(document: "Document", title: str, made_at: datetime | None) -> None:
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "", "", "vi-VN"
    if made_at is not None:
        about.created = about.modified = made_at.replace(tzinfo=None, microsecond=0)


def _fill(document: "Document", markup: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    last = document.element.body.sectPr
    for element in list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{markup}</w:body>")):
        # Every section ends in its own description; the last one's is the document's.
        if element.tag.endswith("}sectPr"):
            for part in list(last):
                if part.tag.rpartition("}")[2] in ("pgSz", "pgMar"):
                    last.remove(part)
            last.extend(list(element))
        else:
            last.addprevious(element)
    _number_from_the_first(document)


def _number_from_the_first(document: "Document") -> None:
    """Let the first section have the head with the number, which the others take over."""
    first, last = (document.sections[i]._sectPr for i in (0, -1))
    if first is last:
        return
    for part in list(last):
        kind = part.tag.rpartition("}")[2]
        if kind == "headerReference":
            first.insert(0, part)
        elif kind == "titlePg":
            first.append(part)


def _parts(paper: Laid) -> Iterator[str]:
    yield from _head(paper)
    wide, flow = False, list(paper.flow)
    while flow:
        block = flow.pop(0)
        if block.name == "annex":
            yield paragraph((), Look(size=2), inside=section(wide=wide))
            wide = block.wide
        if block.name in FOOT:
            yield _foot([block, *_rest_of_foot(flow)])
        else:
            yield from _block(block, WIDE if wide else WIDTH, keep=_before_the_end(flow))
    yield section(wide=wide)


def _before_the_end(flow: Sequence[Block]) -> bool:
    """Whether signatures follow, which never stand on a page alone."""
    names = [block.name for block in flow if block.name != "note"][:1]
    return bool({"signatures", *FOOT}.intersection(names))


def _head(paper: Laid) -> Iterator[str]:
    for mark in paper.head("mark"):
        yield _line(mark, Look("right", SMALL, bold=True))
    left = [_line(text.upper(), Look("center", HEAD)) for text in paper.head("parent")]
    left += [
        _line(_no_lone_word(t.upper()), Look("center", HEAD, bold=True))
        for t in paper.head("agency")
    ]
    left.append(_line("―――――", Look("center", 8)))
    right = [_line(text, Look("center", HEAD, bold=True)) for text in NATION]
    right.append(_line("――――――――――――", Look("center", 8)))
    below = [_line(text, Look("center", HEAD)) for text in paper.head("number")]
    below += [_line(text, Look("center", 12)) for text in paper.head("subject")]
    place = [_line(text, Look("center", BODY, italic=True)) for text in paper.head("place")]
    rows = [("".join(left), "".join(right))]
    rows += [("".join(below), "".join(place))] if below or place else []
    yield _side_by_side(rows)
    yield _line("", Look(size=6))


def _no_lone_word(text: str) -> str:
    """No name of an office ends in a line with a single word on it."""
    return "\u00a0".join(text.rsplit(" ", 1))


def _rest_of_foot(flow: list[Block]) -> Iterator[Block]:
    while flow and flow[0].name in FOOT:
        yield flow.pop(0)


def _foot(blocks: Sequence[Block]) -> str:
    recipients, signer, signed = (
        [text for block in blocks if block.name == name for text in block.texts] for name in FOOT
    )
    head = _line("Nơi nhận:", Look("left", 12, bold=True, italic=True))
    left = [head] if recipients else []
    left += [_line(text, Look("left", SMALL)) for text in recipients]
    right = [_line(text, Look("center", BODY, bold=True)) for text in signer]
    right += [_line("", Look(size=20))] * 2
    right += [_line(text, Look("center", BODY, bold=True)) for text in signed]
    rows = [("".join(left), "".join(right) or _line("", Look()))]
    return _line("", Look(size=8, keep=True)) + _side_by_side(rows)


def _side_by_side(rows: Sequence[tuple[str, str]]) -> str:
    empty = _line("", Look())
    return table(HALVES, [[each or empty for each in row] for row in rows], ruled=False)


def _block(block: Block, width: int, *, keep: bool = False) -> Iterator[str]:
    if block.name == "table":
        yield _table(block, width)
        yield _line("", Look(size=6))
    elif block.name == "signatures":
        yield _signatures(block, width)
    elif block.name == "annex":
        for number, text in enumerate(block.texts):
            look = Look("center", BODY if number == 0 else HEAD, bold=number == 0,
                        italic=number > 0, after=2, keep=True)  # fmt: skip
            yield _line(text, look)
        yield _line("", Look(size=6))
    elif block.name == "to":
        yield from _addressed(block.texts)
    else:
        look = LOOKS[block.name]
        for row in block.rows:
            yield paragraph(row[0], replace(look, keep=look.keep or keep))
        if block.name == "about":
            yield _line("――――――――", Look("center", 8, after=4))


def _addressed(to: Sequence[str]) -> Iterator[str]:
    if len(to) == 1:
        yield _line(f"Kính gửi: {to[0]}.", Look("center", BODY, before=8, after=10))
        return
    yield _line("Kính gửi:", Look("left", BODY, before=8, left=35))
    for number, each in enumerate(to, 1):
        end = "." if number == len(to) else ";"
        yield _line(
            f"- {each}{end}", Look("left", BODY, left=50, after=10 if number == len(to) else 2)
        )


def _table(block: Block, width: int) -> str:
    columns = block.columns
    total = sum(column.share for column in columns)
    widths = [width * column.share // total for column in columns]
    widths[max(range(len(widths)), key=widths.__getitem__)] += width - sum(widths)
    small = len(columns) > MANY
    rows = [
        [_cell(row, i, block, head=not number, small=small) for i in range(len(row))]
        for number, row in enumerate(block.rows)
    ]
    return table(widths, rows)


def _cell(row: Row, place: int, block: Block, *, head: bool, small: bool) -> str:
    whole = len(row) == 1
    side = "center" if head else "left" if whole else block.columns[place].side
    if DIGEST.fullmatch(plain(row[place])):
        return paragraph(row[place], Look("left", 7.5, font=TYPEWRITER, before=2, after=2))
    size = 10 if small else 12
    look = Look(side, size, bold=head or whole, keep=head or whole, before=2, after=2)
    return paragraph(row[place], look)


def _signatures(block: Block, width: int) -> str:
    most = max(len(row) for row in block.rows)
    looks = (Look("center", BODY, bold=True), Look("center", 12, italic=True),
             Look("center", BODY, bold=True, before=62))  # fmt: skip
    stacks = [
        "".join(paragraph(row[i], looks[min(n, 2)]) for n, row in enumerate(block.rows))
        for i in range(most)
    ]
    gap = _line("", Look(size=8, keep=True))
    return gap + table([width // most] * most, [stacks], ruled=False)


def _line(text: str, look: Look) -> str:
    return paragraph((Span(text),) if text else (), look)


def _packed(made: bytes) -> bytes:
    """The same files without the time at which they were packed."""
    kept = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH), old.read(name), ZIP_DEFLATED)
    return kept.getvalue()
