"""`thidua due`: what a time allowed comes to, and why."""

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.source import NAME, dated, table_of
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.option import DAY
from thidua.cli.screen import moment, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.workflow.calendar import Calendar
    from thidua.workflow.due import Fixed, Span
    from thidua.workflow.reckoning import Reckoning

UNITS = {"ngày làm việc": "working day", "ngày": "calendar day", "tháng": "month", "năm": "year"}
YEARS = {"same": "same year", "after": "year after", "next": "next"}

UNTIL: Words = ("Hạn: hết ngày {on}", "Due: the end of {on}")
OVER: Words = ("Quá hạn từ {at}.", "Late from {at} on.")
WINDOW: Words = ("Mở từ ngày {opens} đến hết ngày {on}", "Open from {opens} to the end of {on}")
OFF: Words = ("Ngày nghỉ, ngày làm bù trong thời gian đó", "Days off and make-up days in it")


@verb("due")
@click.argument("time", metavar="TIME")
@option("--from", "from_on", type=DAY, metavar="DATE", said=(
    "Tính từ ngày này (không kể chính ngày đó); mặc định hôm nay.",
    "Count from this day, which is not counted itself; today by default."))  # fmt: skip
@option("--before", "before_on", type=DAY, metavar="DATE", said=(
    "Tính lùi: chậm nhất chừng đó trước ngày này.",
    "Count back: at least so long before this day."))  # fmt: skip
@option("--of", "year", type=click.Choice([*YEARS]), default="next", said=(
    "Ngày cố định của năm nào: cùng năm, năm sau, hoặc lần gần nhất sắp tới.",
    "Which year's fixed date: of the same year, the year after, or the next to come."))  # fmt: skip
@option("--rolls", is_flag=True, said=(
    "Ngày cố định rơi vào ngày nghỉ thì lùi sang ngày làm việc kế tiếp.",
    "A fixed date on a day off moves to the next working day."))  # fmt: skip
@option("--opens", metavar="DAY", said=(
    "Ngày bắt đầu nhận, thành một khoảng thời gian trong năm.",
    "The day a window opens that the fixed date closes."))  # fmt: skip
@option("--after", metavar="TIME", said=(
    "Thời gian tạm coi là đã nhận được sau ngày gửi.",
    "How long after sending the receipt is presumed."))  # fmt: skip
@option("--transit", metavar="TIME", said=(
    "Thời gian chờ thư sau khi hết hạn.", "Time for the post after the due."))  # fmt: skip
@NAME
@click.pass_obj
def due(call: Call, /, *, time: str, name: str, **terms: Any) -> None:
    """What a time comes to."""
    from thidua.workflow.reckoning import edition
    from thidua.workflow.story import story

    found = table_of(call, name)
    calendar = found.calendar()
    how = _asked(call, time, terms, edition(calendar))
    computed = how.computed(calendar)
    assert computed is not None
    told = how.told(computed, calendar)
    opens_on = _opens(told, terms["opens"], calendar)
    first, last = sorted((told.from_on or computed.on, computed.on))
    off = [each for on, each in sorted(found.days.items()) if first < on <= last]
    english = {each.vi: each.en for each in found.days.values()}
    answer = {
        "due_on": computed.on,
        "late_from": calendar.end_of(computed.on),
        "reckoned": json.loads(told.text()),
        "told": {"vi": story(told), "en": story(told, "en", days=english)},
        "opens_on": opens_on,
        "days": [{"on": d.on, "kind": d.kind, "vi": d.vi, "en": d.en} for d in off],
    }
    show(call, answer, lambda: _write(call, answer, off))


def _asked(call: Call, time: str, terms: dict[str, Any], edition: str) -> "Reckoning":
    from thidua.workflow.due import Fixed
    from thidua.workflow.reckoning import Reckoning

    span = _time(time, rolls=terms["rolls"], year=YEARS[terms["year"]])
    fixed = isinstance(span, Fixed)
    for given, fits in (("rolls", fixed), ("opens", fixed), ("before_on", not fixed),
                        ("after", not fixed and terms["before_on"] is None)):  # fmt: skip
        if terms[given] and not fits:
            raise Misuse("due-options", option="--" + given.removesuffix("_on"), time=time)
    back = terms["before_on"]
    after, transit = (_wait(terms[key]) for key in ("after", "transit"))
    start = "sending" if after else "given"
    return Reckoning(
        calendar=edition, start=start, from_on=back or terms["from_on"] or call.today,
        span=None if isinstance(span, Fixed) else span,
        fixed=span if isinstance(span, Fixed) else None,
        before=back is not None, after=after, transit=transit,
    )  # fmt: skip


def _time(text: str, *, rolls: bool = False, year: Any = "next") -> "Span | Fixed":
    """A time or a date of the year, as people or procedures write it."""
    from thidua.workflow.due import Fixed, Span, YearDay

    said = " ".join(text.split())
    for vi, en in UNITS.items():
        said = re.sub(rf"^(\d+) {vi}$", rf"\1 {en}s", said)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})", said)
    try:
        if slashed:
            day, month = int(slashed[1]), int(slashed[2])
            return Fixed(YearDay.parse(f"{day} {_month(month)}"), rolls, year)
        if re.fullmatch(r"\d+ [A-Z][a-z]+", said):
            return Fixed(YearDay.parse(said), rolls, year)
        return Span.parse(said)
    except ValueError:
        raise Misuse("not-a-time", value=text) from None


def _month(month: int) -> str:
    return f"{date(2000, month, 1):%B}"


def _wait(text: str | None) -> "Span | None":
    from thidua.workflow.due import Span

    if text is None:
        return None
    span = _time(text)
    if not isinstance(span, Span):
        raise Misuse("not-a-time", value=text)
    return span


def _opens(how: "Reckoning", opens: str | None, calendar: "Calendar") -> date | None:
    from thidua.workflow.due import Fixed

    if opens is None:
        return None
    from thidua.workflow.window import WindowRule, window_on

    first = _time(opens)
    if not isinstance(first, Fixed) or how.fixed is None or how.from_on is None:
        raise Misuse("not-a-time", value=opens)
    rule = WindowRule("window", {}, how.start, first.day, how.fixed, "")
    return window_on(rule, calendar, how.from_on).opens_on


def _write(call: Call, answer: dict[str, Any], off: list[Any]) -> None:
    lang, on = call.lang, answer["due_on"]
    if answer["opens_on"] is not None:
        title(call, WINDOW, opens=dated(answer["opens_on"], lang), on=dated(on, lang))
    else:
        title(call, UNTIL, on=dated(on, lang))
    click.echo(answer["told"][lang])
    say(call, OVER, at=moment(answer["late_from"]))
    if off:
        click.echo()
        click.echo(pick(OFF, lang))
        table(call, off, (
            Column(("Ngày", "Date"), lambda d: dated(d.on, lang)),
            Column(("Tên", "Name"), lambda d: d.vi if lang == "vi" else d.en, gives=True),
        ))  # fmt: skip
