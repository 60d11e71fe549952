"""One turn of the clock: rankings and effects through the write path, then reminders, bounded."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.engine import Engine

from thidua.connection import Db
from thidua.ids import new_id, utc_now
from thidua.ledger import Ledger
from thidua.logged import kind, unsaid
from thidua.retrying import retry
from thidua.rounds import Rounds
from thidua.storage import sweep, watch
from thidua.storage.script import Pen
from thidua.storage.sweep import Sweep
from thidua.tree import Tree
from thidua.watch import BOUNDS, Bounds, Doubt, Watch, judge
from thidua.workflow.change import Done
from thidua.workflow.command import Expire
from thidua.workflow.dossier import Dossier, Task
from thidua.workflow.errors import Busy, Refused
from thidua.workflow.rungs import Fired, fire

log = logging.getLogger("thidua")
of_the_clock = logging.getLogger("thidua.watch")

AGAIN = timedelta(hours=1)
"""When a due task that could not be done is looked at again: late, but never in the way."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a batch came to.

    `fired` counts the reminders raised, `effects` the dues and rankings carried out. `more` says
    that more is due now; `leased` is False when another process has the clock and nothing was
    done; nor was anything with a `doubt` whether the clock is right.
    """

    fired: int = 0
    effects: int = 0
    more: bool = False
    leased: bool = True
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What the first transaction of a turn did, and the acts that it leaves to their own."""

    ticked: Ticked
    effects: tuple[tuple[str, int], ...] = ()
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticker:
    """Does what is due in transactions of the caller's.

    Locks are taken in the order lease, round, dossiers ascending, tasks. Reminders come last and
    wait for no lock, so that a turn that holds tasks never waits for an act that wants them.
    """

    ledger: Ledger
    rounds: Rounds
    act_as_engine: Callable[..., Done]
    tree: Tree
    bounds: Bounds = BOUNDS
    owner: str = field(default_factory=new_id)
    _sweeps: dict[str, Sweep] = field(default_factory=dict)

    def tick(self, db: Db, now: datetime, *, limit: int = 500) -> Ticked:
        """Do one batch of what is due at `now`, at most `limit` effects and `limit` reminders.

        All in the caller's transaction, which should hold nothing else: its first statement takes
        the clock's lease. When a ballot was ranked, effects wait for the next batch, so that
        dossiers are locked in ascending order. The lease ends with the batch.
        """
        with self._turn(db) as (pen, s):
            mine, last_at = sweep.take(pen, s, self.owner, now=now, until=now)
            if not mine:
                return Ticked(leased=False)
            if doubt := self._doubted(pen, s, now, last_at):
                return Ticked(doubt=doubt)
            self.ledger.shelf.renew(pen.connection)
            settled = sum(self.settle(db, round_id, now) for round_id in self.rounds.waiting(db))
            due = sweep.effects(pen, s, now=now, limit=limit)
            if settled and due:
                self._beat(pen, s, now, now, last_at, more=True)
                return Ticked(0, settled, more=True)
            done = sum(self.expire(db, dossier_id, n, now) for dossier_id, n in sorted(due))
            fired, tasks = self._fire(pen, s, now, limit, last_at)
            more = limit in (len(due), tasks)
            more = self.tree.grow(pen.connection, now) or more
            self._beat(pen, s, now, now, last_at, more=more)
            return Ticked(fired, settled + done, more)

    def batch(
        self,
        db: Db,
        now: datetime,
        *,
        hold: timedelta,
        limit: int = 500,
        past_effects: bool = False,
        watched: Watch | None = None,
    ) -> Batch:
        """As `tick`, but leaves effects and rankings to transactions of their own.

        Reminders are raised only when no effect is due any more, which may end their tasks, or
        `past_effects`. Keeps the lease for `hold`. A process that runs on is `watched` for jumps
        of its clock.
        """
        with self._turn(db) as (pen, s):
            until = now + hold
            mine, last_at = sweep.take(pen, s, self.owner, now=now, until=until)
            # Who only stands by looks at the clock too, to know a leap when its turn comes.
            if doubt := self._doubted(pen, s, now, last_at, watched):
                return Batch(Ticked(doubt=doubt, leased=mine))
            if not mine:
                return Batch(Ticked(leased=False))
            self.ledger.shelf.renew(pen.connection)
            due = [] if past_effects else sorted(sweep.effects(pen, s, now=now, limit=limit))
            rounds = self.rounds.waiting(db)
            fired, tasks = (0, 0) if due else self._fire(pen, s, now, limit, last_at)
            more = bool(due) or tasks == limit
            more = self.tree.grow(pen.connection, now) or more
            self._beat(pen, s, now, until, last_at, more=more)
            return Batch(Ticked(fired, 0, more), tuple(due), tuple(rounds))

    def leave(self, db: Db, now: datetime) -> None:
        """Give the lease back, so that another process need not wait for its end."""
        with self._turn(db) as (pen, s):
            sweep.leave(pen, s, self.owner, now=now)

    def expire(self, db: Db, dossier_id: str, n: int, now: datetime) -> bool:
        """Carry out a due effect by its dossier's act; one that cannot be is put off and logged.

        `Busy` is raised: the whole transaction is to be repeated.
        """
        try:
            self.act_as_engine(db, dossier_id, Expire(n), now)
        except Busy:
            raise
        except Exception as error:
            if not _came_too_late(error):
                self._put_off(db, dossier_id, n, now, error)
            return False
        return True

    def settle(self, db: Db, round_id: str, now: datetime) -> bool:
        """Rank a ballot whose groups are counted; whether anything was given out."""
        try:
            return bool(self.rounds.settle(db, round_id, now=now))
        except Busy:
            raise
        except Exception as error:
            log.exception("the ranking of round %s failed", round_id, exc_info=unsaid(error))
            return False

    @contextmanager
    def _turn(self, db: Db) -> Iterator[tuple[Pen, Sweep]]:
        pen, _ = self.ledger.open(db)
        dialect = pen.connection.dialect
        key = f"{dialect.name}+{dialect.driver}"
        try:
            if key not in self._sweeps:
                self._sweeps[key] = sweep.build(self.ledger.tables, dialect)
            yield pen, self._sweeps[key]
        finally:
            pen.close()

    def _doubted(
        self, pen: Pen, s: Sweep, now: datetime, last_at: datetime | None,
        watched: Watch | None = None,
    ) -> Doubt | None:  # fmt: skip
        """Whether nothing may be done on the clock's word; then the lease is nobody's."""
        db, t = pen.connection, self.ledger.tables
        seen = watch.seen(db, t)
        ahead = watched.ahead(now, seen.accepted_at) if watched else None
        begins = watched is not None and ahead is None and self.ledger.clock is utc_now
        server = watch.servers(db) if begins else None
        doubt = judge(seen, self.bounds, now, ahead=ahead, server=server)
        again = watched.note(now, ahead, believed=doubt is None) if watched else False
        if doubt and (seen.doubted_at is None or now < seen.doubted_at):
            watch.doubt(db, t, now)
            of_the_clock.warning("%s", doubt.text("en"))
        if doubt:
            sweep.leave(pen, s, self.owner, now=min(now, last_at or now))
        elif seen.doubted_at and (again or now >= seen.doubted_at):
            watch.doubt(db, t, None)
            of_the_clock.warning("the clock is believed again at %s", now.isoformat())
        return doubt

    def _fire(
        self, pen: Pen, s: Sweep, now: datetime, limit: int, last_at: datetime | None
    ) -> tuple[int, int]:
        due = sweep.rungs(pen, s, now=now, limit=limit)
        claimed: list[tuple[str, Fired]] = []
        for task, dossier in due:
            fired = self._fired(pen, s, task, dossier, now, last_at)
            if fired is not None and sweep.claim(pen, s, dossier.id, task, fired):
                claimed.append((dossier.id, fired))
        return sweep.raise_notices(pen, s, claimed, now=now), len(due)

    def _fired(
        self, pen: Pen, s: Sweep, task: Task, dossier: Dossier, now: datetime,
        last_at: datetime | None,
    ) -> Fired | None:  # fmt: skip
        try:
            rules = self.ledger.shelf.rules(pen.connection, dossier.procedure)
            return fire(rules.procedure, rules.calendar, dossier, task, now=now, last_at=last_at)
        except Exception as error:
            log.exception(
                "the reminder of task %s of %s failed",
                task.n,
                dossier.id,
                exc_info=unsaid(error),
            )
            sweep.put_off(pen, s, dossier.id, task.n, now=now, until=now + AGAIN)
            return None

    def _beat(
        self, pen: Pen, s: Sweep, now: datetime, until: datetime, last_at: datetime | None,
        *, more: bool,
    ) -> None:  # fmt: skip
        # The heartbeat says that all is done up to then: a backlog keeps the old one, so that
        # its last batch still knows since when the clock stood still. Nor does it go back with a
        # clock that does: what is done stays done.
        at = now if last_at is None or not (more or now < last_at) else last_at
        sweep.beat(pen, s, self.owner, at=at, until=until)

    def _put_off(self, db: Db, dossier_id: str, n: int, now: datetime, error: Exception) -> None:
        log.warning("the due of task %s of %s could not act: %s", n, dossier_id, kind(error),
                    exc_info=None if isinstance(error, Refused) else unsaid(error))  # fmt: skip
        with self._turn(db) as (pen, s):
            sweep.put_off(pen, s, dossier_id, n, now=now, until=now + AGAIN)


