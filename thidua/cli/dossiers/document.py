"""A document of a dossier, out of the store: `document`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.eyes import eyes_of
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.readout import Readout

TOLD = ("kind", "version", "name", "type", "size", "sha256")
WRITTEN: Words = (
    "Đã ghi {file}: {name}, {size} byte, mã băm khớp.",
    "Wrote {file}: {name}, {size} bytes, as attached.",
)


@verb("document")
@click.argument("dossier")
@click.argument("kind")
@option("--version", type=click.IntRange(1), metavar="N", said=(
    "Lần thứ mấy; bình thường là lần cuối.", "Which version; the newest by default."))  # fmt: skip
@option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), required=True,
        metavar="FILE", said=("Tệp mới để ghi vào.", "A new file to write into."))  # fmt: skip
@click.pass_obj
def document(call: Call, /, *, dossier: str, kind: str, version: int | None, file: Path) -> None:
    """A document's file."""
    found = call.read(lambda db: _read(call, db, dossier, kind, version))
    _put(file, found.content)
    told = {name: found.row[name] for name in TOLD}
    answer = {"dossier": dossier, **told, "file": str(file)}
    show(call, answer, lambda: say(call, WRITTEN, **answer))


def _read(
    call: Call, db: "Connection", dossier: str, kind: str, version: int | None
) -> "Readout":  # fmt: skip
    from thidua.readout import read_document

    wf, eyes = call.place.wf, eyes_of(call, db)
    return read_document(db, wf, dossier, kind, eyes=eyes, version=version)


def _put(file: Path, content: bytes) -> None:
    """A new file for its owner's eyes alone; an old one is never overwritten."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Misuse("export-there", file=str(file)) from error
    with os.fdopen(handle, "wb") as out:
        out.write(content)
