"""SQLite files that are only looked at: unchanged afterwards, also where nothing can be written."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

from thidua.hushed import hushed
from thidua.sqlite import BUSY_SECONDS, READ, begin
from thidua.workflow.errors import Misuse

_WRITE_AHEAD = b"\x02\x02"
"""What a file that is in WAL mode has at its nineteenth byte."""


def reading_engine(url: str) -> Engine:
    """An engine for a SQLite `url` whose connections leave the file as it is, byte for byte.

    Its mode is not switched, what others left in its log is not merged, and no statement may
    write. What a killed writer left in a rollback journal is undone, as by whoever opens the
    file. Where nothing can be written (a backup on a disk that is read-only) the file alone is
    read: nobody may write to it meanwhile. `Misuse` ("sqlite-unmerged") where it needs what lies
    beside it and cannot have it.
    """
    engine = hushed(create_engine(url, execution_options={READ: True}))
    event.listen(engine, "do_connect", _open)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", begin)
    return engine


def _open(_: object, __: object, words: list[Any], named: dict[str, Any]) -> None:
    """Put the file's address in the place of its name."""
    file = Path(words[0])
    words[0], named["uri"] = f"{file.absolute().as_uri()}?{_way(file)}", True


def _way(file: Path) -> str:
    log, journal, shared = (Path(f"{file}{end}") for end in ("-wal", "-journal", "-shm"))
    if writable(file):
        # Whoever may not write leaves an empty log behind, so that a file alone is opened in full.
        alone = _filled(journal) or (_is_write_ahead(file) and not log.exists())
        return "mode=rw" if alone else "mode=ro"
    if log.exists() and shared.exists():
        return "mode=ro"
    for beside in (log, journal):
        if _filled(beside):
            raise Misuse("sqlite-unmerged", file=str(file), beside=beside.name)
    return "immutable=1"


def writable(file: Path) -> bool:
    """Whether acts can be stored in a file: SQLite keeps others beside it."""
    own = os.access in os.supports_effective_ids
    return all(os.access(path, os.W_OK, effective_ids=own) for path in (file, file.parent))


def _filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _is_write_ahead(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(20)[18:] == _WRITE_AHEAD


def _set_up(driver: Any, _: object) -> None:
    driver.isolation_level = None
    cursor = driver.cursor()
    for words in (
        f"busy_timeout = {BUSY_SECONDS * 1000}", "query_only = ON", "synchronous = FULL",
        "foreign_keys = ON", "temp_store = MEMORY",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {words}")
    cursor.close()
