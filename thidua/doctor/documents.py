"""Documents whose bytes are gone, and bytes that no document speaks of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.files import Folder
from thidua.ids import utc_now

if TYPE_CHECKING:
    from thidua.app import Thidua

YOUNG = timedelta(days=1)
"""Bytes are kept before the act that names them, which may still come."""


def documents(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Whether each is there; what is in it, `thidua journal verify` reads."""
    if wf.files is None:
        return
    named = set(db.execute(select(wf.tables.document.c.sha256).distinct()).scalars())
    missing = sorted(each for each in named if not wf.files.has(each))
    if missing:
        yield Finding("documents-missing", "stop", {"count": len(missing), "first": missing[0]})
    if isinstance(wf.files, Folder):
        yield from _orphans(wf.files, named)


def _orphans(folder: Folder, named: set[str]) -> Iterator[Finding]:
    until = (utc_now() - YOUNG).timestamp()
    kept = (path for path in folder.root.glob("??/*") if path.name not in named)
    old = [path for path in kept if path.stat().st_mtime < until]
    if old:
        since = datetime.fromtimestamp(min(path.stat().st_mtime for path in old), UTC)
        size = sum(path.stat().st_size for path in old)
        fields = {"count": len(old), "kilobytes": -(-size // 1024), "since": since,
                  "folder": str(folder.root)}  # fmt: skip
        yield Finding("documents-orphaned", "note", fields)
