"""`thidua calendar reproject`: running dues that the corrected calendar moves."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.source import NAME, name_of, table_of
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.moved import tell_moving
from thidua.cli.option import DRY_RUN
from thidua.cli.screen import agreed, day, progress, say, show
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.definitions.days import Day
    from thidua.reprojection import Shifted

DOING: Words = ("Đang tính lại thời hạn", "Counting dues anew")
NOTHING: Words = ("Không có thời hạn nào phải tính lại.", "No due moves.")
WOULD: Words = (
    "Sẽ tính lại {moved} thời hạn của {dossiers} hồ sơ.",
    "{moved} dues of {dossiers} dossiers would move.",
)
DONE: Words = (
    "Đã tính lại {moved} thời hạn của {dossiers} hồ sơ; giá trị cũ và mới ghi trong nhật ký.",
    "Moved {moved} dues of {dossiers} dossiers; old and new values are in the journal.",
)
ASKED: Words = (
    "Thực hiện? (y: có, n: không)",
    "Do it?",
)
BECAUSE: Words = ("Do ngày", "Because of")
ALL_BECAUSE: Words = ("Do ngày: {days}.", "Because of: {days}.")
NO_DAY: Words = ("bảng lịch của bản phần mềm mới", "the table of a new release")

YES = option("--yes", is_flag=True, said=(
    "Thực hiện không hỏi lại.", "Do it without asking."))  # fmt: skip


@verb("reproject", takes=(DRY_RUN,))
@YES
@NAME
@click.pass_obj
def reproject(call: Call, *, yes: bool, name: str) -> None:
    """Move the dues that the calendar moves."""
    moving = call.read(lambda db: plan(call, db))
    days = table_of(call, name).days
    if moving and not call.dry:
        agree(call, moving, days, yes=yes)
        moved = carry_out(call, moving)
    else:
        moved = []

    def write() -> None:
        if call.dry or not moving:
            tell(call, moving, days)
        else:
            say(call, DONE, **counts(moved))

    show(call, {"dues": rows(moving), **counts(moving if call.dry else moved)}, write)


def plan(call: Call, db: "Connection") -> "list[Shifted]":
    """What would move."""
    return call.place.wf.reprojection.plan(db, now=call.now)


def agree(call: Call, moving: "Sequence[Shifted]", days: "Mapping[Any, Day]", *, yes: bool) -> None:
    """Show what will move and ask; `Misuse` when nobody can answer, `Abort` for no."""
    if yes:
        return
    if not call.as_json:
        tell(call, moving, days)
    if not agreed(call, ASKED, Misuse("say-yes", count=counts(moving)["dossiers"])):
        raise click.Abort


def carry_out(call: Call, moving: "Sequence[Shifted]") -> "list[Shifted]":
    """Move them, each dossier in a transaction of its own: stopped, it goes on where it was."""
    dossiers = sorted({each.dossier for each in moving})
    done: set[str] = set()
    apply = call.place.wf.reprojection.apply
    with progress(call, dossiers, DOING) as each_dossier:
        for dossier in each_dossier:
            act = call.place.write(partial(apply, dossier_id=dossier, now=call.now))
            done |= {dossier} if act is not None else set()
    return [each for each in moving if each.dossier in done]


def counts(moved: "Sequence[Shifted]") -> dict[str, int]:
    """How many dues of how many dossiers."""
    return {"moved": len(moved), "dossiers": len({each.dossier for each in moved})}


def rows(moving: "Sequence[Shifted]") -> list[dict[str, Any]]:
    """What moves, for programs."""
    return [
        {"dossier": s.dossier, "task": s.task, "kind": s.kind, "what": s.what, "seat": s.seat,
         "was_on": s.was_on, "due_on": s.due_on, "moved_by": s.days}
        for s in moving
    ]  # fmt: skip


def tell(call: Call, moving: "Sequence[Shifted]", days: "Mapping[Any, Day]") -> None:
    """What moves, for people: dossier, task, old and new due, the day that does it."""
    if not moving:
        say(call, NOTHING)
        return
    reasons = {each.days for each in moving}

    def because(moved: tuple[date, ...]) -> str:
        named = (f"{day(on)} {name_of(days[on], call.lang)}" for on in moved if on in days)
        return "; ".join(named) or pick(NO_DAY, call.lang)

    why = Column(BECAUSE, lambda r: because(r[0].days), gives=True)
    click.echo()
    tell_moving(call, moving, *((why,) if len(reasons) > 1 else ()))
    say(call, WOULD, **counts(moving))
    if len(reasons) == 1:
        say(call, ALL_BECAUSE, days=because(reasons.pop()))
