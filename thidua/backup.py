"""Backups: one file of all rows as of one moment, and of the documents they speak of."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy.engine import Connection, Engine

from thidua.app import Thidua
from thidua.archive import Manifest, Part, Progress, Writer
from thidua.connection import connection_of
from thidua.files import flush_folder, whole
from thidua.ids import utc_now
from thidua.sqlite import READ
from thidua.storage import migrate, snapshot
from thidua.storage.script import passing_as_busy
from thidua.workflow.errors import Misuse

_STEADY = ("REPEATABLE READ", "SERIALIZABLE")


def backup(
    db: Engine | Connection,
    wf: Thidua,
    path: Path,
    *,
    files: bool = True,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write a backup of the tables of `wf` and, with `files`, of their documents to a new file.

    All rows are those of one moment, whatever others write meanwhile; nobody waits for it on
    SQLite's write-ahead log or on PostgreSQL. Of an engine a connection is opened and closed; a
    connection must be in a transaction that sees one moment: on PostgreSQL REPEATABLE READ or
    SERIALIZABLE, else `Misuse` ("backup-not-one-moment"). Tables of an earlier release are backed
    up as they are. The file is readable by its owner alone, and appears when it is whole; keys
    are never in it. Documents that are not to be found are named in the manifest. `progress` is
    told how many rows are done, of how many.

    `Misuse` also for a file that is there ("backup-exists"), a folder that is not
    ("backup-no-folder"), tables that are missing or of a later release.
    """
    waits = passing_as_busy("backup")
    with _beside(path) as file, Writer(file) as writer, waits, one_moment(db) as connection:
        schema = _revision(connection, wf)
        tables = _rows(connection, wf, writer, progress)
        kept, missing = _documents(connection, wf, writer) if files and wf.files else ({}, ())
        manifest = Manifest(
            f"thidua {version('thidua')}", schema, connection.dialect.name, now or utc_now(),
            tables, kept, missing, files and wf.files is not None,
        )  # fmt: skip
        writer.finish(manifest)
    return manifest


@contextmanager
def one_moment(db: Engine | Connection) -> Iterator[Connection]:
    """A connection in a transaction whose reads all see the same rows."""
    if isinstance(db, Engine):
        options: dict[str, Any] = {READ: True}
        if db.dialect.name == "postgresql":
            options |= {"isolation_level": _STEADY[0], "postgresql_readonly": True}
        with db.connect().execution_options(**options) as connection:
            yield _begun(connection_of(connection))
        return
    connection = _begun(connection_of(db))
    level = connection.get_isolation_level()
    if connection.dialect.name == "postgresql" and level not in _STEADY:
        raise Misuse("backup-not-one-moment", level=level)
    yield connection


def _begun(connection: Connection) -> Connection:
    """A stock SQLite connection begins no transaction to read."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN")
    return connection


def _revision(db: Connection, wf: Thidua) -> str:
    found = migrate.status(db, **wf.place)
    if found.current is None or found.state == "new":
        migrate.check(db, **wf.place)
    return str(found.current)


def _rows(db: Connection, wf: Thidua, writer: Writer, progress: Progress | None) -> dict[str, Part]:
    sheets = snapshot.sheets(db, wf.tables)
    total = sum(snapshot.count(db, sheet) for sheet in sheets) if progress else 0
    tables, done = {}, 0
    for sheet in sheets:
        part = writer.rows(sheet.name, sheet.columns, snapshot.rows(db, sheet))
        tables[sheet.name] = part
        done += part.rows
        if progress is not None:
            progress(done, total)
    return tables


def _documents(
    db: Connection, wf: Thidua, writer: Writer
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The documents kept, with their sizes, and those that are not to be found."""
    assert wf.files is not None
    kept: dict[str, int] = {}
    missing: dict[str, None] = {}
    for sha256, _, _ in snapshot.documents(db, wf.tables):
        if sha256 in kept or sha256 in missing:
            continue
        content = whole(wf.files, sha256)
        if content is None:
            missing[sha256] = None
        else:
            kept[sha256] = writer.file(sha256, content)
    return kept, tuple(missing)


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when everything in it has reached the disk."""
    if path.exists():
        raise Misuse("backup-exists", file=str(path))
    if not path.parent.is_dir():
        raise Misuse("backup-no-folder", folder=str(path.parent))
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise Misuse("backup-exists", file=str(path))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)
