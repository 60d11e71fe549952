"""`thidua timeliness`: of all that was due in a period, what was done by then, and by whom."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import eyes_of, require_office
from thidua.cli.language import Words, label_of, pick
from thidua.cli.option import DAY
from thidua.cli.screen import day, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.written import CSV, FILE, tell_files, to_csv
from thidua.workflow.errors import Misuse, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names
    from thidua.timeliness import Rate, Timeliness

BY = ("state", "role", "unit", "officer")
GROUPS: Mapping[str, Words] = {
    "state": ("theo bước, đợt", "by state and round"),
    "role": ("theo vai trò", "by role"),
    "unit": ("theo đơn vị", "by unit"),
    "officer": ("theo người xử lý", "by officer"),
}
NAMES: Mapping[str, Words] = {
    "state": ("Bước, đợt", "State, round"),
    "role": ("Vai trò", "Role"),
    "unit": ("Đơn vị", "Unit"),
    "officer": ("Người xử lý", "Officer"),
}
HEADING: Words = (
    "Đúng hạn {share}: {in_time} trên {n} việc đến hạn từ {first} đến {last}",
    "In time {share}: {in_time} of {n} tasks due from {first} to {last}",
)
UNTIL: Words = ("cả thời gian đến “{state}”", "all the time until “{state}”")
NOBODY: Mapping[str, Words] = {
    "unit": ("(không gắn với đơn vị)", "(of no unit)"),
    "officer": ("(chưa giao cho ai, hoặc hệ thống làm)", "(nobody's, or the system's)"),
}
LEFT_OUT: Mapping[str, Words] = {
    "waiting": ("{count} chưa đến hạn", "{count} not due yet"),
    "paused": ("{count} đang tạm dừng", "{count} paused"),
    "cancelled": ("{count} đã hủy, rút hoặc thu hồi", "{count} cancelled, withdrawn or recalled"),
    "excused": ("{count} được kết thúc sớm cùng đợt", "{count} ended early with their round"),
    "counted": ("{count} bỏ phiếu tại phiên họp", "{count} voted at the meeting"),
}
NOT_MEASURED: Words = ("Không tính: {parts}.", "Not measured: {parts}.")
MEASURED: Words = (
    "Theo hạn hiện hành, sau gia hạn ({extended} việc) và tạm dừng ({stopped} việc); trả lời giấy"
    " theo ngày đợt quy định.\nTrung vị, lâu nhất: số ngày làm việc đã dùng, không kể tạm dừng;"
    " trễ nhất: số ngày làm việc quá hạn.",
    "By the due that stood after extensions ({extended} tasks) and pauses ({stopped} tasks); paper"
    " by the day its round names.\nMedian, longest: working days it took, without pauses; worst:"
    " working days past the due.",
)
CHART: Words = ("Tỷ lệ đúng hạn {by}", "Done in time, {by}")
SUBTITLE: Words = (
    "Việc đến hạn từ {first} đến {last}: {share} đúng hạn ({in_time}/{n})",
    "Tasks due from {first} to {last}: {share} in time ({in_time}/{n})",
)
CHART_NOTE: Words = (
    "Số trên thanh: số việc. Trung vị: số ngày làm việc đã dùng, không kể tạm dừng; trễ nhất: số"
    " ngày làm việc quá hạn. Tính đến {on}.",
    "On the bars: tasks. Median: working days it took, without pauses; worst: working days past"
    " the due. As of {on}.",
)
HEADS: tuple[Words, Words, Words] = (
    ("đúng hạn", "in time"), ("trung vị", "median"), ("trễ nhất", "worst"),
)  # fmt: skip
LEGEND: tuple[Words, ...] = (
    ("đúng hạn", "in time"), ("muộn", "late"), ("không trả lời", "no answer"),
    ("chưa xong", "not done"),
)  # fmt: skip


@verb("timeliness")
@option("--by", type=click.Choice(BY), default="state", metavar="|".join(BY), said=(
    "Gộp theo bước và đợt (mặc định), vai trò, đơn vị, người xử lý.",
    "Group by state and round (by default), role, unit, officer."))  # fmt: skip
@option("--from", "first", type=DAY, metavar="DATE", said=(
    "Hạn từ ngày này; mặc định ngày đầu năm.",
    "Dues from this day; by default the first of the year."))  # fmt: skip
@option("--to", "last", type=DAY, metavar="DATE", said=(
    "Hạn đến ngày này; mặc định hôm nay.", "Dues to this day; today by default."))  # fmt: skip
@option("--unit", metavar="UNIT", said=(
    "Chỉ những việc của một đơn vị.", "Only what one unit was asked."))  # fmt: skip
@CSV
@option("--plot", type=FILE, metavar="FILE", said=(
    "Vẽ biểu đồ vào tệp .png hoặc .svg (cần thidua[plots]).",
    "Draw a chart into a .png or .svg file (needs thidua[plots])."))  # fmt: skip
@click.pass_obj
def timeliness(
    call: Call, *, by: str, first: date | None, last: date | None, unit: str | None,
    csv_: Path | None, plot: Path | None,
) -> None:  # fmt: skip
    """Of all that was due, what was done by then."""
    from thidua.timeliness import Period

    end = last or call.today
    period = Period(first or end.replace(month=1, day=1), end)
    if plot is not None:
        _check_plot(plot)
    call.read(lambda db: _check_sight(call, db, unit))
    found, rows = call.read(lambda db: _answer(call, db, period, by, unit))
    if to_csv(call, csv_, rows, _spread()):
        return
    if plot is not None:
        _draw(call, found, rows, plot)
    answer = {
        "period": period, "as_of_on": found.as_of_on, "by": by, "unit": unit, "rates": rows,
        "total": _row(found.total, ""), "left_out": found.left_out,
    }  # fmt: skip
    show(call, answer, lambda: _write(call, found, rows, (csv_, plot)))


def _check_sight(call: Call, db: "Connection", unit: str | None) -> None:
    """Everybody may look at one's own unit; at others who handles dossiers."""
    eyes = eyes_of(call, db)
    own = unit is not None and all(any(h.unit == unit for h in each.held) for each in eyes)
    if not (eyes and own):
        require_office(call, db)


