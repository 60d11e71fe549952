"""After downtime: nothing silently missed, one message a person and matter, nothing doubled."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from thidua import Fire
from thidua.tick import catch_up
from thidua.workflow.due import Offset, rung_at

HOLD = timedelta(seconds=90)
STOPS = [timedelta(seconds=1), timedelta(hours=1), timedelta(days=3), timedelta(days=60)]


def told_of(desk: Any) -> Counter[tuple[str, str, str]]:
    """Every rung that a notice fires or names: dossier, seat and day."""
    told: Counter[tuple[str, str, str]] = Counter()
    for notice in desk.notices():
        context = json.loads(notice["context"])
        days = {context["rung"]["on"], *(each["on"] for each in context.get("skipped", []))}
        told.update((notice["dossier_id"], notice["seat"], on) for on in days)
    return told


def expected(desk: Any, dossiers: list[str], until: datetime) -> set[tuple[str, str, str]]:
    """Computed apart: the desk's ladder around its due on 13 August."""
    (row,) = desk.rows("procedure")
    with desk.engine.connect() as db:
        calendar = desk.wf.shelf.rules(db, row["hash"]).calendar
    due = datetime(2018, 8, 13, tzinfo=UTC).date()
    steps = {-1: "clerk", 0: "clerk", 2: "clerk", 3: "boss"}
    instants = {n: rung_at(calendar, due, Offset(n)) for n in steps}
    return {
        (dossier, steps[n], calendar.legal_date(at).isoformat())
        for n, at in instants.items()
        for dossier in dossiers
        if at <= until
    }


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_downtime_misses_nothing_and_floods_nobody(desk: Any, stop: timedelta) -> None:
    made = [desk.propose(f"Ứng viên {n}", campaign="2018") for n in range(3)]
    start = desk.at(10, 7, 59)
    desk.tick()
    desk.now = start + timedelta(minutes=1) + stop

    desk.tick()

    told = told_of(desk)
    assert set(told) == expected(desk, made, desk.now)
    assert set(told.values()) <= {1}
    per_seat = Counter((n["dossier_id"], n["seat"]) for n in desk.notices())
    assert set(per_seat.values()) <= {1}
    due = {n["seat"] for n in desk.notices(status="due")}
    assert desk.send().made == len(due)


def test_long_stop_is_said_with_its_beginning_and_end(desk: Any) -> None:
    desk.propose()
    desk.at(9, 18)
    desk.tick()
    desk.at(20)

    desk.tick()
    desk.send()

    letter = next(each for each in desk.letters() if each.to[0].mailbox == "clerk@example.org")
    words = " ".join(letter.text.split())
    assert letter.subject.startswith("Nhắc việc gửi bù")
    assert "từ 18 giờ 00, thứ Năm, ngày 09/8/2018 đến 08 giờ 00, thứ Hai, ngày 20/8/2018" in words
    assert "- ngày đến hạn: thứ Hai, ngày 13/8/2018" in words
    assert "Quá hạn 5 ngày làm việc" in words


def test_backlog_of_many_batches_keeps_the_beginning_of_the_stop(desk: Any) -> None:
    for n in range(7):
        desk.propose(f"Ứng viên {n}")
    before = desk.at(9, 18)
    desk.tick()
    desk.at(20)
    while desk.tick(limit=2).more:
        pass

    stops = {json.loads(n["context"])["stopped_at"] for n in desk.notices(seat="clerk")}

    assert stops == {before.isoformat()}
    assert len(desk.notices(seat="clerk")) == 7


def test_short_batches_do_no_more_and_no_less_than_one(desk: Any) -> None:
    made = [desk.propose(f"Ứng viên {n}") for n in range(5)]
    desk.at(20)

    ticked = catch_up(desk.engine, desk.wf.ticker, lambda: desk.now, hold=HOLD, limit=2)

    assert (ticked.fired, ticked.more) == (10, False)
    assert set(told_of(desk)) == expected(desk, made, desk.now)


def test_dues_come_before_reminders_that_they_end(desk: Any) -> None:
    made = desk.asked(3)
    desk.at(1, month=10)

    ticked = catch_up(desk.engine, desk.wf.ticker, lambda: desk.now, hold=HOLD, limit=2)

    assert ticked.effects == 3
    assert {row["outcome"] for row in desk.rows("line")} == {"expired"}
    assert [n for n in desk.notices() if n["dossier_id"] in made] == []


@pytest.mark.parametrize("jump", [timedelta(seconds=1), timedelta(hours=2), timedelta(days=365)])
def test_clock_that_jumps_back_tells_nothing_twice(desk: Any, jump: timedelta) -> None:
    desk.propose()
    for day in (10, 13, 15):
        desk.at(day)
        desk.tick()
        desk.send()
        desk.now -= jump
        desk.tick()
        desk.send()

    assert set(told_of(desk).values()) == {1}
    assert len(desk.letters()) == 3


def test_clock_that_jumped_ahead_and_back_loses_nothing_new(desk: Any) -> None:
    desk.propose()
    desk.now += timedelta(days=365)
    desk.tick()
    desk.now -= timedelta(days=365)
    late = desk.propose()
    desk.at(10)

    desk.tick()

    assert (late, "clerk", "2018-08-10") in told_of(desk)


def test_tick_of_a_pause_is_silent_and_goes_on_after_it(desk: Any) -> None:
    from thidua import Hold, Release

    dossier = desk.propose()
    desk.act(dossier, Hold(note="Xác minh"))
    desk.at(20)
    during = desk.tick().fired
    desk.act(dossier, Release())
    desk.at(24)

    desk.tick()

    assert during == 0
    (notice,) = desk.notices()
    assert json.loads(notice["context"])["due_on"] == "2018-08-27"
    assert notice["template"] == "reminder"


def test_stop_between_two_dues_leaves_the_rest_for_the_next_round(desk: Any) -> None:
    desk.asked(3)
    desk.at(16, 0)
    asked: list[None] = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > 2

    ticked = catch_up(desk.engine, desk.wf.ticker, lambda: desk.now, hold=HOLD, stop=stop)

    assert (ticked.effects, ticked.more) == (2, True)


def test_every_due_state_is_reached_by_ticks_alone(desk: Any, run: Callable[..., None]) -> None:
    desk.propose()
    desk.asked()
    desk.act(desk.propose(fields={"urgent": "yes"}), Fire("wait"))

    run(days=30)

    assert {row["wake_at"] for row in desk.rows("task")} == {None}


@pytest.fixture
def run(desk: Any) -> Callable[..., None]:
    """Half a day at a time."""

    def go(days: int) -> None:
        for _ in range(2 * days):
            desk.now += timedelta(hours=12)
            desk.tick()

    return go
