"""Erasing: `thidua dossiers redact` and `thidua db scrub`."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.erased_again import note_erasures
from thidua.cli.language import Words
from thidua.cli.option import ACT
from thidua.cli.screen import agreed, say, show, warn
from thidua.cli.shell import option, verb
from thidua.workflow.erasure import OF_DOSSIER, Redact
from thidua.workflow.errors import Misuse, ThiduaError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.erasure import Asked

ERASED: Words = (
    "{dossier}: đã xóa ({parts}); nhật ký ghi ở mục {n}. Các bản sao lưu trước đây vẫn còn dữ liệu"
    " này: hãy hủy theo quy định của cơ quan.",
    "{dossier}: erased ({parts}); entry {n} of the journal says so. Backups made before still have"
    " it: dispose of them as the office's rules say.",
)
REFUSED: Words = (
    "{dossier}: không chấp nhận xóa; đã ghi vào nhật ký ở mục {n}.",
    "{dossier}: erasure refused; entry {n} of the journal says so.",
)
SURE: Words = (
    "Dữ liệu bị xóa không khôi phục được. Xóa {parts} của hồ sơ {dossier}?",
    "What is erased cannot be brought back. Erase {parts} of the dossier {dossier}?",
)
SCRUBBED: Words = (
    "Đã viết lại tệp cơ sở dữ liệu; dữ liệu đã xóa không còn trong tệp.",
    "The database's files are written anew; nothing that was erased is left in them.",
)
NOT_SCRUBBED: Words = (
    "Chưa viết lại được tệp cơ sở dữ liệu ({why}): dữ liệu đã xóa còn có thể đọc được trong tệp."
    " Khi không ai dùng, hãy chạy: thidua db scrub.",
    "The database's files could not be written anew ({why}): what was erased may be found in them."
    " Run when nobody works: thidua db scrub.",
)
NOT_REMOVED: Words = (
    "{count} tệp của tài liệu đã xóa mới được đính kèm trong vòng một ngày nên còn trong thư mục"
    " tệp. Lệnh thidua run sẽ tự xóa sau đó; nếu không dùng, từ ngày mai hãy chạy:"
    " thidua db sweep-files.",
    "The files of {count} erased documents were attached within a day and are still in the folder."
    " thidua run removes them after that; without it, run from tomorrow: thidua db sweep-files.",
)
GONE: Words = (
    "{stream} #{event}: đã xóa theo mục {by}: {names}.",
    "{stream} #{event}: erased by entry {by}: {names}.",
)
BASIS = option("--basis", required=True, metavar="KIND", said=(
    "Loại căn cứ pháp lý: xem `thidua retention list`.",
    "The kind of legal ground: see `thidua retention list`."))  # fmt: skip
YES = option("--yes", is_flag=True, said=("Xóa ngay, không hỏi.", "Erase without asking."))


@verb("redact", takes=ACT)
@click.argument("dossier")
@option("--part", "parts", multiple=True, required=True, metavar="PART", said=(
    "Phần phải xóa (ghi được nhiều lần): candidate, fields, notes, documents, signers, hoặc"
    " field.TÊN.",
    "What to erase (may be given again): candidate, fields, notes, documents, signers, or"
    " field.NAME."))  # fmt: skip
@BASIS
@YES
@click.pass_obj
def redact(call: Call, /, *, dossier: str, parts: tuple[str, ...], basis: str, yes: bool) -> int:
    """Erase personal values of a dossier."""
    if not yes and not call.dry and not _agreed(call, dossier, parts):
        return 0
    command = Redact(parts, basis, **call.terms)
    erasure = call.place.wf.erasure
    asked: Asked = call.change(
        lambda db: erasure.redact(
            db, dossier, command, by=call.by(db), now=call.now, command_id=call.command_id
        )
    )
    if asked.refused is None and not call.dry:
        scrubbed(call)
    return _told(call, dossier, parts, asked)


def _agreed(call: Call, dossier: str, parts: tuple[str, ...]) -> bool:
    unknown = [part for part in parts if part not in OF_DOSSIER and not part.startswith("field.")]
    if unknown:
        raise Misuse("erase-yes")
    return agreed(call, SURE, Misuse("erase-yes"), parts=", ".join(parts), dossier=dossier)


def _told(call: Call, dossier: str, parts: tuple[str, ...], asked: "Asked") -> int:
    refused = asked.refused
    reasons = [] if refused is None else [
        {"code": each.code, "text": each.text(call.lang)} for each in refused.reasons
    ]  # fmt: skip
    told = {"dossier": dossier, "erased": refused is None, "event": asked.done.n,
            "reasons": reasons}  # fmt: skip

    def write() -> None:
        fields = {"dossier": dossier, "n": asked.done.n, "parts": ", ".join(parts)}
        say(call, ERASED if refused is None else REFUSED, **fields)
        for each in reasons:
            warn(call, ("{text} [{code}]", "{text} [{code}]"), **each)

    show(call, told, write)
    return int(refused is not None)


def scrubbed(call: Call) -> bool:
    """Write the database's files anew; when that fails, say so and what to do."""
    from thidua.erasure import scrub

    try:
        note_erasures(call)
        _remove_files(call)
        call.place.wf.destroy_keys(call.place.engine)
        scrub(call.place.engine, call.tables)
    except Exception as error:
        warn(call, NOT_SCRUBBED, why=_why(error, call.lang))
        return False
    return True


def _why(error: Exception, lang: str) -> str:
    """What a person can mend in its own words; of anything else no more than its kind."""
    return error.text(lang).rstrip(".") if isinstance(error, ThiduaError) else type(error).__name__


def _remove_files(call: Call) -> None:
    """Remove the bytes of erased documents; say what has to wait."""
    from thidua.files import Folder
    from thidua.orphans import remove_erased

    place = call.place
    if isinstance(place.wf.files, Folder):
        _, left = remove_erased(place.engine, call.tables, place.wf.files)
        if left:
            warn(call, NOT_REMOVED, count=left)


def erased(call: Call, db: "Connection", dossier: str | None) -> list[dict[str, Any]]:
    """What the journal says was erased: of which entry, by which, and what it was called."""
    from thidua.storage.erasing import erasures

    told: dict[tuple[str, int, int], list[str]] = {}
    for stream, by, body in erasures(db, call.tables, dossier):
        for event, name in body["erased"]:
            told.setdefault((stream, event, by), []).append(name)
    return [
        {"stream": stream, "event": event, "by": by, "names": names}
        for (stream, event, by), names in told.items()
    ]


def write_erased(call: Call, rows: list[dict[str, Any]]) -> None:
    """A line for each entry that lost something."""
    for row in rows:
        say(call, GONE, **{**row, "names": ", ".join(row["names"])})


@verb("scrub")
@click.pass_obj
def scrub_(call: Call) -> int:
    """Write the database's files anew."""
    done = scrubbed(call)
    show(call, {"scrubbed": done}, lambda: say(call, SCRUBBED) if done else None)
    return int(not done)
