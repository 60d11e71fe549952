"""A key for each dossier's private values, in a folder apart from database and backups."""

import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Text, select, type_coerce, update
from sqlalchemy.engine import Connection, Engine

from thidua.files import flush_folder
from thidua.keys import KeyFolder, put, shred
from thidua.storage.schema import Tables
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SEALED = "sealed1."
"""Begins a sealed text; a plain one is JSON and begins with a brace."""

NONCE = 12


@dataclass(frozen=True, slots=True)
class ValueKeyFolder:
    """A folder for each dossier, in it a file for each generation of its key; the last one seals.

    ChaCha20-Poly1305 (RFC 8439) with a random nonce, bound to the key's name. Needs the extra
    `secret`. `Misuse` as of `KeyFolder`: a folder that cannot be reached is never a lost key.
    """

    root: Path

    def seal(self, stream: str, body: str) -> str:
        """Under the newest key of the dossier; its first one is made here."""
        name, here = _name(stream), self._of(stream)
        n = max(here, default=0) or self._make(stream, 1)
        key_id, nonce = f"{name}-{n}", secrets.token_bytes(NONCE)
        cipher = self._cipher(key_id)
        if cipher is None:
            raise Misuse("keys-unreachable", folder=str(self.root))
        content = cipher.encrypt(nonce, body.encode(), key_id.encode())
        return f"{SEALED}{key_id}.{b64encode(nonce + content).decode()}"

    def open(self, stored: str) -> str | None:
        """None when the key is gone, or the text was changed: both cannot be read any more."""
        if not stored.startswith(SEALED):
            return stored
        from cryptography.exceptions import InvalidTag

        key_id, _, text = stored.removeprefix(SEALED).partition(".")
        cipher = self._cipher(key_id)
        if cipher is None:
            return None
        try:
            raw = b64decode(text, validate=True)
            return cipher.decrypt(raw[:NONCE], raw[NONCE:], key_id.encode()).decode()
        except (InvalidTag, ValueError):
            return None

    def renew(self, stream: str) -> None:
        """Make the next key; the ones before stay until `destroy_spent_values`."""
        self._make(stream, max(self._of(stream), default=0) + 1)

    def several(self) -> Iterator[tuple[str, list[int]]]:
        """Dossiers that have more than one key, with the numbers of those."""
        if not self.root.exists():
            return
        KeyFolder(self.root).check()
        for folder in sorted(each for each in self.root.iterdir() if each.is_dir()):
            files = sorted(folder.glob("*.key"))
            if len(files) > 1:
                stream = str(json.loads(files[-1].read_text())["stream"])
                yield stream, [int(each.stem) for each in files]

    def destroy(self, stream: str, n: int) -> None:
        """Overwrite the file, flush it, remove it."""
        shred(self.root / _name(stream) / f"{n}.key")

    def _of(self, stream: str) -> list[int]:
        return [int(each.stem) for each in (self.root / _name(stream)).glob("*.key")]

    def _make(self, stream: str, n: int) -> int:
        KeyFolder(self.root).prepare()
        folder = self.root / _name(stream)
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            flush_folder(self.root)
        content = json.dumps({"stream": stream, "key": secrets.token_hex(32)}).encode()
        beside = folder / f"{secrets.token_hex(8)}.new"
        put(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), content)
        with suppress(FileExistsError):  # whoever was first may have sealed with it
            os.link(beside, folder / f"{n}.key")
        beside.unlink()
        flush_folder(folder)
        return n

    def _cipher(self, key_id: str) -> "ChaCha20Poly1305 | None":
        cipher = _cipher()
        name, _, n = key_id.partition("-")
        if len(name) != 32 or name.strip("0123456789abcdef") or not n.isdecimal():
            return None  # a changed row may name any file
        KeyFolder(self.root).check()
        try:
            return cipher(bytes.fromhex(
                json.loads((self.root / name / f"{n}.key").read_text())["key"]))  # fmt: skip
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Misuse("keys-unreachable", folder=str(self.root)) from error


def destroy_spent_values(engine: Engine, t: Tables, keys: ValueKeyFolder) -> int:
    """Destroy the keys that no row names any more; how many there were.

    Under the lock of each dossier, in transactions of its own: what an erasure replaced goes once
    that is committed, and what one made that was rolled back.
    """
    gone = 0
    for stream, made in keys.several():
        with engine.begin() as db:
            for n in _unnamed(db, t, stream, made):
                keys.destroy(stream, n)
                gone += 1
    return gone


def _unnamed(db: Connection, t: Tables, stream: str, made: list[int]) -> list[int]:
    mine, p = t.dossier.c.id == stream, t.event_private.c
    if not db.execute(update(t.dossier).where(mine).values(count=t.dossier.c.count)).rowcount:
        return []
    rows = db.execute(select(type_coerce(p.body, Text)).where(p.stream == stream)).scalars()
    named = {body.removeprefix(SEALED).partition(".")[0] for body in rows}
    return [n for n in made if f"{_name(stream)}-{n}" not in named]


def _name(stream: str) -> str:
    return hashlib.sha256(stream.encode()).hexdigest()[:32]


def _cipher() -> "type[ChaCha20Poly1305]":
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError as error:
        raise Misuse("extra-missing", library="cryptography", extra="secret") from error
    return ChaCha20Poly1305
