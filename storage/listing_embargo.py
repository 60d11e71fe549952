"""Dossiers on which a decision was carried out whose notices have not gone out yet."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables


def unreleased(db: Connection, t: Tables, ids: Collection[str] | None = None) -> set[str]:
    """Of all dossiers, or of `ids`; there are some only while a decision is being applied."""
    line, d = t.decision_line.c, t.decision.c
    query = select(line.dossier_id).join(t.decision, d.id == line.decision_id)
    query = query.where(line.status == "applied", d.status != "applied")
    found = set(db.execute(query).scalars())
    return found if ids is None else found & set(ids)
