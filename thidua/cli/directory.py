"""`thidua directory`: who changed units, people, roles and addresses, and how."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.erasing_registers import redact
from thidua.cli.language import Words, pick
from thidua.cli.screen import moment, say, show
from thidua.cli.shell import Noun
from thidua.cli.table import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.directory import Altered, Written

directory = Noun("directory")
directory.add_command(redact)

NEVER: Words = ("Danh mục chưa có thay đổi nào được ghi.", "No change was recorded yet.")
ONE: Words = ("Lần {n} – {at} – {who}: {what}", "No. {n} – {at} – {who}: {what}")
FOR: Words = ("{by} (nhập: {entered})", "{by} (entered by {entered})")
GROUND: Words = ("Căn cứ: {ground}", "Ground: {ground}")
WHAT: dict[str, Words] = {
    "units": ("nhập đơn vị", "units entered"),
    "people": ("nhập người", "people entered"),
    "roles": ("nhập vai trò", "roles entered"),
    "council": ("nhập thành viên Hội đồng", "council members entered"),
    "relatives": ("nhập quan hệ gia đình", "relatives entered"),
    "provinces": ("nhập đơn vị theo tỉnh", "a unit in each province"),
    "hand_over": ("bàn giao", "a desk handed over"),
    "redact": ("xóa căn cứ đã ghi", "grounds erased"),
    "erase_person": ("xóa dữ liệu của", "erased what is held about"),
}
TABLES: dict[str, Words] = {
    "unit": ("đơn vị", "unit"), "person": ("người", "person"),
    "holding": ("vai trò", "role"), "address": ("địa chỉ", "address"),
    "relation": ("quan hệ", "relation"),
}  # fmt: skip
SHOWN = 12
"""Rows of a change before the rest is a number; --json has them all."""
MORE: Words = ("… và {count} dòng nữa (--json có đủ)", "… and {count} more (--json has them all)")


@directory.verb("history")
@click.pass_obj
def history(call: Call) -> None:
    """Every change."""
    written, names = call.read(lambda db: _read(call, db))

    def write() -> None:
        if not written:
            say(call, NEVER)
        for each in written:
            _write(call, each, names)

    show(call, {"changes": written}, write)


def _read(call: Call, db: "Connection") -> "tuple[list[Written], dict[str, str]]":
    from thidua.storage import listing_people

    names = listing_people.names(db, call.tables, call.today)
    return call.place.wf.directory.history(db), {**names.units, **names.people}


def _write(call: Call, each: "Written", names: dict[str, str]) -> None:
    who = names.get(each.by, each.by)
    if each.entered is not None:
        who = pick(FOR, call.lang, by=who, entered=names.get(each.entered, each.entered))
    what = pick(WHAT[each.what], call.lang) if each.what in WHAT else each.what
    what = f"{what} {each.erased}" if each.erased else what
    click.secho(clean(pick(ONE, call.lang, n=each.n, at=moment(each.at), who=who, what=what)),
                bold=True)  # fmt: skip
    if each.ground:
        click.echo("  " + clean(pick(GROUND, call.lang, ground=each.ground)))
    for row in each.rows[:SHOWN]:
        click.echo("  " + clean(_line(call, row)))
    if len(each.rows) > SHOWN:
        click.secho("  " + pick(MORE, call.lang, count=len(each.rows) - SHOWN), dim=True)


def _line(call: Call, row: "Altered") -> str:
    """What became of one row: the whole of a new one, what changed of another."""
    name, now, was = pick(TABLES[row.table], call.lang), row.now or {}, row.was or {}
    key = now.get("id") or was.get("id") or now.get("actor") or was.get("actor")
    key = key or now.get("owner") or was.get("owner") or now.get("person") or was.get("person")
    if not was:
        told = ", ".join(str(v) for v in now.values() if v not in (None, "", "{}") and v != key)
        return f"+ {name} {key}: {told}"
    moved = [f"{part} {_said(was[part])} → {_said(now.get(part))}"
             for part in was if was[part] != now.get(part)]  # fmt: skip
    return f"~ {name} {key}: " + "; ".join(moved)


def _said(value: Any) -> str:
    return str(value) if value not in (None, "") else "–"
