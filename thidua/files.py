"""Where documents' bytes are kept: a port, and a folder that names files by content."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident
from typing import Protocol

from thidua.workflow.errors import Failed, Unknown

LOCK = ".lock"


class Files(Protocol):
    """Keeps bytes under their SHA-256, before the act that names them."""

    def keep(self, content: bytes) -> str:
        """Keep the bytes durably; their SHA-256 in hex. Keeping twice is keeping once."""

    def read(self, sha256: str) -> bytes:
        """The bytes; `Unknown` when they are not here."""

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here, and will be while the act that asks is on its way."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of files named by content, two letters deep.

    A file's time of change is when it was last kept or asked for by an act. It changes under a
    shared lock, and files are removed under the other one (`thidua.orphans`).
    """

    root: Path

    def path(self, sha256: str) -> Path:
        """Where the file of that content lies."""
        return self.root / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Write a temporary file, flush it to the disk, give it its name, and flush the names.

        Those of a file that is here already too: whoever wrote it may not have come so far. One
        that is no longer what it was is written anew.
        `Failed` ("file-not-kept") when the disk is full or may not be written: nothing is left.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            _make(target.parent)
            with self.locked(fcntl.LOCK_SH):
                if _holds(target, content):
                    os.utime(target)
                else:
                    _write(target, content)
            flush_folder(target.parent)
            flush_folder(self.root)
        except OSError as error:
            raise self._failed(error) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of that content."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise Unknown("unknown-file", sha256=sha256) from error

    def has(self, sha256: str) -> bool:
        """Whether a file of that content is here; it counts as kept now, as with `keep`."""
        try:
            with self.locked(fcntl.LOCK_SH):
                os.utime(self.path(sha256))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._failed(error) from error
        return True

    @contextmanager
    def locked(self, how: int) -> Iterator[int]:
        """The folder's lock, `LOCK_SH` or `LOCK_EX` of fcntl; the descriptor of its file."""
        with (self.root / LOCK).open("a") as file:
            fcntl.flock(file, how)
            yield file.fileno()

    def _failed(self, error: OSError) -> Failed:
        problem = error.strerror or str(error)
        return Failed("file-not-kept", folder=str(self.root), problem=problem)


def whole(files: Files, sha256: str) -> bytes | None:
    """The bytes; None when they are gone, cannot be read or are no longer what they were."""
    try:
        content = files.read(sha256)
    except (OSError, Unknown):
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.read_bytes() == content
    except OSError:
        return False


def _make(folder: Path) -> None:
    """Make a folder and those above it; their names are on the disk before anything in them."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        flush_folder(each.parent)


def _write(target: Path, content: bytes) -> None:
    # Two threads may keep the same content at the same moment.
    draft = target.with_name(f"{target.name}.{os.getpid()}.{get_ident()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
