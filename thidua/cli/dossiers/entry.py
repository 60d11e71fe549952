"""Dossiers and their papers come in: a list of nominations, one document."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.language import Words
from thidua.cli.lists import FILE
from thidua.cli.option import ACT, LIST_ACT
from thidua.cli.rules import make_ready, named
from thidua.cli.screen import progress, say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Refused, ThiduaError, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.imports.dossiers import Nominated
    from thidua.imports.sheet import Sheet
    from thidua.workflow.command import Attach
    from thidua.workflow.procedure import Procedure

ENTERING: Words = ("Đang nhập", "Entering")
ENTERED: Words = (
    "Đã nhập {count} hồ sơ theo quy trình {procedure}, kèm {papers} văn bản.",
    "Entered {count} dossiers under {procedure}, with {papers} documents.",
)
ATTACHED: Words = (
    "{dossier}: đã đính kèm {name} ({kind}), {size} byte.",
    "{dossier}: attached {name} ({kind}), {size} bytes.",
)


@verb("import", takes=LIST_ACT)
@FILE
@option("--procedure", required=True, metavar="NAME", said=(
    "Quy trình (đã lưu).", "The procedure (stored)."))  # fmt: skip
@option("--submission", metavar="ID", said=(
    "Tờ trình mang hồ sơ đến.", "The submission that brings them."))  # fmt: skip
@option("--campaign", metavar="ID", said=(
    "Đợt xét, cho các dòng không ghi.", "The campaign of rows that name none."))  # fmt: skip
@click.pass_obj
def import_(
    call: Call, *, file: Path, procedure: str, submission: str | None, campaign: str | None
) -> None:
    """Enter a list of nominations."""
    from thidua.imports import dossiers as lists
    from thidua.imports.sheet import read_sheet

    rules, units = call.read(lambda db: _known(call, db, procedure, submission))
    sheet = read_sheet(file, needed=lists.NEEDED, known=lists.columns_of(rules))
    rows = lists.nominated(
        sheet, rules, submission=submission, campaign=campaign, units=units,
        intake=call.place.intake, note=call.note, ground=call.paper,
    )  # fmt: skip
    ids = _enter(call, sheet, rows)
    papers = sum(len(row.documents) for row in rows)
    answer = {"file": file.name, "procedure": rules.name, "dossiers": ids, "documents": papers}
    show(call, answer, lambda: say(call, ENTERED, count=len(ids), procedure=rules.name,
                                   papers=papers))  # fmt: skip


def _known(
    call: Call, db: "Connection", procedure: str, submission: str | None
) -> "tuple[Procedure, set[str] | None]":
    """The procedure, and the units that there are; `Unknown` for a submission that is not."""
    from thidua.storage import listing_people, listing_registers

    if submission is not None:
        listing_registers.submission(db, call.tables, submission)
    units = {row["id"] for row in listing_people.units(db, call.tables, None)}
    return named(call, db, procedure), units or None


def _enter(call: Call, sheet: "Sheet", rows: "list[Nominated]") -> list[str]:
    from thidua.imports.dossiers import refuse

    ids = {row.row.number: row.id or _id_of(call, row.row.number) for row in rows}

    def enter(db: "Connection") -> list[str]:
        sheet.mistakes.clear()
        errors: list[ThiduaError] = []
        with progress(call, rows, ENTERING) as each:
            for row in each:
                try:
                    _propose(call, db, row, ids[row.row.number])
                except (Refused, Unknown) as error:
                    errors.append(error)
                    refuse(row.row, error)
        _raise_shared(errors, len(rows))
        sheet.stop_if_wrong()
        return list(ids.values())

    return call.write(enter)


def _id_of(call: Call, row: int) -> str:
    """The id of a row without one: a repeat under a command id means the same dossier."""
    from thidua.ids import id_of, new_id

    said = call.given.get("command_id")
    return new_id() if said is None else id_of(f"{said}/{row}")


def _raise_shared(errors: list[ThiduaError], rows: int) -> None:
    """What stands in the way of every row alike is no fault of the list."""
    told = {tuple((r.code, str(r.fields)) for r in error.reasons) for error in errors}
    if len(errors) == rows and len(told) == 1 and (rows > 1 or _is_about_who(errors[0])):
        raise errors[0]


def _is_about_who(error: ThiduaError) -> bool:
    codes = {"not-allowed", "may-not-enter-for", "ground-missing", "not-in-force", "assumed"}
    return {reason.code for reason in error.reasons} <= codes


def _propose(call: Call, db: "Connection", row: "Nominated", dossier: str) -> None:
    wf, by, key = call.place.wf, call.by(db), call.command_id
    wf.create(db, row.create, by=by, dossier_id=dossier, command_id=key, now=call.now)
    for paper in row.documents:
        again = f"{key}:{paper.kind}"
        wf.act(db, dossier, paper, by=by, command_id=again, now=call.now)


@verb("attach", takes=ACT)
@chosen
@click.argument("kind_of_paper", metavar="KIND")
@click.argument("file", type=click.Path(path_type=Path))
@option("--pages", metavar="TEXT", said=("Trang, ví dụ 3-7.", "Pages, such as 3-7."))
@click.pass_obj
def attach(
    call: Call, /, *, kind_of_paper: str, file: Path, pages: str | None, **given: Any
) -> int:
    """Attach a document."""
    from dataclasses import replace

    choice, place = Choice(**given), call.place
    paper = replace(place.intake.document(kind_of_paper, file, pages), **call.terms)
    if choice.single is not None:
        _attach_one(call, choice.single, paper)
        return 0
    return carry_out(call, choice, lambda _db, _id: paper)


def _attach_one(call: Call, dossier: str, paper: "Attach") -> None:
    place, kind = call.place, paper.kind
    make_ready(call, [dossier])
    done = call.write(
        lambda db: place.wf.act(
            db, dossier, paper, by=call.by(db), command_id=call.command_id,
            expect=call.given.get("expect"), now=call.now,
        )
    )  # fmt: skip
    told = {"dossier": dossier, "kind": kind, "name": paper.name, "size": paper.size}
    answer = {**told, "sha256": paper.sha256, "version": done.version, "event": done.n}
    show(call, answer, lambda: say(call, ATTACHED, **told))
