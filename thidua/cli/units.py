"""`thidua units`: the office's units, dated."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.lists import EVERY, FILE, ON, enter, listed, period, told
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.collation import word_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

units = Noun("units")

COLUMNS = (
    Column(("Mã", "Id"), lambda r: r["id"]),
    Column(("Tên", "Name"), lambda r: r["name"], gives=True),
    Column(("Loại", "Kind"), lambda r: r["kind"]),
    Column(("Cấp trên", "Above"), lambda r: r["parent"]),
    Column(("Nhóm", "Groups"), lambda r: "; ".join(f"{k}={v}" for k, v in r["groups"].items())),
    Column(("Hiệu lực", "In force"), period),
    Column(("Thư điện tử", "Mailbox"), lambda r: r["mailbox"], gives=True),
    Column(("Điện thoại", "Phone"), lambda r: r["phone"]),
)


@units.verb("import", takes=(NOTE, DRY_RUN))
@FILE
@click.pass_obj
def import_(call: Call, *, file: Path) -> None:
    """Enter units."""
    from thidua.imports.sheet import read_sheet
    from thidua.imports.units import UNIT_KNOWN, UNIT_NEEDED, enter_units

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(file, needed=UNIT_NEEDED, known=UNIT_KNOWN)
        return enter_units(db, call.tables, sheet)

    told(call, file.name, enter(call, "units", fill))


@units.verb("list")
@ON
@EVERY
@option("--kind", metavar="KIND", said=("Chỉ loại này.", "Only of this kind."))
@click.pass_obj
def list_(call: Call, *, on: date | None, every: bool, kind: str | None) -> None:
    """The units of a day."""
    from thidua.storage import listing_people

    day = None if every else call.on(on)
    rows = call.read(lambda db: listing_people.units(db, call.tables, day, kind=kind))
    ordered = sorted(rows, key=lambda r: (word_key(r["name"]), r["from_on"]))
    listed(call, "units", ordered, COLUMNS, title=("Đơn vị", "Units"), on=day)
