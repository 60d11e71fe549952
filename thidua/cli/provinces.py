"""`thidua provinces`: the provinces of each date, and a unit in every one."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.lists import ON, enter, listed, period, told
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

provinces = Noun("provinces")

COLUMNS = (
    Column(("Mã", "Code"), lambda r: r["code"]),
    Column(("Cấp", "Rank"), lambda r: r["kind"]),
    Column(("Tên", "Name"), lambda r: r["name"]),
    Column(("Hiệu lực", "In force"), period),
    Column(("Thuộc về", "Became"), lambda r: r["successor"]),
)


@provinces.verb("import", takes=(NOTE, DRY_RUN))
@option("--kind", required=True, metavar="KIND", said=(
    "Loại đơn vị, là vai trò được hỏi trong quy trình.",
    "The units' kind: the role that procedures ask."))  # fmt: skip
@option("--name", required=True, metavar="TEXT", said=(
    "Tên đơn vị, ví dụ “Sở Tư pháp {province}”.",
    "What they are called, such as “Sở Tư pháp {province}”."))  # fmt: skip
@option("--start", default="", metavar="TEXT", said=(
    "Phần đầu của mã, ví dụ stp-.", "What their ids begin with, such as stp-."))  # fmt: skip
@option("--with", "with_", type=click.Path(path_type=Path), metavar="FILE", said=(
    "Tệp CSV thêm các cột province, groups, mailbox, phone, parent.",
    "A CSV file with the columns province, groups, mailbox, phone, parent."))  # fmt: skip
@click.pass_obj
def import_(call: Call, *, kind: str, name: str, start: str, with_: Path | None) -> None:
    """Make a unit in every province."""
    from thidua.imports.provinces import KNOWN, enter_provinces
    from thidua.imports.sheet import read_sheet

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(with_, needed=("province",), known=KNOWN) if with_ else None
        return enter_provinces(db, call.tables, kind=kind, start=start, name=name, sheet=sheet)

    told(call, "provinces.csv", enter(call, "provinces", fill))


@provinces.verb("list")
@ON
@click.pass_obj
def list_(call: Call, *, on: date | None) -> None:
    """The provinces of a day."""
    from dataclasses import asdict

    from thidua.definitions.provinces import provinces as standing

    day = call.on(on)
    rows = [asdict(province) for province in standing(day)]
    listed(call, "provinces", rows, COLUMNS, title=("Tỉnh, thành phố", "Provinces"), on=day)
