"""A plugin of pytest that plants a fault: an engine that takes the host's transaction for its own.

Loaded by the figure `rollback` under BREAK=1 alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from thidua import engine
from thidua.storage.script import Pen


@contextmanager
def savepoint(pen: Pen) -> Iterator[None]:
    """Commits what stands inside, with all the host wrote before; or throws all of it away."""
    driver: Any = pen.connection.connection.driver_connection
    try:
        yield
    except BaseException:
        driver.rollback()
        raise
    driver.commit()


vars(engine)["savepoint"] = savepoint
