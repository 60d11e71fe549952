"""A dossier that is asked about twice: answers go to the round that is meant."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import Answer, Expire, Fire, Reply
from thidua.workflow.errors import Refused
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held

D2 = "department@d2"
POSTED = Paper(number="7", postmark_on=date(2018, 6, 20))
AGREE = Answer("opinions", "agree", ground=POSTED)
DISAGREE = Answer("opinions", "disagree", note="có đơn thư", ground=POSTED)


def entered(actor):
    return By("officer", for_=actor)


def twice(at):
    """A dossier that went back and asked again: d2 is not asked in the newer round."""
    world = at("consulted")
    for i in range(2):
        world.act(Answer("opinions", "agree"), f"d{i}")
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    world.now = end.due_at
    world.act(Expire(end.n), By("engine"))
    steps = (*world.procedure.transitions, replace(
        world.procedure.transitions[2], trigger="again", source=("consulted",), dest="appraisal",
    ))  # fmt: skip
    world.procedure = replace(world.procedure, transitions=steps)
    del world.people["d2"]
    world.act(Fire("again"), "appraiser")
    world.act(Fire("consult"), "appraiser")
    world.people["d2"] = {Held("department", "d2")}
    assert {"opinions-1", "opinions-2"} <= set(world.lines)
    return world


def test_an_answer_goes_to_the_round_that_is_named(at):
    world = twice(at)

    world.act(replace(DISAGREE, round="opinions-1"), entered("d2"), command_id="thư-7")
    again = world.act(replace(DISAGREE, round="opinions-1"), entered("d2"), command_id="thư-7")

    assert again.repeated
    assert (world.opinions[-1].round_id, world.opinions[-1].seat) == ("opinions-1", D2)
    assert world.task(D2).outcome == "disagree"


def test_a_seat_that_is_asked_anew_answers_there(at):
    world = twice(at)

    with pytest.raises(Refused) as refused:
        world.act(replace(AGREE, round="opinions-1"), entered("d0"))
    (why,) = refused.value.reasons

    assert (why.code, why.fields["newer"]) == ("round-newer", "opinions-2")
    world.act(replace(AGREE, round="opinions-2"), entered("d0"))
    assert world.opinions[-1].round_id == "opinions-2"


def test_a_disagreement_in_an_older_round_is_owed_an_answer(at):
    world = twice(at)
    world.act(replace(DISAGREE, round="opinions-1"), entered("d2"))
    for i in range(2):
        world.act(Answer("opinions", "agree"), f"d{i}")

    assert world.refused(Fire("convene", meeting="k1")) == ["disagreement-unanswered"]
    world.act(Reply("opinions-1", D2, note="đã xác minh"))

    assert world.act(Fire("convene", meeting="k1")).state == "council"
