"""Ids, salts and the clock of the real world: the only place where they come from."""

import os
import secrets
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)  # noqa: TID251 -- the real clock


def elapsed() -> float:
    """Seconds of a clock that nobody sets; where the system has one, it goes on while it sleeps."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def new_id() -> str:
    """A time-ordered unique id (UUID version 7)."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp << 80) | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def id_of(said: str) -> str:
    """The id that always comes from the same words (UUID version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, said))


def salts(count: int) -> Iterator[str]:
    """`count` salts of 32 random bytes, in hex, from one draw."""
    if not count:
        return iter(())
    drawn = os.urandom(32 * count).hex()
    return (drawn[i : i + 64] for i in range(0, 64 * count, 64))
