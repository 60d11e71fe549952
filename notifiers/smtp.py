"""The channel that talks to a mail server: one kept connection, a deadline for each letter."""

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import Timer
from types import TracebackType
from typing import Any, Literal, Self, cast

from thidua.notifiers.channels import (
    PermanentFailure,
    Refusal,
    Scope,
    SendFailure,
    Stage,
    TemporaryFailure,
)
from thidua.notifiers.headers import clean
from thidua.notifiers.letter import Letter
from thidua.notifiers.mime import as_message

ANSWER_CAP = 200
"""Characters kept of what a server says; it is shown to people and stored."""

GOODBYE = 2.0
"""Seconds to wait for a server's last word; nothing hangs on it."""

READY = 220
PERMANENT = 500
OK = 250
CHANNEL_CODES = frozenset({421, 530, 534, 535, 538})
"""Closing down, and the codes of RFC 4954 about our account: not about a letter."""

STAGES: Mapping[str, Stage] = {"mail": "sender", "rcpt": "recipients", "data": "data"}
"""The commands of a letter, and how far it is when they are given."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail server is and how to speak to it.

    `security`: "starttls" (refuses to go on without it), "tls" (from the first byte) or "none".
    `timeout` is the seconds for one answer, `deadline` the seconds for one letter with connecting
    and all; a sender's lease must be longer than the deadline. `tls` replaces the system's
    certificates, for an office with its own authority.
    """

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0
    deadline: float = 60.0
    tls: ssl.SSLContext | None = field(default=None, repr=False)


class Smtp:
    """Sends letters to one server over one connection, opened at need and opened anew when lost.

    For one thread. A context manager: leaving it says goodbye to the server.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._talk: _Talk | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; nothing happens if there is none."""
        talk, self._talk = self._talk, None
        if talk is not None and talk.sock is not None:
            with suppress(smtplib.SMTPException, OSError):
                talk.sock.settimeout(GOODBYE)
                talk.quit()
            talk.close()

    def send(self, letter: Letter, at: datetime) -> None:
        """Hand the letter to the server; see `Channel.send` for what is raised.

        When some of several recipients are refused the others have got the letter; the failure
        lists both and is temporary if one of the refusals is.
        """
        message = as_message(letter, at)
        mailboxes = [each.mailbox for each in letter.to]
        talk = self._talk = self._talk or _Talk(self.server)
        with _failures(talk), _deadline(talk):
            talk.make_ready()
            refused = talk.send_message(message, letter.sender.mailbox, mailboxes)
        if refused:
            raise _refused(refused, tuple(each for each in mailboxes if each not in refused))


class _Talk(smtplib.SMTP):
    """One connection that knows how far the present letter came and can be cut off."""

    def __init__(self, server: Server) -> None:
        super().__init__(timeout=server.timeout)
        self.server = server
        self.stage: Stage = "connect"
        self.expired = False
        # The library takes the name to check in the certificate from here.
        self._host = server.host

    def make_ready(self) -> None:
        """Use the open connection if the server still answers on it, else open one."""
        if self.sock is not None:
            with suppress(smtplib.SMTPException):
                if self.noop()[0] == OK:
                    return
        self.close()
        self.ehlo_resp = self.helo_resp = None
        self._open()

    def _open(self) -> None:
        self.stage = "connect"
        code, answer = self._reach()
        if code != READY:
            raise smtplib.SMTPConnectError(code, answer)
        self.ehlo_or_helo_if_needed()
        if self.server.security == "starttls":
            self.stage = "tls"
            self.starttls(context=self._context())
            self.ehlo_or_helo_if_needed()
        if self.server.user is not None:
            self.stage = "login"
            self.login(self.server.user, self.server.password or "")

    def _reach(self) -> tuple[int, bytes]:
        address = (self.server.host, self.server.port)
        self.sock, self.file = socket.create_connection(address, self.server.timeout), None
        if self.server.security == "tls":
            self.stage = "tls"
            self.sock = self._context().wrap_socket(self.sock, server_hostname=self.server.host)
        self.stage = "greeting"
        return self.getreply()

    def _context(self) -> ssl.SSLContext:
        return self.server.tls or ssl.create_default_context()

    def expire(self) -> None:
        """Cut the connection off, from another thread."""
        self.expired = True
        with suppress(OSError, AttributeError):
            # The plain socket's method: the one of TLS would take the session from the reader.
            socket.socket.shutdown(cast(socket.socket, self.sock), socket.SHUT_RDWR)

    def getreply(self) -> tuple[int, bytes]:
        if self.expired:
            raise smtplib.SMTPServerDisconnected("deadline")
        return super().getreply()

    def putcmd(self, cmd: str, args: str = "") -> None:
        self.stage = STAGES.get(cmd, self.stage)
        super().putcmd(cmd, args)

    def send(self, s: Any) -> None:
        super().send(s)
        # Commands come as text, the letter with its final dot as bytes.
        if self.stage == "data" and isinstance(s, bytes):
            self.stage = "end"


@contextmanager
def _deadline(talk: _Talk) -> Iterator[None]:
    talk.expired = False
    timer = Timer(talk.server.deadline, talk.expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # Not to let a timer that just fired cut off the next letter.
        timer.join()


@contextmanager
def _failures(talk: _Talk) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(error.recipients, ()) from error
    except smtplib.SMTPResponseException as error:
        raise _answered(talk, error) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        talk.close()
        answer = "deadline" if talk.expired else _said(str(error))
        scope = _scope(talk.stage, 0)
        raise TemporaryFailure(stage=talk.stage, scope=scope, answer=answer) from error
    except BaseException:
        # An answer may be on its way that would be taken for the next letter's.
        talk.close()
        raise


def _answered(talk: _Talk, error: smtplib.SMTPResponseException) -> SendFailure:
    code = error.smtp_code if error.smtp_code > 0 else 0
    scope = _scope(talk.stage, code)
    lasting = code >= PERMANENT and scope == "letter"
    if scope == "channel" or not code:
        talk.close()
    kind = PermanentFailure if lasting else TemporaryFailure
    return kind(stage=talk.stage, scope=scope, smtp_code=code, answer=_said(error.smtp_error))


def _refused(recipients: Mapping[str, tuple[int, bytes]], accepted: tuple[str, ...]) -> SendFailure:
    refusals = tuple(
        Refusal(mailbox, code, _said(answer)) for mailbox, (code, answer) in recipients.items()
    )
    first = min(refusals, key=lambda each: each.lasting)
    scope = _scope("recipients", first.code)
    kind = PermanentFailure if first.lasting and scope == "letter" else TemporaryFailure
    return kind(
        stage="recipients",
        scope=scope,
        smtp_code=first.code,
        answer=first.answer,
        refusals=refusals,
        accepted=accepted,
    )


def _scope(stage: Stage, code: int) -> Scope:
    ours = stage in ("connect", "greeting", "tls", "login") or code in CHANNEL_CODES
    return "channel" if ours else "letter"


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return clean(text, cap=ANSWER_CAP)
