"""Who stands in for a unit does on its seat what it may, and nothing beyond."""

from datetime import date

import pytest

from thidua.workflow import exchange as x
from thidua.workflow.command import Answer
from thidua.workflow.person import By
from thidua.workflow.substitution import Substitution

SEAT = "department@d0"
DEPUTY = By("deputy", "d0")
DEEDS = {
    "look": x.Look("opinions", SEAT),
    "prepare": x.Prepare("opinions", "agree", SEAT),
    "answer": Answer("opinions", "agree", SEAT),
    "inform": x.Inform(SEAT, note="tin"),
}


@pytest.fixture
def deputed(at):
    def make(state="consulted", **bounds):
        world = at(state)
        world.people["deputy"] = set()
        world.substitutions = (Substitution("s1", "deputy", "d0", date(2018, 1, 1), **bounds),)
        return world

    return make


@pytest.mark.parametrize("act", DEEDS)
def test_a_stand_in_does_what_the_seat_may(deputed, act):
    world = deputed(roles=("department",), units=("d0",))

    world.act(DEEDS[act], DEPUTY)

    body = world.body()
    assert (body["by"], body["entered"], body["substitution"]) == ("d0", "deputy", "s1")


@pytest.mark.parametrize("act", DEEDS)
@pytest.mark.parametrize("bounds", [{"units": ("d1",)}, {"roles": ("member",)}])
def test_a_stand_in_for_something_else_may_not(deputed, act, bounds):
    world = deputed(**bounds)

    assert world.refused(DEEDS[act], DEPUTY) == ["substitution-elsewhere"]


def test_a_stand_in_sends_nothing_for_a_unit_that_was_never_asked(deputed):
    assert "never-asked" in deputed("appraisal").refused(DEEDS["inform"], DEPUTY)
