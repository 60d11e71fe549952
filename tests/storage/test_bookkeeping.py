"""Every part of a dossier is stored somewhere: in a column, or with its bookkeeping."""

from datetime import UTC, date, datetime

from thidua.storage.rows import dossier_of, new_dossier_row
from thidua.storage.schema import tables
from thidua.workflow.dossier import BOOKKEEPING, Candidate, Dossier

FULL = Dossier(
    "h1", "hash", "A", Candidate("individual", "Ấn", "u1", "p1"), "u2", {"f": "v"}, "new", 3, 7,
    "x", pause="hold", pause_items=("report",), paused_on=date(2018, 7, 2), submission="s",
    campaign="c", acted={"officer": ("o", "p")}, waived=("documents.complete",), came_from="old",
    moved_n=5, recused=("member:m1",), revoked_n=6, received_on=date(2018, 7, 3),
    posted_on=date(2018, 7, 1),
)  # fmt: skip


def test_a_full_dossier_is_read_as_it_was_written():
    blank = [name for name in BOOKKEEPING if not getattr(FULL, name)]
    row = new_dossier_row(FULL, FULL.head, datetime(2018, 7, 2, tzinfo=UTC))

    read = dossier_of(tuple(row[column.name] for column in tables().dossier.c))

    assert (blank, read) == ([], FULL)
