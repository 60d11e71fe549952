"""Stored procedures: kept under their content hash from first use, never changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from thidua.storage.rows import instant
from thidua.storage.schema import Tables
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.errors import DefinitionError, Unknown, reason
from thidua.workflow.journal import canonical
from thidua.workflow.procedure import Procedure


def store(db: Connection, t: Tables, procedure: Procedure, text: str, now: datetime) -> None:
    """Keep the text under its hash; once. The same name and version with other content is a
    `DefinitionError`.
    """
    p = t.procedure
    same = (p.c.name == procedure.name) & (p.c.version == procedure.version)
    row = db.execute(select(p.c.hash).where(same)).first()
    if row is None:
        values = {"hash": procedure.hash, "name": procedure.name, "version": procedure.version,
                  "text": text, "confirmed": "{}", "stored_at": instant(now)}  # fmt: skip
        db.execute(insert(p).values(values))
    elif row[0] != procedure.hash:
        fields = {"name": procedure.name, "version": procedure.version}
        raise DefinitionError.because([reason("version-taken", **fields)])


def is_stored(db: Connection, t: Tables, procedure_hash: str) -> bool:
    """Whether there is a procedure of that hash."""
    key = t.procedure.c.hash
    return db.execute(select(key).where(key == procedure_hash)).first() is not None


def text_of(db: Connection, t: Tables, procedure_hash: str) -> str:
    """The stored text of a hash."""
    query = select(t.procedure.c.text).where(t.procedure.c.hash == procedure_hash)
    found: str | None = db.execute(query).scalar()
    if found is None:
        raise Unknown("unknown-procedure", procedure=procedure_hash, known="-")
    return found


def find(pen: Pen, s: Statements, name: str) -> tuple[str, str]:
    """The hash for a content hash, a "name@version", or a name with one version stored.

    With it the heads of all corrected calendars at that moment.
    """
    return candidates(pen, s, name, most=1)[0]


def candidates(
    pen: Pen, s: Statements, name: str, *, most: int | None = None
) -> list[tuple[str, str]]:
    """The same of every version stored that `name` can mean; `Unknown` for none, and for more than
    `most`.
    """
    rows = pen.run(s.procedures, {})
    base, _, version = name.partition("@")
    fits = [(h, c or "") for h, n, v, c in rows if name == h or (n == base and version in ("", v))]
    if not fits or len(fits) > (most or len(fits)):
        known = ", ".join(sorted(f"{n}@{v}" for _, n, v, _ in rows)) or "-"
        raise Unknown("unknown-procedure", procedure=name, known=known)
    return fits


def listed(db: Connection, t: Tables) -> list[Mapping[str, Any]]:
    """Every stored procedure: hash, name, version, when it was stored, what was confirmed."""
    p = t.procedure
    query = select(p.c.hash, p.c.name, p.c.version, p.c.stored_at, p.c.confirmed)
    return [dict(row) for row in db.execute(query.order_by(p.c.name, p.c.version)).mappings()]


def confirmed(db: Connection, t: Tables, procedure_hash: str) -> dict[str, dict[str, str]]:
    """Which assumed grounds were confirmed: by whom, on what paper, when; "demo" for a demo."""
    p = t.procedure
    text = db.execute(select(p.c.confirmed).where(p.c.hash == procedure_hash)).scalar()
    values: dict[str, dict[str, str]] = json.loads(text or "{}")
    return values


def confirm(
    db: Connection, t: Tables, procedure_hash: str, ground: str, by: Mapping[str, str]
) -> None:
    """Record that an assumed ground was confirmed."""
    p = t.procedure
    values = {**confirmed(db, t, procedure_hash), ground: dict(by)}
    chosen = update(p).where(p.c.hash == procedure_hash)
    db.execute(chosen.values(confirmed=canonical(values)))
