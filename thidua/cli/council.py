"""`thidua council`: who is entitled to vote, by terms."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.erasing_registers import redact
from thidua.cli.lists import EVERY, FILE, ON, enter, listed, period, told
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.roles import holdings
from thidua.cli.rules import stored
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.cli.terms import appoint, form, relatives, show_, terms
from thidua.workflow.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

council = Noun("council")

NEEDED, KNOWN = ("actor", "from_on"), ("to_on", "ground", "unit")

COLUMNS = (
    Column(("Thành viên", "Member"), lambda r: r["name"], gives=True),
    Column(("Mã", "Id"), lambda r: r["actor"]),
    Column(("Đơn vị", "Unit"), lambda r: r["unit_name"], gives=True),
    Column(("Nhiệm kỳ", "Term"), period),
    Column(("Căn cứ", "Ground"), lambda r: r["ground"], gives=True),
)

ROLE = option("--role", metavar="ROLE", said=(
    "Vai trò của thành viên; mặc định vai trò bỏ phiếu của các quy trình đã lưu.",
    "The members' role; by default the voting role of the stored procedures."))  # fmt: skip


@council.verb("import", takes=(NOTE, DRY_RUN))
@FILE
@ROLE
@click.pass_obj
def import_(call: Call, *, file: Path, role: str | None) -> None:
    """Enter members."""
    from thidua.imports.sheet import read_sheet
    from thidua.imports.units import enter_roles

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(file, needed=NEEDED, known=KNOWN)
        return enter_roles(db, call.tables, sheet, role=role or voting_role(call, db))

    told(call, file.name, enter(call, "council", fill))


@council.verb("list")
@ON
@EVERY
@ROLE
@click.pass_obj
def list_(call: Call, *, on: date | None, every: bool, role: str | None) -> None:
    """The members, by given name."""
    day = None if every else call.on(on)
    chosen = role or call.read(lambda db: voting_role(call, db))
    rows = holdings(call, day, role=chosen)
    listed(call, "council", rows, COLUMNS, title=("Thành viên Hội đồng", "Council"), on=day)


def voting_role(call: Call, db: "Connection") -> str:
    """The one role that votes in the stored procedures' ballots; `Refused` if not exactly one."""
    rounds = [rule for each in stored(call, db) for rule in each.procedure.rounds.values()]
    found = sorted({rule.voters.role for rule in rounds if rule.voters is not None})
    if len(found) != 1:
        raise Refused.of("which-role", known=", ".join(found) or "-")
    return found[0]


for each in (form, terms, appoint, show_, relatives, redact):
    council.add_command(each)
