"""Lists of submissions: the papers that bring dossiers, with their files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.imports.sheet import Row, Sheet
from thidua.intake import Intake
from thidua.workflow.command import Attach
from thidua.workflow.errors import Refused
from thidua.workflow.paper import Paper

NEEDED = ("id", "number", "signed_on")
KNOWN = (
    "symbol", "signer", "capacity", "incoming", "postmark_on", "sender", "received_on", "campaign",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrived:
    """A submission of a list, with its row and the documents it brings."""

    row: Row
    id: str
    paper: Paper
    sender: str | None
    received_on: date | None
    campaign: str | None
    documents: tuple[Attach, ...]


def arrived(sheet: Sheet, kinds: Collection[str], intake: Intake) -> list[Arrived]:
    """The submissions of a list; `DefinitionError` with every cell that is wrong.

    `kinds` are the kinds of document that are papers of a submission.
    """
    found = [_arrived(row, kinds, intake) for row in sheet]
    _once(found)
    sheet.stop_if_wrong()
    return found


def _arrived(row: Row, kinds: Collection[str], intake: Intake) -> Arrived:
    signed_on, received_on = row.day("signed_on", needed=True), row.day("received_on")
    if signed_on and received_on and received_on < signed_on:
        row.wrong("list-received-before", "received_on", value=received_on.isoformat())
    paper = Paper(
        number=row.needed("number"), symbol=row.text("symbol"), signed_on=signed_on,
        signer=row.text("signer"), capacity=row.text("capacity"), incoming=row.text("incoming"),
        postmark_on=row.day("postmark_on"),
    )  # fmt: skip
    key, documents = row.id("id") or "", papers_of(row, kinds, intake)
    sender, campaign = row.text("sender"), row.text("campaign")
    return Arrived(row, key, paper, sender, received_on, campaign, documents)


def _once(found: Sequence[Arrived]) -> None:
    seen: dict[str, int] = {}
    for each in found:
        first = seen.setdefault(each.id, each.row.number)
        if first != each.row.number:
            each.row.wrong("list-row-twice", "id", value=each.id, first=first)


def papers_of(row: Row, kinds: Collection[str], intake: Intake) -> tuple[Attach, ...]:
    """The documents whose paths a row holds under their kinds, as they come in.

    A path counts from the list's own folder.
    """
    attached: list[Attach] = []
    for kind in sorted(kinds):
        path = row.text(kind)
        if path is None:
            continue
        try:
            attached.append(intake.document(kind, row.sheet.folder / path))
        except OSError as error:
            row.wrong("list-file", kind, value=path, problem=error.strerror or "?")
        except Refused as error:
            row.sheet.refuse(row, error.reasons[0], kind)
    return tuple(attached)
