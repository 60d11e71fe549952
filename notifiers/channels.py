"""What a channel is: it takes one letter or says, typed, why it did not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from thidua.notifiers.letter import Letter
from thidua.workflow.errors import ThiduaError

Stage = Literal[
    "folder", "connect", "greeting", "tls", "login", "sender", "recipients", "data", "end"
]
"""How far a letter came; "end" is after its last line, when it may have been taken."""

Scope = Literal["letter", "channel"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One mailbox that the server did not take, its SMTP code and its words."""

    mailbox: str
    code: int
    answer: str

    @property
    def lasting(self) -> bool:
        """Whether asking again is useless (5xx)."""
        return 500 <= self.code < 600


class SendFailure(ThiduaError):
    """A letter was not, or not wholly, taken; one of the two below.

    `stage` says how far it came, `smtp_code` (0 without one) and `answer` what the server said.
    `scope` is "channel" when the cause lies in the server or its settings and not in this letter:
    then no other letter would fare better, and this one should not count as tried.
    `refusals` has each mailbox refused, `accepted` the mailboxes that did get the letter: send
    again to the others only. `maybe_delivered` is set when the letter was complete and the answer
    missing, so that one more try may make a second copy.
    """

    def __init__(
        self,
        *,
        stage: Stage,
        scope: Scope = "letter",
        smtp_code: int = 0,
        answer: str = "",
        refusals: tuple[Refusal, ...] = (),
        accepted: tuple[str, ...] = (),
    ) -> None:
        super().__init__(stage=stage, smtp_code=smtp_code, answer=answer)
        self.stage = stage
        self.scope = scope
        self.smtp_code = smtp_code
        self.answer = answer
        self.refusals = refusals
        self.accepted = accepted

    @property
    def maybe_delivered(self) -> bool:
        """Whether the letter may have been taken although no answer says so."""
        return self.stage == "end" and not self.smtp_code


class TemporaryFailure(SendFailure):
    """Try again later, with the same Message-ID."""

    code = "mail-temporary"


class PermanentFailure(SendFailure):
    """The same letter will never be taken: correct the address, or phone."""

    code = "mail-permanent"


class Channel(Protocol):
    """Where letters go: the folder, the server, a host's own."""

    def send(self, letter: Letter, at: datetime) -> None:
        """Hand the letter over, dated `at`; return only when it is safely taken.

        `at` is the aware instant the mail was made, the same at each attempt. Raises
        `TemporaryFailure` or `PermanentFailure` and nothing else for what may happen outside.
        """


class Recording:
    """A channel for tests: keeps what it was given, in order."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter, at: datetime) -> None:  # noqa: ARG002 -- the protocol's shape
        """Keep the letter."""
        self.letters.append(letter)