def _check_plot(plot: Path) -> None:
    from thidua.plots import check_ending

    check_ending(plot)


def _answer(
    call: Call, db: "Connection", period: Any, by: Any, unit: str | None
) -> "tuple[Timeliness, list[dict[str, Any]]]":
    from thidua.storage import listing_people

    names = listing_people.names(db, call.tables, call.today)
    if unit is not None and unit not in names.units:
        raise Unknown("unknown-unit", unit=unit)
    found = call.place.wf.timeliness(db, period, by=by, unit=unit, now=call.now)
    several = len({rate.procedure for rate in found.rates}) > 1
    titles = _titles(call, db) if several else {}
    rows = []
    for rate in found.rates:
        row = _row(rate, _name(rate, by, names, call.lang))
        rows.append({**row, "procedure_title": titles.get(rate.procedure or "")})
    return found, rows


def _titles(call: Call, db: "Connection") -> dict[str, str]:
    from thidua.cli.rules import stored

    procedures = (rules.procedure for rules in stored(call, db))
    return {each.name: label_of(each.title, call.lang) for each in procedures}


def _row(rate: "Rate", name: str) -> dict[str, Any]:
    told = {key: value for key, value in asdict(rate).items() if key != "label"}
    return {"name": name, **told, "share": rate.share}


def _name(rate: "Rate", by: str, names: "Names", lang: str) -> str:
    if rate.key is None:
        return pick(NOBODY[by], lang)
    if by == "unit":
        return names.unit(rate.key)
    if by == "officer":
        return names.actor(rate.key)
    label = label_of(rate.label or {}, lang, rate.key)
    return pick(UNTIL, lang, state=label) if rate.kind == "span" else label


def percent(share: float | None, lang: str) -> str:
    """A share as people write it, to a tenth: 97,9% or 97.9%."""
    if share is None:
        return "–"
    text = f"{100 * share:.1f}".removesuffix(".0")
    return (text.replace(".", ",") if lang == "vi" else text) + "%"


def number(value: float | None, lang: str) -> str:
    """Working days as people write them."""
    if value is None:
        return ""
    text = f"{value:g}"
    return text.replace(".", ",") if lang == "vi" else text


