"""Where the files lie: on a network share, within others' reach, or dated after the clock."""

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.doctor.clock import OFFSET
from thidua.doctor.finding import Finding
from thidua.files import Folder
from thidua.ids import utc_now
from thidua.keys import KeyFolder
from thidua.reader import writable

if TYPE_CHECKING:
    from thidua.app import Thidua

MOUNTS = Path("/proc/self/mounts")
SHARES = {"9p", "afs", "cifs", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
"""Kinds of file systems whose locks do not hold between machines as SQLite needs them."""


def place(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """The files that the database and the host's ports are kept in."""
    files = sqlite_files(db)
    yield from _share(files[:1])
    yield from _read_only(files[:1])
    if wf.clock is utc_now:
        yield from _dated(files, utc_now())
    folders = [port.root for port in (wf.files, wf.keys) if isinstance(port, Folder | KeyFolder)]
    yield from rights([*files, *folders])


def sqlite_files(db: Connection) -> list[Path]:
    """The database's file first, then those that SQLite keeps beside it; none of another one."""
    if db.dialect.name != "sqlite":
        return []
    row = db.exec_driver_sql("SELECT file FROM pragma_database_list WHERE name = 'main'").first()
    if row is None or not row[0]:
        return []
    beside = (Path(row[0] + end) for end in ("", "-wal", "-shm", "-journal"))
    return [path for path in beside if path.exists()]


def rights(paths: Iterable[Path]) -> Iterator[Finding]:
    """Files and folders that every account of this machine can read, or even change."""
    if os.name != "posix":
        return
    open_ones = {path: stat.S_IMODE(path.stat().st_mode) for path in paths if _reached(path)}
    written = [str(path) for path, mode in open_ones.items() if mode & stat.S_IWOTH]
    read = [
        str(path) for path, mode in open_ones.items() if mode & 0o007 and str(path) not in written
    ]
    if written:
        yield Finding("files-writable", "stop", {"files": ", ".join(written)})
    if read:
        yield Finding("files-readable", "warn", {"files": ", ".join(read)})


def _reached(path: Path) -> bool:
    """Whether it is there and every folder above lets other accounts through."""
    real = path.resolve()
    return real.exists() and all(above.stat().st_mode & stat.S_IXOTH for above in real.parents)


def _share(files: Iterable[Path]) -> Iterator[Finding]:
    for file in files:
        kind = _kind(file.resolve())
        if kind in SHARES:
            yield Finding("sqlite-network", "stop", {"file": str(file), "kind": kind})


def _read_only(files: Iterable[Path]) -> Iterator[Finding]:
    for file in files:
        if not writable(file):
            yield Finding("database-read-only", "warn", {"file": str(file)})


def _kind(file: Path) -> str:
    """The kind of file system; nothing where the system does not tell."""
    if not MOUNTS.is_file():
        return ""
    lines = (line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines())
    over = {words[1].replace("\\040", " "): words[2] for words in lines if len(words) > 2}
    return next((over[str(up)] for up in (file, *file.parents) if str(up) in over), "")


def _dated(files: Iterable[Path], now: datetime) -> Iterator[Finding]:
    """SQLite has no server whose clock could be asked; whoever keeps its file has one."""
    for file in files:
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        if at - now > OFFSET:
            yield Finding("clock-behind-file", "warn", {"file": str(file), "at": at, "now": now})
            return