def _came_too_late(error: Exception) -> bool:
    """Whether the task ended after it was seen to be due: by an act, or by another ticker."""
    return isinstance(error, Refused) and [each.code for each in error.reasons] == ["task-ended"]


def catch_up(
    engine: Engine,
    ticker: Ticker,
    clock: Callable[[], datetime],
    *,
    hold: timedelta,
    stop: Callable[[], bool] = lambda: False,
    limit: int = 500,
    watched: Watch | None = None,
) -> Ticked:
    """Do everything due, batch after batch, each effect and ranking in its own transaction.

    Stops between two transactions when `stop()` says so, and when the clock is doubted, for
    which a process that runs on is `watched`. The lease is kept for `hold`.
    """
    fired = effects = 0
    ranked = stuck = False
    while True:
        now = clock()
        terms: dict[str, Any] = {"hold": hold, "limit": limit, "watched": watched}
        batch = retry(engine, partial(ticker.batch, now=now, past_effects=stuck, **terms))
        fired += batch.ticked.fired
        acts = [partial(ticker.expire, dossier_id=d, n=n, now=now) for d, n in batch.effects]
        rank = () if ranked else batch.rounds
        acts = [partial(ticker.settle, round_id=round_id, now=now) for round_id in rank] + acts
        done = [_alone(engine, act) for act in acts if not stop()]
        effects += done.count(True)
        ranked, stuck = True, stuck or None in done
        if stop() or not batch.ticked.more:
            return replace(batch.ticked, fired=fired, effects=effects)


def _alone(engine: Engine, act: partial[bool]) -> bool | None:
    """Run one act in its own transaction: whether it did something, None if it got no lock."""
    try:
        return retry(engine, act)
    except Busy as error:
        # Somebody holds this dossier for long; the others must not wait for it.
        log.exception("the database stayed busy for %s", act.keywords, exc_info=unsaid(error))
        return None


def leave(engine: Engine, ticker: Ticker, now: datetime) -> None:
    """Give the lease back at the end of a process; a failure only makes the next one wait."""
    try:
        retry(engine, partial(ticker.leave, now=now), seconds=1)
    except Exception as error:
        log.exception("the clock's lease could not be given back", exc_info=unsaid(error))
