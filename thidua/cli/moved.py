"""Dues that move or would: dossier, task, whose, old and new day."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.rules import role_label, round_label, rules_of, trigger_label
from thidua.cli.screen import say, table
from thidua.cli.table import Column
from thidua.redated import Redated
from thidua.workflow.person import Seat

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names
    from thidua.workflow.procedure import Procedure

CLOSES: Words = ("tự động đóng “{round}”", "“{round}” closes by itself")
BRINGS: Words = ("tự động: {step}", "by itself: {step}")
SEATS: Words = ("{count} đầu mối", "{count} seats")
MORE: Words = (
    "… và {count} dòng nữa (xem đủ: --dry-run --json)",
    "… and {count} more lines (all: --dry-run --json)",
)
SHOWN = 40
"""Lines that fit a screen and a half; nobody reads a thousand before saying yes."""


class Timed(Protocol):
    """A task as a list of dues has it."""

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def what(self) -> str:
        """What it is about."""
        ...


M = TypeVar("M", bound=Redated)

Dues = dict[tuple[str, int], date]


def dues_of(call: Call, db: "Connection", ids: Collection[str]) -> Dues:
    """The due of every task of the dossiers, as it stands now."""
    from thidua.storage import listing_tasks

    tasks = listing_tasks.dues(db, call.tables, ids)
    return {(t["dossier_id"], t["n"]): date.fromisoformat(t["due_on"]) for t in tasks}


def moved_since(
    call: Call, db: "Connection", before: Dues, procedures: dict[str, str]
) -> dict[str, list[Redated]]:
    """What has moved since, by dossier; `procedures` has the content hash of each dossier's."""
    from thidua.storage import listing_tasks

    found: dict[str, list[Redated]] = {}
    for t in listing_tasks.dues(db, call.tables, procedures):
        key, n, due = t["dossier_id"], t["n"], date.fromisoformat(t["due_on"])
        was = before.get((key, n), due)
        if was != due:
            each = Redated(key, procedures[key], n, t["kind"], t["what"], t["seat"], was, due)
            found.setdefault(key, []).append(each)
    return found


def tell_moving(call: Call, moving: Sequence[M], *more: Column, most: int | None = SHOWN) -> None:
    """The dues as a table, those of a dossier that differ in their seats alone on one line.

    `more` are further columns of such a line, a list of what moves; `most` lines are shown.
    """
    from thidua.cli.calendar.source import dated
    from thidua.storage import listing_people

    hashes = {each.procedure for each in moving}
    known = call.read(lambda db: {key: rules_of(call, db, key).procedure for key in hashes})
    names = call.read(lambda db: listing_people.names(db, call.tables, call.today))

    def task(each: M) -> str:
        return label(known[each.procedure], each, call.lang)

    def seats(found: list[M]) -> str:
        asked = [each for each in found if each.kind != "effect"]
        if len(asked) > 1:
            return pick(SEATS, call.lang, count=len(asked))
        return "".join(seat_label(known[a.procedure], a.seat, names, call.lang) for a in asked)

    groups: dict[tuple[Any, ...], list[M]] = {}
    for each in moving:
        groups.setdefault((each.dossier, task(each), each.was_on, each.due_on), []).append(each)
    alike = list(groups.values())
    shown = alike[:most]
    table(call, shown, (
        Column(("Hồ sơ", "Dossier"), lambda r: r[0].dossier),
        Column(("Việc", "Task"), lambda r: task(r[0]), gives=True),
        Column(("Đầu mối", "Seat"), seats, gives=True, ends=True),
        Column(("Hạn cũ", "Old due"), lambda r: dated(r[0].was_on, call.lang)),
        Column(("Hạn mới", "New due"), lambda r: dated(r[0].due_on, call.lang)),
        *more,
    ))  # fmt: skip
    if alike[len(shown) :]:
        say(call, MORE, count=len(alike) - len(shown))


def seat_label(procedure: "Procedure", seat: str, names: "Names", lang: str) -> str:
    """What a seat is called: its unit or person, else its role."""
    return names.seat(seat) or role_label(procedure, Seat.parse(seat).role, lang)


def label(procedure: "Procedure", each: Timed, lang: str) -> str:
    """What a task is called whose due moves, or what its due brings by itself."""
    from thidua.cli.dossiers.sheet import task_label

    what, _, name = each.what.partition(":")
    if each.kind != "effect":
        return task_label(procedure, {"kind": each.kind, "what": each.what}, lang)
    if what == "close":
        return pick(CLOSES, lang, round=round_label(procedure, name, lang))
    return pick(BRINGS, lang, step=trigger_label(procedure, name, lang))
