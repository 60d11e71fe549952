"""A promised answer: the seat's ladder is quiet until its day, and it is no answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from thidua.workflow.command import Answer, Contact, Promise
from thidua.workflow.errors import CommandReused
from thidua.workflow.promise import as_outcome, over_at, promised_until

D0 = "department@d0"
UNTIL = date(2018, 6, 29)


@pytest.mark.parametrize("outcome", [None, "agree", "blocked", "recused"])
def test_other_outcomes_are_no_promise(outcome):
    assert promised_until(outcome) is None


def test_promise_is_read_as_it_was_written():
    assert promised_until(as_outcome(UNTIL)) == UNTIL


def test_promise_leaves_the_task_open_and_moves_no_due(at):
    world = at("consulted")
    before = world.task(D0, "ask")

    world.act(Promise("opinions", D0, UNTIL, spoke_to="bà Ba", note="đang trình ký"))

    after = world.task(D0, "ask")
    assert (after.status, after.due_on) == ("open", before.due_on)
    assert promised_until(after.outcome) == UNTIL
    assert after.ladder is None or after.wake_at == over_at(after, world.rules.calendar)
    world.check()


def test_promise_is_over_on_the_next_working_day(at):
    world = at("consulted")
    world.act(Promise("opinions", D0, UNTIL))
    task = world.task(D0, "ask")

    # 29 June 2018 is a Friday.
    assert over_at(task, world.rules.calendar).date() == date(2018, 7, 2)


def test_what_was_said_stands_beside_the_bytes(at):
    world = at("consulted")

    world.act(Promise("opinions", D0, UNTIL, spoke_to="bà Ba", note="đang trình ký"))

    (fact,) = [fact for fact in world.facts() if fact.body["act"] == "promise"]
    assert fact.private == {"spoke_to": "bà Ba", "note": "đang trình ký"}
    assert "bà Ba" not in str(fact.body)
    assert set(fact.body["commit"]) == {"spoke_to", "note"}
    assert fact.body["until"] == "2018-06-29"


def test_answer_takes_the_promises_place(at):
    world = at("consulted")
    world.act(Promise("opinions", D0, UNTIL))

    world.act(Answer("opinions", "agree", D0), "d0")

    task = world.task(D0, "ask")
    assert (task.status, task.outcome, task.wake_at) == ("done", "agree", None)


def test_later_promise_takes_the_place_of_an_earlier_one(at):
    world = at("consulted")
    world.act(Promise("opinions", D0, UNTIL))

    world.act(Promise("opinions", D0, UNTIL + timedelta(7)))

    assert promised_until(world.task(D0, "ask").outcome) == UNTIL + timedelta(7)


def test_an_answer_may_be_promised_for_today_and_not_for_yesterday(at):
    world = at("consulted").at(date(2018, 6, 13))
    late = Promise("opinions", D0, date(2018, 6, 12))

    assert world.refused(late) == ["promise-passed"]
    world.act(replace(late, until_on=date(2018, 6, 13)))

    assert promised_until(world.task(D0, "ask").outcome) == date(2018, 6, 13)


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (Promise("opinions", D0, date(2018, 6, 1)), ["promise-passed"]),
        (Promise("opinions", "department@d9", UNTIL), ["nothing-to-promise"]),
    ],
)
def test_promise_that_cannot_be_is_refused(at, command, codes):
    assert at("consulted").refused(command) == codes


def test_seat_that_has_answered_has_nothing_to_promise(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree", D0), "d0")

    assert world.refused(Promise("opinions", D0, UNTIL)) == ["nothing-to-promise"]


def test_contact_changes_nothing_but_the_journal(at):
    world = at("consulted")
    before = world.dossier

    world.act(Contact(D0, "phone", "opinions", "bà Ba", note="sẽ trả lời"))

    assert world.dossier.version == before.version
    assert world.body()["act"] == "contact"
    world.check()


def test_repeated_promise_is_the_same_one(at):
    world = at("consulted")
    world.act(Promise("opinions", D0, UNTIL, spoke_to="bà Ba"), command_id="c1")

    again = world.act(Promise("opinions", D0, UNTIL, spoke_to="bà Ba"), command_id="c1")
    with pytest.raises(CommandReused):
        world.act(Promise("opinions", D0, UNTIL, spoke_to="ông Tư"), command_id="c1")

    assert again.repeated
