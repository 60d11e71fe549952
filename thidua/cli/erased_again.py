"""Erasures kept outside the database: `thidua db erasures` and `thidua db erase-again`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN
from thidua.cli.screen import agreed, say, show, table, warn
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse, Refused, ThiduaError, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.erasures import Erasure

KEPT: Words = (
    "Danh sách {file} có {count} lần xóa. Hãy giữ ngoài cơ sở dữ liệu và các bản sao lưu.",
    "The list {file} has {count} erasures. Keep it outside the database and its backups.",
)
NONE: Words = ("Nhật ký chưa ghi lần xóa nào.", "The journal has no erasure.")
NOTHING: Words = (
    "Không có gì phải xóa lại: cơ sở dữ liệu đã theo đúng danh sách {file}.",
    "There is nothing to erase again: the database is as the list {file} says.",
)
SURE: Words = ("Xóa lại {count} lần như trên?", "Erase these {count} again?")
DONE: Words = (
    "Đã xóa lại {done}, không được {refused}.",
    "Erased {done} again, refused {refused}.",
)
REFUSED: Words = ("{stream}: {why}", "{stream}: {why}")
FILE = click.Path(dir_okay=False, path_type=Path)


def list_file(call: Call) -> Path | None:
    """Where the list is kept by itself: in the folder of keys, where there is one."""
    from thidua.erasures import NAME

    keys = call.settings.keys
    return None if keys is None else keys / NAME


def note_erasures(call: Call) -> None:
    """Bring the list in the folder of keys up to date."""
    from thidua.erasures import done, keep
    from thidua.keys import KeyFolder

    file, keys = list_file(call), call.place.wf.keys
    if file is not None and isinstance(keys, KeyFolder):
        keys.prepare()
        keep(file, call.read(lambda db: done(db, call.tables)))


def check_erased(call: Call, db: "Connection", file: Path) -> None:
    """`Refused` ("erasures-first") while a restored database has what the list says was erased."""
    from thidua.erasures import read, undone

    if left := undone(db, call.tables, read(file)):
        raise Refused.of("erasures-first", count=len(left), list=str(file))


@verb("erasures")
@option("--to", "file", type=FILE, metavar="FILE", said=(
    "Ghi thêm vào tệp danh sách này.", "Add them to the list in this file."))  # fmt: skip
@click.pass_obj
def erasures(call: Call, *, file: Path | None) -> None:
    """The erasures that the journal tells of."""
    from thidua.erasures import done, keep

    found = call.read(lambda db: done(db, call.tables))
    count = keep(file, found) if file is not None else len(found)

    def write() -> None:
        if file is not None:
            say(call, KEPT, file=str(file), count=count)
        elif found:
            _table(call, found)
        else:
            say(call, NONE)

    show(call, {"erasures": found, "file": str(file) if file else None}, write)


@verb("erase-again", takes=(DRY_RUN,))
@click.argument("file", type=FILE, required=False)
@option("--yes", is_flag=True, said=("Xóa ngay, không hỏi.", "Erase without asking."))
@click.pass_obj
def erase_again(call: Call, *, file: Path | None, yes: bool) -> int:
    """Erase what a restored backup brought back."""
    from thidua.cli.erasing import scrubbed
    from thidua.erasures import read, undone

    file = file or list_file(call)
    if file is None or not file.is_file():
        raise Unknown("unknown-erasures", file=str(file or "-"))
    kept = read(file)
    left = call.read(lambda db: undone(db, call.tables, kept))
    if not left:
        show(call, {"erased": [], "refused": []}, lambda: say(call, NOTHING, file=str(file)))
        return 0
    if not (yes or call.dry or _agreed(call, left)):
        return 0
    refused = [each for each in left if not _again(call, each)]
    if len(refused) < len(left) and not call.dry:
        scrubbed(call)
    answer = {"erased": [each for each in left if each not in refused], "refused": refused}
    told = {"done": len(left) - len(refused), "refused": len(refused)}
    show(call, answer, lambda: say(call, DONE, **told))
    return int(bool(refused))


def _agreed(call: Call, left: "list[Erasure]") -> bool:
    if not call.as_json:
        _table(call, left)
    return agreed(call, SURE, Misuse("erase-yes"), count=len(left))


def _again(call: Call, each: "Erasure") -> bool:
    """One in a transaction of its own, so that an interrupted run goes on where it was."""
    from thidua.erasures import again

    try:
        call.write(lambda db: again(call.place.wf, db, each, by=call.by(db), now=call.now))
    except ThiduaError as error:
        why = f"{error.text(call.lang)} [{error.reasons[0].code}]"
        warn(call, REFUSED, stream=each.actor or each.stream, why=why)
        return False
    return True


def _table(call: Call, found: "list[Erasure]") -> None:
    table(call, found, (
        Column(("Của", "Of"), lambda r: r.actor or r.stream),
        Column(("Phần", "Parts"), lambda r: ", ".join(r.parts), gives=True),
        Column(("Căn cứ", "Ground"), lambda r: r.basis),
        Column(("Văn bản", "Paper"), lambda r: "/".join(p for p in (r.number, r.symbol) if p)),
        Column(("Mục", "Entry"), lambda r: r.n),
    ))  # fmt: skip
