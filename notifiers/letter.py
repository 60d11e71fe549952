"""A letter as a value that is safe to send once it exists: addresses, subject, bodies, papers."""

import hashlib
import re
from dataclasses import dataclass

from thidua.notifiers.headers import NAME_CAP, is_clean
from thidua.workflow.errors import Misuse, Refused

MAILBOX_CAP = 254
LOCAL_CAP = 64
ADDRESS_CAP = NAME_CAP + MAILBOX_CAP + len('"" <>')
BODY_CAP = 2_000_000
"""Characters of one body; a list of 10,000 dossiers stays below it."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MESSAGE_ID = re.compile(rf"<[A-Za-z0-9._-]{{1,128}}@{_DOMAIN.pattern}>")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_CONTENT_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_WORD = re.compile(r"[A-Za-z0-9-]{1,60}")
_WRITTEN = re.compile(r'(?:(?P<name>"[^"<>]*"|[^"<>]*) *<(?P<boxed>[^<> ]*)>|(?P<bare>[^<> ]*))')

OUR_HEADERS = frozenset(
    [
        "auto-submitted",
        "bcc",
        "cc",
        "content-disposition",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "list-id",
        "message-id",
        "mime-version",
        "reply-to",
        "return-path",
        "sender",
        "subject",
        "to",
        "x-auto-response-suppress",
    ]
)
"""Headers written by `mime.as_message` alone, and those a letter of ours never has."""


@dataclass(frozen=True, slots=True)
class Address:
    """A display name ("" if there is none) and one mailbox; nothing else can be said with it.

    The mailbox is `local@domain` in ASCII letters as RFC 5321 writes it without quotes, comments
    or literals; a domain of other letters is refused, its "xn--" form is taken. Raises `Refused`
    with `address-mailbox` or `address-name`, each for what it says.
    """

    name: str
    mailbox: str

    def __post_init__(self) -> None:
        local, _, domain = self.mailbox.rpartition("@")
        good = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
        # An encoded word can be spelled with letters that a mailbox allows.
        if not good or "=?" in local or len(local) > LOCAL_CAP or len(self.mailbox) > MAILBOX_CAP:
            raise Refused.of("address-mailbox", value=_shown(self.mailbox))
        if not is_clean(self.name, cap=NAME_CAP):
            raise Refused.of("address-name", value=_shown(self.name))

    @classmethod
    def parse(cls, text: str) -> "Address":
        """From `mailbox`, `<mailbox>` or `name <mailbox>`; one address, no list, no comment."""
        line = text.strip(" ")
        written = _WRITTEN.fullmatch(line) if is_clean(line, cap=ADDRESS_CAP) else None
        # A name that looks like a mailbox would show the reader another one than is used.
        if written is None or line.count("@") != 1:
            raise Refused.of("address-mailbox", value=_shown(text))
        mailbox = written["bare"] if written["boxed"] is None else written["boxed"]
        return cls((written["name"] or "").strip(' "'), mailbox)

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.mailbox.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper sent along: its file name, its content type ("text/csv"), its bytes.

    `parameters` of the content type are plain words, such as a charset.
    """

    name: str
    content_type: str
    content: bytes
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        slashed = "/" in self.name or "\\" in self.name
        named = self.name and not slashed and is_clean(self.name, cap=NAME_CAP)
        plain = all(_WORD.fullmatch(word) for pair in self.parameters for word in pair)
        if not named or not plain or not _CONTENT_TYPE.fullmatch(self.content_type):
            shown = _shown(self.content_type)
            raise Misuse("letter-attachment", name=_shown(self.name), type=shown)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, complete but for the moment of sending.

    `message_id` is fixed by what the letter is about (`stable_message_id`), so that a repeated
    send is the same mail. `headers` are further ones, of printable text; those of `OUR_HEADERS`
    are refused. `Misuse` names the part that cannot be sent.
    """

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    reply_to: Address | None
    subject: str
    text: str
    html: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise Misuse("letter-message-id", value=_shown(self.message_id))
        if not self.to:
            raise Misuse("letter-no-recipient", message_id=self.message_id)
        if not self.subject or not is_clean(self.subject):
            raise Misuse("letter-header", name="Subject", value=_shown(self.subject))
        for name, value in self.headers:
            _check_header(name, value)
        if len(self.text) > BODY_CAP or len(self.html or "") > BODY_CAP:
            raise Misuse("letter-too-long", message_id=self.message_id, most=BODY_CAP)


def is_type(text: str) -> bool:
    """Whether the text is a content type that bytes may be sent as."""
    parted = text.startswith(("message/", "multipart/"))
    return not parted and _CONTENT_TYPE.fullmatch(text) is not None


def stable_message_id(key: str, *, domain: str) -> str:
    """The Message-ID that belongs to a key for ever: the same key, the same mail."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _check_header(name: str, value: str) -> None:
    named = _HEADER_NAME.fullmatch(name) and name.lower() not in OUR_HEADERS
    if not named or not value or not is_clean(value):
        raise Misuse("letter-header", name=_shown(name), value=_shown(value))


def _shown(value: str) -> str:
    return repr(value[:80])
