"""Where the keys of sealed ballots are kept: a port, and a folder apart from all backups."""

import os
import secrets
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from thidua import sealing
from thidua.files import flush_folder
from thidua.signing import new_private, public_of, sign
from thidua.workflow.errors import Misuse

MARK = "thidua-keys"
"""A file that tells the folder from a mount point with nothing mounted on it."""

SIGNING = "signing"
"""The file of the key that signs checkpoints: no box's, so it is never spent."""


class Key(NamedTuple):
    """The name of a key, and its public half in hex."""

    id: str
    public: str


class Signed(NamedTuple):
    """A signature, and the public half of the key that made it; both in hex."""

    public: str
    signature: str


class KeyLost(Exception):
    """The key is gone for good: what was sealed for it opens no more."""


class Keys(Protocol):
    """Keeps one private key for each box; none of its methods gives it out.

    A key is kept durably before the row that names it is written. What cannot be reached at the
    moment is `Misuse`, never `KeyLost`: that makes a ballot void.
    """

    def make(self) -> Key:
        """A new key, kept."""

    def open(self, key_id: str, ballot: str, slips: Sequence[str]) -> list[str]:
        """The choices on slips sealed for this ballot; `KeyLost`, `sealing.NotOpened`."""

    def has(self, key_id: str) -> bool:
        """Whether the key is here."""

    def destroy(self, key_id: str) -> None:
        """Destroy the key so that nobody can bring it back; nothing happens when it is gone."""

    def made(self) -> Mapping[str, datetime]:
        """Every key that is kept, with the UTC instant at which it was made."""

    def sign(self, text: str) -> Signed | None:
        """Sign a checkpoint of the journal; None when there is no key for that."""

    def signing_key(self) -> str | None:
        """The public half of the key that signs checkpoints; None when there is none."""

    def new_signing_key(self) -> str:
        """Make a key that signs from now on, in place of the one before; its public half."""


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """A folder that only its owner may enter, a file of mode 0600 to each key.

    `Misuse`: "keys-unreachable" when the folder has gone since, or is not the one it was,
    "keys-open-to-others" when others may enter it.
    """

    root: Path

    def make(self) -> Key:
        """Write the file and flush it and the folder to the disk."""
        pair, key_id = sealing.new_pair(), secrets.token_hex(16)
        self.prepare()
        handle = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        put(handle, pair.private.encode())
        flush_folder(self.root)
        return Key(key_id, pair.public)

    def open(self, key_id: str, ballot: str, slips: Sequence[str]) -> list[str]:
        """Read the key for the moment it takes."""
        self.check()
        try:
            private = self._path(key_id).read_text()
        except FileNotFoundError as error:
            raise KeyLost(key_id) from error
        except (OSError, UnicodeDecodeError) as error:
            raise Misuse("keys-unreachable", folder=str(self.root)) from error
        return sealing.unseal(private, ballot, slips)

    def has(self, key_id: str) -> bool:
        """Whether its file is here."""
        self.check()
        return self._path(key_id).is_file()

    def destroy(self, key_id: str) -> None:
        """Overwrite the file, flush it, remove it."""
        self.check()
        path = self._path(key_id)
        if not path.is_file():
            return
        shred(path)

    def made(self) -> Mapping[str, datetime]:
        """By the files' own times; none in a folder that is empty and has yet to be marked."""
        if not self.root.exists() or not any(self.root.iterdir()):
            return {}
        self.check()
        return {
            each.stem: datetime.fromtimestamp(each.stat().st_mtime, UTC)
            for each in self.root.glob("*.key")
        }

    def sign(self, text: str) -> Signed | None:
        """Read the key for the moment it takes."""
        private = self._signing()
        return None if private is None else Signed(public_of(private), sign(private, text))

    def signing_key(self) -> str | None:
        """Of the private key in the folder."""
        private = self._signing()
        return None if private is None else public_of(private)

    def new_signing_key(self) -> str:
        """Write beside it, flush, and put it in the old one's place."""
        private = new_private()
        self.prepare()
        beside = self.root / f"{SIGNING}.new"
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        put(handle, private.encode())
        beside.replace(self.root / SIGNING)
        flush_folder(self.root)
        return public_of(private)

    def _signing(self) -> str | None:
        if not self.root.exists():
            return None
        self.check()
        try:
            return (self.root / SIGNING).read_text()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Misuse("keys-unreachable", folder=str(self.root)) from error

    def _path(self, key_id: str) -> Path:
        if len(key_id) != 32 or key_id.strip("0123456789abcdef"):
            raise KeyLost(key_id)  # a changed row may name any file
        return self.root / f"{key_id}.key"

    def prepare(self) -> None:
        """Make the folder with its mark, or check the one there is."""
        if not self.root.exists():
            self.root.mkdir(mode=0o700, parents=True)
            (self.root / MARK).touch(mode=0o600)
            flush_folder(self.root)
        elif not any(self.root.iterdir()):
            (self.root / MARK).touch(mode=0o600)
        self.check()

    def check(self) -> None:
        """`Misuse` unless it is the one that was marked, closed to others."""
        if not (self.root / MARK).is_file():
            raise Misuse("keys-unreachable", folder=str(self.root))
        shared = stat.S_IMODE(self.root.stat().st_mode) & 0o077
        if os.name == "posix" and shared:
            raise Misuse("keys-open-to-others", folder=str(self.root))


def put(handle: int, content: bytes) -> None:
    """Write, flush to the disk, close."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def shred(path: Path) -> None:
    """Overwrite a file, flush it, remove it, and flush its folder."""
    put(os.open(path, os.O_WRONLY), b"0" * path.stat().st_size)
    path.unlink(missing_ok=True)
    flush_folder(path.parent)


def check_apart(root: Path, others: Iterable[Path]) -> None:
    """`Misuse` ("keys-beside-database") for a folder inside one that is backed up as a whole."""
    here = root.resolve()
    for other in others:
        if here.is_relative_to(other.resolve()):
            raise Misuse("keys-beside-database", folder=str(root), inside=str(other))
