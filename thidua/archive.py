"""The form of a backup: a zip of JSON lines and documents, with a manifest that has every hash."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from thidua.workflow.errors import Broken, Misuse, Refused, Unknown

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 16
_UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, AttributeError, LookupError,
               TypeError, ValueError)  # fmt: skip

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A table's rows in the archive: their columns and number, the part's bytes and SHA-256."""

    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: which release took it of what and when (UTC), every part.

    `files` has the size of each document by its SHA-256, `missing` those that were not to be
    found when it was taken; `with_files` is False when none were wanted.
    """

    program: str
    schema: str
    database: str
    taken_at: datetime
    tables: dict[str, Part] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    with_files: bool = True
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(part.rows for part in self.tables.values())


class Writer(AbstractContextManager["Writer"]):
    """Writes an archive part by part, in bounded memory; it is one once it has its manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def rows(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Part:
        """A table's rows, an array a line."""
        count, size, sha256 = 0, 0, hashlib.sha256()
        with self._zip.open(_rows(name), "w", force_zip64=True) as part:
            for row in rows:
                line = _line(name, list(row))
                part.write(line)
                sha256.update(line)
                count, size = count + 1, size + len(line)
        return Part(tuple(columns), count, size, sha256.hexdigest())

    def file(self, sha256: str, content: bytes) -> int:
        """A document's bytes; how many."""
        self._zip.writestr(_file(sha256), content)
        return len(content)

    def finish(self, manifest: Manifest) -> None:
        """Write what it is, the last part."""
        told = {**asdict(manifest), "taken_at": manifest.taken_at.isoformat()}
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        self._zip.writestr(MANIFEST, text + "\n")


def _line(name: str, row: list[Any]) -> bytes:
    try:
        return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    except (TypeError, UnicodeEncodeError) as error:
        raise Broken("backup-row-unreadable", table=name, problem=str(error)) from error


def _rows(name: str) -> str:
    return f"rows/{name}.jsonl"


def _file(sha256: str) -> str:
    return f"files/{sha256}"


class Reader(AbstractContextManager["Reader"]):
    """Reads an archive.

    `Unknown` ("unknown-backup") for no file, `Misuse` ("not-a-backup") for another one,
    ("backup-later") for one of a later form.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise Unknown("unknown-backup", file=str(path))
        try:
            self._zip = zipfile.ZipFile(path)
            told = json.loads(self._zip.read(MANIFEST))
            form = int(told["format"])
            if form == FORMAT:
                self.manifest = _manifest(told)
        except _UNREADABLE as error:
            raise Misuse("not-a-backup", file=str(path), problem=str(error)) from error
        if form != FORMAT:
            raise Misuse("backup-later", file=str(path), found=form, known=FORMAT)

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self, progress: Progress | None = None) -> None:
        """Read every part once; `Refused` ("backup-damaged") for one that is not what it was."""
        tables, files = self.manifest.tables, self.manifest.files
        parts = {_rows(name): (part.size, part.sha256) for name, part in tables.items()}
        parts |= {_file(sha256): (size, sha256) for sha256, size in files.items()}
        total, done = sum(size for size, _ in parts.values()), 0
        for name, (size, sha256) in parts.items():
            if self._told(name) != (size, sha256):
                raise Refused.of("backup-damaged", part=name)
            done += size
            if progress is not None:
                progress(done, total)

    def _told(self, name: str) -> tuple[int, str]:
        size, sha256 = 0, hashlib.sha256()
        try:
            with self._zip.open(name) as part:
                while some := part.read(_CHUNK):
                    size += len(some)
                    sha256.update(some)
        except _UNREADABLE:
            return -1, ""
        return size, sha256.hexdigest()

    def rows(self, name: str) -> Iterator[list[Any]]:
        """A table's rows."""
        with self._zip.open(_rows(name)) as part:
            for line in part:
                yield json.loads(line)

    def file(self, sha256: str) -> bytes:
        """A document's bytes."""
        return self._zip.read(_file(sha256))


def _manifest(told: dict[str, Any]) -> Manifest:
    parts = {
        name: Part(tuple(p["columns"]), int(p["rows"]), int(p["size"]), str(p["sha256"]))
        for name, p in told["tables"].items()
    }
    files = {str(sha256): int(size) for sha256, size in told["files"].items()}
    at = datetime.fromisoformat(told["taken_at"])
    return Manifest(
        str(told["program"]), str(told["schema"]), str(told["database"]), at, parts, files,
        tuple(told["missing"]), bool(told["with_files"]),
    )  # fmt: skip
