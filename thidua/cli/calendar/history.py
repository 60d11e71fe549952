"""`thidua calendar history`: every correction with its document, who, when, old and new."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.source import CERTAINTIES, NAME, dated, kind_of
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import moment, say, show
from thidua.cli.shell import verb
from thidua.cli.table import clean, width

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.calendars import Entered
    from thidua.definitions.days import Day

NEVER: Words = (
    "Lịch {name} chưa được sửa lần nào trong cơ sở dữ liệu này.",
    "The calendar {name} was never corrected in this database.",
)
ONE: Words = ("Lần {n} – {at} – {who}", "No. {n} – {at} – {who}")
FOR: Words = ("{by} (nhập: {entered})", "{by} (entered by {entered})")
GROUND: Words = ("Căn cứ: {ground}", "Ground: {ground}")
OWN: Words = ("Căn cứ: {ground} ({certainty})", "Ground: {ground} ({certainty})")
YEARS: Words = ("Thêm năm: lịch nay có cả {first}–{last}.",
                "Years added: the calendar has {first}–{last} now.")  # fmt: skip


@verb("history")
@NAME
@click.pass_obj
def history(call: Call, *, name: str) -> None:
    """Every correction."""
    entered, names = call.read(lambda db: _read(call, db, name))
    answer = {"calendar": name, "changes": [_row(each) for each in entered]}

    def write() -> None:
        if not entered:
            say(call, NEVER, name=name)
        for i, each in enumerate(entered):
            if i:
                click.echo()
            _write(call, each, names)

    show(call, answer, write)


def _read(call: Call, db: "Connection", name: str) -> "tuple[list[Entered], Mapping[str, str]]":
    from sqlalchemy import select

    call.place.wf.shelf.base(name)  # refuses what there is not
    found = call.place.wf.calendars.history(db, name)
    person = call.tables.person.c
    actors = {who for each in found for who in (each.by, each.entered) if who}
    named = db.execute(select(person.id, person.name).where(person.id.in_(actors)))
    return found, {row.id: row.name for row in named}


def _row(each: "Entered") -> dict[str, Any]:
    return {
        "n": each.n, "at": each.at, "by": each.by, "entered": each.entered,
        "ground": each.ground, "years": each.years, "before": each.before,
        "version": each.version,
        "days": [{"on": m.on, "was": day_row(m.was), "now": day_row(m.now)} for m in each.moved],
    }  # fmt: skip


def day_row(each: "Day | None") -> dict[str, Any] | None:
    """A day for programs."""
    if each is None:
        return None
    return {"kind": each.kind, "name": {"vi": each.vi, "en": each.en}, "ground": each.ground,
            "certainty": each.certainty}  # fmt: skip


def _write(call: Call, each: "Entered", names: Mapping[str, str]) -> None:
    lang = call.lang
    who = names.get(each.by, each.by)
    if each.entered:
        entered = names.get(each.entered, each.entered)
        who = pick(FOR, lang, by=who, entered=entered)
    click.secho(pick(ONE, lang, n=each.n, at=moment(each.at), who=clean(who)), bold=True)
    if each.ground:
        click.echo(f"  {pick(GROUND, lang, ground=clean(each.ground))}")
    if each.years:
        click.echo(f"  {pick(YEARS, lang, first=each.years[0], last=each.years[1])}")
    was = [clean(kind_of(moved.was, lang)) for moved in each.moved]
    most = max(map(width, was), default=0)
    for moved, before in zip(each.moved, was, strict=True):
        room = " " * (most - width(before))
        now = clean(kind_of(moved.now, lang))
        click.echo(f"  {dated(moved.on, lang)}  {before}{room}  →  {now}")
        if moved.now.ground != each.ground:
            sure = pick(CERTAINTIES[moved.now.certainty], lang)
            told = pick(OWN, lang, ground=clean(moved.now.ground), certainty=sure)
            click.secho(f"      {told}", dim=True)
