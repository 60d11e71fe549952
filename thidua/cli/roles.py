"""`thidua roles`: who holds what, since when."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.lists import EVERY, FILE, ON, enter, listed, period, told
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.rules import stored
from thidua.cli.screen import warn
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.collation import name_key, word_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

roles = Noun("roles")

COLUMNS = (
    Column(("Vai trò", "Role"), lambda r: r["role"]),
    Column(("Người", "Person"), lambda r: r["name"], gives=True),
    Column(("Mã", "Id"), lambda r: r["actor"]),
    Column(("Đơn vị", "Unit"), lambda r: r["unit_name"], gives=True),
    Column(("Thời gian", "Time"), period),
    Column(("Căn cứ", "Ground"), lambda r: r["ground"], gives=True),
)

NEW_ROLES: Words = (
    "Chưa quy trình nào đã lưu có vai trò: {roles}. Hãy xem lại nếu không cố ý.",
    "No stored procedure has the roles: {roles}. Look again unless you mean that.",
)


@roles.verb("import", takes=(NOTE, DRY_RUN))
@FILE
@click.pass_obj
def import_(call: Call, *, file: Path) -> None:
    """Enter who holds what."""
    from thidua.imports.sheet import read_sheet
    from thidua.imports.units import ROLE_KNOWN, ROLE_NEEDED, enter_roles

    strange: set[str] = set()

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(file, needed=ROLE_NEEDED, known=ROLE_KNOWN)
        entered = enter_roles(db, call.tables, sheet)
        strange.update({row.needed("role") for row in sheet} - known_roles(call, db))
        return entered

    entered = enter(call, "roles", fill)
    if strange:
        warn(call, NEW_ROLES, roles=", ".join(sorted(strange)))
    told(call, file.name, entered)


def known_roles(call: Call, db: "Connection") -> set[str]:
    """The roles of all stored procedures."""
    return {role for rules in stored(call, db) for role in rules.procedure.roles}


@roles.verb("list")
@ON
@EVERY
@option("--role", metavar="ROLE", said=("Chỉ vai trò này.", "Only this role."))
@option("--actor", metavar="ID", said=("Chỉ người này.", "Only this person."))
@click.pass_obj
def list_(call: Call, *, on: date | None, every: bool, role: str | None, actor: str | None) -> None:
    """Who holds what."""
    day = None if every else call.on(on)
    rows = holdings(call, day, role=role, actor=actor)
    listed(call, "roles", rows, COLUMNS, title=("Vai trò", "Roles"), on=day)


def holdings(
    call: Call, on: date | None, *, role: str | None = None, actor: str | None = None
) -> list[dict[str, Any]]:
    """Who holds what, with names: by role, unit and given name."""
    from thidua.storage import listing_people

    def look(db: "Connection") -> list[dict[str, Any]]:
        names = listing_people.names(db, call.tables, on or call.today)
        found = listing_people.roles(db, call.tables, on, role=role, actor=actor)
        return [
            {**r, "unit": r["unit"] or None, "name": names.actor(r["actor"]),
             "unit_name": names.unit(r["unit"] or None)}
            for r in found
        ]  # fmt: skip

    return sorted(
        call.read(look),
        key=lambda r: (r["role"], word_key(r["unit_name"]), name_key(r["name"]), r["from_on"]),
    )
