"""`thidua calendar`: which days are worked, as a month on paper, and further years to fill in."""

from calendar import month_name, monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import day, say, show, table, title, warn
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.definitions.days import Table

calendar = Noun("calendar")

CELL = 6
"""Columns of a day in the month: its number, a mark, and room between."""

HEADING: Words = ("Tháng {month}/{year} – lịch {name}", "{named} {year} – calendar {name}")
WEEKDAYS: tuple[Words, ...] = (
    ("T2", "Mon"), ("T3", "Tue"), ("T4", "Wed"), ("T5", "Thu"), ("T6", "Fri"), ("T7", "Sat"),
    ("CN", "Sun"),
)  # fmt: skip
WEEK: Words = ("Tuần", "Week")
KINDS: dict[str, Words] = {"off": ("nghỉ", "off"), "work": ("làm việc", "worked")}
CERTAINTIES: dict[str, Words] = {
    "read": ("đã đọc văn bản", "read"),
    "analogy": ("theo thư viện, chưa đối chiếu", "by the library, not compared"),
    "assumed": ("giả định, chờ quyết định hằng năm", "assumed until the yearly decision"),
}
TOTAL: Words = ("{count} ngày làm việc", "{count} working days")
LEGEND: Words = (
    "(n) ngày làm việc thứ n trong tháng; * nghỉ theo lịch; + ngày nghỉ hằng tuần nhưng làm việc",
    "(n) the n-th working day of the month; * off by the calendar; + a weekend day that is worked",
)
TO_FILL: Words = (
    "Hãy đối chiếu từng ngày với quyết định hằng năm, ghi căn cứ, lưu thành tệp .yaml trong thư"
    " mục mà THIDUA_CALENDARS nêu.",
    "Compare each day with the yearly decision, name its ground, and keep this as a .yaml file in"
    " the folder that THIDUA_CALENDARS names.",
)
COVERED: Words = (
    "Lịch {name} đã có năm {year}: tệp bổ sung chỉ cần ghi những ngày cần sửa.",
    "The calendar {name} has {year} already: a corrections file need only list what is wrong.",
)

NAME = option("--calendar", "name", metavar="NAME", default="vn-civil-service", said=(
    "Tên lịch; mặc định vn-civil-service.",
    "The calendar; vn-civil-service by default."))  # fmt: skip


@calendar.verb("show")
@click.argument("month", required=False)
@NAME
@click.pass_obj
def show_(call: Call, *, month: str | None, name: str) -> None:
    """A month."""
    from thidua.definitions.calendars import load_table

    first = _month(month) if month else call.today.replace(day=1)
    found = load_table(name, overrides=call.settings.calendars)
    days = _days(found, first)
    count = sum(each["working"] for each in days)
    answer = {"calendar": name, "version": found.version, "month": f"{first:%Y-%m}",
              "working_days": count, "days": days}  # fmt: skip

    def write() -> None:
        title(call, HEADING, month=first.month, named=month_name[first.month], year=first.year,
              name=name)  # fmt: skip
        _write_grid(call, days)
        title(call, TOTAL, count=count)
        say(call, LEGEND)
        named = [each for each in days if each["kind"] is not None]
        if named:
            click.echo()
            table(call, named, _columns(call))

    show(call, answer, write)


def _month(text: str) -> date:
    """The first of a month written 2018-09 or 09/2018."""
    one, slash, other = text.strip().partition("/")
    year, month = (other, one) if slash else text.strip().split("-", 1) if "-" in text else ("", "")
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        raise Misuse("not-a-month", value=text) from None


def _days(found: "Table", first: date) -> list[dict[str, Any]]:
    """Every day of the month; `NoCalendar` when the table does not cover it."""
    counted = found.calendar()
    days: list[dict[str, Any]] = []
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


def _write_grid(call: Call, days: list[dict[str, Any]]) -> None:
    heads = "".join(f"{pick(head, call.lang):>{CELL}}" + " " for head in WEEKDAYS)
    click.secho(f"{heads}  {pick(WEEK, call.lang)}".rstrip(), bold=True)
    week: list[dict[str, Any] | None] = [None] * (days[0]["weekday"] - 1)
    for each in days:
        week.append(each)
        if len(week) == 7:
            _write_week(week)
            week = []
    if week:
        _write_week(week)


def _write_week(week: list[dict[str, Any] | None]) -> None:
    dates = "".join(_date_cell(each) for each in week + [None] * (7 - len(week)))
    numbers = "".join(_number_cell(each) for each in week).rstrip()
    click.echo(f"{dates}  {sum(bool(each and each['working']) for each in week):>4}")
    if numbers:
        click.secho(numbers, dim=True)


def _date_cell(each: Mapping[str, Any] | None) -> str:
    if each is None:
        return " " * (CELL + 1)
    mark = {"off": "*", "work": "+"}.get(each["kind"], " ")
    text = f"{each['on'].day:>{CELL}}{mark}"
    if each["working"]:
        return click.style(text, fg="yellow") if each["kind"] else text
    return click.style(text, fg="red", dim=not each["kind"])


def _number_cell(each: Mapping[str, Any] | None) -> str:
    n = each["working_day"] if each else None
    told = "" if n is None else f"({n})"
    return f"{told:>{CELL + 1}}"


def _columns(call: Call) -> tuple[Column, ...]:
    lang = call.lang
    return (
        Column(("Ngày", "Date"), lambda r: day(r["on"])),
        Column(("", ""), lambda r: pick(WEEKDAYS[r["weekday"] - 1], lang)),
        Column(("", ""), lambda r: pick(KINDS[r["kind"]], lang)),
        Column(("Tên", "Name"), lambda r: r["name"][lang], gives=True),
        Column(("Căn cứ", "Ground"), lambda r: r["ground"], gives=True),
        Column(("Mức chắc chắn", "Certainty"), lambda r: pick(CERTAINTIES[r["certainty"]], lang)),
    )


@calendar.verb("cover")
@click.argument("year", type=click.IntRange(2000, 2099))
@NAME
@click.pass_obj
def cover(call: Call, *, year: int, name: str) -> None:
    """A corrections file for a year."""
    from thidua.definitions.calendars import draft_year, load_table

    known = load_table(name, overrides=call.settings.calendars)
    covered = known.covers(date(year, 1, 1))
    text = draft_year(year, name)

    def write() -> None:
        click.echo(text, nl=False)
        warn(call, COVERED if covered else TO_FILL, name=name, year=year)

    show(call, {"calendar": name, "year": year, "covered": covered, "yaml": text}, write)