def _write(
    call: Call, found: "Timeliness", rows: list[dict[str, Any]], files: tuple[Path | None, ...]
) -> None:
    title(call, HEADING, **_told(call, found))
    if found.left_out:
        parts = [pick(words, call.lang, count=found.left_out[why])
                 for why, words in LEFT_OUT.items() if why in found.left_out]  # fmt: skip
        say(call, NOT_MEASURED, parts=", ".join(parts))
    click.echo()
    table(call, rows, _columns(call, found.by))
    if rows:
        click.echo()
        words = pick(MEASURED, call.lang, extended=found.total.extended,
                     stopped=found.total.stopped)  # fmt: skip
        click.echo(words)
    tell_files(call, *files)


def _told(call: Call, found: "Timeliness") -> dict[str, Any]:
    total, period = found.total, found.period
    return {
        "share": percent(total.share, call.lang), "in_time": total.in_time, "n": total.n,
        "first": day(period.first_on), "last": day(period.last_on),
    }  # fmt: skip


def _columns(call: Call, by: str) -> list[Column]:
    lang = call.lang
    return [
        Column(("Đúng hạn", "In time"), lambda r: f"{r['in_time']}/{r['n']}", right=True),
        Column(("Tỷ lệ", "Share"), lambda r: percent(r["share"], lang), right=True, style=_colour),
        Column(NAMES[by], lambda r: r["name"], gives=True, ends=True),
        Column(("Quy trình", "Procedure"), lambda r: r["procedure_title"], gives=True, ends=True),
        Column(("Muộn", "Late"), lambda r: r["late"] or "", right=True),
        Column(("Không trả lời", "No answer"), lambda r: r["silent"] or "", right=True),
        Column(("Chưa xong", "Not done"), lambda r: r["overdue"] or "", right=True),
        Column(("Trung vị", "Median"), lambda r: number(r["median_days"], lang), right=True),
        Column(("Lâu nhất", "Longest"), lambda r: r["worst_days"], right=True),
        Column(("Trễ nhất", "Worst"), lambda r: r["worst_past_days"] or "", right=True),
    ]


def _colour(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["share"] is None or row["share"] >= 0.9:
        return {}
    return {"fg": "red", "bold": True} if row["share"] < 0.5 else {"fg": "yellow"}


def _spread() -> list[Column]:
    plain = {
        "n": ("Đến hạn", "Due"), "in_time": ("Đúng hạn", "In time"), "late": ("Muộn", "Late"),
        "silent": ("Không trả lời", "No answer"), "overdue": ("Chưa xong", "Not done"),
        "share": ("Tỷ lệ đúng hạn", "Share in time"),
        "median_days": ("Trung vị (ngày làm việc)", "Median (working days)"),
        "worst_days": ("Lâu nhất (ngày làm việc)", "Longest (working days)"),
        "worst_past_days": ("Trễ nhất (ngày làm việc)", "Worst past the due (working days)"),
        "extended": ("Đã gia hạn", "Extended"), "stopped": ("Đã tạm dừng", "Paused meanwhile"),
    }  # fmt: skip
    names = {"name": ("Tên", "Name"), "key": ("Mã", "Id"), "procedure": ("Quy trình", "Procedure")}
    return [Column(words, _field(name)) for name, words in {**names, **plain}.items()]


def _field(name: str) -> Any:
    return lambda row: row[name]


def _draw(call: Call, found: "Timeliness", rows: list[dict[str, Any]], plot: Path) -> None:
    from thidua.plots import Bar, Chart, draw

    lang, told = call.lang, _told(call, found)
    if not rows:
        raise Misuse("plot-empty", first=told["first"], last=told["last"])
    bars = tuple(
        Bar(row["name"], (row["in_time"], row["late"], row["silent"], row["overdue"]),
            (percent(row["share"], lang), number(row["median_days"], lang) or "–",
             str(row["worst_past_days"] or "–")))
        for row in rows
    )  # fmt: skip
    chart = Chart(
        pick(CHART, lang, by=pick(GROUPS[found.by], lang)), pick(SUBTITLE, lang, **told),
        pick(CHART_NOTE, lang, on=day(found.as_of_on)), _picked(LEGEND, lang),
        _picked(HEADS, lang), bars,
    )  # fmt: skip
    draw(chart, plot)


def _picked(every: tuple[Words, ...], lang: str) -> Any:
    return tuple(pick(words, lang) for words in every)
