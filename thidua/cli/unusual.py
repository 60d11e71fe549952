"""What is not as usual about a dossier, as far as the viewer may see it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.eyes import eyes_of
from thidua.cli.label import UNUSUAL, called
from thidua.cli.rules import rules_of
from thidua.cli.table import Column
from thidua.workflow.sight import Standing, What, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.exceptions import Unusual
    from thidua.workflow.procedure import Procedure
    from thidua.workflow.sight import Eyes

LONGEST = 1 + max(len(text) for words in UNUSUAL.values() for text in words)


def seen(
    procedure: "Procedure",
    found: "Iterable[Unusual]",
    eyes: "tuple[Eyes, ...]",
    at: Standing,
) -> "list[Unusual]":
    """Those of the exceptions whose round the viewer may look into; debts are for everybody."""
    return [
        each
        for each in found
        if each.round is None
        or may_see(procedure, What("opinion", each.round, each.seat), eyes, at)
    ]


def told(found: "Iterable[Unusual]") -> list[dict[str, Any]]:
    """The exceptions for programs."""
    return [each._asdict() for each in found]


def put_first(call: Call, db: "Connection", rows: list[dict[str, Any]], *, key: str = "id") -> None:
    """Put those with the gravest exceptions first, as far as the viewer may see them; every row
    gets its `exceptions`.
    """
    from thidua.storage import listing_exceptions, recused
    from thidua.workflow.exceptions import rank

    found = listing_exceptions.of(db, call.tables, [row[key] for row in rows])
    eyes, ranks, gone = eyes_of(call, db), {}, recused.seats(db, call.tables)
    for row in rows:
        procedure = rules_of(call, db, row["procedure"]).procedure
        there = () if row.get("closed") and row["unit"] is None else found.get(row[key], ())
        at = Standing(row["unit"], recused=gone.get(row[key], ()))
        away = any(each.stepped_back(at) for each in eyes)
        mine = [] if away else seen(procedure, there, eyes, at)
        row["exceptions"], ranks[row[key]] = told(mine), rank(mine)
    rows.sort(key=lambda row: ranks[row[key]])


def unusual_column(lang: str) -> Column:
    """What to look at, each kind once with its number; the first is never cut."""
    return Column(("Lưu ý", "Look at"), lambda r: _kinds(r["exceptions"], lang), gives=True,
                  least=LONGEST)  # fmt: skip


def _kinds(found: Iterable[Mapping[str, Any]], lang: str) -> str:
    counts = Counter(each["kind"] for each in found)
    return "; ".join(
        called(UNUSUAL, kind, lang) + (f" ({n})" if n > 1 else "") for kind, n in counts.items()
    )
