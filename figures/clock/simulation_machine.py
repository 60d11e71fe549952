"""A machine of the simulated office: a clock that may be wrong, a process that may die."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection, Engine

from thidua import Thidua, retry
from thidua.notifiers.channels import TemporaryFailure
from thidua.notifiers.letter import Address, Letter
from thidua.notifiers.render import Office
from thidua.outbox import Post
from thidua.sender import Sender, Sent
from thidua.tick import Ticked, catch_up
from thidua.watch import Watch

HOUR, BELIEVED = timedelta(hours=1), timedelta(days=62)
ADDRESS, OFFICE = Address("", "office@example.org"), Office("Văn phòng")


class Crash(BaseException):
    """The process is gone, wherever it was."""


@dataclass
class Moment:
    """The true time, which nobody in the office knows."""

    at: datetime

    def __call__(self) -> datetime:
        """Now."""
        return self.at


@dataclass
class Server:
    """The mail server: it may be down, and a sender may die just after it took a letter."""

    down: bool = False
    deadly: bool = False
    taken: list[str] = field(default_factory=list)

    def send(self, letter: Letter, at: datetime) -> None:  # noqa: ARG002 -- a channel's signature
        """Take a letter, or fail as a server that is not there."""
        if self.down:
            raise TemporaryFailure(stage="connect", scope="channel")
        self.taken.append(letter.message_id)
        if self.deadly:
            self.deadly = False
            raise Crash


@dataclass
class Machine:
    """Runs the clock and the sender. `offset` is how far its wall clock is ahead of the truth."""

    engine: Engine
    true: Moment
    server: Server
    offset: timedelta = timedelta()
    crashes: Counter[str] = field(default_factory=Counter)
    wf: Thidua = field(init=False)
    watch: Watch = field(init=False)
    sender: Sender = field(init=False)
    _left: int | None = None
    _began: datetime = field(init=False)

    def __post_init__(self) -> None:
        """It begins to run."""
        self.begin()

    def reading(self) -> datetime:
        """What its wall clock shows."""
        return self.true.at + self.offset

    @property
    def is_believed_anew(self) -> bool:
        """Whether a process that begins now could not mistake a wrong clock for a stop."""
        return self.offset <= HOUR or self.offset > BELIEVED

    def begin(self) -> None:
        """A new process: what the last one knew is gone."""
        self._began = self.true.at
        self.wf = Thidua(clock=self.reading, probe=self._probe)
        self.watch = Watch(self._elapsed)
        self.sender = Sender(self.engine, self.wf, Post(self.server, ADDRESS, OFFICE))

    def _elapsed(self) -> float:
        """Seconds since it began, which nobody sets."""
        return (self.true.at - self._began).total_seconds()

    def die_after(self, statements: int | None) -> None:
        """Arrange for a crash after so many statements, wherever they stand."""
        self._left = statements

    def _probe(self, _: str) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._left = None
                raise Crash

    def ring(self, hold: timedelta, limit: int, between: Callable[[], None]) -> Ticked | None:
        """Do what is due; None when the process died over it and another has begun.

        `between` is called between two transactions.
        """

        def stop() -> bool:
            between()
            return False

        try:
            return catch_up(
                self.engine, self.wf.ticker, self.reading, hold=hold, stop=stop, limit=limit,
                watched=self.watch,
            )  # fmt: skip
        except Crash:
            self.crashes["clock"] += 1
            self.begin()
            return None
        finally:
            self._left = None

    def send(self) -> Sent:
        """Send what is due; a sender that dies is followed by another."""
        try:
            return self.sender.run()
        except Crash:
            self.crashes["sender"] += 1
            self.begin()
            return Sent(sent=1)

    def accept(self) -> None:
        """A person looks at the clock and says that it is right."""

        def accept(db: Connection) -> None:
            self.wf.accept_clock(db, by="u:clerk", now=self.reading())

        retry(self.engine, accept)
