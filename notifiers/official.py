"""An official letter: parts written from a template, laid out as a page of text."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from thidua.notifiers.dates import numeric, time_left
from thidua.notifiers.letterhead import LEFT, WIDTH, addressed, head
from thidua.notifiers.render import Office, office_record
from thidua.workflow.errors import DefinitionError, reason

PARTS = ("mark", "parent", "agency", "number", "subject", "place", "to", "body", "list",
         "recipients", "signer", "annex")  # fmt: skip
"""What a template may have; `body` and `list` may come again and keep their order."""

_PART = re.compile(r"^(\[[a-z]+\]) *$", re.MULTILINE)
_SIGN = "\x1e"
"""What marks a part once the template is filled in: no value can hold it, all are cleaned."""

COLUMNS = 5
"""Of the list: number, who, how many dossiers, due, remark."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One unit that has not answered: about how many dossiers, until when, what it promised."""

    name: str
    dossiers: int
    due_on: date | None = None
    days_left: int | None = None
    promised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dunning:
    """What an official letter that presses for answers is given.

    `doing` is a verb phrase ("cho ý kiến"), `who` what the `units` are ("đơn vị"); `dossiers`
    counts each dossier once; `due_on` is the due that all have, None when they differ; number and
    signature stay empty.
    """

    office: Office
    on: date
    opened_on: date
    round_title: str
    procedure_title: str
    doing: str
    who: str
    dossiers: int
    units: tuple[Missing, ...]
    due_on: date | None = None
    silence: str | None = None
    symbol: str | None = None
    place: str | None = None
    capacity: str | None = None

    @property
    def late(self) -> bool:
        """Whether the time is up for all of them."""
        return all(each.days_left is not None and each.days_left < 0 for each in self.units)


@dataclass(frozen=True, slots=True)
class Official:
    """A letter's parts in the order of the template: a name and its paragraphs; `rows` is the list
    that stands where a part is called "list", its heads first.
    """

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, ...], ...]

    def part(self, name: str) -> tuple[str, ...]:
        """The paragraphs of a part; none where the template lacks it."""
        return next((lines for part, lines in self.parts if part == name), ())


@cache
def shipped() -> str:
    """The template that ships."""
    folder = files("thidua.notifiers").joinpath("templates", "official")
    return folder.joinpath("dunning.txt").read_text(encoding="utf-8")


def written(given: Dunning, template: str | None = None) -> Official:
    """The letter of a template, the shipped one by default.

    `DefinitionError` for a template that cannot be read ("official-syntax"), names what nobody
    gives ("official-name") or has a part that there is not ("official-part").
    """
    from jinja2 import TemplateError

    from thidua.notifiers.sandbox import environment, line_of, unknown_name

    values = {name: getattr(given, name) for name in (*given.__dataclass_fields__, "late")}
    values["office"] = office_record("vi", given.office)
    try:
        source = _PART.sub(f"{_SIGN}\\1", template or shipped())
        made = environment("vi").overlay(autoescape=False).from_string(source)
        text = made.render(values)
    except TemplateError as error:
        line, name = line_of(error), unknown_name(error)
        wrong = reason("official-syntax", line=line, problem=error.message or "-")
        raise DefinitionError.because(
            [reason("official-name", line=line, name=name) if name else wrong]
        ) from error
    return Official(tuple(_parts(text)), (_heads(given.who), *_rows(given.units)))


def _parts(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in text.split(_SIGN)[1:]:
        name, *lines = part.split("\n")
        name = name.strip("[] ")
        if name not in PARTS:
            known = ", ".join(PARTS)
            raise DefinitionError.because([reason("official-part", name=name, known=known)])
        paragraphs = tuple(told for line in lines if (told := line.strip()))
        if paragraphs or name == "list":
            yield name, paragraphs


def _heads(who: str) -> tuple[str, ...]:
    return "STT", f"{who[:1].upper()}{who[1:]}", "Số hồ sơ", "Thời hạn", "Ghi chú"


def _rows(units: Sequence[Missing]) -> Iterator[tuple[str, ...]]:
    for number, each in enumerate(units, 1):
        due = numeric(each.due_on, lang="vi") if each.due_on else ""
        yield str(number), each.name, str(each.dossiers), due, _remark(each)


def _remark(unit: Missing) -> str:
    if unit.promised_on is not None:
        return f"hẹn trả lời ngày {numeric(unit.promised_on, lang='vi')}"
    late = unit.days_left is not None and unit.days_left < 0
    return time_left(unit.days_left or 0, lang="vi") if late else ""


def page(letter: Official) -> str:
    """The letter as plain text of at most 78 columns."""
    lines = [*head(letter.part), "", *addressed(letter.part("to")), ""]
    for name, paragraphs in letter.parts:
        if name == "body":
            lines += [line for each in paragraphs for line in (*_paragraph(each), "")]
        if name == "list" and not letter.part("annex"):
            lines += [*_table(letter.rows), ""]
    lines += _foot(letter)
    if annex := letter.part("annex"):
        lines += ["", "", *(line for each in annex for line in _centred(each)), ""]
        lines += _table(letter.rows)
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", break_long_words=False)


def _centred(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, WIDTH - 8):
        yield line.center(WIDTH)


def _foot(letter: Official) -> Iterator[str]:
    left = ["Nơi nhận:", *letter.part("recipients")]
    right = [*letter.part("signer"), "", "", "", ""]
    left = [line for each in left for line in textwrap.wrap(each, LEFT, subsequent_indent="  ")]
    for one, other in zip_longest(left, right, fillvalue=""):
        yield one.ljust(LEFT) + other.center(WIDTH - LEFT)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = _widths(rows)
    rule = "+".join(["", *("-" * (width + 2) for width in widths), ""])
    yield rule
    for number, row in enumerate(rows):
        yield from _row(row, widths)
        if not number:
            yield rule
    yield rule


def _widths(rows: Sequence[tuple[str, ...]]) -> list[int]:
    widths = [max(len(row[i]) for row in rows) for i in range(COLUMNS)]
    # What is left after the others and the lines between them is the unit's.
    widths[4] = min(widths[4], 18)
    widths[1] = min(widths[1], WIDTH - sum(widths) + widths[1] - 3 * len(widths) - 1)
    return widths


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [textwrap.wrap(text, width) for text, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        shown = (_cell(i, text, widths[i]) for i, text in enumerate(parts))
        yield "|".join(["", *shown, ""])


def _cell(column: int, text: str, width: int) -> str:
    number = column in (0, 2)
    return f" {text.rjust(width) if number and text.isdigit() else text.ljust(width)} "


def as_json(letter: Official) -> Mapping[str, Any]:
    """The letter for a program."""
    return {"parts": [[name, list(lines)] for name, lines in letter.parts],
            "rows": [list(row) for row in letter.rows]}  # fmt: skip
