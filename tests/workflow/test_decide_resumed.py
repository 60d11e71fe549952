"""The edges of pauses: on the due day, late, over Tết, twice, within each other, and spans."""

from datetime import UTC, date, datetime

import pytest

from thidua.workflow.command import Answer, Expire, Extend, Fire, Hold, Release, Return, Supplement
from thidua.workflow.person import By

ENGINE = By("engine")
HOLD = Hold(note="đơn thư")
RETURN = Return(("score",), note="thiếu")
DUE = date(2018, 6, 20)
"""A Wednesday: seven working days after 11 June."""


def asks(world):
    return {t.due_on for t in world.open("ask")}


def closing(world):
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    return end


@pytest.mark.parametrize(
    ("resumed", "due"),
    [
        (date(2018, 6, 20), date(2018, 6, 20)),  # the same day
        (date(2018, 6, 27), date(2018, 6, 27)),
        (date(2018, 6, 30), date(2018, 7, 2)),  # a Saturday: the next working day
    ],
)
def test_a_pause_on_the_due_day_leaves_the_day_it_ends(at, resumed, due):
    world = at("consulted").at(DUE)
    world.act(HOLD)
    assert {t.left for t in world.open("ask")} == {0}

    world.at(resumed).act(Release())

    assert asks(world) == {due}
    world.act(Answer("opinions", "agree"), "d0")
    assert world.opinions[-1].standing == "in_time"


def test_a_pause_the_day_after_leaves_nothing(at):
    world = at("consulted").at(date(2018, 6, 21))
    world.act(HOLD)
    assert {t.left for t in world.open("ask")} == {-1}

    world.at(date(2018, 7, 9)).act(Release())
    world.act(Answer("opinions", "agree"), "d0")

    assert asks(world) == {DUE}
    assert world.opinions[-1].standing == "late"


def test_what_is_late_and_its_closing_keep_each_their_own_rest(at):
    world = at("consulted").at(date(2018, 6, 21))
    assert closing(world).due_on == date(2018, 6, 25)
    world.act(HOLD)

    world.at(date(2018, 7, 9)).act(Release())

    end = closing(world)
    assert (end.due_on, end.wake_at) == (date(2018, 7, 11), end.due_at)
    assert world.refused(Expire(end.n), ENGINE) == ["not-due"]
    world.now = end.due_at
    world.act(Expire(end.n), ENGINE)
    assert world.lines["opinions-1"].outcome == "expired"


def test_a_pause_over_tet_counts_no_day_off(at):
    world = at("consulted", now=datetime(2019, 1, 21, 2, tzinfo=UTC))
    assert asks(world) == {date(2019, 1, 30)}
    world.at(date(2019, 1, 28)).act(HOLD)
    assert {t.left for t in world.open("ask")} == {2}

    world.at(date(2019, 2, 1)).act(Release())  # the Friday before Tết, off until the 8th

    assert asks(world) == {date(2019, 2, 12)}


def test_two_pauses_take_what_was_left_each_time(at):
    world = at("consulted").at(date(2018, 6, 13))
    world.act(HOLD)
    world.at(date(2018, 6, 25)).act(Release())
    assert asks(world) == {date(2018, 7, 2)}  # five working days were left

    world.at(date(2018, 6, 28)).act(RETURN)
    assert {t.left for t in world.open("ask")} == {2}
    world.at(date(2018, 7, 16)).act(Supplement({"score": "9"}), "proposer")

    assert asks(world) == {date(2018, 7, 18)}


def test_a_pause_that_ends_at_once_changes_nothing(at):
    world = at("consulted")
    before = {t.seat: (t.due_on, t.due_at, t.rung) for t in world.open("ask")}

    world.act(HOLD)
    world.act(Release())

    assert {t.seat: (t.due_on, t.due_at, t.rung) for t in world.open("ask")} == before


def test_no_pause_in_a_pause(at):
    held, returned = at("consulted"), at("consulted")
    held.act(HOLD)
    returned.act(RETURN)

    assert held.refused(RETURN) == ["paused"]
    assert held.refused(HOLD) == ["paused"]
    assert returned.refused(HOLD) == ["paused"]


def test_a_span_stands_still_too(at):
    world = at("appraisal")
    (span,) = world.open("span")
    world.at(date(2018, 6, 25)).act(HOLD)
    left = world.open("span")[0].left

    world.at(date(2018, 8, 6)).act(Release())

    calendar = world.rules.calendar
    assert left == calendar.between(date(2018, 6, 25), span.due_on)
    assert world.open("span")[0].due_on == calendar.add(date(2018, 8, 6), left)


def test_nothing_is_closed_while_the_clock_stands_still(at):
    world = at("consulted")
    end = closing(world)
    world.act(HOLD)
    world.at(date(2018, 12, 3))

    assert world.refused(Expire(end.n), ENGINE) == ["task-ended"]
    world.act(Release())

    assert world.lines["opinions-1"].closed_n is None
    assert closing(world).due_on > date(2018, 12, 3)


def test_the_clock_wakes_again_where_it_stood(at):
    world = at("consulted").at(date(2018, 6, 19))
    world.act(HOLD)
    rungs = {t.rung for t in world.open("ask")}

    world.at(date(2018, 7, 9)).act(Release())

    woken = {(t.rung, t.wake_at is not None) for t in world.open("ask")}
    assert woken == {(max(rungs | {2}), True)}


def test_a_step_after_the_pause_gets_its_whole_time(at):
    world = at("appraisal")
    world.act(HOLD)
    world.at(date(2018, 7, 2)).act(Release())

    world.act(Fire("consult"), "appraiser")

    assert asks(world) == {date(2018, 7, 11)}


def test_more_time_for_a_supplement_moves_nothing_that_stands_still(at):
    """What the state's due brings by itself keeps what it had left; found by the model."""
    world = at("proposed").at(date(2018, 6, 12))
    world.act(RETURN)
    (lapse,) = world.open("effect")

    refused = world.refused(Extend(None, date(2018, 7, 6), note="xin thêm"))

    assert refused == ["no-such-due"]  # this return has no due
    assert world.open("effect") == [lapse]


def test_the_round_is_not_closed_before_the_time_of_its_seats_is_over(at):
    """Released on a day off: what ends that day goes to Monday, and the post comes after it."""
    world = at("consulted").at(DUE)
    world.act(HOLD)

    world.at(date(2018, 6, 23)).act(Release())

    assert asks(world) == {date(2018, 6, 25)}
    assert closing(world).due_on == date(2018, 6, 28)
