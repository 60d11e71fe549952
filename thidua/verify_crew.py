"""Verifying with several processes: each takes some streams, on a connection of its own."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread, active_count

from sqlalchemy.engine import Engine

from thidua.app import Thidua
from thidua.storage.script import passing_as_busy
from thidua.verify import Crew, Hand, Inspector, Problem, Share
from thidua.workflow.errors import Failed

Opener = Callable[[], tuple[Engine, Thidua]]
"""Opens the place in a process that was just born: a function of a module, so that it travels."""

_here: list[Inspector] = []
"""In a worker: what it verifies with, from its birth to its end."""


@contextmanager
def crew(opener: Opener, workers: int, *, dialect: str) -> Iterator[Crew | None]:
    """So many processes for `thidua.verify.verify`, this one among them; None for one.

    `dialect` is the database's, by SQLAlchemy's name. The others read what is committed; each
    stream is verified by one process, and an act in between is met as always. `Failed`
    ("verify-interrupted") when one dies: then nothing is known. For programs: a host's process is
    not the place to start others from, nor to go without the collector of cycles meanwhile.
    """
    with _uncollected():
        if workers < 2:
            yield None
            return
        pool = ProcessPoolExecutor(workers - 1, get_context(_way(dialect)), _born, (opener,))
        try:
            yield partial(_taken, pool, workers - 1)
        finally:
            pool.shutdown(cancel_futures=True)


def _way(dialect: str) -> str:
    """A copy of this process is at work at once, a new one imports everything first.

    What SQLite's library remembers of a file's locks would be copied, and the locks not; and a
    lock that another thread holds would never be let go.
    """
    copies_well = sys.platform == "linux" and active_count() == 1
    return "fork" if copies_well and dialect == "postgresql" else "spawn"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows make no cycles: looking for some takes a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _taken(
    pool: ProcessPoolExecutor, others: int, shares: Sequence[Share], here: Hand
) -> Iterator[list[Problem]]:
    """What each share came to, in order; the others have begun before this returns.

    They get half of what falls to them, so that they have enough while the tree is held together.
    """
    rest = iter(shares)
    some = max(others, len(shares) * others // (others + 1) // 2)
    with _told_of_death():
        given = [pool.submit(_verified, share) for share in islice(rest, some)]
    return _gathered(pool, others, deque(given), rest, here)


Waiting = deque[Future[list[Problem]]]


def _gathered(
    pool: ProcessPoolExecutor, others: int, waiting: Waiting, rest: Iterator[Share], here: Hand
) -> Iterator[list[Problem]]:
    """Instead of waiting for a share, this process takes the next one."""
    with _told_of_death():
        while True:
            for share in islice(rest, _lacking(others, waiting)):
                waiting.append(pool.submit(_verified, share))
            if not waiting:
                return
            mine = None if waiting[0].done() else next(rest, None)
            if mine is None:
                yield waiting.popleft().result()
            else:
                waiting.append(_told(list(here(mine))))


@contextmanager
def _told_of_death() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise Failed("verify-interrupted") from error


def _lacking(others: int, waiting: Waiting) -> int:
    """How many shares the others want: the one each is at, and another."""
    return max(0, 2 * others - sum(not each.done() for each in waiting))


def _told(problems: list[Problem]) -> Future[list[Problem]]:
    done: Future[list[Problem]] = Future()
    done.set_result(problems)
    return done


def _born(opener: Opener) -> None:
    """Ends with the command, also where that was killed; an interrupt is the command's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    engine, wf = opener()
    _here.append(Inspector(engine.connect().execution_options(thidua_read=True), wf))
    gc.disable()  # as `crew` does where it began


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _verified(share: Share) -> list[Problem]:
    try:
        with passing_as_busy("verify"):
            return list(_here[0].share(share))
    finally:
        _here[0].db.rollback()
