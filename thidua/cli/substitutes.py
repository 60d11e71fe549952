"""`thidua substitutes`: who stands in for whom, on what paper, until when."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from thidua.cli.call import Call
from thidua.cli.erasing_registers import redact
from thidua.cli.language import Words
from thidua.cli.lists import EVERY, ON, listed, period, registrar
from thidua.cli.option import DAY, DRY_RUN, NOTE
from thidua.cli.screen import day, say, show
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.substitution import Substitution

F = TypeVar("F", bound=Callable[..., Any])

substitutes = Noun("substitutes")
substitutes.add_command(redact)

SCOPE = ("roles", "units", "procedures", "acts")


def bounds(row: dict[str, Any]) -> str:
    """What it is for; nothing where it is not bounded."""
    return "; ".join(", ".join(row[name]) for name in SCOPE if row[name])


COLUMNS = (
    Column(("Được thay", "Stood in for"), lambda r: r["for_name"], gives=True),
    Column(("Người thay", "Stands in"), lambda r: r["name"], gives=True),
    Column(("Thời gian", "Time"), period),
    Column(("Phạm vi", "For"), bounds, gives=True),
    Column(("Căn cứ", "Ground"), lambda r: r["ground"], gives=True),
    Column(("Mã", "Id"), lambda r: r["id"]),
)
ADDED: Words = ("{name} thay {for_name} từ {since}.",
                "{name} stands in for {for_name} from {since}.")  # fmt: skip
BOUNDED: Words = ("{name} thay {for_name} từ {since} đến hết {until}.",
                  "{name} stands in for {for_name} from {since} to {until}.")  # fmt: skip
ENDED: Words = ("Việc thay này hết vào cuối ngày {on}.", "It ends with {on}.")


def _several(name: str, said: Words) -> Callable[[F], F]:
    return option(f"--{name}", f"{name}s", multiple=True, metavar=name.upper(), said=said)


@substitutes.verb("add", takes=(DRY_RUN,))
@click.argument("actor")
@click.argument("for_", metavar="FOR")
@option("--from", "from_on", type=DAY, metavar="DATE", said=(
    "Ngày đầu; mặc định hôm nay.", "The first day; today by default."))  # fmt: skip
@option("--to", "to_on", type=DAY, metavar="DATE", said=(
    "Ngày cuối; không ghi thì đến khi cho hết.",
    "The last day; without one until it is ended."))  # fmt: skip
@option("--ground", required=True, metavar="TEXT", said=(
    "Văn bản ủy quyền, ví dụ “Quyết định số 12/QĐ-STP”.",
    "The paper that gives the authority."))  # fmt: skip
@_several("role", ("Chỉ với vai trò này.", "In this role only."))
@_several("unit", ("Chỉ trong đơn vị này.", "In this unit only."))
@_several("procedure", ("Chỉ với quy trình này.", "Under this procedure only."))
@_several("act", ("Chỉ thao tác này (tên dưới may:, bước, answer, cast).",
                  "For this act only (as under may:, a trigger, answer, cast)."))  # fmt: skip
@click.pass_obj
def add(
    call: Call,
    /,
    *,
    actor: str,
    for_: str,
    from_on: date | None,
    to_on: date | None,
    ground: str,
    **scope: Sequence[str],
) -> None:
    """Enter an authority."""

    def enter(db: "Connection") -> dict[str, Any]:
        for each in (actor, for_):
            call.check_known(db, each)
        made = call.place.wf.substitutions.add(
            db, actor, for_, call.on(from_on), to_on, by=registrar(call, db), ground=ground,
            now=call.now, **scope,
        )  # fmt: skip
        return _row(call, db, made)

    row = call.write(enter)
    words = {"name": row["name"], "for_name": row["for_name"], "since": day(row["from_on"]),
             "until": day(row["to_on"])}  # fmt: skip
    show(call, row, lambda: say(call, BOUNDED if row["to_on"] else ADDED, **words))


@substitutes.verb("end", takes=(NOTE, DRY_RUN))
@click.argument("id_", metavar="ID")
@click.argument("last_on", type=DAY, metavar="DATE")
@click.pass_obj
def end(call: Call, *, id_: str, last_on: date) -> None:
    """Let one end."""

    def enter(db: "Connection") -> None:
        by, wf = registrar(call, db), call.place.wf
        wf.substitutions.end(db, id_, last_on, by=by, note=call.note, now=call.now)

    call.write(enter)
    show(call, {"id": id_, "to_on": last_on}, lambda: say(call, ENDED, on=day(last_on)))


@substitutes.verb("list")
@ON
@EVERY
@click.pass_obj
def list_(call: Call, *, on: date | None, every: bool) -> None:
    """Those of a day."""
    on_day = None if every else call.on(on)

    def look(db: "Connection") -> list[dict[str, Any]]:
        return [_row(call, db, each) for each in call.place.wf.substitutions.listed(db, on_day)]

    rows = call.read(look)
    listed(call, "substitutes", rows, COLUMNS, title=("Người thay", "Substitutes"), on=on_day)


def _row(call: Call, db: "Connection", each: "Substitution") -> dict[str, Any]:
    from thidua.storage import listing_people
    from thidua.storage.erasing import ERASED

    names = listing_people.names(db, call.tables, call.today)
    return {
        "id": each.id, "actor": each.actor, "name": names.actor(each.actor), "for": each.for_,
        "for_name": names.actor(each.for_), "from_on": each.from_on.isoformat(),
        "to_on": each.to_on.isoformat() if each.to_on else None,
        "ground": ERASED if each.ground == "" else each.ground,
        **{name: list(getattr(each, name)) for name in SCOPE},
    }  # fmt: skip
