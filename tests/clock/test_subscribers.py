"""Subscribers: every committed event at least once, in order, whatever fails or is killed."""

import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from thidua import Fire, Misuse, Thidua, run_clock
from thidua.doctor.subscribers import subscribers
from thidua.storage.rows import instant
from thidua.subscribers import LEASE, Event

NAME = "Nguyễn Văn Ấn"
SECOND = timedelta(seconds=1)
KILLED = """
import os, signal, sys
from datetime import datetime
from sqlalchemy import create_engine
from thidua import Thidua, sqlite_engine

wf, url = Thidua(), sys.argv[1]

@wf.subscribe("page", past=True)
def publish(event):
    print(event.dossier_id, event.n, flush=True)
    if event.leaf == 2:
        os.kill(os.getpid(), signal.SIGKILL)

engine = sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)
wf.deliver(engine, now=datetime.fromisoformat(sys.argv[2]))
"""


@pytest.fixture
def heard(desk: Any) -> list[Event]:
    """What the subscriber `page` is told."""
    told: list[Event] = []
    desk.wf.subscribe("page", past=True)(told.append)
    return told


def deliver(desk: Any, **terms: Any) -> Any:
    return desk.wf.deliver(desk.engine, now=desk.now, **terms)


def places(events: list[Event]) -> list[tuple[str, int]]:
    return [(event.dossier_id, event.n) for event in events]


def journal(desk: Any) -> list[tuple[str, int]]:
    rows = [row for row in desk.rows("event") if row["stream"] in desk.made]
    return [(row["stream"], row["n"]) for row in sorted(rows, key=lambda row: row["leaf"])]


def found(desk: Any, **later: int) -> list[Any]:
    wf = Thidua(clock=lambda: desk.now + timedelta(**later))
    with desk.engine.connect() as db:
        return list(subscribers(db, wf))


def test_subscriber_hears_every_event_of_dossiers_once_and_in_order(
    desk: Any, heard: list[Event]
) -> None:
    desk.asked(2)
    assert deliver(desk).events == 0, "what is not in the tree yet is not told"

    desk.tick()
    told = deliver(desk, limit=3)
    assert (told.events, told.more) == (3, True)
    for _ in range(3):
        deliver(desk, limit=3)
    desk.answer("h-0001", "a")
    desk.tick()
    deliver(desk)

    assert places(heard) == journal(desk)
    assert [event.act for event in heard if event.n == 1] == ["create", "create"]
    assert (heard[0].at, heard[0].body["stream"]) == (desk.now, "h-0001")
    assert not any(event.private for event in heard)
    with pytest.raises(TypeError):
        heard[0].body["act"] = "other"  # type: ignore[index]  # frozen


def test_subscriber_that_asks_gets_private_values(desk: Any) -> None:
    told: list[Event] = []
    desk.wf.subscribe("names", past=True, private=True)(told.append)
    desk.propose(NAME)
    desk.tick()

    deliver(desk)

    assert NAME in told[0].private.values()
    assert NAME not in repr(told[0])


def test_new_name_begins_with_what_comes(desk: Any) -> None:
    told: list[Event] = []
    desk.propose()
    desk.tick()
    desk.wf.subscribe("late")(told.append)
    deliver(desk)
    desk.act("h-0001", Fire("ask"))
    desk.tick()

    deliver(desk)

    assert places(told) == [place for place in journal(desk) if place[1] > 1]


@pytest.fixture
def tried(desk: Any) -> list[Event]:
    """What `broken` was told, which fails at a dossier's second event for a day."""
    told: list[Event] = []
    mended = desk.now + timedelta(days=1)

    @desk.wf.subscribe("broken", past=True)
    def fail(event: Event) -> None:
        told.append(event)
        if event.n == 2 and desk.now < mended:
            raise LookupError(NAME)

    return told


def test_subscriber_that_fails_waits_and_stops_nobody(
    desk: Any, heard: list[Event], tried: list[Event], caplog: Any
) -> None:
    desk.wf.subscribe("third", past=True)(heard.append)
    desk.asked(1)
    desk.tick()

    assert deliver(desk).failed == ("broken",)
    assert len(heard) == 2 * len(journal(desk)), "before and after it all is told"
    assert (deliver(desk).events, len(tried)) == (0, 2), "it is left alone for a minute"
    assert "broken failed at event 2 of h-0001" in caplog.text
    assert NAME not in caplog.text
    desk.now += timedelta(days=1)
    assert deliver(desk).failed == ()
    assert list(dict.fromkeys(places(tried))) == journal(desk)


