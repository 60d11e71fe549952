"""Councils by terms at the command line: formed, their members appointed, relatives declared."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.label import POSTS, called
from thidua.cli.language import Words
from thidua.cli.lists import FILE, ON, enter, listed, period, told
from thidua.cli.option import DAY, DRY_RUN, NOTE, PAPER
from thidua.cli.screen import day, say, show
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.collation import name_key
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

FORMED: Words = (
    "Đã lập hội đồng {id} từ ngày {on}: {name}.",
    "Formed the council {id} from {on}: {name}.",
)
APPOINTED: Words = (
    "Hội đồng {council}: đã ghi {count} thành viên.",
    "Council {council}: entered {count} members.",
)
RANK = {post: place for place, post in enumerate(POSTS)}


@verb("form", takes=(*PAPER, DRY_RUN))
@click.argument("title")
@click.argument("from_on", type=DAY, metavar="FROM")
@option("--to", "to_on", type=DAY, metavar="DATE", said=("Ngày hết nhiệm kỳ.", "Its last day."))
@option(
    "--id",
    "key",
    metavar="ID",
    said=("Mã tự chọn; không ghi thì hệ thống đặt.", "An id of your own; one is made if none."),
)
@option(
    "--role",
    metavar="ROLE",
    said=(
        "Vai trò bỏ phiếu; mặc định vai trò bỏ phiếu của các quy trình đã lưu.",
        "The voting role; by default that of the stored procedures.",
    ),
)
@option(
    "--quorum",
    metavar="SHARE",
    said=(
        "Tỷ lệ thành viên phải có mặt để khai mạc, ví dụ 2/3.",
        "How much of its members must be there to begin, such as 2/3.",
    ),
)
@click.pass_obj
def form(call: Call, /, *, title: str, from_on: date, **said: Any) -> None:
    """Form a council for a term."""
    made = call.change(lambda db: _form(call, db, title, from_on, said))
    answer = {"id": made, "title": title, "from_on": from_on, "to_on": said["to_on"]}
    show(call, answer, lambda: say(call, FORMED, id=made, on=day(from_on), name=title))


def _form(call: Call, db: "Connection", title: str, from_on: date, said: dict[str, Any]) -> str:
    from thidua.cli.council import voting_role

    try:
        return call.place.wf.councils.form(
            db, title, said["role"] or voting_role(call, db), from_on, by=call.by(db),
            to_on=said["to_on"], quorum=said["quorum"], ground=call.paper, council_id=said["key"],
            now=call.now,
        )  # fmt: skip
    except ValueError as error:
        raise Misuse("bad-share", found=said["quorum"]) from error


@verb("terms")
@click.pass_obj
def terms(call: Call) -> None:
    """The councils by terms."""
    from thidua.storage import listing_registers

    rows = call.read(lambda db: listing_registers.councils(db, call.tables))
    columns = (
        Column(("Mã", "Id"), lambda r: r["id"]),
        Column(("Hội đồng", "Council"), lambda r: r["title"], gives=True),
        Column(("Nhiệm kỳ", "Term"), period),
        Column(("Vai trò", "Role"), lambda r: r["role"]),
        Column(("Khai mạc khi có", "Quorum"), lambda r: r["quorum"]),
        Column(("Thành viên", "Members"), lambda r: r["members"], right=True),
    )
    title: Words = ("Hội đồng", "Councils")
    listed(call, "councils", rows, columns, title=title, on=None)


@verb("appoint", takes=(*PAPER, DRY_RUN))
@click.argument("council")
@FILE
@click.pass_obj
def appoint(call: Call, *, council: str, file: Path) -> None:
    """Enter members with their posts."""
    from thidua.imports.sheet import read_sheet
    from thidua.meetings import Member

    sheet = read_sheet(file, needed=("actor", "post", "from_on"), known=("to_on", "name"))
    members: list[Member] = []
    for row in sheet:
        (from_on, to_on), actor = row.period(), row.id("actor")
        post = row.one_of("post", tuple(POSTS))
        members.append(Member(actor or "", post, from_on or date.min, to_on))
    sheet.stop_if_wrong()

    def enter(db: "Connection") -> None:
        for member in members:
            call.check_known(db, member.actor)
        call.place.wf.councils.appoint(
            db, council, members, by=call.by(db), ground=call.paper, now=call.now
        )

    call.change(enter)
    answer = {"council": council, "members": [m.actor for m in members]}
    show(call, answer, lambda: say(call, APPOINTED, council=council, count=len(members)))


@verb("show")
@click.argument("council")
@ON
@click.pass_obj
def show_(call: Call, *, council: str, on: date | None) -> None:
    """A council's members on a day, with their posts."""
    from thidua.storage import listing_people

    def look(db: "Connection") -> list[dict[str, Any]]:
        names = listing_people.names(db, call.tables, call.on(on))
        return [
            {"actor": m.actor, "name": names.actor(m.actor), "post": m.post,
             "from_on": m.from_on, "to_on": m.to_on}
            for m in call.place.wf.councils.on(db, council, call.on(on))
        ]  # fmt: skip

    rows = sorted(call.read(look), key=lambda r: (RANK[r["post"]], name_key(r["name"])))
    columns = (
        Column(("Chức danh", "Post"), lambda r: called(POSTS, r["post"], call.lang)),
        Column(("Thành viên", "Member"), lambda r: r["name"], gives=True),
        Column(("Mã", "Id"), lambda r: r["actor"]),
        Column(("Thời gian", "Time"), period),
    )
    title: Words = ("Hội đồng", "The council")
    listed(call, "members", rows, columns, title=title, on=call.on(on))


@verb("relatives", takes=(NOTE, DRY_RUN))
@FILE
@click.pass_obj
def relatives(call: Call, *, file: Path) -> None:
    """Enter who is declared to be a relative of whom."""
    from thidua.imports.sheet import read_sheet
    from thidua.storage.imports import put

    def fill(db: "Connection") -> "Entered":
        sheet = read_sheet(file, needed=("person", "relative"), known=("ground", "name"))
        rows = [
            {"person": row.id("person"), "relative": row.id("relative"),
             "ground": row.text("ground")}
            for row in sheet
        ]  # fmt: skip
        sheet.stop_if_wrong()
        return put(db, call.tables.relation, rows)

    told(call, file.name, enter(call, "relatives", fill))
