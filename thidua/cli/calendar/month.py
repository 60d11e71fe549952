"""`thidua calendar show` and `draft`: a month as on paper, and further years to fill in."""

from calendar import month_name, monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.source import CERTAINTIES, KINDS, NAME, WEEKDAYS, dated, table_of
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import say, show, title, warn
from thidua.cli.shell import verb
from thidua.cli.table import clean, width
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.definitions.days import Table

Told = Mapping[str, Any]
"""A day of the month as the JSON answer has it."""

CELL = 6
"""Columns of a day in the month: its number, and room before it; its mark follows."""
WEEK, SO_FAR = 11, 13
"""Columns of the two counts beside a week."""

HEADING: Words = ("Tháng {month} năm {year}: {count} ngày làm việc",
                  "{named} {year}: {count} working days")  # fmt: skip
COUNTS: tuple[Words, Words] = (("Làm việc", "Worked"), ("Cộng dồn", "So far"))
MARKS: dict[str, Words] = {
    "off": ("* nghỉ theo lịch", "* off by the calendar"),
    "work": ("+ ngày nghỉ hằng tuần nhưng làm việc", "+ a weekend day that is worked"),
}
GROUND: Words = ("Căn cứ: {ground} ({certainty})", "Ground: {ground} ({certainty})")
ASSUMED: Words = (
    "Ngày giả định phải được đối chiếu với quyết định hằng năm, rồi sửa bằng"
    " `thidua calendar correct`.",
    "Compare assumed days with the yearly decision, then correct them with"
    " `thidua calendar correct`.",
)
SOURCE: Words = ("Lịch {name}, bản {version}.", "Calendar {name}, version {version}.")
TO_FILL: Words = (
    "Hãy đối chiếu từng ngày với quyết định hằng năm, ghi căn cứ, rồi nhập tệp này bằng"
    " `thidua calendar correct TỆP`.",
    "Compare each day with the yearly decision, name its ground, then enter this file with"
    " `thidua calendar correct FILE`.",
)
COVERED: Words = (
    "Lịch {name} đã có năm {year}: tệp chỉ cần ghi những ngày cần sửa.",
    "The calendar {name} has {year} already: a file need only list what is wrong.",
)


@verb("show")
@click.argument("month", required=False)
@NAME
@click.pass_obj
def show_(call: Call, *, month: str | None, name: str) -> None:
    """A month."""
    first = _month(month) if month else call.today.replace(day=1)
    found = table_of(call, name)
    days = _days(found, first)
    count = sum(each["working"] for each in days)
    answer = {"calendar": name, "version": found.version, "month": f"{first:%Y-%m}",
              "working_days": count, "days": days}  # fmt: skip

    def write() -> None:
        title(call, HEADING, month=first.month, named=month_name[first.month], year=first.year,
              count=count)  # fmt: skip
        click.echo()
        for line in _grid(call, days):
            click.echo(line)
        click.echo()
        _write_named(call, [each for each in days if each["kind"] is not None])
        say(call, SOURCE, name=name, version=found.version)

    show(call, answer, write)


def _month(text: str) -> date:
    """The first of a month written 2018-09 or 09/2018."""
    one, slash, other = text.strip().partition("/")
    year, month = (other, one) if slash else text.strip().split("-", 1) if "-" in text else ("", "")
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        raise Misuse("not-a-month", value=text) from None


def _days(found: "Table", first: date) -> list[Told]:
    """Every day of the month; `NoCalendar` when the table does not cover it."""
    counted = found.calendar()
    days: list[Told] = []
    for offset in range(monthrange(first.year, first.month)[1]):
        on = first + timedelta(days=offset)
        works, named = counted.is_working(on), found.days.get(on)
        n = sum(each["working"] for each in days) + 1 if works else None
        days.append({
            "on": on, "weekday": on.isoweekday(), "working": works, "working_day": n,
            "kind": named.kind if named else None,
            "name": {"vi": named.vi, "en": named.en} if named else None,
            "ground": named.ground if named else None,
            "certainty": named.certainty if named else None,
        })  # fmt: skip
    return days


def _grid(call: Call, days: Sequence[Told]) -> Iterator[str]:
    """The weeks, a day under its weekday, and beside each the working days so far."""
    heads = "".join(f"{pick(head, call.lang):>{CELL}} " for head in WEEKDAYS)
    counts = "".join(
        " " * (most - width(text := pick(head, call.lang))) + text
        for head, most in zip(COUNTS, (WEEK, SO_FAR), strict=True)
    )
    yield click.style(heads + counts, bold=True)
    so_far = 0
    for week in _weeks(days):
        worked = sum(bool(each and each["working"]) for each in week)
        so_far += worked
        yield "".join(map(_cell, week)) + f"{worked:>{WEEK}}{so_far:>{SO_FAR}}"


def _weeks(days: Sequence[Told]) -> Iterator[list[Told | None]]:
    before = days[0]["weekday"] - 1
    cells: list[Told | None] = [None] * before + list(days)
    cells += [None] * (-len(cells) % 7)
    for start in range(0, len(cells), 7):
        yield cells[start : start + 7]


def _cell(each: Told | None) -> str:
    if each is None:
        return " " * (CELL + 1)
    mark = {"off": "*", "work": "+"}.get(each["kind"], " ")
    text = f"{each['on'].day:>{CELL}}{mark}"
    if each["working"]:
        return click.style(text, fg="yellow", bold=True) if each["kind"] else text
    return click.style(text, fg="red", bold=True) if each["kind"] else click.style(text, dim=True)


def _write_named(call: Call, named: Sequence[Told]) -> None:
    """The days off and the exchanged ones, under each the document that orders it."""
    kinds = {each["kind"] for each in named}
    if named:
        marks = (pick(words, call.lang) for kind, words in MARKS.items() if kind in kinds)
        click.secho("    ".join(marks), dim=True)
    for (ground, certainty), days in groupby(named, key=_source):
        click.echo()
        for line in _listed(call, days):
            click.echo(f"  {line}")
        sure = pick(CERTAINTIES[certainty], call.lang)
        told = pick(GROUND, call.lang, ground=clean(ground), certainty=sure)
        click.secho(f"    {told}", fg="yellow" if certainty == "assumed" else None)
    if named:
        click.echo()
    if any(each["certainty"] == "assumed" for each in named):
        warn(call, ASSUMED)


def _source(each: Told) -> tuple[str, str]:
    return each["ground"], each["certainty"]


def _listed(call: Call, days: Iterable[Told]) -> Iterator[str]:
    for each in days:
        kind = pick(KINDS[each["kind"]], call.lang)
        room = " " * (max(width(pick(k, call.lang)) for k in KINDS.values()) - width(kind))
        yield f"{dated(each['on'], call.lang)}  {kind}{room}  {clean(each['name'][call.lang])}"


@verb("draft")
@click.argument("year", type=click.IntRange(2000, 2099))
@NAME
@click.pass_obj
def draft(call: Call, *, year: int, name: str) -> None:
    """A corrections file for a year."""
    from thidua.definitions.calendars import draft_year

    known = table_of(call, name)
    covered = known.covers(date(year, 1, 1))
    text = draft_year(year, name, onto=known)

    def write() -> None:
        click.echo(text, nl=False)
        warn(call, COVERED if covered else TO_FILL, name=name, year=year)

    show(call, {"calendar": name, "year": year, "covered": covered, "yaml": text}, write)
