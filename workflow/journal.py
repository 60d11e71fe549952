"""The journal's bytes: canonical events, salted commitments, and the hash that chains them."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

FORMAT = 1
NOTHING_BEFORE = ""
"""The `prev` of a stream's first event."""

_EVENT, _VALUE = b"\x03", b"\x02"


class Entry(NamedTuple):
    """One fact before it is sealed.

    `data` holds ids, codes, instants and hashes only; every personal or free-text value goes to
    `private`, of which the event keeps a salted commitment.
    """

    act: str
    data: Mapping[str, Any] = MappingProxyType({})
    private: Mapping[str, str] = MappingProxyType({})
    command_id: str | None = None


class Sealed(NamedTuple):
    """An event as stored: number in its stream, canonical body, hash, and its private values."""

    n: int
    body: str
    hash: str
    private: str | None
    command_id: str | None


def canonical(value: Any) -> str:
    """The one JSON text of `value`: sorted keys, no spaces, NFC. Floats are refused."""
    return _composed(_encode(_exact(value)))


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode

_STRICT = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def compact(value: Any) -> str:
    """The same text, eight times as fast, of a value known to hold no float, such as an act's own
    data: what comes from outside is checked there. `TypeError` for what has no place in JSON and
    for integers beyond 64 bits.
    """
    return _composed(orjson.dumps(value, option=_STRICT).decode())


_ESCAPE = re.compile(r"(\\(?:u....|.))")


def _composed(text: str) -> str:
    if text.isascii():
        return text
    # A combining mark after an escaped sign goes with that sign, not with the escape's last letter.
    return "".join(unicodedata.normalize("NFC", part) for part in _ESCAPE.split(text))


def _exact(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, float):
        raise TypeError("a float has no exact text; give a decimal string")
    if isinstance(value, Mapping):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(each) for each in value]
    return value


def commitment(salt: str, value: str) -> str:
    """SHA-256 over 0x02, the 32-byte `salt` (hex) and the NFC text of `value`."""
    text = unicodedata.normalize("NFC", value).encode()
    return hashlib.sha256(_VALUE + bytes.fromhex(salt) + text).hexdigest()


def event_hash(body: str) -> str:
    """SHA-256 over 0x03 and the canonical body."""
    return hashlib.sha256(_EVENT + body.encode()).hexdigest()


def seal(
    stream: str, count: int, head: str, entries: Iterable[Entry], salts: Iterator[str]
) -> tuple[Sealed, ...]:
    """The events that follow `count` and `head` in `stream`, one salt (32 bytes, hex) a value."""
    sealed: list[Sealed] = []
    for n, entry in enumerate(entries, start=count + 1):
        one = _seal_one(stream, n, head, entry, salts)
        sealed.append(one)
        head = one.hash
    return tuple(sealed)


def _seal_one(stream: str, n: int, prev: str, entry: Entry, salts: Iterator[str]) -> Sealed:
    kept = {name: (next(salts), value) for name, value in sorted(entry.private.items())}
    body = compact(
        {
            "v": FORMAT,
            "stream": stream,
            "n": n,
            "prev": prev,
            "act": entry.act,
            "command": entry.command_id,
            "commit": {name: commitment(salt, value) for name, (salt, value) in kept.items()},
            **entry.data,
        }
    )
    private = compact(kept) if kept else None
    return Sealed(n, body, event_hash(body), private, entry.command_id)


def salts_needed(entries: Iterable[Entry]) -> int:
    """How many salts `seal` will draw."""
    return sum(len(entry.private) for entry in entries)
