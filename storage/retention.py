"""Which retention classes an office has confirmed, and the dossiers they are asked about."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage import register
from thidua.storage.schema import Tables
from thidua.storage.sweep import insert_new

STREAM = "retention:"
"""Before the name of a class, in the id of its row and stream."""
AT_ONCE = 500


class Confirmed(NamedTuple):
    """A confirmed period in years; None is for good."""

    years: int | None


def confirmed(db: Connection, t: Tables) -> dict[str, Confirmed]:
    """By class, what is confirmed."""
    r = t.retention.c
    rows = db.execute(select(r.id, r.years).where(r.count > 0))
    return {key.removeprefix(STREAM): Confirmed(years) for key, years in rows}


def locked(db: Connection, t: Tables, name: str) -> RowMapping:
    """The row of a class, taken for this transaction; made when there is none."""
    blank = {"id": STREAM + name, "years": None, "count": 0, "head": ""}
    db.execute(insert_new(t.retention, db.dialect), blank)
    return register.lock(db, t.retention, STREAM + name)


def moved_on(db: Connection, t: Tables, dossier_id: str, n: int) -> date:
    """The legal date of the event that brought a dossier where it stands."""
    e = t.event.c
    body = db.execute(select(e.body).where(e.stream == dossier_id, e.n == n)).scalar_one()
    return datetime.fromisoformat(json.loads(body)["at"]).date()  # in the calendar's own zone


def dossiers(db: Connection, t: Tables) -> Iterator[Mapping[str, Any]]:
    """Every dossier whose candidate is still named, by id, some at a time."""
    d, last = t.dossier.c, ""
    query = select(d.id, d.procedure, d.award, d.state, d.more).where(d.candidate_name != "")
    while True:
        rows = db.execute(query.where(d.id > last).order_by(d.id).limit(AT_ONCE)).mappings().all()
        for row in rows:
            yield {**row, "moved_n": json.loads(row["more"]).get("moved_n", 0)}
        if len(rows) < AT_ONCE:
            return
        last = rows[-1]["id"]
