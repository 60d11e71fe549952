"""What is classified: dossiers, and the submissions, campaigns and rounds that hold them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage import listing, register
from thidua.storage.listing import Listed
from thidua.storage.schema import Tables
from thidua.storage.sweep import insert_new

STREAM = "level:"
"""Before the id of what is classified, in the id of its row and stream."""
AT_ONCE = 500


def subjects(db: Connection, t: Tables) -> dict[str, str]:
    """By id of what is classified now, its level."""
    c = t.classified.c
    rows = db.execute(select(c.id, c.level).where(c.level.is_not(None)))
    return {key.removeprefix(STREAM): level for key, level in rows}


def anything(t: Tables) -> ColumnElement[bool]:
    """Whether anything at all is classified, for a statement that asks along with its own."""
    return select(t.classified.c.id).where(t.classified.c.level.is_not(None)).exists()


def among(db: Connection, t: Tables, dossiers: Collection[str]) -> frozenset[str]:
    """Those of the dossiers that are classified, or are in something that is."""
    return frozenset(levels(db, t, dossiers))


def levels(db: Connection, t: Tables, dossiers: Collection[str]) -> dict[str, set[str]]:
    """By dossier among these its levels: its own and those of what holds it; none, no entry."""
    named = subjects(db, t)
    found: dict[str, set[str]] = {key: {named[key]} for key in dossiers if key in named}
    if not named:
        return found
    d, line, ids = t.dossier.c, t.line.c, sorted(dossiers)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for key, *within in db.execute(
            select(d.id, d.submission, d.campaign).where(d.id.in_(some))
        ):
            _add(found, key, {named[each] for each in within if each in named})
        for key, round_id in db.execute(
            select(line.dossier_id, line.round_id).where(line.dossier_id.in_(some))
        ):
            _add(found, key, {named[round_id]} if round_id in named else set())
    return found


def _add(found: dict[str, set[str]], key: str, some: set[str]) -> None:
    if some:
        found.setdefault(key, set()).update(some)


def history(db: Connection, t: Tables, dossier_id: str) -> list[Listed]:
    """When the dossier, or what holds it, was given a level or lost it, oldest first.

    As `listing.history` has events, without their numbers, which are those of other streams; the
    body says under `matter` what it is the level of.
    """
    d, line, c = t.dossier.c, t.line.c, t.classified.c
    within = db.execute(select(d.submission, d.campaign).where(d.id == dossier_id)).one()
    rounds = db.execute(select(line.round_id).where(line.dossier_id == dossier_id)).scalars()
    streams = {STREAM + each for each in (dossier_id, *within, *rounds) if each is not None}
    told = [
        {**event, "n": None, "body": {**event["body"], "matter": key.removeprefix(STREAM)}}
        for key in db.execute(select(c.id).where(c.id.in_(streams)).order_by(c.id)).scalars()
        for event in listing.history(db, t, key)
        if event["body"]["act"] == "classify"
    ]
    return sorted(told, key=lambda each: datetime.fromisoformat(each["body"]["at"]))


def locked(db: Connection, t: Tables, subject: str) -> RowMapping:
    """The row of what is classified, taken for this transaction; made when there is none."""
    blank = {"id": STREAM + subject, "level": None, "count": 0, "head": ""}
    db.execute(insert_new(t.classified, db.dialect), blank)
    return register.lock(db, t.classified, STREAM + subject)


def is_known(db: Connection, t: Tables, subject: str) -> bool:
    """Whether there is a dossier, submission, campaign or round of that id."""
    owners = (t.dossier, t.submission, t.round)
    if any(db.execute(select(o.c.id).where(o.c.id == subject)).first() for o in owners):
        return True
    in_season = select(t.dossier.c.id).where(t.dossier.c.campaign == subject).limit(1)
    return db.execute(in_season).first() is not None
