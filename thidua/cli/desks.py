"""`thidua desks`: on whose desk everything lies, and for how many working days."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import own_or_handled
from thidua.cli.language import Words
from thidua.cli.rules import rules_of
from thidua.cli.screen import day, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.tasks import is_late, told
from thidua.cli.written import CSV, tell_files, to_csv
from thidua.collation import word_key
from thidua.workflow.person import Seat

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names

AGES: tuple[tuple[str, int, int | None], ...] = (
    ("0-2", 0, 2), ("3-5", 3, 5), ("6-10", 6, 10), ("11-", 11, None),
)  # fmt: skip
"""Ages in working days, the first and the last included."""

HEADING: Words = (
    "{open} việc đang chờ ở {desks} nơi: {late} quá hạn; ngoài ra {paused} tạm dừng",
    "{open} tasks wait on {desks} desks: {late} late; {paused} more are paused",
)
OLDEST: Words = ("Lâu nhất: {days} ngày làm việc ({name}, từ {on}).",
                 "Oldest: {days} working days ({name}, since {on}).")  # fmt: skip
NOTE: Words = (
    "Số ngày làm việc từ khi việc đến bàn, không tính thời gian tạm dừng.",
    "Working days since the task arrived, without pauses.",
)
NOBODY: Words = (
    "Chưa có ai phụ trách: {desks}. Ghi người bằng `thidua roles import`, hoặc giao việc bằng"
    " `thidua dossiers assign`.",
    "Nobody sits there: {desks}. Enter somebody by `thidua roles import`, or assign the tasks by"
    " `thidua dossiers assign`.",
)
NO_UNIT: Words = ("(không gắn với đơn vị)", "(of no unit)")

NONE = "·"
"""An age that nothing has, so that the four columns stay."""

BY = ("who", "unit", "role")


@verb("desks")
@option("--by", type=click.Choice(BY), default="who", metavar="|".join(BY), said=(
    "Gộp theo: người hoặc nơi đang giữ (mặc định), đơn vị, vai trò.",
    "Group by who has it (by default), by unit or by role."))  # fmt: skip
@CSV
@click.pass_obj
def desks(call: Call, *, by: str, csv_: Path | None) -> None:
    """On whose desk."""
    rows = call.read(lambda db: _desks(call, db, by))
    if to_csv(call, csv_, rows, _spread()):
        return
    totals = {name: sum(row[name] for row in rows) for name in ("open", "late", "paused")}

    def write() -> None:
        title(call, HEADING, desks=sum(row["open"] > 0 for row in rows), **totals)
        waiting = [row for row in rows if row["oldest_days"] is not None]
        if waiting:
            oldest = max(waiting, key=lambda row: row["oldest_days"])
            say(call, OLDEST, days=oldest["oldest_days"], name=oldest["name"],
                on=day(oldest["oldest_on"]))  # fmt: skip
        click.echo()
        table(call, rows, _columns())
        if rows:
            click.echo()
            say(call, NOTE)
        if nobody := [row["name"] for row in rows if row["nobody"]]:
            say(call, NOBODY, desks="; ".join(nobody))
        tell_files(call, csv_)

    show(call, {"by": by, "on": call.today, **totals, "desks": rows}, write)


def _columns() -> list[Column]:
    ages = [(("0–2", "0–2"), "0-2"), (("3–5", "3–5"), "3-5"), (("6–10", "6–10"), "6-10"),
            (("trên 10", "over 10"), "11-")]  # fmt: skip
    return [
        Column(("Đang chờ", "Waiting"), lambda r: r["open"], right=True),
        Column(
            ("Nơi giữ", "Desk"),
            lambda r: r["name"],
            gives=True,
            ends=True,
            style=lambda r: {"fg": "yellow"} if r["nobody"] else {},
        ),
        Column(("Quá hạn", "Late"), lambda r: r["late"] or "", right=True, style=_late_style),
        *(Column(words, _aged(name), right=True) for words, name in ages),
        Column(("Lâu nhất", "Oldest"), lambda r: r["oldest_days"], right=True),
        Column(("Từ ngày", "Since"), lambda r: day(r["oldest_on"])),
        Column(("Tạm dừng", "Paused"), lambda r: r["paused"] or "", right=True),
    ]


def _aged(name: str) -> Callable[[Mapping[str, Any]], object]:
    return lambda row: row["ages"][name] or NONE


def _late_style(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"fg": "red", "bold": True} if row["late"] else {}


def _spread() -> list[Column]:
    return [
        Column(("Nơi giữ", "Desk"), lambda r: r["name"]),
        Column(("Mã", "Id"), lambda r: r["key"]),
        Column(("Đang chờ", "Waiting"), lambda r: r["open"]),
        Column(("Quá hạn", "Late"), lambda r: r["late"]),
        Column(("0-2 ngày làm việc", "0-2 working days"), lambda r: r["ages"]["0-2"]),
        Column(("3-5", "3-5"), lambda r: r["ages"]["3-5"]),
        Column(("6-10", "6-10"), lambda r: r["ages"]["6-10"]),
        Column(("Trên 10", "Over 10"), lambda r: r["ages"]["11-"]),
        Column(("Lâu nhất (ngày làm việc)", "Oldest (working days)"), lambda r: r["oldest_days"]),
        Column(("Từ ngày", "Since"), lambda r: r["oldest_on"]),
        Column(("Tạm dừng", "Paused"), lambda r: r["paused"]),
    ]


def _desks(call: Call, db: "Connection", by: str) -> list[dict[str, Any]]:
    """Desks with what lies on them, as far as those that look may know of it.

    Spans run beside the desks inside them and are left out.
    """
    from thidua.elapsed import courses, days
    from thidua.storage import listing_people, listing_tasks, listing_times

    t = call.tables
    names = listing_people.names(db, t, call.today)
    clocks = courses(listing_times.turns(db, t, listing_tasks.still(t)))
    empty = _emptiness(call, db, names)
    piles: dict[tuple[str, str], list[dict[str, Any]]] = {}
    waiting = listing_tasks.waiting(db, t, t.task.c.kind != "span")
    for row in own_or_handled(call, db, waiting):
        task = told(call, db, row, names)
        calendar = rules_of(call, db, row["procedure"]).calendar
        course = clocks.get((row["dossier_id"], row["n"]))
        task["age"] = days(calendar, row, course, call.today)
        task["nobody"] = not task["holder"] and empty(task["seat"])
        piles.setdefault(_desk(call, task, names, by), []).append(task)
    rows = [_row(key, name, tasks) for (key, name), tasks in piles.items()]
    return sorted(rows, key=lambda r: (-r["late"], -r["open"], word_key(r["name"]), r["key"]))


def _emptiness(call: Call, db: "Connection", names: "Names") -> Callable[[str], bool]:
    """Tells a queue that nobody sits at today; of a host's own people nothing is known."""
    from thidua.storage import listing_people
    from thidua.storage.people import Directory

    if not isinstance(call.place.wf.people, Directory):
        return lambda _: False
    rows = listing_people.roles(db, call.tables, call.today)
    held = {(row["role"], row["unit"] or None) for row in rows}
    roles = {role for role, _ in held}

    def empty(said: str) -> bool:
        seat = Seat.parse(said)
        if seat.person is not None:
            return False
        if seat.unit is None:
            return seat.role not in roles
        return (seat.role, names.standing(seat.unit)) not in held

    return empty


