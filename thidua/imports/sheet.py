"""A CSV file as rows of named cells, with every mistake at its row and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from thidua.workflow.errors import DefinitionError, Reason

DELIMITERS = ",;\t"
"""What offices' spreadsheets write between cells; the heading shows which."""

MOST_BYTES = 20_000_000
_ID = re.compile(r"[^\s@#]{1,100}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MAILBOX = re.compile(r"[^\s@<>,;]+@[A-Za-z0-9.-]+")


@dataclass(slots=True)
class Sheet:
    """A list: its file's name, and what was found wrong with it so far."""

    file: str
    folder: Path
    columns: tuple[str, ...] = ()
    rows: "list[Row]" = field(default_factory=list)
    mistakes: list[Reason] = field(default_factory=list)

    def wrong(self, code: str, row: int, column: str, **fields: Any) -> None:
        """Note a mistake."""
        place = {"file": self.file, "row": row, "column": column}
        self.mistakes.append(Reason(code, {**place, **fields}))

    def refuse(self, row: "Row", reason: Reason, column: str | None = None) -> None:
        """Note what the engine says against a row; the reason keeps its code as `because`."""
        why = {"vi": reason.text("vi"), "en": reason.text("en")}
        where = column if column in self.columns else ""
        code = "list-cell-refused" if where else "list-row-refused"
        self.wrong(code, row.number, where or "-", why=why, because=reason.code)

    def stop_if_wrong(self) -> None:
        """`DefinitionError` with every mistake, in the order of the file."""
        if self.mistakes:
            raise DefinitionError.because(sorted(self.mistakes, key=_place))

    def __iter__(self) -> "Iterator[Row]":
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _place(mistake: Reason) -> tuple[int, str]:
    return int(str(mistake.fields.get("row", 0))), mistake.code


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (the heading is 1), and its cells, composed and trimmed."""

    sheet: Sheet
    number: int
    cells: dict[str, str]

    def wrong(self, code: str, column: str, **fields: Any) -> None:
        """Note a mistake in a cell."""
        self.sheet.wrong(code, self.number, column, **fields)

    def text(self, column: str) -> str | None:
        """A cell's text; None when it is empty or the list has no such column."""
        return self.cells.get(column) or None

    def needed(self, column: str) -> str:
        """A cell that must say something."""
        text = self.text(column)
        if text is None:
            self.wrong("list-cell-missing", column)
        return text or ""

    def id(self, column: str, *, needed: bool = True) -> str | None:
        """An id: without spaces, "@" and "#", and not the engine's own name."""
        text = self.needed(column) if needed else self.text(column)
        if text and (not _ID.fullmatch(text) or text == "engine"):
            self.wrong("list-cell-id", column, value=text)
        return text

    def name(self, column: str) -> str:
        """A code name such as a kind or a role: lower-case letters, digits and "_"."""
        text = self.needed(column)
        if text and not _NAME.fullmatch(text):
            self.wrong("list-cell-name", column, value=text)
        return text

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """A legal date, as 11/06/2018 or 2018-06-11."""
        text = self.needed(column) if needed else self.text(column)
        if not text:
            return None
        try:
            if "/" in text:
                return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 -- no zone
            return date.fromisoformat(text)
        except ValueError:
            self.wrong("list-cell-date", column, value=text)
            return None

    def number_of(self, column: str, default: int | None = None) -> int:
        """A whole number that is not negative; without `default` the cell must say one."""
        text = self.text(column)
        if text is None and default is not None:
            return default
        text = text or self.needed(column)
        if text.isascii() and text.isdecimal():
            return int(text)
        if text:
            self.wrong("list-cell-number", column, value=text)
        return 0

    def one_of(self, column: str, known: Sequence[str], default: str | None = None) -> str:
        """One of the words that there are."""
        text = self.text(column) or default or self.needed(column)
        if text and text not in known:
            self.wrong("list-cell-choice", column, value=text, known=", ".join(known))
        return text

    def mailbox(self, column: str) -> str | None:
        """A mail address; the sender looks at it once more."""
        text = self.text(column)
        if text is not None and not _MAILBOX.fullmatch(text):
            self.wrong("list-cell-mailbox", column, value=text)
        return text

    def period(self) -> tuple[date | None, date | None]:
        """`from_on`, which must be said, and `to_on`, which may not lie before it."""
        from_on, to_on = self.day("from_on", needed=True), self.day("to_on")
        if from_on and to_on and to_on < from_on:
            self.wrong("list-dates-reversed", "to_on", value=to_on.isoformat())
        return from_on, to_on


def read_sheet(
    path: Path, *, needed: Sequence[str], known: Sequence[str] = (), more: bool = False
) -> Sheet:
    """Read a list whose columns are `needed` and any of `known`; with `more` others too.

    UTF-8 with or without mark, cells between commas, semicolons or tabs, any letters composed.
    `DefinitionError` when the file, its heading or the shape of a row is wrong, or no row follows.
    """
    sheet = Sheet(path.name, path.parent)
    lines = list(_cells(sheet, _text(path, sheet)))
    sheet.stop_if_wrong()
    if not lines:
        sheet.wrong("list-empty", 1, "-", known=", ".join([*needed, *known]))
        sheet.stop_if_wrong()
    _, heading = lines[0]
    sheet.columns = tuple(heading)
    _check_heading(sheet, needed, known, more=more)
    sheet.stop_if_wrong()
    for number, cells in lines[1:]:
        _add_row(sheet, number, cells)
    if not lines[1:]:
        sheet.wrong("list-no-rows", 1, "-")
    sheet.stop_if_wrong()
    return sheet


def _text(path: Path, sheet: Sheet) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            "file-unreadable", file=str(path), problem=error.strerror or "?"
        ) from error
    if len(data) > MOST_BYTES:
        sheet.wrong("list-too-large", 1, "-", size=len(data), limit=MOST_BYTES)
        sheet.stop_if_wrong()
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        sheet.wrong("list-not-utf8", row, "-")
        sheet.stop_if_wrong()
        raise


def _cells(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        sheet.wrong("list-broken", start, "-", problem=str(error))


def _check_heading(
    sheet: Sheet, needed: Sequence[str], known: Sequence[str], *, more: bool
) -> None:
    every = [*needed, *known]
    for column in dict.fromkeys(sheet.columns):
        if sheet.columns.count(column) > 1:
            sheet.wrong("list-column-twice", 1, column)
        if column not in every and not more:
            near = get_close_matches(column, every, 1)
            nearest = near[0] if near else ", ".join(every)
            sheet.wrong("list-column-unknown", 1, column or "-", nearest=nearest)
    for column in needed:
        if column not in sheet.columns:
            sheet.wrong("list-column-missing", 1, column)


def _add_row(sheet: Sheet, number: int, cells: list[str]) -> None:
    if len(cells) > len(sheet.columns):
        found, wanted = len(cells), len(sheet.columns)
        sheet.wrong("list-row-long", number, "-", found=found, wanted=wanted)
        return
    named = dict(zip(sheet.columns, cells, strict=False))
    for column, text in named.items():
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
            sheet.wrong("list-cell-unprintable", number, column)
    sheet.rows.append(Row(sheet, number, named))
