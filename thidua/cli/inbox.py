"""`thidua inbox`: what waits for a person, a seat or a unit, the most urgent first, and how."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.due import pressing, told_left
from thidua.cli.eyes import eyes_of, own_or_handled, require_office, with_closed
from thidua.cli.label import KINDS, PAUSES, called
from thidua.cli.language import Words
from thidua.cli.rules import rules_of
from thidua.cli.screen import day, say, show, table, title
from thidua.cli.seat import fitting
from thidua.cli.shell import option, verb
from thidua.cli.table import Column, clean
from thidua.cli.tasks import few, grouped, is_late, spread, told, urgency
from thidua.cli.ways import Way, together, ways
from thidua.cli.written import CSV, FILE, tell_files, to_csv
from thidua.workflow.errors import Misuse, Unknown
from thidua.workflow.sight import is_own

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names

HEADING: Words = (
    "Việc của {name}: {count} việc, {late} quá hạn",
    "Waiting for {name}: {count} tasks, {late} late",
)
PAUSED: Words = ("{paused} việc đang tạm dừng, thời hạn không chạy.",
                 "{paused} paused: the clock of these stands still.")  # fmt: skip
STANDS_IN: Words = ("Bạn thay {name}: xem `thidua inbox --as {actor}`.",
                    "You stand in for {name}: see `thidua inbox --as {actor}`.")  # fmt: skip
STANDS_IN_UNTIL: Words = (
    "Bạn thay {name} đến hết ngày {until}: xem `thidua inbox --as {actor}`.",
    "You stand in for {name} until {until}: see `thidua inbox --as {actor}`.",
)
HOW: Words = ("Cách làm", "How")
SHOWN = 8
"""Commands under the list; the ways of the most urgent come first."""


@verb("inbox")
@option("--each", is_flag=True, said=(
    "Từng hồ sơ một dòng.", "A line for each dossier."))  # fmt: skip
@option("--seat", metavar="SEAT", said=(
    "Việc của một đầu mối, thay cho của bạn.",
    "What waits for a seat, instead of for you."))  # fmt: skip
@option("--unit", metavar="UNIT", said=(
    "Việc của cả một đơn vị.", "What waits for a whole unit."))  # fmt: skip
@CSV
@option("--ics", type=FILE, metavar="FILE", said=(
    "Ghi các hạn thành lịch (.ics) để đưa vào ứng dụng lịch.",
    "Write the dues as a calendar (.ics) for a calendar application."))  # fmt: skip
@click.pass_obj
def inbox(
    call: Call, *, each: bool, seat: str | None, unit: str | None, csv_: Path | None,
    ics: Path | None,
) -> None:  # fmt: skip
    """What waits for somebody."""
    _check(call, seat, unit, ics)
    answer = call.read(lambda db: _answer(call, db, seat, unit))
    if to_csv(call, csv_, answer["tasks"], _spread(call)):
        return
    if ics is not None:
        ics.write_bytes(call.read(lambda db: _agenda(call, db, answer["tasks"])))
    shown = answer["tasks" if each else "groups"]
    show(call, answer, lambda: _write(call, answer, shown, each=each, files=(csv_, ics)))


def _check(call: Call, seat: str | None, unit: str | None, ics: Path | None) -> None:
    others = [seat, unit, call.given.get("as_")]
    if sum(said is not None for said in others) > 1:
        raise Misuse("whose-tasks")
    if ics is not None and (seat or unit):
        raise Misuse("agenda-for-person")


def _agenda(call: Call, db: "Connection", tasks: Sequence[Mapping[str, Any]]) -> bytes:
    from thidua.agenda import agenda

    wf, actor = call.place.wf, call.viewer(db)[-1]
    only = {(task["dossier_id"], task["n"]) for task in tasks}
    return agenda(
        db, wf.tables, wf.shelf, wf.people, actor, now=call.now, lang=call.lang, only=only
    )


def _answer(call: Call, db: "Connection", seat: str | None, unit: str | None) -> dict[str, Any]:
    from thidua.storage import listing_people, listing_tasks

    names = listing_people.names(db, call.tables, call.today)
    name, which = _whose(call, db, names, seat, unit)
    waiting = listing_tasks.waiting(db, call.tables, which)
    rows = with_closed(call, db, own_or_handled(call, db, waiting), "dossier_id")
    tasks = sorted((told(call, db, row, names) for row in rows), key=urgency)
    groups = grouped(tasks)
    for group in groups:
        group["ways"] = ways(rules_of(call, db, group["procedure"]).procedure, group, call.lang)
    return {"name": name, "late": sum(map(is_late, tasks)),
            "stands_in": [] if seat or unit else _stands_in(call, db, names),
            "paused": sum(task["status"] == "paused" for task in tasks),
            "tasks": tasks, "groups": groups}  # fmt: skip


def _stands_in(call: Call, db: "Connection", names: "Names") -> list[dict[str, Any]]:
    """For whom the reader acts today, by a written authority."""
    from thidua.people import Substitutes

    people, actor = call.place.wf.people, call.viewer(db)[-1]
    given = people.substitutions(db, actor) if isinstance(people, Substitutes) else ()
    return [{"for": each.for_, "name": names.actor(each.for_), "to_on": each.to_on}
            for each in given if each.runs(call.today)]  # fmt: skip


def _whose(
    call: Call, db: "Connection", names: "Names", seat: str | None, unit: str | None
) -> "tuple[str, ColumnElement[bool]]":
    from thidua.agenda import seats_of
    from thidua.storage import listing_tasks

    if unit is not None:
        if unit not in names.units:
            raise Unknown("unknown-unit", unit=unit)
        return names.unit(unit), listing_tasks.of_units(call.tables, names.stood(unit))
    if seat is not None:
        return _of_seat(call, db, names, seat)
    actor = call.viewer(db)[-1]
    seats = seats_of(call.place.wf.people, db, actor, call.today)
    return names.actor(actor), listing_tasks.of_person(call.tables, sorted(seats), actor)


def _of_seat(
    call: Call, db: "Connection", names: "Names", said: str
) -> "tuple[str, ColumnElement[bool]]":
    from thidua.storage import listing_tasks

    known = listing_tasks.seats(db, call.tables)
    seat = fitting(known, said)
    if seat not in known or not is_own(seat, eyes_of(call, db)):
        require_office(call, db)
    if seat not in known:
        raise Unknown("unknown-seat", seat=said, known=", ".join(known) or "-")
    return names.seat(seat) or seat, listing_tasks.of_seat(call.tables, seat)


def _write(
    call: Call, answer: dict[str, Any], rows: Sequence[Any], *, each: bool,
    files: Sequence[Path | None],
) -> None:  # fmt: skip
    count = len(answer["tasks"]) - answer["paused"]
    title(call, HEADING, name=answer["name"], count=count, late=answer["late"])
    if answer["paused"]:
        say(call, PAUSED, paused=answer["paused"])
    for other in answer["stands_in"]:
        until = day(other["to_on"].isoformat()) if other["to_on"] else ""
        words = STANDS_IN_UNTIL if until else STANDS_IN
        say(call, words, name=other["name"], until=until, actor=other["for"])
    alone = len({row["seat_name"] for row in rows}) < 2
    table(call, rows, _columns(call, each=each, alone=alone))
    _write_ways(call, together(group["ways"] for group in answer["groups"])[:SHOWN])
    tell_files(call, *files)


def _write_ways(call: Call, found: Sequence[Way]) -> None:
    if found:
        click.echo()
        title(call, HOW)
    for way in found:
        click.echo(f"  {clean(way['label'])}:")
        click.secho(f"    {clean(way['command'])}", fg="cyan")


def _columns(call: Call, *, each: bool, alone: bool) -> list[Column]:
    lang = call.lang
    whom = [
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier_id"]),
        Column(("Tên", "Name"), lambda r: r["candidate_name"], gives=True),
        Column(("Loại", "Kind"), lambda r: called(KINDS, r["candidate_kind"], lang)),
    ]
    many = [
        Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
        Column(("Gồm", "Among them"), lambda r: few(r["names"]), gives=True),
    ]
    whose = Column(("Nơi xử lý", "Whose"), lambda r: r["seat_name"], gives=True, ends=True)
    return [
        Column(("Hạn", "Due"), lambda r: day(r["due_on"]) if r["status"] == "open" else "",
               style=pressing),
        Column(("Ngày làm việc", "Working days"), lambda r: told_left(r["days_left"], lang),
               style=pressing),
        Column(("Việc", "Task"), lambda r: r["task_label"], gives=True),
        *(whom if each else many),
        *([] if alone else [whose]),
        Column(("Người giữ", "Held by"), lambda r: r["holder_name"], gives=True),
        Column(("", ""), lambda r: called(PAUSES, r["pause"], lang)),
    ]  # fmt: skip


def _spread(call: Call) -> list[Column]:
    paused = Column(("Tạm dừng", "Paused"), lambda r: called(PAUSES, r["pause"], call.lang))
    return [*spread(call.lang), paused]
