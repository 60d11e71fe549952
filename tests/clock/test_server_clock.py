"""A process that begins asks the database server's clock, where there is one."""

from datetime import timedelta
from typing import Any

import pytest

from thidua import Thidua
from thidua.ids import utc_now
from thidua.tick import Ticked, catch_up
from thidua.watch import Apart, Watch

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def begin(desk: Any, ahead: timedelta, wf: Thidua | None = None) -> Ticked:
    """A new process whose clock is so far ahead of the true time."""
    ticker = (wf or desk.wf).ticker
    now = utc_now() + ahead
    return catch_up(
        desk.engine, ticker, lambda: now, hold=timedelta(seconds=90), watched=Watch()
    )  # fmt: skip


@pytest.mark.parametrize("ahead", [2 * HOUR, 30 * DAY], ids=str)
def test_clock_ahead_of_the_servers_is_doubted_at_once(desk: Any, ahead: timedelta) -> None:
    served = desk.engine.dialect.name == "postgresql"
    begin(desk, timedelta())

    doubt = begin(desk, ahead).doubt

    assert isinstance(doubt, Apart) is served
    assert doubt is None or "máy chủ cơ sở dữ liệu" in doubt.text("vi")
    assert begin(desk, timedelta()).doubt is None  # a machine that is right goes on


def test_small_difference_and_a_clock_behind_are_let_pass(desk: Any) -> None:
    for ahead in (timedelta(minutes=59), timedelta(), -30 * DAY):
        assert begin(desk, ahead).doubt is None


def test_person_may_say_that_the_servers_clock_is_wrong(desk: Any) -> None:
    ahead = 30 * DAY
    begin(desk, ahead)
    with desk.engine.begin() as db:
        desk.wf.accept_clock(db, by="u:clerk", now=utc_now() + ahead)

    assert begin(desk, ahead).doubt is None


def test_pretended_clock_is_not_compared(desk: Any) -> None:
    pretends = Thidua(clock=lambda: utc_now() + 30 * DAY)

    assert begin(desk, 30 * DAY, pretends).doubt is None
