"""`thidua late`: what is late, by how much, who was asked, reminded, given longer."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.due import pressing, told_left
from thidua.cli.eyes import own_or_handled, with_closed
from thidua.cli.language import Words
from thidua.cli.screen import day, moment, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.tasks import grouped, spread, told, urgency
from thidua.cli.written import CSV, tell_files, to_csv
from thidua.collation import word_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

LATE: Words = ("{count} việc quá hạn", "{count} tasks late")
NEAR: Words = (
    "{count} việc quá hạn hoặc đến hạn trong {days} ngày làm việc",
    "{count} tasks late or due within {days} working days",
)
GROUP: Words = ("{label}: {count} việc của {seats} nơi", "{label}: {count} tasks of {seats} seats")
SHARED = ("sent", "waiting", "last_at", "extended", "promised_on")
"""What tasks of one line have in common beside what makes them one."""


@verb("late")
@option("--within", type=click.IntRange(0), default=0, metavar="N", said=(
    "Cả những việc đến hạn trong N ngày làm việc.",
    "Also what is due within N working days."))  # fmt: skip
@option("--each", is_flag=True, said=(
    "Từng hồ sơ một dòng.", "A line for each dossier."))  # fmt: skip
@CSV
@click.pass_obj
def late(call: Call, *, within: int, each: bool, csv_: Path | None) -> None:
    """What is late and on whose desk."""
    tasks = call.read(lambda db: _late(call, db, within))
    if to_csv(call, csv_, tasks, _spread(call)):
        return
    groups = _with_shared(tasks)

    def write() -> None:
        title(call, NEAR if within else LATE, count=len(tasks), days=within)
        for label, some in _sections(tasks if each else groups).items():
            _section(call, label, some, each=each)
        tell_files(call, csv_)

    show(call, {"within": within, "tasks": tasks, "groups": groups}, write)


def _section(call: Call, label: str, rows: Sequence[Any], *, each: bool) -> None:
    click.echo()
    count = len(rows) if each else sum(row["dossiers"] for row in rows)
    title(call, GROUP, label=label, count=count, seats=len({row["seat"] for row in rows}))
    table(call, rows, _columns(call, each=each))


def _sections(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Rows by their round or state, in the order of their most urgent."""
    sections: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        name = f"{row['task_label']} ({row['ref']})" if row["ref"] else row["task_label"]
        sections.setdefault(name, []).append(row)
    return sections


def _with_shared(tasks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Groups with how often their most reminded task was reminded."""
    by_key = {(task["dossier_id"], task["n"]): task for task in tasks}
    groups = grouped(tasks)
    for group in groups:
        members = [by_key[key] for key in zip(group["ids"], group["numbers"], strict=True)]
        for name in SHARED:
            group[name] = max((m[name] for m in members if m[name] is not None), default=None)
        group["phone"] = members[0]["phone"]
    return groups


def _columns(call: Call, *, each: bool) -> list[Column]:
    lang = call.lang
    whom = [
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier_id"]),
        Column(("Tên", "Name"), lambda r: r["candidate_name"], gives=True),
    ]
    many = [Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True)]
    return [
        Column(("Hạn", "Due"), lambda r: day(r["due_on"]), style=pressing),
        Column(("Ngày làm việc", "Working days"), lambda r: told_left(r["days_left"], lang),
               style=pressing),
        Column(("Nơi xử lý", "Whose"), lambda r: r["seat_name"], gives=True, ends=True),
        Column(("Người giữ", "Held by"), lambda r: r["holder_name"], gives=True),
        *(whom if each else many),
        Column(("Đã nhắc", "Reminded"), lambda r: r["sent"] or "", right=True),
        Column(("Lần cuối", "Last"), lambda r: moment(r["last_at"])[:10]),
        Column(("Gia hạn", "Extended"), lambda r: r["extended"] or "", right=True),
        Column(("Đã hẹn", "Promised"), lambda r: day(r["promised_on"])),
        Column(("Điện thoại", "Phone"), lambda r: r["phone"]),
    ]  # fmt: skip


def _spread(call: Call) -> list[Column]:
    return [
        *spread(call.lang),
        Column(("Số lần đã nhắc", "Reminders sent"), lambda r: r["sent"]),
        Column(("Nhắc lần cuối", "Last reminder"), lambda r: r["last_at"]),
        Column(("Số lần gia hạn", "Extensions"), lambda r: r["extended"]),
        Column(("Hẹn trả lời ngày", "Promised for"), lambda r: r["promised_on"]),
        Column(("Điện thoại", "Phone"), lambda r: r["phone"]),
    ]


def _late(call: Call, db: "Connection", within: int) -> list[dict[str, Any]]:
    from datetime import timedelta

    from thidua.elapsed import courses
    from thidua.storage import listing_people, listing_tasks, listing_times
    from thidua.storage.listing_times import Reminded

    names = listing_people.names(db, call.tables, call.today)
    # Working days are at least as many days, holidays at most a fortnight more.
    last = call.today + timedelta(days=2 * within + 15 if within else 0)
    which = listing_tasks.due_before(call.tables, last.isoformat())
    reminded = listing_times.reminded(db, call.tables, which)
    clocks = courses(listing_times.turns(db, call.tables, which))
    found, waiting = [], listing_tasks.waiting(db, call.tables, which)
    for row in with_closed(call, db, own_or_handled(call, db, waiting), "dossier_id"):
        task, key = told(call, db, row, names), (row["dossier_id"], row["n"])
        if _is_pressing(call, task, within):
            said, course = reminded.get(key, Reminded()), clocks.get(key)
            found.append({**task, "sent": said.sent, "waiting": said.waiting,
                          "last_at": said.last_at, "extended": course.extended if course else 0,
                          "phone": names.reach(row["seat"])["phone"]})  # fmt: skip
    return sorted(found, key=lambda task: (*urgency(task), word_key(task["seat_name"])))


def _is_pressing(call: Call, task: Mapping[str, Any], within: int) -> bool:
    left = task["days_left"]
    if left is None:
        return bool(task["due_on"] < call.today.isoformat())
    return bool(left < 0 or (within and left <= within))
