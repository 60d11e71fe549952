"""What is not as usual about dossiers, for lists that begin with it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.debt import DEBT
from thidua.workflow.exceptions import Unusual, exceptions, rank

CHUNK = 500
LATE = ("late", "after_close")
"""Standings of an answer that may have come too late to change anything."""


def of(db: Connection, t: Tables, ids: Collection[str]) -> dict[str, tuple[Unusual, ...]]:
    """By dossier what is to be looked at, gravest first; those as usual are left out."""
    task, o = t.task.c, t.opinion.c
    columns = (task.dossier_id, task.n, task.kind, task.what, task.seat, task.opened_n,
               task.status, task.round_id, task.outcome, task.answered_n,
               task.closed_n)  # fmt: skip
    telling = or_(task.kind == "ask", task.what.startswith(DEBT, autoescape=True))
    keys, rows, said = sorted(set(ids)), dict[str, list[Any]](), dict[str, list[Any]]()
    for start in range(0, len(keys), CHUNK):
        mine = task.dossier_id.in_(keys[start : start + CHUNK])
        for row in db.execute(select(*columns).where(mine, telling)).mappings():
            rows.setdefault(row["dossier_id"], []).append(row)
        late = o.dossier_id.in_(keys[start : start + CHUNK]), o.standing.in_(LATE)
        for row in db.execute(select(t.opinion).where(*late).order_by(o.n)).mappings():
            said.setdefault(row["dossier_id"], []).append(row)
    found = {d: exceptions(tasks, said.get(d, ())) for d, tasks in rows.items()}
    return {dossier: each for dossier, each in found.items() if each}


def first(db: Connection, t: Tables, ids: Collection[str]) -> list[str]:
    """The dossiers with the gravest exceptions first; the others after them, ascending."""
    found = of(db, t, ids)
    return sorted(set(ids), key=lambda dossier: (rank(found.get(dossier, ())), dossier))
