"""Lists of what is asked of single seats when a round opens: questions and files, seat by seat."""

from dataclasses import dataclass

from thidua.imports.sheet import Row, Sheet
from thidua.intake import Intake
from thidua.workflow.errors import Refused
from thidua.workflow.paper import Enclosure

NEEDED = ("seat", "question")
KNOWN = ("dossier", "files", "name")


@dataclass(frozen=True, slots=True)
class Asked:
    """A row: a seat or its unit's id, what it is asked, about one dossier or all of the round."""

    row: Row
    seat: str
    question: str
    dossier: str | None
    enclosed: tuple[Enclosure, ...]


def requests_of(sheet: Sheet, intake: Intake) -> list[Asked]:
    """The rows with their files' bytes kept; `DefinitionError` with every cell that is wrong.

    The column `files` holds paths from the list's own folder, parted by semicolons.
    """
    found = [
        Asked(row, row.needed("seat"), row.needed("question"), row.text("dossier"),
              _enclosed(row, intake))
        for row in sheet
    ]  # fmt: skip
    sheet.stop_if_wrong()
    return found


def _enclosed(row: Row, intake: Intake) -> tuple[Enclosure, ...]:
    kept: list[Enclosure] = []
    for path in filter(None, map(str.strip, (row.text("files") or "").split(";"))):
        try:
            each = intake.document("enclosed", row.sheet.folder / path)
        except OSError as error:
            row.wrong("list-file", "files", value=path, problem=error.strerror or "?")
        except Refused as error:
            row.sheet.refuse(row, error.reasons[0], "files")
        else:
            kept.append(Enclosure(each.sha256, each.size, each.type, each.name))
    return tuple(kept)
