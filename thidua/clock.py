"""Rings the bell: every so often everything due is done, then what is due is sent."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]  # has none
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # has none
    BackgroundScheduler,
)
from sqlalchemy.engine import Engine

from thidua.ids import utc_now
from thidua.logged import unsaid
from thidua.orphans import Remover
from thidua.tick import Ticked, catch_up, leave
from thidua.watch import Watch

if TYPE_CHECKING:
    from thidua.app import Thidua
    from thidua.sender import Sent

log = logging.getLogger("thidua")

EVERY = timedelta(seconds=30)
LEASED = 3
"""Rounds that a lease outlives: another process takes over after as many missed ones."""


class Mailman(Protocol):
    """Whoever sends what the clock made due, until `stop()`.

    It is asked between two letters, outside any transaction: a long run gives the clock its turn.
    """

    def run(self, stop: Callable[[], bool]) -> "Sent | None":
        """Send everything due; what it came to."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one ring of the bell came to: what was done, and what was sent.

    None stands for what failed, which the log tells, or was left alone.
    """

    at: datetime
    ticked: Ticked | None = None
    sent: "Sent | None" = None


def run_clock(
    engine: Engine,
    wf: "Thidua",
    *,
    sender: Mailman | None = None,
    every: timedelta = EVERY,
    stop: threading.Event | None = None,
    on_round: Callable[[Round], None] = lambda _: None,
    watch: Watch | None = None,
) -> None:
    """Do what is due, tell subscribers and send, `every` so often until `stop` is set.

    SIGTERM and SIGINT end it too, where Python hears them: in the main thread. What is under way
    is finished first: a transaction, an event, a letter. A round that fails is logged and the next
    one tries again. Several processes may run: one has the clock, the others wait for its lease to
    end. While the clock is doubted (`watch`, see `thidua.watch`) nothing is done, told or sent.
    `on_round` is told what each ring came to.
    """
    over = stop or threading.Event()
    remover = Remover(engine, wf.tables, wf.files)
    ring = _Bell(engine, wf, sender, every, over, watch or Watch(), remover)

    def work() -> None:
        on_round(ring.round())

    with _signals(over), _ringing(work, every):
        over.wait()
    leave(engine, wf.ticker, wf.clock())


@contextmanager
def _ringing(work: Callable[[], None], every: timedelta) -> Iterator[BackgroundScheduler]:
    """A scheduler that remembers nothing: what is due stands in the database."""
    # A round that takes longer than the pause between two is no news: errors are.
    errors = logging.Logger("thidua.bell", logging.ERROR)
    errors.parent = log
    stores = {"default": MemoryJobStore()}
    bell = BackgroundScheduler(timezone="UTC", jobstores=stores, logger=errors)
    bell.add_job(
        work,
        "interval",
        seconds=every.total_seconds(),
        next_run_time=utc_now(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    bell.start()
    try:
        yield bell
    finally:
        bell.shutdown(wait=True)


@contextmanager
def _signals(over: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = (signal.SIGTERM, signal.SIGINT)
    before = {each: signal.signal(each, lambda *_: over.set()) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@dataclass(frozen=True, slots=True)
class _Bell:
    """What is done at each ring. Whatever happens, the next one comes."""

    engine: Engine
    wf: "Thidua"
    sender: Mailman | None
    every: timedelta
    over: threading.Event
    watch: Watch
    remover: Remover

    def round(self) -> Round:
        """Do what is due, tell subscribers, then send; mails do not wait for what fails."""
        at, ticked = self.wf.clock(), self._ticked()
        self._keys_destroyed()
        if ticked and ticked.doubt:
            return Round(at, ticked)
        self._files_removed(at)
        self._delivered()
        return Round(at, ticked, self._sent())

    def _ticked(self) -> Ticked | None:
        hold, stop = LEASED * self.every, self.over.is_set
        try:
            return catch_up(
                self.engine, self.wf.ticker, self.wf.clock, hold=hold, stop=stop, watched=self.watch
            )
        except Exception as error:
            log.exception(
                "the clock could not do what is due; it tries again", exc_info=unsaid(error)
            )
            return None

    def _keys_destroyed(self) -> None:
        try:
            self.wf.destroy_keys(self.engine)
        except Exception as error:
            log.exception(
                "keys of counted ballots could not be destroyed; the next round tries",
                exc_info=unsaid(error),
            )

    def _files_removed(self, now: datetime) -> None:
        try:
            self.remover.run(now)
        except Exception as error:
            log.exception(
                "files of erased documents could not be removed; the next round tries",
                exc_info=unsaid(error),
            )

    def _delivered(self) -> None:
        stop = self._stops()
        try:
            while self.wf.deliver(self.engine, stop=stop).more and not stop():
                pass
        except Exception as error:
            log.exception(
                "subscribers could not be told; the next round tries again",
                exc_info=unsaid(error),
            )

    def _sent(self) -> "Sent | None":
        if self.sender is None or self.over.is_set():
            return None
        try:
            return self.sender.run(self._stops())
        except Exception as error:
            log.exception(
                "mails could not be sent; the next round tries again", exc_info=unsaid(error)
            )
            return None

    def _stops(self) -> Callable[[], bool]:
        """Whether to stop what takes long; does what is due meanwhile, as often as a ring would."""
        rung_at = time.monotonic()

        def stop() -> bool:
            nonlocal rung_at
            if self.over.is_set() or time.monotonic() - rung_at < self.every.total_seconds():
                return self.over.is_set()
            ticked, rung_at = self._ticked(), time.monotonic()
            return bool(ticked and ticked.doubt) or self.over.is_set()

        return stop
