"""`thidua journal export`: the journal for somebody else's verifier."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.eyes import closed_to, eyes_of, require_office
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import option, verb
from thidua.cli.watched import watched
from thidua.logged import unshown
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

EXPORTING: Words = ("Đang xuất nhật ký", "Exporting")
EXPORTED: Words = (
    "Đã xuất {lines} dòng vào {file}. Kiểm tra: python thidua_verify.py {file}",
    "Exported {lines} lines to {file}. To check: python thidua_verify.py {file}",
)
FILE = click.Path(path_type=Path, dir_okay=False)


@verb("export")
@click.argument("file", type=FILE, metavar="FILE")
@option(
    "--dossier",
    "dossiers",
    multiple=True,
    metavar="ID",
    said=(
        "Chỉ hồ sơ này, có thể nhắc lại; mặc định tất cả.",
        "This dossier alone; may be repeated.",
    ),
)
@option(
    "--values",
    is_flag=True,
    said=("Kèm tên, lời ghi và giá trị riêng.", "With names, notes and private values."),
)
@click.pass_obj
def export(call: Call, *, file: Path, dossiers: tuple[str, ...], values: bool) -> None:
    """The journal, procedures and who held what, as JSON lines."""
    if file.exists():
        raise Misuse("export-there", file=str(file))
    lines = call.read(lambda db: _export(call, db, file, dossiers, values=values))
    answer = {"file": str(file), "lines": lines, "values": values, "dossiers": list(dossiers)}
    show(call, answer, lambda: say(call, EXPORTED, lines=lines, file=str(file)))


def _export(
    call: Call, db: "Connection", file: Path, dossiers: tuple[str, ...], *, values: bool
) -> int:
    from thidua.evidence.export import export as lines_of

    require_office(call, db)
    away = closed_to(call, db)
    if shut := sorted(away & set(dossiers) if dossiers else away):
        raise unshown("recused-from", eyes_of(call, db), *shut, dossiers=", ".join(shut))
    with watched(call, EXPORTING) as progress:
        found = lines_of(
            db, call.place.wf, dossiers=dossiers or None, values=values, progress=progress
        )
        return written(file, found)


def written(file: Path, lines: Iterable[str]) -> int:
    """Write the lines beside the file, which gets its name when all are there; how many."""
    draft, count = file.with_name(f"{file.name}.part"), 0
    try:
        with draft.open("x", encoding="utf-8") as out:
            for line in lines:
                out.write(line)
                count += 1
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return count
