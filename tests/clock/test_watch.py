"""A clock that leaps ahead is not believed until a person says so or it is right again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from thidua import Fire, Thidua
from thidua.clock import Round, run_clock
from thidua.sender import Sent
from thidua.storage import sweep, watch
from thidua.tick import catch_up
from thidua.watch import BOUNDS, Bounds, Doubt, Watch, judge

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOLD = timedelta(seconds=90)
HELD = [HOUR + timedelta(seconds=1), timedelta(days=1), timedelta(days=365)]
LET = [timedelta(seconds=1), timedelta(minutes=59)]
BACK = [timedelta(seconds=1), HOUR, timedelta(days=30), timedelta(days=365)]


@dataclass
class Machine:
    """A process that runs on: a clock that may be set, and one that nobody sets."""

    desk: Any
    passed: float = 0.0
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(lambda: self.passed)

    def live(self, **parts: float) -> Any:
        """So much time goes by, then a round comes."""
        step = timedelta(**parts)
        self.passed += step.total_seconds()
        self.desk.now += step
        return self.round()

    def round(self) -> Any:
        return catch_up(
            self.desk.engine, self.desk.wf.ticker, lambda: self.desk.now, hold=HOLD,
            watched=self.watch,
        )  # fmt: skip

    def accept(self) -> None:
        with self.desk.engine.begin() as db:
            self.desk.wf.accept_clock(db, by="u:clerk", now=self.desk.now)


@pytest.fixture
def machine(desk: Any) -> Machine:
    """It runs, on the day before the first reminder, and two units are asked."""
    desk.asked()
    desk.act(desk.propose(), Fire("wait"))
    desk.at(7, 9)
    made = Machine(desk)
    made.round()
    return made


@pytest.mark.parametrize("jump", HELD, ids=str)
def test_leap_of_a_running_clock_holds_everything(machine: Machine, jump: timedelta) -> None:
    desk = machine.desk
    desk.send()
    before = len(desk.letters())
    desk.now += jump

    held = machine.live(seconds=30)

    assert isinstance(held.doubt, Doubt)
    assert (held.fired, held.effects, held.more) == (0, 0, False)
    assert desk.notices() == []
    assert {row["outcome"] for row in desk.rows("line")} == {None}
    assert desk.send() == Sent()
    assert len(desk.letters()) == before


def test_process_that_stands_by_knows_a_leap_when_its_turn_comes(machine: Machine) -> None:
    desk = machine.desk
    other = Machine(type(desk)(desk.engine, Thidua(), now=desk.now))
    assert other.round().leased is False
    other.desk.now += 30 * DAY

    taken = other.live(minutes=5)

    assert taken.doubt is not None
    assert desk.notices() == []


@pytest.mark.parametrize("jump", LET, ids=str)
def test_small_leap_is_let_pass(machine: Machine, jump: timedelta) -> None:
    machine.desk.now += jump

    assert machine.live(seconds=30).doubt is None


def test_long_time_that_really_passed_is_no_leap(machine: Machine) -> None:
    done = machine.live(days=20)

    assert done.doubt is None
    assert done.effects > 0


def test_doubt_ends_when_the_clock_is_right_again(machine: Machine) -> None:
    desk = machine.desk
    desk.now += 365 * DAY
    machine.live(seconds=30)
    desk.now -= 365 * DAY

    again = machine.live(days=1)

    assert again.doubt is None
    assert sorted(n["seat"] for n in desk.notices()) == ["clerk", "unit@a", "unit@b"]
    assert desk.send().sent == 3


def test_right_clock_is_believed_also_later_than_the_reading_that_was_not(machine: Machine) -> None:
    desk = machine.desk
    desk.now += 2 * HOUR
    machine.live(seconds=30)
    desk.now -= 2 * HOUR

    assert machine.live(hours=3).doubt is None


def test_doubt_ends_with_a_persons_word(machine: Machine) -> None:
    desk = machine.desk
    desk.now += 30 * DAY
    machine.live(seconds=30)
    machine.accept()

    done = machine.live(seconds=30)

    assert done.doubt is None
    assert done.effects == 2
    with desk.engine.connect() as db:
        assert watch.seen(db, desk.wf.tables).accepted_by == "u:clerk"


def test_word_about_another_reading_counts_for_nothing(machine: Machine) -> None:
    """A machine whose clock is right confirms its own; that of this one is still wrong."""
    desk = machine.desk
    right = desk.now
    desk.now += 365 * DAY
    machine.live(seconds=30)
    with desk.engine.begin() as db:
        desk.wf.accept_clock(db, by="u:clerk", now=right)

    assert machine.live(seconds=30).doubt is not None


def test_doubt_outlives_the_process(machine: Machine) -> None:
    """A restart of the service does not make a wrong clock right."""
    desk = machine.desk
    desk.now += 30 * DAY
    machine.live(seconds=30)

    assert Machine(desk).live(seconds=30).doubt is not None
    desk.now -= 30 * DAY
    assert Machine(desk).live(minutes=5).doubt is None


def test_right_machine_does_not_end_the_doubt_of_another(machine: Machine) -> None:
    """Else the wrong one, started anew, would take its leap for a stop."""
    desk = machine.desk
    right = desk.now
    desk.now += 30 * DAY
    machine.live(seconds=30)
    other = type(desk)(desk.engine, Thidua(), now=right + timedelta(minutes=2))
    assert other.tick().doubt is None

    assert Machine(desk).live(seconds=30).doubt is not None


def test_right_clock_comes_to_the_doubted_reading_step_by_step(machine: Machine) -> None:
    desk = machine.desk
    desk.now += 2 * HOUR
    machine.live(seconds=30)
    desk.now -= 2 * HOUR + timedelta(seconds=30)

    for _ in range(10):
        desk.now += timedelta(minutes=20)
        assert desk.tick().doubt is None


def test_doubted_clock_leaves_the_lease_to_one_that_is_right(machine: Machine) -> None:
    desk = machine.desk
    right = desk.now
    desk.now += 2 * HOUR
    machine.live(seconds=30)
    other = type(desk)(desk.engine, Thidua(), now=right + timedelta(minutes=2))

    assert other.tick().leased
    assert other.tick().doubt is None


@pytest.mark.parametrize(
    ("stop", "doubted"),
    [(timedelta(seconds=1), False), (60 * DAY, False), (63 * DAY, True), (365 * DAY, True)],
    ids=str,
)
def test_process_that_begins_goes_by_the_last_heartbeat(
    desk: Any, stop: timedelta, *, doubted: bool
) -> None:
    dossier = desk.propose()
    desk.tick()
    desk.now += stop

    ticked = desk.tick()

    assert (ticked.doubt is not None) is doubted
    assert bool([n for n in desk.notices() if n["dossier_id"] == dossier]) is (
        not doubted and stop > DAY
    )


def test_long_stop_is_caught_up_with_after_a_persons_word(desk: Any) -> None:
    for n in range(5):
        desk.propose(f"Ứng viên {n}")
    desk.tick()
    desk.now += 100 * DAY
    assert desk.tick().doubt is not None
    with desk.engine.begin() as db:
        desk.wf.accept_clock(db, by="u:clerk", now=desk.now)

    batches = 1
    while desk.tick(limit=2).more:
        batches += 1

    assert batches > 2
    assert len(desk.notices()) == 10


def test_office_may_set_its_bounds(desk: Any) -> None:
    strict = type(desk)(desk.engine, Thidua(bounds=Bounds(stop=7 * DAY)), now=desk.now)
    strict.tick()
    strict.now += 8 * DAY

    assert strict.tick().doubt is not None


def test_clock_that_never_ran_is_believed(desk: Any) -> None:
    desk.now += 3650 * DAY

    assert desk.tick().doubt is None


@pytest.mark.parametrize("jump", BACK, ids=str)
def test_clock_that_went_back_undoes_nothing(machine: Machine, jump: timedelta) -> None:
    desk = machine.desk
    machine.live(days=30)
    before = desk.rows("task"), desk.rows("line"), desk.notices()
    with desk.engine.connect() as db:
        beat = watch.seen(db, desk.wf.tables).beat_at
    desk.now -= jump

    for _ in range(3):
        back = machine.live(seconds=30)
        assert (back.doubt, back.fired, back.effects) == (None, 0, 0)

    assert (desk.rows("task"), desk.rows("line"), desk.notices()) == before
    with desk.engine.connect() as db:
        seen = watch.seen(db, desk.wf.tables)
    assert seen.beat_at == max(beat, desk.now)


def test_clock_that_went_back_and_is_put_right_is_not_doubted(machine: Machine) -> None:
    machine.desk.now -= 365 * DAY
    machine.live(minutes=10)
    machine.desk.now += 365 * DAY

    assert machine.live(seconds=30).doubt is None


def test_word_brings_back_a_heartbeat_of_the_future(machine: Machine) -> None:
    desk = machine.desk
    machine.live(days=30)
    desk.now -= 20 * DAY
    machine.accept()

    with desk.engine.connect() as db:
        assert watch.seen(db, desk.wf.tables).beat_at == desk.now


def test_long_lived_clock_tells_of_its_doubt_and_sends_nothing(desk: Any) -> None:
    desk.asked()
    over, rounds = threading.Event(), []
    elapsed = iter([0.0, *(30.0 * n for n in range(1, 100))])
    readings = iter([desk.now, desk.now, desk.now + 365 * DAY, desk.now + 365 * DAY])
    desk.wf.clock = lambda: next(readings)

    class Never:
        runs = 0

        def run(self, stop: Callable[[], bool]) -> None:
            self.runs += 1

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 2:
            desk.wf.clock = lambda: desk.now
            over.set()

    never = Never()
    run_clock(
        desk.engine, desk.wf, sender=never, every=timedelta(seconds=0.05), stop=over,
        on_round=told, watch=Watch(lambda: next(elapsed)),
    )  # fmt: skip

    assert [bool(each.ticked.doubt) for each in rounds] == [False, True]
    assert never.runs == 1


def test_doubt_says_in_both_languages_what_to_do() -> None:
    doubt = Doubt(datetime.fromisoformat("2019-08-07T02:00:00+00:00"),
                  datetime.fromisoformat("2018-08-07T01:59:30+00:00"))  # fmt: skip

    assert "09 giờ 00, thứ Tư, ngày 07/8/2019" in doubt.text("vi")
    assert "08 giờ 59, thứ Ba, ngày 07/8/2018" in doubt.text("vi")
    assert "thidua run --accept-clock" in doubt.text("en")


def test_row_of_the_doubt_is_no_clock(desk: Any) -> None:
    with desk.engine.begin() as db:
        watch.doubt(db, desk.wf.tables, desk.now)
        assert sweep.heartbeat(db, desk.wf.tables) is None
        seen = watch.seen(db, desk.wf.tables)

    assert judge(seen, BOUNDS, desk.now, ahead=None) == Doubt(desk.now, None)
    assert judge(seen, BOUNDS, desk.now - HOUR, ahead=None) is None


def test_confirmation_of_another_machines_right_clock_is_none_of_this_leap() -> None:
    passed, began = [0.0], datetime.fromisoformat("2018-08-07T01:00:00+00:00")
    own = Watch(lambda: passed[0])
    own.note(began, None, believed=True)
    passed[0] = 60.0
    leapt = began + timedelta(hours=2, minutes=1)
    own.note(leapt, own.ahead(leapt), believed=False)
    passed[0] += 3 * 3600
    right = began + timedelta(seconds=passed[0])
    now = right + timedelta(hours=2)

    assert right > leapt
    assert own.ahead(now, right - timedelta(seconds=30)) == timedelta(hours=2)
    assert own.ahead(now, now - timedelta(seconds=30)) is None
