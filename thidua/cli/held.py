"""What is held: reminders that a person lets go or drops, and all mail after a restored backup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.erased_again import FILE, check_erased, list_file
from thidua.cli.eyes import require_office
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN
from thidua.cli.posting import Standing, chosen, line_of, look_up, numbered, role_of
from thidua.cli.screen import agreed, day, moment, say, show, table, title, warn
from thidua.cli.sending import HELD, is_held
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse, Unknown

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

Line = dict[str, Any]
UNKNOWN = "unknown-held-line"

HEADING: Words = ("Thư đôn đốc đang giữ: {count}", "Reminders held: {count}")
ASKED: Words = ("Cho gửi {count} thư đôn đốc này?", "Let {count} reminders go?")
RELEASED: Words = (
    "Đã cho gửi {count} thư đôn đốc; thư đi ở lượt gửi tới.",
    "Let {count} reminders go, with the next round of mails.",
)
DROPPED: Words = ("Đã bỏ {count} thư đôn đốc.", "Dropped {count} reminders.")
HOLDING: Words = (
    "Từ nay không thư nào được gửi; đang giữ {count} thư. Gửi tiếp: `thidua mails resume`.",
    "From now on no mail goes out; {count} are held. To go on: `thidua mails resume`.",
)
RESUMED: Words = (
    "Gửi tiếp: {count} thư đang giữ sẽ được gửi.",
    "Mail goes on: {count} that were held will be sent.",
)
FORGOTTEN: Words = (
    "Gửi tiếp; đã bỏ {count} thư và thông báo cũ.",
    "Mail goes on; {count} old mails and notices were dropped.",
)


@verb("held")
@click.pass_obj
def held(call: Call) -> None:
    """What is held."""
    lines, all_held = call.read(lambda db: (_lines(call, db, _standing(call, db)),
                                            is_held(call, db)))  # fmt: skip

    def write() -> None:
        if all_held:
            warn(call, HELD)
        _write(call, lines)

    show(call, {"all_held": all_held, "held": lines}, write)


def _standing(call: Call, db: "Connection") -> list[Standing]:
    from thidua.paperlist import lines

    require_office(call, db)
    return numbered(lines(look_up(call, db), call.place.wf.reminders.held(db)))


def _lines(call: Call, db: "Connection", standing: Sequence[Standing]) -> list[Line]:
    """The lines, each with the seats that have not done what they were asked."""
    from thidua.storage import listing_people

    names = listing_people.names(db, call.tables, call.today)
    asked = {told.key: told.context.get("asked") for told in call.place.wf.reminders.held(db)}
    told = []
    for each in standing:
        seats = sorted({seat for key in each.keys if (seat := asked.get(key))})
        told.append({**line_of(each, call.lang), "asked": seats,
                     "role": role_of(call, db, each.line.seat),
                     "asked_names": [names.seat(seat) or seat for seat in seats]})  # fmt: skip
    return told


def _write(call: Call, lines: Sequence[Line]) -> None:
    title(call, HEADING, count=len(lines))
    table(call, lines, (
        Column(("STT", "No."), lambda r: r["number"], right=True),
        Column(("Gửi đến", "To"), lambda r: r["role"], gives=True),
        Column(("Đơn vị", "Unit"), lambda r: r["name"] if r["name"] != r["role"] else "",
               gives=True),
        Column(("Nơi chưa làm", "Not done by"), lambda r: ", ".join(r["asked_names"]), gives=True),
        Column(("Việc", "Matter"), lambda r: r["matter_title"], gives=True),
        Column(("Hồ sơ", "Dossiers"), lambda r: len(r["dossiers"]), right=True),
        Column(("Hạn", "Due"), lambda r: day(r["due_on"])),
        Column(("Giữ từ", "Since"), lambda r: moment(r["since_at"])),
        Column(("Mã", "Code"), lambda r: r["code"]),
    ))  # fmt: skip


@verb("release", takes=(DRY_RUN,))
@click.argument("lines", nargs=-1, metavar="[LINE]...")
@option("--all", "--yes", "yes", is_flag=True, said=(
    "Tất cả, làm ngay không hỏi.", "All of them, at once, without asking."))  # fmt: skip
@click.pass_obj
def release(call: Call, *, lines: tuple[str, ...], yes: bool) -> None:
    """Let held reminders go."""
    if not lines and not yes and not call.dry and not _agreed(call):
        return

    def let_go(db: "Connection") -> list[Line]:
        standing = _standing(call, db)
        found = chosen(standing, lines, unknown=UNKNOWN) if lines else standing
        told = _lines(call, db, found)
        keys = [key for each in found for key in each.keys]
        if keys:
            call.place.wf.reminders.release(db, keys, by=call.by(db), now=call.now)
        return told

    told = call.write(let_go)
    show(call, {"released": told}, lambda: say(call, RELEASED, count=len(told)))


def _agreed(call: Call) -> bool:
    """Show what is held and ask; `Misuse` when nobody can answer."""
    lines = call.read(lambda db: _lines(call, db, _standing(call, db)))
    if not call.as_json:
        _write(call, lines)
    if not lines:
        return call.as_json
    return agreed(call, ASKED, Misuse("release-which", count=len(lines)), count=len(lines))


@verb("drop", takes=(DRY_RUN,))
@click.argument("lines", nargs=-1, required=True, metavar="LINE...")
@click.pass_obj
def drop(call: Call, *, lines: tuple[str, ...]) -> None:
    """Decide that held reminders are not sent."""

    def forget(db: "Connection") -> list[Line]:
        found = chosen(_standing(call, db), lines, unknown=UNKNOWN)
        told = _lines(call, db, found)
        keys = [key for each in found for key in each.keys]
        call.place.wf.reminders.drop(db, keys, by=call.by(db), now=call.now)
        return told

    told = call.write(forget)
    show(call, {"dropped": told}, lambda: say(call, DROPPED, count=len(told)))


@verb("hold", takes=(DRY_RUN,))
@click.pass_obj
def hold(call: Call) -> None:
    """Let no mail go out."""
    from thidua.storage import mails

    count = call.write(lambda db: mails.hold_all(db, call.tables, call.now))
    show(call, {"all_held": True, "mails": count}, lambda: say(call, HOLDING, count=count))


@verb("resume", takes=(DRY_RUN,))
@option("--drop", "forget", is_flag=True, said=(
    "Bỏ những thư và thông báo đang giữ, ví dụ sau khi khôi phục bản sao lưu.",
    "Drop what was held, as after a restored backup."))  # fmt: skip
@option("--erasures", "kept", type=FILE, metavar="FILE", said=(
    "Danh sách xóa dữ liệu phải làm xong trước (không ghi thì lấy trong thư mục khóa).",
    "The list of erasures to be done first (else that in the folder of keys)."))  # fmt: skip
@click.pass_obj
def resume(call: Call, *, forget: bool, kept: "Path | None") -> None:
    """Let mail go out again."""
    from thidua.storage import mails

    if kept is not None and not kept.is_file():
        raise Unknown("unknown-erasures", file=str(kept))
    kept = kept or list_file(call)

    def go_on(db: "Connection") -> int:
        if kept is not None:
            check_erased(call, db, kept)
        if forget:
            return mails.drop_held(db, call.tables)
        return mails.let_go(db, call.tables, call.now)

    count = call.write(go_on)
    answer = {
        "all_held": False,
        "dropped": count if forget else 0,
        "queued": 0 if forget else count,
    }
    show(call, answer, lambda: say(call, FORGOTTEN if forget else RESUMED, count=count))
