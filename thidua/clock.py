"""Rings the bell: every so often everything due is done, then what is due is sent."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]  # has none
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # has none
    BackgroundScheduler,
)
from sqlalchemy.engine import Engine

from thidua.ids import utc_now
from thidua.tick import catch_up, leave

if TYPE_CHECKING:
    from thidua.app import Thidua

log = logging.getLogger("thidua")

EVERY = timedelta(seconds=30)
LEASED = 3
"""Rounds that a lease outlives: another process takes over after as many missed ones."""


class Mailman(Protocol):
    """Whoever sends what the clock made due, until `stop()`."""

    def run(self, stop: Callable[[], bool]) -> object:
        """Send everything due."""


def run_clock(
    engine: Engine,
    wf: "Thidua",
    *,
    sender: Mailman | None = None,
    every: timedelta = EVERY,
    stop: threading.Event | None = None,
) -> None:
    """Do what is due, and send it, `every` so often until `stop` is set or SIGTERM or SIGINT come.

    Signals are heard only where Python can: in the main thread. What is under way is finished
    first: a transaction, a letter. A round that fails is logged and the next one tries again.
    Several processes may run: one has the clock, the others wait for its lease to end.
    """
    over = stop or threading.Event()
    work = partial(_round, engine, wf, sender, every, over)
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


def _round(
    engine: Engine,
    wf: "Thidua",
    sender: Mailman | None,
    every: timedelta,
    over: threading.Event,
) -> None:
    """One ring of the bell. Whatever happens, the next one comes, and mails do not wait for it."""
    try:
        catch_up(engine, wf.ticker, wf.clock, hold=LEASED * every, stop=over.is_set)
    except Exception:
        log.exception("the clock could not do what is due; it tries again")
    try:
        if sender is not None and not over.is_set():
            sender.run(over.is_set)
    except Exception:
        log.exception("mails could not be sent; the next round tries again")
