"""`thidua calendar correct`, `off`, `work`, `swap`: days corrected, with the document."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.history import day_row
from thidua.cli.calendar.move import (
    YES,
    agree,
    carry_out,
    counts,
    plan,
    rows,
    tell,
)
from thidua.cli.calendar.source import NAME, dated, kind_of, name_of, table_of
from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DAY, DRY_RUN
from thidua.cli.screen import day, say, show, table
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.calendars import Correction
    from thidua.definitions.days import Day
    from thidua.reprojection import Shifted

SAME: Words = (
    "Lịch {name} vốn đã như vậy: không ghi gì.",
    "The calendar {name} says so already: nothing was written.",
)
CORRECTED: Words = (
    "Đã sửa lịch {name} (lần {n}, bản {version}).",
    "Corrected the calendar {name} (no. {n}, version {version}).",
)
ADDED: Words = ("Lịch nay có cả các năm {first}–{last}.", "It has the years {first}–{last} now.")
DONE: Words = (
    "Đã tính lại {moved} thời hạn của {dossiers} hồ sơ; giá trị cũ và mới ghi trong nhật ký.",
    "Moved {moved} dues of {dossiers} dossiers; old and new values are in the journal.",
)
SWAPPED_OFF: Words = ("Nghỉ hoán đổi, làm bù ngày {on}", "Day off, worked on {on}")
SWAPPED_WORK: Words = ("Làm bù ngày {on}", "Worked for {on}")
MADE_UP: Words = ("Làm bù", "Make-up day")

GROUND_SAID: Words = (
    "Văn bản quy định, ví dụ “Công văn số 12729/VPCP-KGVX ngày 25/12/2025”.",
    "The document that orders it, such as a letter with number and date.",
)
GROUND = option("--ground", metavar="TEXT", required=True, said=GROUND_SAID)
FILE_GROUND = option("--ground", metavar="TEXT", said=(
    GROUND_SAID[0] + " Dùng cho cả những ngày mà tệp không ghi căn cứ.",
    GROUND_SAID[1] + " Also for days of the file that name none."))  # fmt: skip
NAMED = option("--name", "vi", metavar="TEXT", said=(
    "Tên ngày, ví dụ “Nghỉ bù Quốc khánh”.", "What the day is called, in Vietnamese."))  # fmt: skip
NAMED_EN = option("--name-en", "en", metavar="TEXT", said=(
    "Tên ngày bằng tiếng Anh; mặc định như --name.",
    "The same in English; as --name by default."))  # fmt: skip


@verb("correct", takes=(DRY_RUN,))
@click.argument("file", type=click.Path(path_type=Path))
@FILE_GROUND
@YES
@NAME
@click.pass_obj
def correct(call: Call, *, file: Path, ground: str | None, yes: bool, name: str) -> None:
    """Correct the calendar by a file."""
    try:
        text = file.read_bytes()
    except OSError as error:
        problem = error.strerror or "?"
        raise Unknown("calendar-file", file=str(file), problem=problem) from error
    _correct(call, name, lambda: text, ground, file=file.name, yes=yes)


@verb("off", takes=(DRY_RUN,))
@click.argument("on", type=DAY)
@option(
    "--name",
    "vi",
    metavar="TEXT",
    required=True,
    said=("Tên ngày, ví dụ “Nghỉ bù Quốc khánh”.", "What the day is called, in Vietnamese."),
)
@NAMED_EN
@GROUND
@YES
@NAME
@click.pass_obj
def off(call: Call, *, on: date, vi: str, en: str | None, ground: str,
        yes: bool, name: str) -> None:  # fmt: skip
    """Make a day off."""
    _correct(call, name, lambda: [_made(on, "off", (vi, en or vi), ground)], ground,
             yes=yes)  # fmt: skip


@verb("work", takes=(DRY_RUN,))
@click.argument("on", type=DAY)
@NAMED
@NAMED_EN
@GROUND
@YES
@NAME
@click.pass_obj
def work(call: Call, *, on: date, vi: str | None, en: str | None, ground: str,
         yes: bool, name: str) -> None:  # fmt: skip
    """Make a day worked."""
    names = (vi, en or vi) if vi else MADE_UP
    _correct(call, name, lambda: [_made(on, "work", names, ground)], ground, yes=yes)


@verb("swap", takes=(DRY_RUN,))
@click.argument("off_on", metavar="OFF", type=DAY)
@click.argument("work_on", metavar="WORKED", type=DAY)
@GROUND
@YES
@NAME
@click.pass_obj
def swap(call: Call, *, off_on: date, work_on: date, ground: str, yes: bool,
         name: str) -> None:  # fmt: skip
    """Exchange two days."""
    _check_swap(call, off_on, work_on, name)

    def days() -> "list[Day]":
        free = tuple(words.format(on=day(work_on)) for words in SWAPPED_OFF)
        made_up = tuple(words.format(on=day(off_on)) for words in SWAPPED_WORK)
        return [_made(off_on, "off", free, ground),
                _made(work_on, "work", made_up, ground)]  # fmt: skip

    _correct(call, name, days, ground, yes=yes)


def _check_swap(call: Call, off_on: date, work_on: date, name: str) -> None:
    """Refuse to give a day free for nothing, or to have one day worked for two."""
    days = table_of(call, name).days
    off, work = days.get(off_on), days.get(work_on)
    is_off, is_worked = off and off.kind == "off", work and work.kind == "work"
    if off and is_off and not is_worked:
        raise Misuse("swap-off-already", off=day(off_on), name=name_of(off, call.lang))
    if work and is_worked and not is_off:
        raise Misuse("swap-worked-already", worked=day(work_on), name=name_of(work, call.lang))


def _made(on: date, kind: str, names: Sequence[str], ground: str) -> "Day":
    from thidua.definitions.days import Day

    return Day(on, kind, names[0], names[1], ground, "read")  # type: ignore[arg-type]  # click's choices


def _correct(
    call: Call,
    name: str,
    what: "Callable[[], bytes | Sequence[Day]]",
    ground: str | None,
    *,
    yes: bool,
    file: str = "-",
) -> None:
    """Show what it would do, then do it: the calendar first, then each dossier whose due moves."""

    def write(db: "Connection") -> "tuple[Correction, list[Shifted]]":
        terms: dict[str, Any] = {"ground": ground, "name": name, "file": file, "now": call.now}
        done = call.place.wf.calendars.correct(db, what(), by=call.by(db), **terms)
        return done, plan(call, db)

    done, moving = call.place.rehearse(write)
    days = {each.on: each.now for each in done.moved}
    moved: list[Shifted] = []
    if not call.dry and done.n is not None:
        if moving:
            agree(call, moving, days, yes=yes)
        done, moving = call.place.write(write)
        moved = carry_out(call, moving)
    answer = {**_answer(done), "dues": rows(moving), **counts(moving if call.dry else moved)}

    def told() -> None:
        _tell(call, done)
        if call.dry:
            tell(call, moving, {**table_of(call, name).days, **days})
        elif moved:
            say(call, DONE, **counts(moved))

    show(call, answer, told)


def _answer(done: "Correction") -> dict[str, Any]:
    return {
        "calendar": done.calendar, "change": done.n, "before": done.before,
        "version": done.version, "years": done.years,
        "days": [{"on": m.on, "was": day_row(m.was), "now": day_row(m.now)} for m in done.moved],
    }  # fmt: skip


def _tell(call: Call, done: "Correction") -> None:
    if done.n is None:
        say(call, SAME, name=done.calendar)
        return
    columns = (
        Column(("Ngày", "Day"), lambda m: dated(m.on, call.lang)),
        Column(("Trước", "Before"), lambda m: kind_of(m.was, call.lang), gives=True),
        Column(("Nay", "Now"), lambda m: kind_of(m.now, call.lang), gives=True),
        Column(("Căn cứ", "Ground"), lambda m: m.now.ground, gives=True),
    )
    if done.moved:
        table(call, done.moved, columns)
    if done.years:
        say(call, ADDED, first=done.years[0], last=done.years[1])
    if not call.dry:
        say(call, CORRECTED, name=done.calendar, n=done.n, version=done.version)
