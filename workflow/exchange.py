"""What goes between the office and those it asks, as frozen values."""

from dataclasses import dataclass

from thidua.workflow.command import Command
from thidua.workflow.paper import Enclosure


@dataclass(frozen=True, slots=True)
class Look(Command):
    """Note that a seat has opened what it is asked in a round."""

    round: str
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Prepare(Command):
    """Draft a seat's answer; it is no answer until who may confirms it. The note is its text."""

    round: str
    opinion: str
    seat: str | None = None
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class AskBack(Command):
    """Ask the office something before answering; the note is the question."""

    round: str
    seat: str | None = None
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerBack(Command):
    """Answer what a seat has asked back; the note is the answer."""

    round: str
    seat: str
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Inform(Command):
    """Send information that nobody asked for; the note is its text."""

    seat: str | None = None
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Excuse(Command):
    """Not ask a seat of a round any more, or not hold its silence against it; the note says why."""

    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class Include(Command):
    """Ask one more seat in a running round, in its own time; the note says why."""

    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class CancelRound(Command):
    """End a round that was opened wrongly, as if it had not been; the note says why."""

    round: str


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """Ask again (by the round's name): all after a cancelled round, else what is still open."""

    round: str


@dataclass(frozen=True, slots=True)
class Request(Command):
    """Put a question, or a wish for information, to one seat of a round or to all that have not
    answered; the note says what.
    """

    round: str
    seat: str | None = None
    enclosed: tuple[Enclosure, ...] = ()
