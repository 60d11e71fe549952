"""Bytes that no document needs: finding and removing them."""

import fcntl
import os
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from thidua.files import Folder, flush_folder
from thidua.storage.erasing import unneeded
from thidua.storage.schema import Tables

GRACE = timedelta(days=1)
"""Bytes are kept before the act that names them, which may still come."""


HOURLY = timedelta(hours=1)
SOME = 100
"""Files that one turn of the clock removes."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many orphans there were, of how many bytes, the oldest kept when; how many remain."""

    count: int
    size: int
    since: datetime | None
    kept: int


def named(db: Connection, tables: Tables) -> set[str]:
    """The SHA-256 of every document whose bytes are needed: not of one that was erased."""
    needed = select(tables.document.c.sha256).where(~unneeded(tables)).distinct()
    return set(db.execute(needed).scalars())


def erased(db: Connection, tables: Tables, folder: Folder) -> list[Path]:
    """The files of documents that were erased, where no other dossier has the same."""
    sha256 = tables.document.c.sha256
    gone = select(sha256).where(unneeded(tables))
    shared = select(sha256).where(~unneeded(tables), sha256.in_(gone.correlate(None)))
    alone = {*db.execute(gone).scalars()} - {*db.execute(shared).scalars()}
    return [path for each in sorted(alone) if (path := folder.path(each)).is_file()]


def orphans(folder: Folder, known: Set[str], until: float) -> dict[Path, os.stat_result]:
    """Files, drafts that a crash left too, that nobody kept or asked for since `until`."""
    found = {}
    for path in folder.root.glob("??/*"):
        if path.name not in known:
            with suppress(FileNotFoundError):  # a draft that got its name meanwhile
                found[path] = path.stat()
    return {path: each for path, each in found.items() if each.st_mtime < until}


def swept(found: Mapping[Path, os.stat_result], kept: int) -> Swept:
    """What they come to, beside so many that are known."""
    times = [each.st_mtime for each in found.values()]
    since = datetime.fromtimestamp(min(times), UTC) if times else None
    return Swept(len(found), sum(each.st_size for each in found.values()), since, kept)


def remove_erased(
    engine: Engine, tables: Tables, folder: Folder, *, grace: timedelta = GRACE,
    limit: int | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Remove the bytes of erased documents that no other dossier has: how many went, how many stay.
    At most `limit` go.

    Those kept within the grace stay, since another act may be about to name the same bytes; a
    later call, or the sweep, removes them. What was interrupted is done by the next one: the list
    of what has to go are the documents' rows.
    """
    if not folder.root.is_dir():
        return 0, 0
    with folder.locked(fcntl.LOCK_EX) as lock:
        os.utime(lock)
        until = os.fstat(lock).st_mtime - grace.total_seconds()
        with engine.connect().execution_options(thidua_read=True) as db:
            there = erased(db, tables, folder)
        old = [path for path in there if path.stat().st_mtime < until][:limit]
        for path in old:
            path.unlink()
            flush_folder(path.parent)
    return len(old), len(there) - len(old)


@dataclass(slots=True)
class Remover:
    """What the clock removes by itself: the files of erased documents, some at a time, so that acts
    that keep a file need not wait; hourly, and at the next turn while more remain.
    """

    engine: Engine
    tables: Tables
    files: object
    _next_at: datetime | None = None

    def run(self, now: datetime) -> int:
        """Remove some if it is time to: how many. Nothing where a host keeps the files itself."""
        early = self._next_at is not None and self._next_at - HOURLY < now < self._next_at
        if early or not isinstance(self.files, Folder):
            return 0
        removed, _ = remove_erased(self.engine, self.tables, self.files, limit=SOME)
        self._next_at = None if removed == SOME else now + HOURLY
        return removed


def sweep(
    engine: Engine, tables: Tables, folder: Folder, *, grace: timedelta = GRACE, dry: bool = False
) -> Swept:
    """Remove the bytes that no document of these tables speaks of, older than the grace.

    Acts may go on meanwhile; those that keep or name a file wait until it is done. It reads in a
    transaction of its own, begun when it has the folder's lock. The folder must be of this one
    database: what another keeps there, or one newer than a restored backup, is an orphan here. With
    `dry` nothing is removed.
    """
    if not folder.root.is_dir():
        return Swept(0, 0, None, 0)
    with folder.locked(fcntl.LOCK_EX) as lock:
        os.utime(lock)
        until = os.fstat(lock).st_mtime - grace.total_seconds()  # the files' own clock
        with engine.connect().execution_options(thidua_read=True) as db:
            known = named(db, tables)
        found = orphans(folder, known, until)
        told = swept(found, len(known))
        for path in () if dry else found:
            path.unlink()
    return told
