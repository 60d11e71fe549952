"""Who stepped back from which dossiers, and from which those who look did."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.sight import Eyes, Standing


def seats(db: Connection, t: Tables) -> Mapping[str, tuple[str, ...]]:
    """By dossier the seats that stepped back from it; the others are left out."""
    d = t.dossier.c
    query = select(d.id, d.more).where(d.more.contains('"recused":['))
    return {key: tuple(json.loads(more)["recused"]) for key, more in db.execute(query)}


def closed_to(db: Connection, t: Tables, eyes: Iterable[Eyes]) -> frozenset[str]:
    """The dossiers from which one of all that look stepped back."""
    looking = tuple(eyes)
    return frozenset(
        key
        for key, gone in (seats(db, t).items() if looking else ())
        if any(each.stepped_back(Standing(recused=gone)) for each in looking)
    )