def test_failures_are_found_and_pauses_grow(desk: Any, tried: list[Event]) -> None:
    desk.asked(1)
    desk.tick()
    pauses = []
    for attempt in range(1, 9):
        assert deliver(desk).failed == ("broken",)
        (finding,) = found(desk)
        assert (finding.code, finding.fields["attempt"]) == ("subscriber-fails", attempt)
        pauses.append((finding.fields["next"] - desk.now) // timedelta(minutes=1))
        desk.now = finding.fields["next"]

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (finding.fields["name"], finding.fields["n"]) == ("broken", 2)
    assert finding.fields["trouble"].startswith("LookupError (test_subscribers.py:")
    desk.now += timedelta(days=1)
    deliver(desk)
    assert found(desk) == []
    (row,) = desk.rows("subscriber")
    assert (row["attempt"], row["trouble"]) == (0, None)


def test_untold_subscriber_is_found_and_forgotten(desk: Any, heard: list[Event]) -> None:
    deliver(desk)
    desk.propose()
    desk.tick()

    (finding,) = found(desk, minutes=61)
    assert (finding.code, finding.fields["since"]) == ("subscriber-untold", desk.now)
    assert found(desk, minutes=59) == []
    with desk.engine.begin() as db:
        assert desk.wf.subscribers.forget(db, "page")
    assert found(desk, minutes=61) == []


def test_kill_between_repeats_one_event_and_loses_none(
    desk: Any, tables_url: str, heard: list[Event]
) -> None:
    desk.asked(2)
    desk.tick()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tables_url, desk.now.isoformat()],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    first = [(d, int(n)) for d, n in map(str.split, done.stdout.splitlines())]

    desk.now += LEASE - SECOND
    assert deliver(desk).events == 0, "the dead one's lease still runs"
    desk.now += SECOND
    deliver(desk)

    assert first + places(heard)[1:] == journal(desk)
    assert first[-1] == places(heard)[0]


def test_one_process_at_a_time_tells_a_subscriber(desk: Any, caplog: Any) -> None:
    other = Thidua()
    theirs: list[Event] = []
    other.subscribe("page", past=True)(theirs.append)
    ours: list[Event] = []

    @desk.wf.subscribe("page", past=True)
    def slow(event: Event) -> None:
        if not ours:
            assert other.deliver(desk.engine, now=desk.now).events == 0
            other.deliver(desk.engine, now=desk.now + LEASE, limit=2)
        ours.append(event)

    desk.asked(2)
    desk.tick()
    deliver(desk)

    assert places(ours) == places(theirs)[:1], "who lost the lease goes no further"
    assert "the lease of subscriber page was lost" in caplog.text
    (row,) = desk.rows("subscriber")
    assert row["position"] == theirs[-1].leaf + 1


def test_stopped_between_two_events_goes_on_there(desk: Any, heard: list[Event]) -> None:
    desk.asked(2)
    desk.tick()

    deliver(desk, stop=lambda: len(heard) >= 2)
    assert len(heard) == 2
    deliver(desk)

    assert places(heard) == journal(desk)


def test_lease_by_a_clock_that_ran_ahead_is_none(desk: Any, heard: list[Event]) -> None:
    desk.propose()
    desk.tick()
    with desk.engine.begin() as db:
        until_at = instant(desk.now + timedelta(days=30))
        row = {"name": "page", "position": 0, "owner": "gone", "attempt": 0}
        db.execute(insert(desk.wf.tables.subscriber).values(**row, until_at=until_at))

    assert deliver(desk).events == 1


def test_names_and_functions_that_are_refused(desk: Any, heard: list[Event]) -> None:
    async def nobody(event: Event) -> None:
        return None

    with pytest.raises(Misuse, match="page"):
        desk.wf.subscribe("page")(heard.append)
    with pytest.raises(Misuse, match="coroutine"):
        desk.wf.subscribe("later")(nobody)


def test_run_clock_delivers(desk: Any) -> None:
    over, told = threading.Event(), []
    wf = Thidua(clock=lambda: desk.now)

    @wf.subscribe("page", past=True)
    def publish(event: Event) -> None:
        told.append(event)
        over.set()

    desk.propose()
    run_clock(desk.engine, wf, every=timedelta(milliseconds=20), stop=over)

    assert places(told) == [("h-0001", 1)]


def test_run_clock_tells_nobody_while_the_clock_is_doubted(desk: Any) -> None:
    over, told = threading.Event(), []
    desk.propose()
    desk.tick()
    wf = Thidua(clock=lambda: desk.now + timedelta(days=400))
    wf.subscribe("page", past=True)(told.append)

    run_clock(desk.engine, wf, stop=over, on_round=lambda _: over.set())

    assert told == []
