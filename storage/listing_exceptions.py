"""What is not as usual about dossiers, for lists that begin with it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.debt import DEBT
from thidua.workflow.exceptions import Unusual, exceptions, rank

CHUNK = 500


def of(db: Connection, t: Tables, ids: Collection[str]) -> dict[str, tuple[Unusual, ...]]:
    """By dossier what is to be looked at, gravest first; those as usual are left out."""
    task = t.task.c
    columns = (task.dossier_id, task.n, task.kind, task.what, task.seat, task.opened_n,
               task.status, task.round_id, task.outcome, task.answered_n)  # fmt: skip
    telling = or_(task.kind == "ask", task.what.startswith(DEBT, autoescape=True))
    keys, rows = sorted(set(ids)), dict[str, list[Any]]()
    for start in range(0, len(keys), CHUNK):
        mine = task.dossier_id.in_(keys[start : start + CHUNK])
        for row in db.execute(select(*columns).where(mine, telling)).mappings():
            rows.setdefault(row["dossier_id"], []).append(row)
    found = {dossier: exceptions(tasks) for dossier, tasks in rows.items()}
    return {dossier: each for dossier, each in found.items() if each}


def first(db: Connection, t: Tables, ids: Collection[str]) -> list[str]:
    """The dossiers with the gravest exceptions first; the others after them, ascending."""
    found = of(db, t, ids)
    return sorted(set(ids), key=lambda dossier: (rank(found.get(dossier, ())), dossier))
