"""`thidua people`: everybody the office deals with, and how they are reached."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.erasing_people import redact
from thidua.cli.handing import hand_over
from thidua.cli.lists import FILE, ON, enter, listed, told
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.shell import Noun
from thidua.cli.subject import export
from thidua.cli.table import Column
from thidua.collation import name_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

people = Noun("people")
people.add_command(hand_over)
people.add_command(export)
people.add_command(redact)

COLUMNS = (
    Column(("Mã", "Id"), lambda r: r["id"]),
    Column(("Tên", "Name"), lambda r: r["name"], gives=True),
    Column(("Ngôn ngữ", "Language"), lambda r: r["lang"]),
    Column(("Tài khoản", "Account"), lambda r: r["account"]),
    Column(("Thư điện tử", "Mailbox"), lambda r: r["mailbox"], gives=True),
    Column(("Điện thoại", "Phone"), lambda r: r["phone"]),
)


@people.verb("import", takes=(NOTE, DRY_RUN))
@FILE
@click.pass_obj
def import_(call: Call, *, file: Path) -> None:
    """Enter people."""
    from thidua.imports.sheet import read_sheet
    from thidua.imports.units import PERSON_KNOWN, PERSON_NEEDED, enter_people

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(file, needed=PERSON_NEEDED, known=PERSON_KNOWN)
        return enter_people(db, call.tables, sheet)

    told(call, file.name, enter(call, "people", fill))


@people.verb("list")
@ON
@click.pass_obj
def list_(call: Call, *, on: date | None) -> None:
    """Everybody, by given name."""
    from thidua.storage import listing_people

    day = call.on(on)
    rows = call.read(lambda db: listing_people.people(db, call.tables, day))
    ordered = sorted(rows, key=lambda r: (name_key(r["name"]), r["id"]))
    listed(call, "people", ordered, COLUMNS, title=("Người", "People"), on=day)
