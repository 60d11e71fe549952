"""`thidua db sweep-files`: bytes that no document speaks of are removed from the folder."""

from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN
from thidua.cli.screen import agreed, moment, say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.orphans import Swept

FOUND: Words = (
    "Trong {folder} có {count} tệp ({kilobytes} kB, cũ nhất từ {since}) không thuộc tài liệu nào"
    " của {database}, bên cạnh tệp của {kept} tài liệu.",
    "{folder} has {count} files ({kilobytes} kB, the oldest since {since}) that belong to no"
    " document of {database}, beside those of {kept} documents.",
)
NOTHING: Words = (
    "Trong {folder} không có tệp thừa nào cũ hơn một ngày.",
    "{folder} has no file older than a day that belongs to no document.",
)
SURE: Words = (
    "Tệp đã xóa không khôi phục được. Thư mục này chỉ của một cơ sở dữ liệu đó, không phải vừa khôi"
    " phục từ bản sao lưu cũ? Xóa {count} tệp?",
    "What is removed cannot be brought back. Is the folder that database's alone, and was it not"
    " just restored from an older backup? Remove {count} files?",
)
REMOVED: Words = ("Đã xóa {count} tệp.", "Removed {count} files.")
YES = option("--yes", is_flag=True, said=("Xóa ngay, không hỏi.", "Remove without asking."))


@verb("sweep-files", takes=(DRY_RUN,))
@YES
@click.pass_obj
def sweep_files(call: Call, /, *, yes: bool) -> None:
    """Remove bytes that no document speaks of."""
    found = _swept(call, dry=True)
    if not call.as_json:
        _show(call, found)
    if found.count and not call.dry and (yes or _agreed(call, found.count)):
        removed = _swept(call, dry=False)
        show(call, _answer(call, removed, removed.count),
             lambda: say(call, REMOVED, count=removed.count))  # fmt: skip
    elif call.as_json:
        show(call, _answer(call, found, 0), lambda: None)


def _swept(call: Call, *, dry: bool) -> "Swept":
    from thidua.files import Folder
    from thidua.orphans import sweep

    place = call.desk.ready(call.settings)
    return sweep(place.engine, place.wf.tables, Folder(call.settings.files_folder), dry=dry)


def _agreed(call: Call, count: int) -> bool:
    return agreed(call, SURE, Misuse("sweep-yes", count=count), count=count)


def _show(call: Call, found: "Swept") -> None:
    if found.since is None:
        say(call, NOTHING, folder=call.settings.files_folder)
        return
    say(call, FOUND, folder=call.settings.files_folder, count=found.count, kept=found.kept,
        kilobytes=-(-found.size // 1024), since=moment(found.since),
        database=call.desk.workplace(call.settings).engine.url)  # fmt: skip


def _answer(call: Call, found: "Swept", removed: int) -> dict[str, object]:
    return {"folder": str(call.settings.files_folder), "orphans": found.count,
            "bytes": found.size, "since": found.since, "kept": found.kept,
            "removed": removed}  # fmt: skip
