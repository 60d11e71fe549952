"""Sealing a choice for a box and opening it: HPKE (RFC 9180), base mode, one message a slip."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

WIDTH = 8
"""Bytes of every slip before it is sealed, whatever the choice."""


class NotOpened(Exception):
    """A slip that was not sealed for this key and this ballot, or was changed since."""


class Pair(NamedTuple):
    """A private key of 32 bytes and its public half, both in hex."""

    private: str
    public: str


def check_installed() -> None:
    """`Misuse` ("extra-missing") when the extra `secret` is not installed."""
    _suite()


def new_pair() -> Pair:
    """A key pair for one box."""
    _suite()
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.generate()
    return Pair(key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex())


def public_of(private: str) -> str:
    """The public half of a private key; `ValueError` when that is none."""
    return _private(private).public_key().public_bytes_raw().hex()


def seal(public: str, ballot: str, choice: str) -> str:
    """The choice as a sealed slip (hex), of one length whatever it is.

    `ballot` binds it to one ballot about one dossier: it opens for no other.
    """
    suite = _suite()
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    key = X25519PublicKey.from_public_bytes(bytes.fromhex(public))
    padded = choice.encode().ljust(WIDTH, b"\0")
    if len(padded) != WIDTH:
        raise ValueError(f"expected at most {WIDTH} bytes, found {len(padded)}")
    return suite.encrypt(padded, key, info=ballot.encode()).hex()


def unseal(private: str, ballot: str, slips: Sequence[str]) -> list[str]:
    """The choices on the slips; `NotOpened` when one does not open."""
    suite, key = _suite(), _private(private)
    from cryptography.exceptions import InvalidTag

    try:
        opened = [suite.decrypt(bytes.fromhex(s), key, info=ballot.encode()) for s in slips]
        return [each.rstrip(b"\0").decode() for each in opened]
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error


def _private(text: str) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def _suite() -> "Suite":
    try:
        from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
    except ImportError as error:
        raise Misuse("extra-missing", library="cryptography", extra="secret") from error
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
