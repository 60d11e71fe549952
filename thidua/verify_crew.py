"""Verifying with several processes: each takes some streams, on a connection of its own."""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from sqlalchemy.engine import Engine

from thidua.app import Thidua
from thidua.storage.script import passing_as_busy
from thidua.verify import Crew, Inspector, Problem, Share
from thidua.workflow.errors import Failed

Opener = Callable[[], tuple[Engine, Thidua]]
"""Opens the place in a process that was just born: a function of a module, so that it travels."""

_here: list[Inspector] = []
"""In a worker: what it verifies with, from its birth to its end."""


@contextmanager
def crew(opener: Opener, workers: int) -> Iterator[Crew | None]:
    """So many processes for `thidua.verify.verify`; None for one, which needs no other.

    They read what is committed; each stream is verified by one of them, and an act in between is
    met as always. `Failed` ("verify-interrupted") when one of them dies: then nothing is known.
    For programs: a host's process is not the place to start others from.
    """
    if workers < 2:
        yield None
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _born, (opener,))
    try:
        yield lambda shares: _taken(pool, shares)
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _taken(pool: ProcessPoolExecutor, shares: Sequence[Share]) -> Iterator[list[Problem]]:
    """What each share came to, in order; all of them are begun before this returns."""
    return _watched(pool.map(_verified, shares))


def _watched(found: Iterator[list[Problem]]) -> Iterator[list[Problem]]:
    try:
        yield from found
    except BrokenProcessPool as error:
        raise Failed("verify-interrupted") from error


def _born(opener: Opener) -> None:
    """Ends with the command, also where that was killed; an interrupt is the command's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    engine, wf = opener()
    _here.append(Inspector(engine.connect().execution_options(thidua_read=True), wf))
    # Rows make no cycles, and the process ends with the command: looking for some takes a quarter
    # of the time.
    gc.disable()


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
