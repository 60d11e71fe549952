"""Lists of nominations: one candidate a row, with the procedure's fields and files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from thidua.imports.sheet import Row, Sheet
from thidua.imports.submissions import papers_of
from thidua.intake import Intake
from thidua.workflow.acts.papers import fits
from thidua.workflow.command import Attach, Create
from thidua.workflow.dossier import Candidate, CandidateKind
from thidua.workflow.errors import Reason, ThiduaError, reason
from thidua.workflow.paper import Paper
from thidua.workflow.procedure import Procedure

NEEDED = ("kind", "name")
KNOWN = ("id", "award", "unit", "candidate_unit", "person", "campaign")

COLUMNS = {
    "unknown-award": "award", "candidate-nameless": "name", "dossier-exists": "id",
    "id-taken": "id", "unknown-unit": "unit",
}  # fmt: skip
"""Where a reason of the engine's stands in the list, when it does not name a field."""


@dataclass(frozen=True, slots=True)
class Nominated:
    """A nomination of a list, with its row, the id it names, and its documents."""

    row: Row
    id: str | None
    create: Create
    documents: tuple[Attach, ...]


def columns_of(procedure: Procedure) -> tuple[str, ...]:
    """The columns a list for this procedure may have beside the needed ones."""
    return (*KNOWN, *(f for f in procedure.fields if f not in NEEDED + KNOWN), *kinds_of(procedure))


def kinds_of(procedure: Procedure) -> tuple[str, ...]:
    """The kinds of document that are a dossier's own and no name of another column."""
    taken = {*NEEDED, *KNOWN, *procedure.fields}
    own = (k for k in procedure.documents.values() if k.source == "dossier")
    return tuple(kind.name for kind in own if kind.name not in taken)


def nominated(  # noqa: PLR0913 -- what every row shares, by keyword
    sheet: Sheet,
    procedure: Procedure,
    *,
    intake: Intake,
    submission: str | None = None,
    campaign: str | None = None,
    units: Collection[str] | None = None,
    note: str | None = None,
    ground: Paper | None = None,
) -> list[Nominated]:
    """The nominations of a list; `DefinitionError` with every cell that is wrong.

    The rules of the procedure are the engine's to hold: this reads cells. `units` are the known
    ones (None: any); `campaign` is that of rows which name none.
    """
    found: list[Nominated] = []
    for row in sheet:
        create = Create(
            procedure.hash, _award(row, procedure), _candidate(row, units),
            unit=_unit(row, "unit", units), fields=_fields(row, procedure), submission=submission,
            campaign=row.text("campaign") or campaign, note=note, ground=ground,
        )  # fmt: skip
        documents = papers_of(row, kinds_of(procedure), intake)
        found.append(Nominated(row, row.id("id", needed=False), create, documents))
    _once(found)
    sheet.stop_if_wrong()
    return found


def _award(row: Row, procedure: Procedure) -> str:
    only = next(iter(procedure.awards)) if len(procedure.awards) == 1 else None
    return row.text("award") or only or row.needed("award")


def _candidate(row: Row, units: Collection[str] | None) -> Candidate:
    kind = row.one_of("kind", get_args(CandidateKind))
    unit = _unit(row, "candidate_unit", units) or row.text("unit")
    return Candidate(cast(CandidateKind, kind), row.needed("name"), unit, row.text("person"))


def _unit(row: Row, column: str, units: Collection[str] | None) -> str | None:
    unit = row.text(column)
    if unit is not None and units is not None and unit not in units:
        row.wrong("list-not-known", column, value=unit)
    return unit


def _fields(row: Row, procedure: Procedure) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in procedure.fields.items():
        if (text := row.text(name)) is None:
            continue
        if not fits(field, text):
            row.sheet.refuse(row, reason("field-type", field=name, type=field.type), name)
        found[name] = text
    return found


def _once(found: Sequence[Nominated]) -> None:
    seen: dict[str, int] = {}
    for each in found:
        if each.id is None:
            continue
        first = seen.setdefault(each.id, each.row.number)
        if first != each.row.number:
            each.row.wrong("list-row-twice", "id", value=each.id, first=first)


def refuse(row: Row, error: ThiduaError) -> None:
    """Note at a row what the engine says against it, each reason under its column."""
    for why in error.reasons:
        row.sheet.refuse(row, why, column_of(why))


def column_of(reason: Reason) -> str | None:
    """The column a reason speaks of."""
    named = reason.fields.get("field") or reason.fields.get("kind")
    return COLUMNS.get(reason.code) or (str(named) if named else None)
