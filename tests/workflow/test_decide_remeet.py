"""The dues that count back from a meeting, when it moves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from thidua.workflow.command import Answer, Cast, Close, Extend, Fire, PutOff, PutTo, Recall, Remeet
from thidua.workflow.due import Span
from thidua.workflow.person import By
from thidua.workflow.procedure import DueRule

ENGINE = By("engine")
MEETS_ON = date(2018, 7, 20)


@pytest.fixture
def sitting(at: Any) -> Any:
    """A ballot of 20 July whose votes are due two whole working days before."""
    world = at("consulted")
    rule = DueRule(Span(2, "working days"), "rule", before="vote.meeting")
    vote = replace(world.procedure.rounds["vote"], due=rule)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "vote": vote})
    for number in range(3):
        world.act(Answer("opinions", "agree"), f"d{number}")
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
    return world


def days(world: Any) -> set[date | None]:
    return {task.due_on for task in world.open("vote")}


def test_every_vote_moves_with_the_day_and_is_told(sitting: Any) -> None:
    before = len(sitting.notices)
    assert days(sitting) == {date(2018, 7, 17)}

    sitting.act(Remeet("k1", date(2018, 7, 27)), ENGINE)

    assert days(sitting) == {date(2018, 7, 24)}
    body = sitting.body()
    assert (body["act"], body["held_on"], body["by"]) == ("remeet", "2018-07-27", "engine")
    assert sorted(body["was"]) == [[t.n, "2018-07-17"] for t in sitting.open("vote")]
    told = sitting.notices[before:]
    assert {note.template for note in told} == {"due_moved"}
    assert {note.seat for note in told} == {f"member:m{i}" for i in range(5)}
    assert {note.context["was_on"] for note in told} == {"2018-07-17"}
    assert {note.context["due_on"] for note in told} == {"2018-07-24"}


def test_what_was_extended_by_hand_stays(sitting: Any) -> None:
    sitting.act(Extend("vote", date(2018, 7, 19), "member:m1", note="xin thêm"))

    sitting.act(Remeet("k1", date(2018, 7, 27)), ENGINE)

    assert days(sitting) == {date(2018, 7, 19), date(2018, 7, 24)}
    assert len(sitting.body()["was"]) == 4


@pytest.mark.parametrize("command", [
    Remeet("k2", date(2018, 7, 27)), Remeet("k1", MEETS_ON),
])  # fmt: skip
def test_where_nothing_moves(sitting: Any, command: Remeet) -> None:
    assert sitting.refused(command, ENGINE) == ["dues-unmoved"]


def test_no_due_is_put_into_the_past(sitting: Any) -> None:
    sitting.at(date(2018, 7, 12))

    assert sitting.refused(Remeet("k1", date(2018, 7, 13)), ENGINE) == ["meeting-too-soon"]
    sitting.act(Remeet("k1", date(2018, 7, 17)), ENGINE)
    assert days(sitting) == {date(2018, 7, 12)}


def test_by_the_engine_alone(sitting: Any) -> None:
    assert sitting.refused(Remeet("k1", date(2018, 7, 27))) == ["not-allowed"]


def test_a_ballot_repeated_at_its_meeting_has_no_due_once_the_time_before_it_is_over(
    sitting: Any,
) -> None:
    sitting.at(MEETS_ON).act(Cast("vote", "for"), "m0")

    sitting.act(Close("vote"), "teller")

    assert sitting.lines["vote-1"].outcome == "no_quorum"
    again = sitting.open("vote")
    assert [task.round_id for task in again] == ["vote-2"] * 5
    assert {(task.due_on, task.wake_at, task.reckoned) for task in again} == {(None, None, None)}


def test_a_ballot_repeated_in_time_is_due_before_its_meeting(sitting: Any) -> None:
    sitting.at(date(2018, 7, 17)).act(Close("vote"), "teller")

    assert days(sitting) == {date(2018, 7, 17)}


def test_a_ballot_is_not_put_to_a_meeting_before_which_no_time_is_left(sitting: Any) -> None:
    sitting.act(PutOff("vote", None, note="hoãn"))

    assert sitting.at(MEETS_ON).refused(PutTo("vote", "k1")) == ["meeting-too-soon"]


def test_nor_convened_anew_at_the_meeting_that_it_was_recalled_from(sitting: Any) -> None:
    """A step that names no meeting goes to the one before; a later one can be named."""
    sitting.act(Recall())

    assert sitting.at(MEETS_ON).refused(Fire("convene")) == ["meeting-too-soon"]
