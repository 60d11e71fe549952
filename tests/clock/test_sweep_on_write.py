"""Where nobody runs a clock, an act does a little of what is due, and stands whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from thidua import By, Fire, Refused, Thidua
from thidua.storage import sweep, watch
from thidua.sweeper import FEW

STANDS = timedelta(minutes=15)


@pytest.fixture
def sweeping(desk: Any) -> Any:
    """The office as a host keeps it that has no clock of its own."""
    return type(desk)(desk.engine, Thidua(sweep_on_write=STANDS), now=desk.now)


def write(desk: Any) -> None:
    """Any act: of a dossier of its own."""
    desk.act(desk.propose(f"Người {len(desk.made)}"), Fire("wait"))


def test_act_raises_what_is_due(sweeping: Any) -> None:
    sweeping.asked()
    sweeping.at(8)

    write(sweeping)

    assert sorted(n["seat"] for n in sweeping.notices()) == ["unit@a", "unit@b"]


def test_act_carries_out_dues(sweeping: Any) -> None:
    sweeping.asked(2)
    sweeping.at(16)

    write(sweeping)

    assert {row["outcome"] for row in sweeping.rows("line")} == {"expired"}


def test_nothing_is_swept_unless_asked_for(desk: Any) -> None:
    desk.asked()
    desk.at(8)

    write(desk)

    assert desk.notices() == []


def test_clock_that_runs_is_left_to_its_work(sweeping: Any) -> None:
    sweeping.asked()
    sweeping.at(8, 7, 59)
    sweeping.tick()
    sweeping.at(8, 8, 10)

    write(sweeping)

    assert sweeping.notices() == []


def test_clock_that_died_is_noticed(sweeping: Any) -> None:
    sweeping.asked()
    sweeping.at(8, 7, 55)
    sweeping.tick()
    write(sweeping)
    sweeping.at(8, 8, 11)

    write(sweeping)

    assert len(sweeping.notices()) == 2


def test_sweep_is_bounded_and_goes_on_with_the_next_act(sweeping: Any) -> None:
    sweeping.asked(FEW)
    sweeping.at(8)
    write(sweeping)
    first = len(sweeping.notices())
    write(sweeping)

    assert (first, len(sweeping.notices())) == (FEW, 2 * FEW)


def test_rolled_back_act_takes_its_sweep_with_it(sweeping: Any) -> None:
    sweeping.asked()
    dossier = sweeping.propose()
    sweeping.at(8)
    with sweeping.engine.connect() as db:
        sweeping.wf.act(db, dossier, Fire("wait"), by=By("u:clerk"), now=sweeping.now)
        db.rollback()

    assert sweeping.notices() == []


def test_act_stands_when_the_sweep_fails(sweeping: Any, monkeypatch: Any, caplog: Any) -> None:
    sweeping.asked()
    sweeping.at(8)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("no sweep today")

    monkeypatch.setattr(sweep, "raise_notices", broken)
    write(sweeping)

    (last,) = sweeping.rows("dossier", id=sweeping.made[-1])
    assert last["state"] == "waiting"
    assert "could not be done beside an act" in caplog.text
    assert {row["rung"] for row in sweeping.rows("task", kind="ask")} == {0}


def test_refused_act_sweeps_nothing(sweeping: Any) -> None:
    (dossier, *_) = sweeping.asked()
    sweeping.at(8)

    with pytest.raises(Refused):
        sweeping.act(dossier, Fire("ask"))

    assert sweeping.notices() == []


def test_doubted_clock_sweeps_nothing(sweeping: Any) -> None:
    sweeping.asked()
    sweeping.tick()
    sweeping.now += timedelta(days=100)

    write(sweeping)

    assert sweeping.notices() == []
    with sweeping.engine.connect() as db:
        assert watch.seen(db, sweeping.wf.tables).doubted_at == sweeping.now


def test_clock_is_looked_at_once_a_minute(sweeping: Any) -> None:
    dossiers = [sweeping.propose(f"Người {n}") for n in range(5)]
    sweeping.tick()
    asked: list[str] = []

    def heard(_: Any, __: Any, text: str, *___: Any) -> None:
        asked.append(text)

    event.listen(sweeping.engine, "before_cursor_execute", heard)
    for dossier in dossiers:
        sweeping.now += timedelta(seconds=5)
        sweeping.act(dossier, Fire("wait"))

    assert sum("lease" in text for text in asked) == 1


def test_sweep_waits_for_nobody(sweeping: Any) -> None:
    """Somebody holds the clock's row: the act goes on at once, and the host's patience is kept."""
    if sweeping.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one lock, which the act holds")
    sweeping.asked()
    sweeping.tick()
    dossier = sweeping.propose()
    sweeping.at(8)
    with sweeping.engine.connect() as other:
        other.execute(update(sweeping.wf.tables.lease).values(owner="another"))
        with sweeping.engine.begin() as db:
            db.exec_driver_sql("SET LOCAL lock_timeout = '7s'")
            sweeping.wf.act(db, dossier, Fire("wait"), by=By("u:clerk"), now=sweeping.now)
            assert db.exec_driver_sql("SHOW lock_timeout").scalar_one() == "7s"
        other.rollback()

    assert sweeping.rows("dossier", id=dossier)[0]["state"] == "waiting"
    assert sweeping.notices() == []
