"""The tellers' paper count: one row a dossier."""

from collections.abc import Mapping

from thidua.imports.sheet import Row, Sheet
from thidua.workflow.tally import Counts

NEEDED = ("dossier", "present", "issued", "returned", "for", "against")
KNOWN = ("written", "valid", "invalid", "abstained", "entitled", "name")

COLUMNS = {
    "count-taking-part": "present", "count-issued": "issued", "count-returned": "returned",
    "count-returned-by": "returned", "count-papers": "valid", "count-choices": "for",
    "count-entitled": "entitled",
}  # fmt: skip
"""The column in which each thing that does not add up is shown."""


def counts_of(sheet: Sheet, entitled: Mapping[str, int]) -> list[tuple[Row, str, Counts]]:
    """Every row's dossier and counts; `DefinitionError` with every cell that is wrong.

    `entitled` has how many may vote about each dossier of the ballot. Left out, `entitled` is
    that number, `valid` what is for, against and abstained, `invalid` the other papers returned.
    """
    found = [_count(row, entitled) for row in sheet]
    seen: dict[str, int] = {}
    for row, dossier, _ in found:
        first = seen.setdefault(dossier, row.number)
        if first != row.number:
            row.wrong("list-row-twice", "dossier", value=dossier, first=first)
    sheet.stop_if_wrong()
    return found


def _count(row: Row, entitled: Mapping[str, int]) -> tuple[Row, str, Counts]:
    dossier = row.needed("dossier")
    if dossier and dossier not in entitled:
        row.wrong("list-not-in-round", "dossier", value=dossier)
    votes_for, against = row.number_of("for"), row.number_of("against")
    abstained, returned = row.number_of("abstained", 0), row.number_of("returned")
    valid = row.number_of("valid", votes_for + against + abstained)
    counts = Counts(
        entitled=row.number_of("entitled", entitled.get(dossier, 0)),
        present=row.number_of("present"), written=row.number_of("written", 0),
        issued=row.number_of("issued"), returned=returned, valid=valid,
        invalid=row.number_of("invalid", max(0, returned - valid)), votes_for=votes_for,
        votes_against=against, abstained=abstained,
    )  # fmt: skip
    return row, dossier, counts
