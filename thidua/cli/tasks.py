"""Tasks as lists show them: with names and days left, a list of dossiers as one line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.dossiers.sheet import task_label
from thidua.cli.due import days_left
from thidua.cli.eyes import name_outside
from thidua.cli.label import KINDS, called
from thidua.cli.rules import role_label, rules_of
from thidua.cli.table import Column
from thidua.workflow.person import Seat
from thidua.workflow.promise import promised_until

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names

NAMED = 3
"""How many candidates of a group are named before the rest is a number."""

SAME = ("due_on", "days_left", "kind", "what", "task_label", "seat", "seat_name", "holder",
        "holder_name", "ref", "round_id", "procedure", "pause", "status", "state")  # fmt: skip

_INSIDE = ("gathered", "seq", "newest", "left", "outcome")
"""Columns of a task that are told otherwise, or not."""


def told(call: Call, db: "Connection", row: Mapping[str, Any], names: "Names") -> dict[str, Any]:
    """A task with the names of its parts and its working days left; of a paused one, as kept."""
    from thidua.storage.listing_rounds import ref_of

    procedure = rules_of(call, db, row["procedure"]).procedure
    role = Seat.parse(row["seat"]).role
    gathered = row["gathered"]
    paused = row["status"] == "paused"
    left = row["left"] if paused else days_left(call, db, row["procedure"], row["due_on"])
    return {
        **{k: v for k, v in row.items() if k not in _INSIDE},
        "ref": ref_of(gathered, row["seq"], row["newest"]) if gathered else None,
        "task_label": task_label(procedure, row, call.lang),
        "role_name": role_label(procedure, role, call.lang),
        "seat_name": names.seat(row["seat"]) or role_label(procedure, role, call.lang),
        "holder_name": names.actor(row["holder"]) if row["holder"] else None,
        "days_left": left,
        "promised_on": promised_until(row["outcome"]),
    }


def is_late(task: Mapping[str, Any]) -> bool:
    """Whether its clock runs and its due is past."""
    return task["status"] == "open" and (task["days_left"] or 0) < 0


def urgency(task: Mapping[str, Any]) -> tuple[bool, bool, int]:
    """The most urgent first; what is paused or has no due comes after."""
    left = task["days_left"]
    return task["status"] == "paused", left is None, left or 0


def grouped(tasks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tasks that differ in their dossier alone, together."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for task in tasks:
        groups[tuple(task[name] for name in SAME)].append(task)
    return [
        {**dict(zip(SAME, key, strict=True)), "dossiers": len(members),
         "ids": [m["dossier_id"] for m in members], "numbers": [m["n"] for m in members],
         "names": [m["candidate_name"] for m in members]}
        for key, members in groups.items()
    ]  # fmt: skip


def few(names: Sequence[str]) -> str:
    """The first names, and how many others."""
    shown = ", ".join(names[:NAMED])
    return shown + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")


def spread(lang: str) -> list[Column]:
    """The columns with which every CSV file of tasks begins: all values, a dossier a line."""
    return [
        Column(("Hạn", "Due"), lambda r: r["due_on"]),
        Column(("Còn lại (ngày làm việc)", "Working days left"), lambda r: r["days_left"]),
        Column(("Việc", "Task"), lambda r: r["task_label"]),
        Column(("Đợt", "Round"), lambda r: r["ref"]),
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier_id"]),
        Column(("Tên", "Name"), lambda r: name_outside(r, lang)),
        Column(
            ("Loại", "Kind"),
            lambda r: "" if r["closed"] else called(KINDS, r["candidate_kind"], lang),
        ),
        Column(("Nơi xử lý", "Whose"), lambda r: r["seat_name"]),
        Column(("Người giữ", "Held by"), lambda r: r["holder_name"]),
    ]
