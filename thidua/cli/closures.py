"""`thidua closures`: units' own days off."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.lists import FILE, told
from thidua.cli.option import DAY, DRY_RUN
from thidua.cli.screen import day, say, show, table
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.errors import Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

closures = Noun("closures")

COLUMNS = (
    Column(("Ngày", "Day"), lambda r: day(r["closed_on"])),
    Column(("Đơn vị", "Unit"), lambda r: r["unit"]),
    Column(("Căn cứ", "Ground"), lambda r: r["ground"], gives=True),
)
REMOVED: Words = ("Đã bỏ ngày nghỉ riêng {on} của {unit}.", "Took back {on} of {unit}.")
MOVES: Words = (
    "Thời hạn đang chạy chưa đổi. Hãy xem `thidua calendar reproject --dry-run`.",
    "Running dues are as they were. See `thidua calendar reproject --dry-run`.",
)


@closures.verb("import", takes=(DRY_RUN,))
@FILE
@click.pass_obj
def import_(call: Call, *, file: Path) -> None:
    """Enter days off."""
    from thidua.imports.closures import CLOSURE_NEEDED, enter_closures
    from thidua.imports.sheet import read_sheet

    def enter(db: "Connection") -> "Entered":
        return enter_closures(db, call.tables, read_sheet(file, needed=CLOSURE_NEEDED))

    entered = call.write(enter)
    told(call, file.name, entered)
    if not call.as_json and entered.added:
        say(call, MOVES)


@closures.verb("list")
@option("--unit", metavar="ID", said=("Chỉ đơn vị này.", "Of this unit alone."))
@click.pass_obj
def list_(call: Call, *, unit: str | None) -> None:
    """The days off."""
    from thidua.storage import calendars

    rows = call.read(lambda db: calendars.closures(db, call.tables, unit))
    show(call, {"closures": rows}, lambda: table(call, rows, COLUMNS))


@closures.verb("remove", takes=(DRY_RUN,))
@click.argument("unit")
@click.argument("on", type=DAY)
@click.pass_obj
def remove(call: Call, *, unit: str, on: date) -> None:
    """Take a day off back."""
    from thidua.storage import calendars

    if not call.write(lambda db: calendars.reopen(db, call.tables, unit, on)):
        raise Unknown("unknown-closure", unit=unit, date=on.isoformat())

    def write() -> None:
        say(call, REMOVED, unit=unit, on=day(on))
        say(call, MOVES)

    show(call, {"unit": unit, "on": on}, write)
