"""What waived conditions leave owing, for lists of dossiers."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.listing import RUNNING, Listed
from thidua.storage.schema import Tables
from thidua.workflow.debt import DEBT, Waiver


def debts(db: Connection, t: Tables, ids: Collection[str]) -> dict[str, tuple[Waiver, ...]]:
    """By dossier, what is still owed; in one query."""
    if not ids:
        return {}
    task = t.task.c
    columns = (task.dossier_id, task.n, task.what, task.seat, task.status, task.due_on)
    owed = task.what.startswith(DEBT, autoescape=True) & task.status.in_(RUNNING)
    mine = task.dossier_id.in_(sorted(set(ids)))
    query = select(*columns).where(mine, owed).order_by(task.dossier_id, task.n)
    found: dict[str, tuple[Waiver, ...]] = {}
    for row in db.execute(query).mappings():
        found[row["dossier_id"]] = (*found.get(row["dossier_id"], ()), _waiver(row))
    return found


def waivers(waived: Collection[str], tasks: Collection[Listed]) -> tuple[Waiver, ...]:
    """Of one dossier whose tasks are read: every condition set aside, what is owed first."""
    made = {row["what"].removeprefix(DEBT): row for row in tasks if row["what"].startswith(DEBT)}
    told = [_waiver(made[name]) if name in made else Waiver(name) for name in waived]
    return tuple(sorted(told, key=lambda each: each.settled))


def _waiver(row: Listed | RowMapping) -> Waiver:
    until, owes = row["due_on"], str(row["seat"])
    return Waiver(
        str(row["what"]).removeprefix(DEBT), str(until) if until else None, owes,
        settled=row["status"] not in RUNNING,
    )  # fmt: skip
