"""Tells a host's subscribers what was committed: at least once, in order per dossier."""

import inspect
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection, Engine

from thidua.connection import Db, connection_of
from thidua.ids import new_id
from thidua.logged import kind, unsaid
from thidua.retrying import retry
from thidua.storage import subscribers
from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.subscribers import Row
from thidua.workflow.errors import Misuse

log = logging.getLogger("thidua")

LEASE = timedelta(minutes=5)
"""How long a subscriber may take for one event before another process tries it too."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a dossier as the journal has it, committed.

    `n` counts within the dossier, `leaf` among all events of the database: the pair of dossier and
    `n` tells a repetition. `body` is the whole of what it says (docs/journal.md); `private` has
    its personal values and free texts by name, but for a subscriber that asked, and for what was
    erased since.
    """

    dossier_id: str
    n: int
    leaf: int
    act: str
    at: datetime
    body: Mapping[str, Any]
    private: Mapping[str, str] = field(default_factory=dict, repr=False)


Subscriber = Callable[[Event], object]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a batch came to: events told, subscribers that failed; `more` waits that can go on."""

    events: int = 0
    failed: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Subscription:
    fn: Subscriber
    past: bool
    private: bool


@dataclass(frozen=True, slots=True)
class Subscribers:
    """The subscribers of one `Thidua`; how far each is stands in the database, by its name."""

    tables: Tables
    clock: Callable[[], datetime]
    _all: dict[str, _Subscription] = field(default_factory=dict)

    def subscribe(
        self, name: str, *, past: bool = False, private: bool = False
    ) -> Callable[[Subscriber], Subscriber]:
        """Let a function be called with every event of a dossier, after it was committed.

        By `deliver`, at least once, in the order of the leaves, so each dossier's in its order;
        one that raises gets the same event again, later. A name that is new begins with what is
        not in the tree yet, or with the whole `past`. `private`: with personal values and free
        texts. `Misuse` for a name that is used ("subscriber-twice") and for a coroutine function
        ("subscriber-asynchronous"), which nobody would await.
        """

        def keep(fn: Subscriber) -> Subscriber:
            if name in self._all:
                raise Misuse("subscriber-twice", name=name)
            if inspect.iscoroutinefunction(fn):
                raise Misuse("subscriber-asynchronous", name=name)
            self._all[name] = _Subscription(fn, past, private)
            return fn

        return keep

    def forget(self, db: Db, name: str) -> bool:
        """Forget how far a subscriber is that is no more; whether it was known."""
        return subscribers.forget(connection_of(db), self.tables, name)

    def deliver(
        self,
        engine: Engine,
        *,
        now: datetime | None = None,
        limit: int = 100,
        stop: Callable[[], bool] = lambda: False,
    ) -> Delivered:
        """Tell each subscriber of its next events, at most `limit`; repeat while there is `more`.

        What has its place in the tree is told, which the clock gives (`tick`). Subscribers are
        called outside any transaction, one process at a time each; after every event its place is
        committed, so that a crash repeats one event at most. Ends between two events when
        `stop()` says so. `Busy` where the database could not serve it.
        """
        clock = self.clock if now is None else lambda: now
        count, more = 0, False
        failed: list[str] = []
        for name, subscription in self._all.items():
            if stop():
                break
            turn = _Turn(engine, self.tables, name, subscription, clock)
            told, fine = turn.deliver(limit, stop)
            count, more = count + told, more or told == limit
            failed += [] if fine else [name]
        return Delivered(count, tuple(failed), more)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One batch for one subscriber, who is called outside any transaction."""

    engine: Engine
    tables: Tables
    name: str
    subscription: _Subscription
    clock: Callable[[], datetime]
    owner: str = field(default_factory=new_id)

    def deliver(self, limit: int, stop: Callable[[], bool]) -> tuple[int, bool]:
        """How many events were told, and whether all went well."""
        count, page = 0, retry(self.engine, partial(self._take, limit=limit))
        for row in page:
            if stop():
                break
            try:
                self.subscription.fn(_event(row))
            except Exception as error:
                self._failed(row, error)
                return count, False
            count += 1
            done = {"position": row.leaf + 1, "attempt": 0, "trouble": None}
            if not self._change(**done, until_at=instant(self.clock() + LEASE)):
                log.warning("the lease of subscriber %s was lost: what follows event %s of %s may"
                            " be told twice", self.name, row.n, row.stream)  # fmt: skip
                return count, True
        if page:
            self._change(until_at=instant(self.clock()))
        return count, True

    def _take(self, db: Connection, *, limit: int) -> list[Row]:
        """The next events, leased; none and nothing written where none waits."""
        now, t, s = self.clock(), self.tables, self.subscription
        subscribers.enter(db, t, self.name, now, past=s.past)
        (told,) = subscribers.told(db, t, self.name)
        if not subscribers.page(db, t, told.position, 1):
            return []
        if not subscribers.take(db, t, self.name, self.owner, now=now, until=now + LEASE):
            return []
        # Only whoever has the lease moves on: where it stood before may be old.
        (told,) = subscribers.told(db, t, self.name)
        return subscribers.page(db, t, told.position, limit, private=s.private)

    def _failed(self, row: Row, error: Exception) -> None:
        def put_off(db: Connection) -> None:
            for told in subscribers.told(db, self.tables, self.name):
                pause = min(FIRST_PAUSE * 2 ** min(told.attempt, 10), LONGEST_PAUSE)
                until = instant(self.clock() + pause)
                values = {"attempt": told.attempt + 1, "trouble": kind(error), "until_at": until}
                subscribers.change(db, self.tables, self.name, self.owner, **values)

        log.warning("subscriber %s failed at event %s of %s; it is tried again",
                    self.name, row.n, row.stream, exc_info=unsaid(error))  # fmt: skip
        retry(self.engine, put_off)

    def _change(self, **values: Any) -> bool:
        def write(db: Connection) -> bool:
            return subscribers.change(db, self.tables, self.name, self.owner, **values)

        return retry(self.engine, write)


def _event(row: Row) -> Event:
    body = json.loads(row.body)
    kept = json.loads(row.private) if row.private else {}
    private = {name: value for name, (_, value) in kept.items()}
    told = (body["act"], moment(body["at"]), MappingProxyType(body), MappingProxyType(private))
    return Event(row.stream, row.n, row.leaf, *told)
