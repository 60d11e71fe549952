"""Lists of mails with what they are about."""

import json
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.listing import Listed
from thidua.storage.schema import Tables
from thidua.workflow.errors import Refused, Unknown

MOST_NAMED = 5
"""Mails of the same letters that an error names."""


def mails(
    db: Connection,
    t: Tables,
    *,
    status: str | None = None,
    owner: str | None = None,
    since: str | None = None,
    limit: int | None = None,
) -> list[Listed]:
    """Mails, newest first: their templates, how many notices and dossiers, no texts.

    `since` is a stored instant; `owner` whom or which unit or post the mailbox belongs to.
    """
    m = t.mail.c
    query = select(t.mail).order_by(m.made_at.desc(), m.id.desc())
    if status is not None:
        query = query.where(m.status == status)
    if owner is not None:
        query = query.where(m.owner == owner)
    if since is not None:
        query = query.where(m.made_at >= since)
    return [_summed(row) for row in db.execute(query.limit(limit)).mappings()]


def mail(db: Connection, t: Tables, ref: str) -> Listed:
    """The mail of an id, or of the beginning or end of one, with its content.

    `Unknown` when there is none, `Refused` ("which-mail") when there are several.
    """
    m = t.mail.c
    part = or_(m.id.startswith(ref, autoescape=True), m.id.endswith(ref, autoescape=True))
    rows = list(db.execute(select(t.mail).where(part).order_by(m.id)).mappings())
    rows = [row for row in rows if row["id"] == ref] or rows
    if not rows or not ref:
        raise Unknown("unknown-mail", mail=ref)
    if len(rows) > 1:
        found = ", ".join(row["id"] for row in rows[:MOST_NAMED])
        raise Refused.of("which-mail", mail=ref, found=found)
    return {**_summed(rows[0]), "content": json.loads(rows[0]["content"])}


def _summed(row: RowMapping) -> dict[str, Any]:
    content = json.loads(row["content"])
    names = ("id", "owner", "mailbox", "lang", "status", "attempt", "made_at", "sent_at",
             "next_at", "trouble")  # fmt: skip
    return {
        **{name: row[name] for name in names},
        "to": content["to"]["name"],
        "templates": sorted({template for template, _ in content["items"]}),
        "notices": len(content["notices"]),
        "dossiers": len({dossier for dossier, *_ in content["notices"]}),
    }
