"""Processes that act on one dossier at the same moment, and what each is told it came to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from typing import cast

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bench.life import NOW
from figures.copies import at_work
from figures.database import engine_of
from figures.office import Office
from thidua import Busy, By, Command, Done, ThiduaError, retry
from thidua.storage.script import is_passing

CREW = 8


@dataclass(frozen=True, slots=True)
class Order:
    """What one process does: with `stock` on an engine as SQLAlchemy makes it (on PostgreSQL
    SERIALIZABLE), with `again` until the database is not busy.
    """

    dossier: str
    command: Command
    by: By
    command_id: str | None = None
    expect: int | None = None
    stock: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What it was told: the result, or the type of the error and its words."""

    done: Done | None
    error: str = ""
    words: str = ""

    @property
    def won(self) -> bool:
        """Whether this very call changed the dossier."""
        return self.done is not None and not self.done.repeated


@dataclass
class Crew:
    """The pipes to the processes."""

    pipes: Sequence[Pipe]

    def run(self, orders: Sequence[Order]) -> list[Came]:
        """Let each do its order at once; the answers in the same order."""
        for pipe, order in zip(self.pipes, orders, strict=True):
            pipe.send(order)
        return [cast(Came, pipe.recv()) for pipe in self.pipes]


@contextmanager
def crew(office: Office) -> Iterator[Crew]:
    """Copies of this process that wait for orders; they end with the block."""
    with at_work(CREW, partial(_work, office)) as pipes:
        yield Crew(pipes)


def _work(office: Office, _: int, pipe: Pipe, start: Barrier) -> None:
    engines = {False: engine_of(office.url, keeping=True), True: _stock(office.url)}
    while (order := cast(Order | None, pipe.recv())) is not None:
        engine = engines[order.stock]
        with engine.connect().execution_options(thidua_read=True) as db:
            # Everybody has looked at the dossier before: what they saw is old when they act.
            office.wf.actions(db, order.dossier, order.by.actor, now=NOW)
        start.wait()
        pipe.send(_came(office, engine, order))


def _stock(url: str) -> Engine:
    if url.startswith("sqlite"):
        # The driver's own 5 s are short for eight writers on a slow disk: its wait is unfair.
        return create_engine(url, connect_args={"timeout": 30})
    return create_engine(url, isolation_level="SERIALIZABLE")


def _came(office: Office, engine: Engine, order: Order) -> Came:
    def fn(db: Connection) -> Done:
        return office.wf.act(
            db, order.dossier, order.command, by=order.by, now=NOW,
            command_id=order.command_id, expect=order.expect,
        )  # fmt: skip

    try:
        if order.again:
            return Came(retry(engine, fn))
        with engine.connect() as db:
            done = fn(db)
            _commit(db)
            return Came(done)
    except Exception as error:
        words = str(error) if isinstance(error, ThiduaError) else repr(error)
        return Came(None, type(error).__name__, words)


def _commit(db: Connection) -> None:
    """The host's own statement: on SERIALIZABLE the database may refuse it, as any other."""
    try:
        db.commit()
    except DBAPIError as error:
        if error.orig is None or not is_passing(error.orig):
            raise
        raise Busy(statement="COMMIT", words=str(error.orig), taken=False) from error
