"""Dossiers of a decision that is being applied, whose notices have not gone out yet."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables


def unreleased(db: Connection, t: Tables, ids: Collection[str] | None = None) -> set[str]:
    """Of all dossiers, or of `ids`; there are some only while a decision is being applied.

    A line that is still open is among them, so that one is not told apart from an applied one.
    """
    line, d = t.decision_line.c, t.decision.c
    begun = select(line.decision_id).join(t.decision, d.id == line.decision_id)
    begun = begun.where(line.status == "applied", d.status != "applied")
    found = set(db.execute(select(line.dossier_id).where(line.decision_id.in_(begun))).scalars())
    return found if ids is None else found & set(ids)
