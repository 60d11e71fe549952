"""Answers that go into a file: tables for spreadsheets, pictures, calendars."""

import csv
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import say
from thidua.cli.shell import option
from thidua.cli.table import Column, clean
from thidua.workflow.errors import Misuse

SCREEN = "-"
FORMULA = ("=", "+", "-", "@")
"""What begins a formula in a spreadsheet; a name that begins so is written as a text."""

MARK = "\ufeff"
"""Without it some spreadsheets read UTF-8 letters as others."""

WRITTEN: Words = ("Đã ghi vào tệp {file}.", "Written to {file}.")

FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)

CSV: Callable[[Any], Any] = option("--csv", "csv_", type=FILE, metavar="FILE", said=(
    "Ghi bảng vào tệp CSV cho bảng tính (- là ra màn hình).",
    "Write the table as CSV for a spreadsheet (- is the screen)."))  # fmt: skip


def as_csv(rows: Sequence[Any], columns: Sequence[Column], lang: str) -> str:
    """The table as CSV: a heading in the language, dates in ISO form, numbers plain."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([pick(column.title, lang) for column in columns])
    writer.writerows([[_cell(column.cell(row)) for column in columns] for row in rows])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, int | float):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def to_csv(call: Call, file: Path | None, rows: Sequence[Any], columns: Sequence[Column]) -> bool:
    """Write the table to the file, if one was named; whether it went to the screen instead.

    `Misuse` ("csv-or-json") when both are to go there.
    """
    if file is None:
        return False
    text = as_csv(rows, columns, call.lang)
    if str(file) != SCREEN:
        file.write_text(MARK + text, encoding="utf-8", newline="")
        return False
    if call.as_json:
        raise Misuse("csv-or-json")
    sys.stdout.write(text)
    return True


def tell_files(call: Call, *files: Path | None) -> None:
    """Say which files were written."""
    for file in files:
        if file is not None:
            say(call, WRITTEN, file=str(file))