def _desk(call: Call, task: Mapping[str, Any], names: "Names", by: str) -> tuple[str, str]:
    """Key and name of the desk a task lies on."""
    seat = Seat.parse(task["seat"])
    if by == "role":
        return seat.role, task["role_name"]
    if by == "unit":
        none = NO_UNIT[0 if call.lang == "vi" else 1]
        unit = names.standing(seat.unit) if seat.unit else None
        return unit or "", names.unit(unit) or none
    if task["holder"]:
        return task["holder"], task["holder_name"]
    return task["seat"], task["seat_name"]


def _row(key: str, name: str, tasks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    running = [task for task in tasks if task["status"] == "open"]
    ages = [task["age"] for task in running if task["age"] is not None]
    oldest = max(ages, default=None)
    since = [task["opened_at"][:10] for task in running if task["age"] == oldest]
    return {
        "key": key, "name": name, "open": len(running), "late": sum(map(is_late, running)),
        "ages": {name: sum(_in(age, low, high) for age in ages) for name, low, high in AGES},
        "oldest_days": oldest, "oldest_on": min(since, default=None),
        "paused": len(tasks) - len(running), "nobody": any(task["nobody"] for task in tasks),
    }  # fmt: skip


def _in(age: int, low: int, high: int | None) -> bool:
    return low <= age and (high is None or age <= high)
