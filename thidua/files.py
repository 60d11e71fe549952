"""Where documents' bytes are kept: a port, and a folder that names files by content."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident
from typing import Protocol

from thidua.workflow.errors import Failed, Unknown


class Files(Protocol):
    """Keeps bytes under their SHA-256, before the act that names them."""

    def keep(self, content: bytes) -> str:
        """Keep the bytes durably; their SHA-256 in hex. Keeping twice is keeping once."""

    def read(self, sha256: str) -> bytes:
        """The bytes; `Unknown` when they are not here."""

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of files named by content, two letters deep."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where the file of that content lies."""
        return self.root / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Write a temporary file, flush it to the disk, give it its name, and flush the names.

        Those of a file that is here already too: whoever wrote it may not have come so far.
        `Failed` ("file-not-kept") when the disk is full or may not be written: nothing is left.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            if not target.exists():
                _make(target.parent)
                _write(target, content)
            _flush_folder(target.parent)
            _flush_folder(self.root)
        except OSError as error:
            problem = error.strerror or str(error)
            raise Failed("file-not-kept", folder=str(self.root), problem=problem) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of that content."""
        if not self.has(sha256):
            raise Unknown("unknown-file", sha256=sha256)
        return self.path(sha256).read_bytes()

    def has(self, sha256: str) -> bool:
        """Whether a file of that content is here."""
        return self.path(sha256).is_file()


def _make(folder: Path) -> None:
    """Make a folder and those above it; their names are on the disk before anything in them."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        _flush_folder(each.parent)


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


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
