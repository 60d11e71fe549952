"""The paper behind an act: its number, symbol, date, signer, and how it came in."""

import unicodedata
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from thidua.workflow.errors import Reason, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that an act rests on, as the registry knows it.

    `capacity` is how it was signed ("KT.", "TL.", "TUQ.", "Q."); `scan` is the SHA-256 of a stored
    scan. When it was sent is proved by `postmark_on`, the legal date on the envelope, by
    `stamped_at`, the UTC instant of the electronic document's stamp, or by `portal_at`, that at
    which a portal took it.
    """

    number: str | None = None
    symbol: str | None = None
    signed_on: date | None = None
    signer: str | None = field(default=None, repr=False)
    capacity: str | None = None
    incoming: str | None = None
    postmark_on: date | None = None
    scan: str | None = None
    stamped_at: datetime | None = None
    portal_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """The given parts as plain text, for the record."""
        given = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: _plain(value) for name, value in given if value is not None}


def signed_later(signed_on: date | None, today: date) -> Reason | None:
    """What is wrong with a paper dated after the legal date of the act; None when nothing is."""
    if signed_on is None or signed_on <= today:
        return None
    return reason("signed-later", signed=signed_on.isoformat())


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with what somebody writes; its bytes are kept under their SHA-256."""

    sha256: str
    size: int
    type: str
    name: str = field(repr=False)

    def __post_init__(self) -> None:
        """Bring the file's name into NFC."""
        object.__setattr__(self, "name", unicodedata.normalize("NFC", self.name))
