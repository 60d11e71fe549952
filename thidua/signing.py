"""Signing checkpoints and checking signatures: Ed25519, of the extra `secret`."""

from thidua.workflow.errors import Misuse


def new_private() -> str:
    """A new private key of 32 bytes, in hex."""
    _check_installed()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_of(private: str) -> str:
    """The public half of a private key, in hex; `ValueError` when that is none."""
    _check_installed()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    return key.public_key().public_bytes_raw().hex()


def sign(private: str, message: str) -> str:
    """The signature under a message, in hex."""
    _check_installed()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    return key.sign(message.encode()).hex()


def is_signed(public: str, signature: str, message: str) -> bool:
    """Whether the signature under the message is by the key with this public half."""
    _check_installed()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_installed() -> None:
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 -- only whether
    except ImportError as error:
        raise Misuse("extra-missing", library="cryptography", extra="secret") from error
