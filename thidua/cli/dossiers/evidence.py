"""A dossier's evidence in a folder: `evidence`."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.anchoring import anchored
from thidua.cli.call import Call
from thidua.cli.dossiers.history import Told, telling
from thidua.cli.language import Words, pick
from thidua.cli.screen import say, show, warn
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Busy

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.seen import Seen

FOLDER_NAME: Words = ("ho-so-chung-cu-{dossier}", "evidence-{dossier}")
FOLDER = click.Path(path_type=Path, file_okay=False)
WRITTEN: Words = (
    "Đã lập hồ sơ chứng cứ trong {folder}: {count} tệp. Đọc DOC-TRUOC.txt trước.",
    "The evidence is in {folder}: {count} files. Begin with DOC-TRUOC.txt.",
)

NOT_ANCHORED: Words = (
    "Chưa lập được điểm kiểm tra mới (cơ sở dữ liệu bận hoặc chỉ đọc được): điểm kiểm tra trong hồ"
    " sơ có thể thiếu những mục cuối.",
    "No new checkpoint could be made (the database is busy, or can only be read): the one in the"
    " folder may be without the last entries.",
)


@verb("evidence")
@click.argument("dossier")
@option(
    "--to",
    "folder",
    type=FOLDER,
    metavar="DIR",
    said=(
        "Thư mục mới để ghi vào; mặc định ho-so-chung-cu-MÃ trong thư mục hiện tại.",
        "A new folder to write into; by default evidence-ID in the current one.",
    ),
)
@click.pass_obj
def evidence(call: Call, *, dossier: str, folder: Path | None) -> None:
    """All there is about a dossier, for a complaint or an inspection."""
    folder = folder or Path(pick(FOLDER_NAME, call.lang, dossier=re.sub(r"[/\\:]", "-", dossier)))
    _anchor(call)
    names = call.read(lambda db: _write(call, db, dossier, folder))
    answer = {"dossier": dossier, "folder": str(folder), "files": names}
    show(call, answer, lambda: say(call, WRITTEN, folder=str(folder), count=len(names)))


def _anchor(call: Call) -> None:
    """The folder's checkpoint is over all entries, where this database can be written to."""
    from sqlalchemy.exc import DBAPIError

    try:
        call.write(lambda db: anchored(call, db))
    except (Busy, DBAPIError):
        warn(call, NOT_ANCHORED)


def _write(call: Call, db: "Connection", dossier: str, folder: Path) -> list[str]:
    from thidua.bootstrap import office_of
    from thidua.dunning import Head
    from thidua.evidence.folder import evidence as write
    from thidua.storage import listing_people

    names = listing_people.names(db, call.tables, call.today)

    def teller(seen: "Seen") -> Callable[[Mapping[str, Any]], Told]:
        return telling(call, db, seen, names, "vi")

    head = Head(office_of(call.settings), None, call.settings.place, None)
    return write(
        db, call.place.wf, dossier, folder, actors=tuple(call.viewer(db)), teller=teller,
        head=head, now=call.now,
    )  # fmt: skip
