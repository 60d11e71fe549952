"""`thidua submissions`: the papers that bring dossiers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.erasing_registers import redact
from thidua.cli.eyes import without_results
from thidua.cli.language import Words
from thidua.cli.lists import FILE
from thidua.cli.option import ACT, DRY_RUN
from thidua.cli.paper import told_paper
from thidua.cli.rules import stored
from thidua.cli.screen import day, pairs, say, show, table, title
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.command import Transfer

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.imports.submissions import Arrived

submissions = Noun("submissions")
submissions.add_command(redact)

ENTERED: Words = (
    "Đã nhập {count} tờ trình, kèm {papers} văn bản.",
    "Entered {count} submissions, with {papers} documents.",
)
ATTACHED: Words = (
    "Tờ trình {submission}: đã đính kèm {name} ({kind}).",
    "Submission {submission}: attached {name} ({kind}).",
)
ONE: Words = ("Tờ trình {id}", "Submission {id}")
PAPERS: Words = ("Văn bản", "Documents")
DOSSIERS: Words = ("Hồ sơ: {count}", "Dossiers: {count}")


@submissions.verb("import", takes=(DRY_RUN,))
@FILE
@click.pass_obj
def import_(call: Call, *, file: Path) -> None:
    """Enter a list of submissions."""
    from thidua.imports.sheet import read_sheet
    from thidua.imports.submissions import KNOWN, NEEDED, arrived

    kinds = call.read(lambda db: _kinds(call, db))
    sheet = read_sheet(file, needed=NEEDED, known=(*KNOWN, *sorted(kinds)))
    found = arrived(sheet, kinds, call.place.intake)
    call.change(lambda db: _enter(call, db, found))
    papers = sum(len(each.documents) for each in found)
    answer = {"file": file.name, "submissions": [each.id for each in found], "documents": papers}
    show(call, answer, lambda: say(call, ENTERED, count=len(found), papers=papers))


def _kinds(call: Call, db: "Connection") -> set[str]:
    """The kinds of document that are papers of a submission, in any stored procedure."""
    from thidua.imports.submissions import KNOWN, NEEDED

    kinds = (k for rules in stored(call, db) for k in rules.procedure.documents.values())
    return {kind.name for kind in kinds if kind.source == "submission"} - {*NEEDED, *KNOWN}


def _enter(call: Call, db: "Connection", found: "list[Arrived]") -> None:
    wf, by = call.place.wf, call.by(db)
    _check_new(call, db, found)
    for each in found:
        wf.submissions.add(
            db, each.paper, by=by, sender=each.sender, received_on=each.received_on,
            campaign=each.campaign, submission_id=each.id, now=call.now,
        )  # fmt: skip
        for paper in each.documents:
            wf.submissions.attach(db, each.id, paper, by=by, now=call.now)


def _check_new(call: Call, db: "Connection", found: "list[Arrived]") -> None:
    """Note at its row every id that is used; a sender must be a unit that there is."""
    from thidua.storage import listing_people, listing_registers

    used = {row["id"] for row in listing_registers.submissions(db, call.tables)}
    units = {row["id"] for row in listing_people.units(db, call.tables, None)}
    sheet = found[0].row.sheet if found else None
    if sheet is not None:
        sheet.mistakes.clear()
    for each in found:
        if each.id in used:
            each.row.wrong("list-id-used", "id", value=each.id)
        if units and each.sender is not None and each.sender not in units:
            each.row.wrong("list-not-known", "sender", value=each.sender)
    if sheet is not None:
        sheet.stop_if_wrong()


@submissions.verb("list")
@option("--campaign", metavar="ID", said=("Của đợt xét này.", "Of this campaign."))
@click.pass_obj
def list_(call: Call, *, campaign: str | None) -> None:
    """The submissions received."""
    rows = call.read(lambda db: _rows(call, db, campaign))
    columns = (
        Column(("Mã", "Id"), lambda r: r["id"]),
        Column(("Văn bản", "Paper"), lambda r: told_paper(r["paper"], call.lang), gives=True),
        Column(("Nơi gửi", "Sender"), lambda r: r["sender_name"], gives=True),
        Column(("Ngày nhận", "Received"), lambda r: day(r["received_on"])),
        Column(("Đợt xét", "Campaign"), lambda r: r["campaign"]),
        Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
    )
    show(call, {"submissions": rows}, lambda: table(call, rows, columns))


def _rows(call: Call, db: "Connection", campaign: str | None) -> list[dict[str, Any]]:
    from thidua.storage import listing_people, listing_registers

    names = listing_people.names(db, call.tables, call.today)
    found = listing_registers.submissions(db, call.tables, campaign=campaign)
    return [{**row, "sender_name": names.unit(row["sender"])} for row in found]


@submissions.verb("show")
@click.argument("submission")
@click.pass_obj
def show_(call: Call, *, submission: str) -> None:
    """One submission."""
    answer = call.read(lambda db: _one(call, db, submission))
    papers = (
        Column(("Loại", "Kind"), lambda d: d["kind"]),
        Column(("Lần", "Version"), lambda d: d["version"], right=True),
        Column(("Tệp", "File"), lambda d: d["name"], gives=True),
        Column(("Kích thước", "Size"), lambda d: d["size"], right=True),
    )
    columns = (
        Column(("Hồ sơ", "Dossier"), lambda d: d["id"]),
        Column(("Tên", "Name"), lambda d: d["candidate_name"], gives=True),
        Column(("Trạng thái", "State"), lambda d: d["state_label"]),
    )

    def write() -> None:
        title(call, ONE, id=submission)
        pairs(call, _facts(call, answer))
        if answer["documents"]:
            title(call, PAPERS)
            table(call, answer["documents"], papers)
        title(call, DOSSIERS, count=len(answer["dossiers"]))
        table(call, answer["dossiers"], columns)

    show(call, answer, write)


def _facts(call: Call, answer: dict[str, Any]) -> list[tuple[Words, object]]:
    return [
        (("Văn bản", "Paper"), told_paper(answer["paper"], call.lang)),
        (("Nơi gửi", "Sender"), answer["sender_name"]),
        (("Ngày nhận", "Received"), day(answer["received_on"])),
        (("Đợt xét", "Campaign"), answer["campaign"]),
    ]


def _one(call: Call, db: "Connection", key: str) -> dict[str, Any]:
    from thidua.cli.rules import rules_of, shown_state
    from thidua.storage import listing, listing_people, listing_registers

    found = listing_registers.submission(db, call.tables, key)
    names = listing_people.names(db, call.tables, call.today)
    rows = without_results(
        call, db, listing.dossiers(db, call.tables, listing.Wanted(submission=key))
    )
    dossiers = [
        {"id": r["id"], "candidate_name": r["candidate_name"], "state": r["state"],
         "state_label": shown_state(rules_of(call, db, r["procedure"]).procedure, r["state"],
                                    call.lang)}
        for r in rows
    ]  # fmt: skip
    return {**found, "sender_name": names.unit(found["sender"]), "dossiers": dossiers}


@submissions.verb("attach", takes=(DRY_RUN,))
@click.argument("submission")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@option("--pages", metavar="TEXT", said=("Trang, ví dụ 3-7.", "Pages, such as 3-7."))
@click.pass_obj
def attach(call: Call, *, submission: str, kind: str, file: Path, pages: str | None) -> None:
    """Attach a document."""
    from thidua.workflow.errors import Unknown

    wf = call.place.wf
    known = call.read(lambda db: _kinds(call, db))
    if kind not in known:
        raise Unknown("unknown-document", kind=kind, known=", ".join(sorted(known)) or "-")
    paper = call.place.intake.document(kind, file, pages)
    call.change(
        lambda db: wf.submissions.attach(db, submission, paper, by=call.by(db), now=call.now)
    )
    told = {"submission": submission, "kind": kind, "name": paper.name}
    answer = {**told, "sha256": paper.sha256, "size": paper.size}
    show(call, answer, lambda: say(call, ATTACHED, **told))


@submissions.verb("include", takes=ACT)
@chosen
@click.argument("into", metavar="SUBMISSION")
@click.pass_obj
def include(call: Call, /, *, into: str, **choice: Any) -> int:
    """Put dossiers under a submission."""
    command = Transfer(into, **call.terms)
    return carry_out(call, Choice(**choice), lambda _db, _id: command)


@submissions.verb("exclude", takes=ACT)
@chosen
@click.pass_obj
def exclude(call: Call, /, **choice: Any) -> int:
    """Take dossiers out of their submission."""
    command = Transfer(None, **call.terms)
    return carry_out(call, Choice(**choice), lambda _db, _id: command)
