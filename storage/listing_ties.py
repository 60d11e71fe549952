"""Who steps back from ballots by the procedure's `recuse_if`, and on what grounds."""

import json
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables


class Tied(NamedTuple):
    """A member that a ballot about a dossier did not ask; no grounds where they were erased."""

    dossier_id: str
    round_id: str
    seat: str
    grounds: tuple[str, ...]


def tied(
    db: Connection, t: Tables, rounds: Collection[str], *, dossier: str | None = None
) -> list[Tied]:
    """Those of these rounds, as computed when each ballot was opened; by dossier and seat.

    With `dossier` those about that one alone.
    """
    line, e, p = t.line.c, t.event, t.event_private
    query = (
        select(line.dossier_id, line.round_id, e.c.body, p.c.body)
        .join(e, (e.c.stream == line.dossier_id) & (e.c.n == line.opened_n))
        .join(p, (p.c.stream == line.dossier_id) & (p.c.n == line.opened_n), isouter=True)
        .where(line.round_id.in_(rounds))
    )
    if dossier is not None:
        query = query.where(line.dossier_id == dossier)
    found = []
    for dossier, round_id, body, private in db.execute(query):
        key = f"recused.{round_id}"
        away = json.loads(body).get("recused", ())
        kept = json.loads(private or "{}").get(key)
        why = json.loads(kept[1]) if kept else dict.fromkeys(away, ())
        found += [Tied(dossier, round_id, seat, tuple(grounds)) for seat, grounds in why.items()]
    return sorted(found)
