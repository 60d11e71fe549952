"""Repeating a whole transaction that the database could not serve."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from thidua.storage.script import is_passing
from thidua.workflow.errors import Busy

T = TypeVar("T")

FIRST_PAUSE = 0.01
LONGEST_PAUSE = 0.5
"""Seconds. Longer than an act takes, shorter than a person notices."""


def retry(
    engine: Engine,
    fn: Callable[[Connection], T],
    *,
    seconds: float = 30.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """Run `fn(connection)` in a transaction of its own, commit, and give what it returned.

    While the database is busy (`Busy`, or the driver's own word for it, from `fn`, BEGIN or
    COMMIT alike) everything is rolled back and the whole is run again after a short pause; so
    `fn` must do nothing but database work, or stand being repeated. After `seconds` no new try
    begins and `Busy` is raised; a try itself may wait as long as the driver's lock timeout says.
    Any other error is raised at once, everything rolled back.
    """
    until = clock() + seconds
    pause = FIRST_PAUSE
    while True:
        try:
            with engine.begin() as connection:
                return fn(connection)
        except (Busy, DBAPIError) as error:
            busy = _busy(error)
            if busy is None:
                raise
            wait = pause * random.uniform(0.5, 1.0)  # noqa: S311 -- spreads tries, keeps no secret
            if clock() + wait >= until:
                raise busy from error
        sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE)


def _busy(error: Busy | DBAPIError) -> Busy | None:
    if isinstance(error, Busy):
        return error
    if error.orig is None or not is_passing(error.orig):
        return None
    return Busy(statement=error.statement or "BEGIN, COMMIT", words=str(error.orig))
