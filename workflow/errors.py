"""Everything the engine refuses or cannot do, as one family of typed errors."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from thidua.workflow.wording import say


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a stable code and the values its sentence speaks of."""

    code: str
    fields: dict[str, object] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """The sentence in "vi" or "en"."""
        return say(self.code, self.fields, lang)


def reason(code: str, **fields: object) -> Reason:
    """A `Reason` from keyword fields."""
    return Reason(code, fields)


DENIED = frozenset({"not-allowed", "not-your-seat", "recused"})
_OF_PERSONS = DENIED | {"engine-may-not", "duties-apart", "ground-missing", "may-not-enter-for",
                        "not-delegable", "substitution-elsewhere", "substitution-ended",
                        "substitution-not-begun"}  # fmt: skip


def tellable(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """What may be told of a refusal, each thing once: to who may not do it anyhow, nothing of the
    dossier.
    """
    told = list(reasons)
    every = tuple(each for n, each in enumerate(told) if each not in told[:n])
    if not any(each.code in DENIED for each in every):
        return every
    return tuple(each for each in every if each.code in _OF_PERSONS)


class ThiduaError(Exception):
    """The base of all errors of this library.

    `code` is stable and listed in `docs/errors.md`; `fields` are public; `text("vi")` and
    `text("en")` say what is wrong and what to do. `str(error)` is the English text.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, code: str | None = None, **fields: object) -> None:
        self.reasons: tuple[Reason, ...] = (Reason(code or self.code, fields),)
        super().__init__(self.reasons[0].code)

    @property
    def fields(self) -> dict[str, object]:
        """The values the first reason speaks of."""
        return self.reasons[0].fields

    def text(self, lang: str = "en") -> str:
        """Every reason's sentence, one a line."""
        return "\n".join(each.text(lang) for each in self.reasons)

    def __str__(self) -> str:
        return self.text("en")


class Refused(ThiduaError):
    """The act is not allowed now; `reasons` lists everything that stands in its way."""

    code = "refused"

    @classmethod
    def because(cls, reasons: Iterable[Reason]) -> "Refused":
        """A refusal with all its reasons."""
        error = cls()
        error.reasons = tuple(reasons)
        return error

    @classmethod
    def of(cls, code: str, **fields: object) -> "Refused":
        """A refusal with the one reason."""
        return cls.because((Reason(code, fields),))


class Unknown(ThiduaError):
    """Something named does not exist."""

    code = "unknown"
    exit_code = 4


class Stale(ThiduaError):
    """The dossier moved on since the caller looked at it."""

    code = "stale"
    exit_code = 3


class Busy(ThiduaError):
    """The database could not give the lock in time: roll back and repeat the transaction."""

    code = "busy"
    exit_code = 3


class CommandReused(ThiduaError):
    """This command id was used on the dossier before, for another actor or another command."""

    code = "command-reused"
    exit_code = 3


class DefinitionError(ThiduaError):
    """A procedure, calendar or list cannot be used; `reasons` has every finding with its place."""

    code = "definition"
    exit_code = 2

    @classmethod
    def because(cls, reasons: Iterable[Reason]) -> "DefinitionError":
        """An error with all its findings."""
        error = cls()
        error.reasons = tuple(reasons)
        return error


class Misuse(ThiduaError):
    """The host's call or connection cannot be served; nothing was written."""

    code = "misuse"
    exit_code = 2


class Broken(ThiduaError):
    """An act would leave, or a record is, what may never be; the write was stopped."""

    code = "broken"


class Failed(ThiduaError):
    """The database could not carry out a statement; the act left nothing behind."""

    code = "failed"
