"""`thidua inbox` and `thidua late`: what waits for whom, and what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.dossiers.sheet import task_label
from thidua.cli.due import days_left, pressing, told_left
from thidua.cli.label import KINDS, PAUSES, called
from thidua.cli.language import Words
from thidua.cli.rules import role_label, rules_of
from thidua.cli.screen import day, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.person import Seat

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names

HEADING: Words = ("Việc của {name}: {count} việc, {late} quá hạn",
                  "Waiting for {name}: {count} tasks, {late} late")  # fmt: skip
LATE: Words = ("{count} việc quá hạn", "{count} tasks late")
NEAR: Words = (
    "{count} việc quá hạn hoặc đến hạn trong {days} ngày làm việc",
    "{count} tasks late or due within {days} working days",
)
NAMED = 3
"""How many candidates of a group are named before the rest is a number."""


@verb("inbox")
@option("--each", is_flag=True, said=(
    "Từng hồ sơ một dòng.", "A line for each dossier."))  # fmt: skip
@click.pass_obj
def inbox(call: Call, *, each: bool) -> None:
    """What waits for somebody."""
    name, tasks = call.read(lambda db: _mine(call, db))
    groups = _grouped(tasks)

    def write() -> None:
        late = sum((t["days_left"] or 0) < 0 for t in tasks)
        title(call, HEADING, name=name, count=len(tasks), late=late)
        table(call, tasks if each else groups, _columns(call, each=each))

    show(call, {"name": name, "tasks": tasks, "groups": groups}, write)


@verb("late")
@option("--within", type=click.IntRange(0), default=0, metavar="N", said=(
    "Cả những việc đến hạn trong N ngày làm việc.",
    "Also what is due within N working days."))  # fmt: skip
@option("--each", is_flag=True, said=(
    "Từng hồ sơ một dòng.", "A line for each dossier."))  # fmt: skip
@click.pass_obj
def late(call: Call, *, within: int, each: bool) -> None:
    """What is late and on whose desk."""
    tasks = call.read(lambda db: _late(call, db, within))
    groups = _grouped(tasks)

    def write() -> None:
        title(call, NEAR if within else LATE, count=len(tasks), days=within)
        table(call, tasks if each else groups, _columns(call, each=each))

    show(call, {"within": within, "tasks": tasks, "groups": groups}, write)


def _columns(call: Call, *, each: bool) -> list[Column]:
    lang = call.lang
    whom = [
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier_id"]),
        Column(("Tên", "Name"), lambda r: r["candidate_name"], gives=True),
        Column(("Loại", "Kind"), lambda r: called(KINDS, r["candidate_kind"], lang)),
    ]
    many = [
        Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
        Column(("Gồm", "Among them"), lambda r: _few(r["names"]), gives=True),
        Column(("Đợt", "Round"), lambda r: r["ref"]),
    ]
    return [
        Column(("Hạn", "Due"), lambda r: day(r["due_on"]), style=pressing),
        Column(("", ""), lambda r: told_left(r["days_left"], lang), style=pressing),
        Column(("Việc", "Task"), lambda r: r["task_label"], gives=True),
        *(whom if each else many),
        Column(("Nơi xử lý", "Whose"), lambda r: r["seat_name"], gives=True),
        Column(("Người giữ", "Held by"), lambda r: r["holder_name"]),
        Column(("", ""), lambda r: called(PAUSES, r["pause"], lang)),
    ]


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")


def _mine(call: Call, db: "Connection") -> tuple[str, list[dict[str, Any]]]:
    from thidua.storage import listing_people, listing_tasks

    actor = call.viewer(db)[-1]
    names = listing_people.names(db, call.tables, call.today)
    seats = _seats(call, db, actor)
    rows = listing_tasks.waiting(db, call.tables, sorted(seats), actor)
    return names.actor(actor), [_told(call, db, row, names) for row in rows]


def _seats(call: Call, db: "Connection", actor: str) -> set[str]:
    """Every seat that the actor sits on: its roles alone, in their units, and in person."""
    held = call.place.wf.people.held(db, actor, call.today)
    plain = {str(Seat(h.role)) for h in held} | {str(Seat(h.role, person=actor)) for h in held}
    return plain | {str(Seat(h.role, unit=h.unit)) for h in held if h.unit is not None}


def _late(call: Call, db: "Connection", within: int) -> list[dict[str, Any]]:
    from datetime import timedelta

    from thidua.storage import listing_people, listing_tasks

    names = listing_people.names(db, call.tables, call.today)
    # Working days are at least as many days, holidays at most a fortnight more.
    last = call.today + timedelta(days=2 * within + 15 if within else 0)
    rows = listing_tasks.due_before(db, call.tables, last.isoformat())
    told = [_told(call, db, row, names) for row in rows]
    return [task for task in told if _is_pressing(call, task, within)]


def _is_pressing(call: Call, task: Mapping[str, Any], within: int) -> bool:
    left = task["days_left"]
    if left is None:
        return bool(task["due_on"] < call.today.isoformat())
    return bool(left < 0 or (within and left <= within))


def _told(call: Call, db: "Connection", row: Mapping[str, Any], names: "Names") -> dict[str, Any]:
    procedure = rules_of(call, db, row["procedure"]).procedure
    role = Seat.parse(row["seat"]).role
    gathered = row["gathered"].split("/", 2)[2] if row["gathered"] else None
    seq = f"#{row['seq']}" if (row["seq"] or 1) > 1 else ""
    return {
        **{k: v for k, v in row.items() if k not in ("gathered", "seq", "left")},
        "ref": f"{row['what']}@{gathered}{seq}" if gathered else None,
        "task_label": task_label(procedure, row, call.lang),
        "seat_name": names.seat(row["seat"]) or role_label(procedure, role, call.lang),
        "holder_name": names.actor(row["holder"]) if row["holder"] else None,
        "days_left": days_left(call, db, row["procedure"], row["due_on"]),
    }


def _grouped(tasks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tasks that differ in their dossier alone, together."""
    same = ("due_on", "days_left", "kind", "what", "task_label", "seat", "seat_name", "holder",
            "holder_name", "ref", "round_id", "procedure", "pause")  # fmt: skip
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for task in tasks:
        groups[tuple(task[name] for name in same)].append(task)
    return [
        {**dict(zip(same, key, strict=True)), "dossiers": len(members),
         "ids": [m["dossier_id"] for m in members],
         "names": [m["candidate_name"] for m in members]}
        for key, members in groups.items()
    ]  # fmt: skip
