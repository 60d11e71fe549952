"""The bell: a scheduler that remembers nothing, and a round that nothing can stop."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from sqlalchemy.engine import Engine

from thidua import Thidua
from thidua.clock import _Bell, _ringing, run_clock
from thidua.orphans import Remover
from thidua.storage import sweep
from thidua.watch import Watch

PRODUCT = Path(__file__).parents[2]
EVERY = timedelta(seconds=0.05)


class Bell:
    """A mailman that counts its rounds and ends the clock at the last of them."""

    def __init__(self, stop: threading.Event, rounds: int = 1, *, fails: bool = False) -> None:
        self.stop, self.left, self.fails = stop, rounds, fails

    def run(self, stop: Callable[[], bool]) -> None:
        self.left -= 1
        if self.left <= 0:
            self.stop.set()
        if self.fails:
            raise RuntimeError("no mail today")


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


def test_scheduler_keeps_one_job_and_only_in_memory() -> None:
    with _ringing(lambda: None, timedelta(hours=1)) as bell:
        (job,) = bell.get_jobs()

        assert {type(store) for store in bell._jobstores.values()} == {MemoryJobStore}
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


def test_only_the_clock_knows_the_scheduler() -> None:
    folders = ("workflow", "definitions", "notifiers", "storage", "thidua")
    sources = {p.resolve() for folder in folders for p in (PRODUCT / folder).rglob("*.py")}

    knowing = [p.name for p in sources if "apscheduler" in p.read_text(encoding="utf-8")]

    assert knowing == ["clock.py"]


def test_clock_does_what_is_due_and_then_sends(desk: Any, stop: threading.Event) -> None:
    desk.asked()
    desk.at(8)
    desk.wf.clock = lambda: desk.now

    run_clock(desk.engine, desk.wf, sender=Bell(stop), every=EVERY, stop=stop)

    assert len(desk.notices()) == 2


def test_heartbeat_is_written_and_the_lease_given_back(desk: Any, stop: threading.Event) -> None:
    desk.wf.clock = lambda: desk.now
    run_clock(desk.engine, desk.wf, sender=Bell(stop), every=EVERY, stop=stop)

    with desk.engine.connect() as db:
        beat = sweep.heartbeat(db, desk.wf.tables)

    assert beat is not None
    assert (beat.beat_at, beat.until_at) == (desk.now, desk.now)


def test_clock_that_never_ran_has_no_heartbeat(desk: Any) -> None:
    with desk.engine.connect() as db:
        assert sweep.heartbeat(db, desk.wf.tables) is None


def test_round_that_fails_is_logged_and_the_next_one_comes(
    desk: Any, stop: threading.Event, caplog: Any
) -> None:
    desk.wf.clock = lambda: desk.now
    with desk.engine.begin() as db:
        desk.wf.tables.lease.drop(db)

    run_clock(desk.engine, desk.wf, sender=Bell(stop, 2, fails=True), every=EVERY, stop=stop)

    assert "the clock could not do what is due" in caplog.text
    assert "mails could not be sent" in caplog.text


class Slow(Bell):
    """A mailman who, with the round half done, sees an act done and asks whether to stop."""

    def __init__(self, stop: threading.Event, act: Callable[[], object]) -> None:
        super().__init__(stop, 2)
        self.act = act

    def run(self, stop: Callable[[], bool]) -> None:
        self.act()
        self.stopped = stop()
        self.stop.set()


@pytest.mark.parametrize(("every", "waiting"), [(timedelta(microseconds=1), 0), (EVERY * 200, 1)])
def test_long_sending_gives_the_clock_its_turn(
    desk: Any, stop: threading.Event, every: timedelta, waiting: int
) -> None:
    desk.wf.clock = lambda: desk.now
    mailman = Slow(stop, desk.propose)

    remover = Remover(desk.engine, desk.wf.tables, desk.wf.files)
    _Bell(desk.engine, desk.wf, mailman, every, stop, Watch(), remover).round()

    assert not mailman.stopped
    assert (len(desk.rows("event", leaf=None)) > 0) == bool(waiting)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_clock_and_handlers_are_put_back(desk: Any, sent: signal.Signals) -> None:
    before = signal.getsignal(sent)

    class Signalling(Bell):
        def run(self, stop: Callable[[], bool]) -> None:
            os.kill(os.getpid(), sent)

    run_clock(desk.engine, desk.wf, sender=Signalling(threading.Event()), every=EVERY)

    assert signal.getsignal(sent) == before


def test_dead_clock_is_taken_over(desk: Any, stop: threading.Event) -> None:
    desk.asked()
    desk.at(8)
    with desk.engine.begin() as db:
        desk.wf.ticker.batch(db, desk.now - timedelta(minutes=5), hold=timedelta(seconds=90))
    other = Thidua(clock=lambda: desk.now)

    run_clock(desk.engine, other, sender=Bell(stop), every=EVERY, stop=stop)

    assert len(desk.notices()) == 2


def test_four_tickers_at_once_double_nothing_and_lose_nothing(
    desk: Any, tables_url: str, opened: Callable[[str], Engine]
) -> None:
    """They share one owner, so that only rows and keys stand between them, not the lease."""
    from thidua import retry

    desk.asked(20)
    desk.at(8)
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def work() -> None:
        engine = opened(tables_url)
        try:
            start.wait()
            while retry(engine, lambda db: desk.wf.tick(db, desk.now, limit=3)).more:
                pass
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert errors == []
    keys = [(n["dossier_id"], n["seat"]) for n in desk.notices()]
    assert len(keys) == len(set(keys)) == 40
