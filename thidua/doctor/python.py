"""Flaws of the Python that runs: tried instead of told from versions, for distributions mend
them on their own.
"""

import sys
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy

from thidua.doctor.finding import Finding


def python() -> Iterator[Finding]:
    """Headers of mails into which lines can be smuggled."""
    fields = {"python": sys.version.split()[0]}
    if _decodes_line_ends():
        yield Finding("python-mail-headers", "warn", {**fields, "cve": "CVE-2024-6923"})
    if _writes_line_ends():
        yield Finding("python-mail-headers", "warn", {**fields, "cve": "CVE-2026-1299"})


def _decodes_line_ends() -> bool:
    message = EmailMessage()
    message["Subject"] = "=?utf-8?q?x=0D=0AX-Planted:_y?="
    return _planted(message)


def _writes_line_ends() -> bool:
    message = EmailMessage(_Unfolded())
    message["Subject"] = "x"
    return _planted(message)


class _Unfolded(EmailPolicy):
    """Folds wrongly, which whoever writes the bytes has to notice."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\nX-Planted: y\n".encode()


def _planted(message: EmailMessage) -> bool:
    try:
        return b"\nX-Planted:" in message.as_bytes()
    except MessageError:
        return False
