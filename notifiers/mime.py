"""Write a letter as the mail message that goes out, the same bytes each time."""

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.utils import format_datetime

from thidua.notifiers.dates import local_time
from thidua.notifiers.letter import Address, Letter
from thidua.notifiers.policy import POLICY

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def as_message(letter: Letter, at: datetime) -> EmailMessage:
    """The letter as a message dated `at` (an aware instant, written in Vietnam's time).

    Plain text with its HTML alternative, then the attachments. Marked as automatic, so that no
    absence note answers it. The same letter and instant give the same bytes: pass the instant
    the mail was made, not the one of this attempt.
    """
    message = EmailMessage(policy=POLICY)
    _put_headers(message, letter, at)
    message.set_content(_lines(letter.text))
    if letter.html is not None:
        message.add_alternative(_lines(letter.html), subtype="html")
    for paper in letter.attachments:
        main, _, sub = paper.content_type.partition("/")
        message.add_attachment(
            paper.content, maintype=main, subtype=sub, filename=paper.name,
            params=dict(paper.parameters),
        )  # fmt: skip
    _fix_boundaries(message, letter.message_id)
    return message


def as_bytes(letter: Letter, at: datetime) -> bytes:
    """The message of `as_message` as it stands in an .eml file."""
    return as_message(letter, at).as_bytes(policy=POLICY)


def _put_headers(message: EmailMessage, letter: Letter, at: datetime) -> None:
    message["From"] = _mail_address(letter.sender)
    message["To"] = tuple(_mail_address(each) for each in letter.to)
    if letter.reply_to is not None:
        message["Reply-To"] = _mail_address(letter.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(local_time(at))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"<thidua.{letter.sender.domain}>"
    for name, value in letter.headers:
        message[name] = value


def _mail_address(address: Address) -> MailAddress:
    return MailAddress(address.name, addr_spec=address.mailbox)


def _lines(text: str) -> str:
    """Newlines for every line end, and no controls: nothing that a server could misread."""
    return _CONTROLS.sub("", re.sub(r"\r\n?", "\n", text))


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    # Random boundaries would make each copy of the same mail differ.
    digest = hashlib.sha256(key.encode()).hexdigest()[:24]
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{digest}_{number}")
