"""The channel that needs no server: each letter becomes one .eml file in a folder."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from thidua.notifiers.channels import TemporaryFailure
from thidua.notifiers.dates import local_time
from thidua.notifiers.letter import Letter
from thidua.notifiers.mime import as_bytes

SHORT = 12
"""Hexadecimal digits of the Message-ID's hash in a file name: 2^48, no clash in a folder."""


class EmlFolder:
    """Writes `2018-07-09-3f2a….eml`, the local date and a short id, into `path`.

    A file appears whole or not at all (written aside, flushed to disk, renamed). The same
    Message-ID always lands in the same file, so a repeated send replaces and never doubles, even
    on another day or from another process after this one was killed. Files are readable by their
    owner only: they name people.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, Path] | None = None

    def send(self, letter: Letter, at: datetime) -> None:
        """Write the letter; `TemporaryFailure` when the folder cannot take it."""
        content = as_bytes(letter, at)
        try:
            self._replace(self.place(letter, at), content)
        except OSError as error:
            answer = error.strerror or type(error).__name__
            raise TemporaryFailure(stage="folder", scope="channel", answer=answer) from error

    def place(self, letter: Letter, at: datetime) -> Path:
        """The file that holds the letter or would hold it."""
        short = hashlib.sha256(letter.message_id.encode()).hexdigest()[:SHORT]
        if self._known is None:
            self._known = {each.stem[-SHORT:]: each for each in self.path.glob("*.eml")}
        name = f"{local_time(at):%Y-%m-%d}-{short}.eml"
        return self._known.setdefault(short, self.path / name)

    def _replace(self, place: Path, content: bytes) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        aside = place.with_name(f".{place.stem}.{os.getpid()}.tmp")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(place)
        _sync(self.path)


def _sync(folder: Path) -> None:
    # Without it the rename may be lost with the power though the file's bytes are safe.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
