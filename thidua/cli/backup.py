"""`thidua db backup` and `thidua db restore`: all rows and documents in one file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.erased_again import list_file
from thidua.cli.language import Words
from thidua.cli.screen import moment, say, show, warn
from thidua.cli.shell import option, verb
from thidua.cli.watched import watched

if TYPE_CHECKING:
    from thidua.archive import Manifest
    from thidua.restore import Restored

SAVING: Words = ("Đang sao lưu", "Backing up")
RESTORING: Words = ("Đang khôi phục", "Restoring")
SAVED: Words = (
    "Đã sao lưu {rows} dòng và {files} tài liệu vào {file} ({size} MB), đúng như lúc {taken}.",
    "Backed up {rows} rows and {files} documents to {file} ({size} MB), as of {taken}.",
)
NO_KEYS: Words = (
    "Khóa (THIDUA_KEYS) không nằm trong bản sao lưu; hãy giữ riêng.",
    "Keys (THIDUA_KEYS) are not in it; keep them apart.",
)
NO_FILES: Words = (
    "Không kèm tài liệu: hãy sao lưu riêng thư mục {folder}.",
    "Documents are not in it: back up the folder {folder} by itself.",
)
ABSENT: Words = (
    "{count} tài liệu không còn nguyên trong thư mục tệp nên không có trong bản sao lưu. Hãy chạy"
    " `thidua journal verify` để biết tài liệu nào.",
    "{count} documents are gone from the folder of files or changed there, and so not in the"
    " backup. Run `thidua journal verify` to see which.",
)
BACK: Words = (
    "Đã khôi phục {rows} dòng và {files} tài liệu, đúng như lúc {taken}.",
    "Restored {rows} rows and {files} documents, as of {taken}.",
)
SOUND: Words = ("Nhật ký và các bảng khớp nhau.", "Journal and tables agree.")
RAISED: Words = (
    "Các bảng đã được nâng từ {current} lên {head}.",
    "The tables were brought from {current} to {head}.",
)
HELD: Words = (
    "Đang giữ toàn bộ thư ({count} thư), chưa gửi gì. Những gì làm sau {taken} không có ở đây: hãy"
    " nhập bù, xem `thidua mails held`, rồi chạy `thidua mails resume --drop` (bỏ thư cũ) hoặc"
    " `thidua mails resume` (gửi).",
    "All mail is held ({count} mails), and nothing is sent. What was done after {taken} is not"
    " here: enter it, see `thidua mails held`, then run `thidua mails resume --drop` (drop what is"
    " old) or `thidua mails resume` (send it).",
)
LACKING: Words = (
    "{owner}: thiếu tệp của tài liệu “{kind}” ({sha256}).",
    "{owner}: the file of the document “{kind}” is missing ({sha256}).",
)
UNDONE: Words = (
    "{count} lần xóa dữ liệu cá nhân sau {taken} phải làm lại, trước mọi việc khác:"
    " thidua db erase-again {list}",
    "{count} erasures of personal values after {taken} have to be done again, before anything else:"
    " thidua db erase-again {list}",
)
NO_LIST: Words = (
    "Không có danh sách xóa dữ liệu (--erasures): nếu sau {taken} đã xóa gì, hãy xóa lại.",
    "There is no list of erasures (--erasures): what was erased after {taken} is to be erased"
    " again.",
)
FILE = click.Path(dir_okay=False, path_type=Path)


@verb("backup")
@click.argument("file", type=FILE)
@option("--without-files", is_flag=True, said=(
    "Không kèm tài liệu.", "Without the documents."))  # fmt: skip
@click.pass_obj
def backup(call: Call, *, file: Path, without_files: bool) -> int:
    """Back everything up."""
    from thidua.backup import backup as save

    place = call.desk.there(call.settings)
    with watched(call, SAVING) as progress:
        made = save(place.reader, place.wf, file, files=not without_files, progress=progress)
    answer = {**_answer(made), "file": str(file), "size": file.stat().st_size}
    show(call, answer, lambda: _told_saved(call, made, file))
    return int(bool(made.missing))


def _told_saved(call: Call, made: "Manifest", file: Path) -> None:
    size = f"{file.stat().st_size / 1_000_000:.1f}"
    if call.lang == "vi":
        size = size.replace(".", ",")
    say(call, SAVED, rows=made.rows, files=len(made.files), file=str(file), size=size,
        taken=moment(made.taken_at))  # fmt: skip
    if call.settings.keys is not None:
        say(call, NO_KEYS)
    if not made.with_files:
        warn(call, NO_FILES, folder=str(call.settings.files_folder))
    if made.missing:
        warn(call, ABSENT, count=len(made.missing))


@verb("restore")
@click.argument("file", type=FILE)
@option("--without-files", is_flag=True, said=(
    "Không đưa tài liệu trở lại, và không đòi có đủ.",
    "Leave the documents, and do not ask for them."))  # fmt: skip
@option("--accept-problems", is_flag=True, said=(
    "Khôi phục cả khi dữ liệu không khớp với nhật ký.",
    "Restore even what does not agree with its journal."))  # fmt: skip
@option("--erasures", "kept", type=FILE, metavar="FILE", said=(
    "Danh sách xóa dữ liệu (không ghi thì lấy trong thư mục khóa).",
    "The list of erasures (else that in the folder of keys)."))  # fmt: skip
@click.pass_obj
def restore(
    call: Call, *, file: Path, without_files: bool, accept_problems: bool, kept: Path | None
) -> int:
    """Bring a backup back."""
    from thidua.erasures import read
    from thidua.restore import restore as bring_back

    kept = kept or list_file(call)
    erased = read(kept) if kept is not None else []

    place = call.desk.workplace(call.settings)
    call.settings.home.mkdir(parents=True, exist_ok=True)
    with watched(call, RESTORING) as progress:
        back = bring_back(
            place.engine, place.wf, file, now=call.now, progress=progress, erased=erased,
            files=not without_files, accept=accept_problems,
        )  # fmt: skip
    answer = {**_answer(back.manifest), "schema": back.schema, "held": back.held,
              "missing": sorted(back.missing), "problems": [
                  {"stream": each.stream, "event": each.n, "code": each.code,
                   "text": each.text(call.lang)} for each in back.problems],
              "undone": back.undone}  # fmt: skip
    show(call, answer, lambda: _told_back(call, back, kept))
    return int(bool(back.problems or back.missing or back.undone))


def _told_back(call: Call, back: "Restored", kept: Path | None) -> None:
    made, taken = back.manifest, moment(back.manifest.taken_at)
    say(call, BACK, rows=made.rows, files=len(made.files), taken=taken)
    if made.schema != back.schema:
        say(call, RAISED, current=made.schema, head=back.schema)
    for sha256, (owner, kind) in sorted(back.missing.items()):
        warn(call, LACKING, owner=owner, kind=kind, sha256=sha256)
    for each in back.problems:
        warn(call, (each.text("vi"), each.text("en")))
    if not back.problems:
        say(call, SOUND)
    if back.undone:
        warn(call, UNDONE, count=len(back.undone), taken=taken, list=str(kept))
    elif kept is None or not kept.is_file():
        warn(call, NO_LIST, taken=taken)
    warn(call, HELD, count=back.held, taken=taken)


def _answer(made: "Manifest") -> dict[str, Any]:
    return {
        "taken_at": made.taken_at, "program": made.program, "schema": made.schema,
        "rows": {name: part.rows for name, part in made.tables.items()},
        "files": len(made.files), "with_files": made.with_files, "missing": list(made.missing),
    }  # fmt: skip
