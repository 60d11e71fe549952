"""Documents whose bytes are gone, and bytes that no document speaks of."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.files import Files, Folder
from thidua.ids import utc_now
from thidua.orphans import GRACE, named, orphans, swept

if TYPE_CHECKING:
    from thidua.app import Thidua


def documents(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Whether each is there; what is in it, `thidua journal verify` reads."""
    if wf.files is None:
        return
    known = named(db, wf.tables)
    missing = sorted(each for each in known if not _is_here(wf.files, each))
    if missing:
        yield Finding("documents-missing", "stop", {"count": len(missing), "first": missing[0]})
    if isinstance(wf.files, Folder):
        yield from _orphans(wf.files, known)


def _is_here(files: Files, sha256: str) -> bool:
    """Looking changes nothing, where we can."""
    return files.path(sha256).is_file() if isinstance(files, Folder) else files.has(sha256)


def _orphans(folder: Folder, known: set[str]) -> Iterator[Finding]:
    old = orphans(folder, known, (utc_now() - GRACE).timestamp())
    if old:
        told = swept(old, len(known))
        fields = {"count": told.count, "kilobytes": -(-told.size // 1024), "since": told.since,
                  "folder": str(folder.root)}  # fmt: skip
        yield Finding("documents-orphaned", "note", fields)
