"""A checkpoint of the tree as a signed note (C2SP): what is printed, mailed and compared."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

ED25519 = b"\x01"
"""The byte that names the kind of a key in its id and its printed form."""

_NOTE = re.compile(r"^(\S+)\n(\d{1,18})\n([A-Za-z0-9+/]{43}=)\n(?:\n((?:— \S+ \S+\n?)*))?", re.M)
_SHORT = re.compile(r"(\d{1,18})\s*[:/]\s*([0-9a-f][0-9a-f\s]*)", re.I)
GROUPS, WIDE = 6, 4


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 signature (hex) and the id of its key (8 hex digits)."""

    key_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root (hex, 64 digits) of the tree over the first `size` leaves of one journal.

    `origin` names the journal: it is made from its first event, and ends up in every signature.
    """

    origin: str
    size: int
    root: str

    def body(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_text(bytes.fromhex(self.root))}\n"

    def note(self, signature: Signature | None = None) -> str:
        """The whole note, with its signature where there is one."""
        if signature is None:
            return self.body()
        signed = _text(bytes.fromhex(signature.key_id + signature.value))
        return f"{self.body()}\n— {self.origin} {signed}\n"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What somebody kept of a checkpoint: its size and the beginning of its root (hex), or all
    of it with `origin` and signatures.
    """

    size: int
    root: str
    origin: str | None = None
    signatures: tuple[Signature, ...] = ()

    @property
    def checkpoint(self) -> Checkpoint | None:
        """The checkpoint it is a whole note of."""
        return Checkpoint(self.origin, self.size, self.root) if self.origin else None


def origin_of(first: str) -> str:
    """The name of the journal whose first leaf is the event with this hash."""
    return f"thidua/{first[:32]}"


def short(root: str) -> str:
    """The first 96 bits of a root, as a paper carries them and a person compares them."""
    return " ".join(root[at : at + WIDE] for at in range(0, GROUPS * WIDE, WIDE))


def read(text: str) -> Anchor:
    """A note anywhere in a text (a mail, a file), or "SIZE:ROOT" as a paper has it.

    `ValueError` when there is neither, or fewer than 16 digits of a root.
    """
    text = text.replace("\r\n", "\n")
    if note := _NOTE.search(text):
        origin, size, root, signed = note.groups()
        mine = (_signature(line, origin) for line in (signed or "").split("\n"))
        return Anchor(int(size), b64decode(root).hex(), origin, tuple(filter(None, mine)))
    found = _SHORT.fullmatch(text.strip())
    root = "".join(found[2].split()).lower() if found else ""
    if not found or not 16 <= len(root) <= 64:
        raise ValueError("neither a note nor SIZE:ROOT")
    return Anchor(int(found[1]), root)


def _signature(line: str, origin: str) -> Signature | None:
    parts = line.split(" ")
    if len(parts) != 3 or parts[1] != origin:
        return None
    raw = b64decode(parts[2], validate=True)
    return Signature(raw[:4].hex(), raw[4:].hex()) if len(raw) == 68 else None


def key_id(origin: str, public: str) -> str:
    """The id of a public key (hex) under the name of a journal."""
    named = origin.encode() + b"\n" + ED25519 + bytes.fromhex(public)
    return sha256(named).hexdigest()[:8]


def key_text(origin: str, public: str) -> str:
    """A public key (hex) as it is printed and handed out."""
    return f"{origin}+{key_id(origin, public)}+{_text(ED25519 + bytes.fromhex(public))}"


def key_of(text: str) -> str:
    """The public key (hex) in its printed form; `ValueError` for what is none."""
    name, mark, coded = [*text.strip().split("+", 2), "", ""][:3]
    raw = b64decode(coded, validate=True)
    if len(raw) != 33 or raw[:1] != ED25519 or key_id(name, raw[1:].hex()) != mark:
        raise ValueError("not a public key as `thidua journal key` prints it")
    return raw[1:].hex()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
