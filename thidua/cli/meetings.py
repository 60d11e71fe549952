"""`thidua meetings`: meetings of the council, at which ballots are held."""

from datetime import date
from typing import TYPE_CHECKING

import click

from thidua.cli.agenda import show_
from thidua.cli.call import Call
from thidua.cli.cases import bring, defer, note
from thidua.cli.erasing_registers import redact
from thidua.cli.label import SITTINGS, called
from thidua.cli.language import Words
from thidua.cli.option import DAY, DRY_RUN
from thidua.cli.rescheduled import move
from thidua.cli.screen import day, say, show, table
from thidua.cli.shell import Noun, option
from thidua.cli.sitting import attach, attend, begin, conclude, preside
from thidua.cli.table import Column

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

meetings = Noun("meetings")

CALLED: Words = (
    "Đã triệu tập phiên họp {id} ngày {on}: {name}.",
    "Called the meeting {id} for {on}: {name}.",
)
ID = option("--id", "key", metavar="ID", said=(
    "Mã tự chọn; không ghi thì hệ thống đặt.",
    "An id of your own; one is made if you give none."))  # fmt: skip

COUNCIL = option("--council", metavar="COUNCIL", said=(
    "Hội đồng của phiên họp; thành viên ngày họp là người dự.",
    "The council that meets; its members of that day attend."))  # fmt: skip


@meetings.verb("add", takes=(DRY_RUN,))
@click.argument("title")
@click.argument("on", type=DAY)
@ID
@COUNCIL
@click.pass_obj
def add(call: Call, *, title: str, on: date, key: str | None, council: str | None) -> None:
    """Call a meeting."""
    meeting = call.change(lambda db: _add(call, db, title, on, key, council))
    answer = {"id": meeting, "title": title, "held_on": on, "council": council}
    show(call, answer, lambda: say(call, CALLED, id=meeting, on=day(on), name=title))


def _add(
    call: Call, db: "Connection", title: str, on: date, key: str | None, council: str | None
) -> str:
    return call.place.wf.meetings.add(
        db, title, on, by=call.by(db), council=council, meeting_id=key, now=call.now
    )


@meetings.verb("list")
@click.pass_obj
def list_(call: Call) -> None:
    """The meetings."""
    from thidua.storage import listing_registers

    rows = call.read(lambda db: listing_registers.meetings(db, call.tables))
    columns = (
        Column(("Ngày", "Date"), lambda r: day(r["held_on"])),
        Column(("Mã", "Id"), lambda r: r["id"]),
        Column(("Phiên họp", "Meeting"), lambda r: r["title"], gives=True),
        Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
        Column(("Trạng thái", "Status"), lambda r: called(SITTINGS, r["status"], call.lang)),
    )
    show(call, {"meetings": rows}, lambda: table(call, rows, columns))


meetings.add_command(move)
for each in (show_, preside, attend, begin, bring, defer, note, attach, conclude, redact):
    meetings.add_command(each)
