"""Moving a dossier from one submission to another, before it is accepted."""

from dataclasses import replace
from datetime import date

from thidua.workflow.command import Transfer
from thidua.workflow.dossier import Came
from thidua.workflow.due import Span
from thidua.workflow.paper import Paper
from thidua.workflow.procedure import DueRule

PAPER = Paper(number="7", symbol="CV", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")


def test_a_dossier_comes_to_a_submission_and_leaves_it_with_a_paper(at):
    world = at("proposed")

    world.act(Transfer("s1"))
    assert world.dossier.submission == "s1"
    assert world.refused(Transfer("s1")) == ["same-submission"]
    assert world.refused(Transfer(None)) == ["paper-missing"]
    world.act(Transfer(None, ground=PAPER))

    assert world.dossier.submission is None


def test_once_accepted_it_stays(at):
    assert at("appraisal").refused(Transfer("s1")) == ["accepted-already"]


def test_its_receipt_is_that_of_the_new_submission(at):
    world = at("proposed")
    state = world.procedure.states["proposed"]
    due = DueRule(Span(5, "working days"), "rule", "receipt")
    states = {**world.procedure.states, "proposed": replace(state, due=due)}
    world.procedure = replace(world.procedure, states=states)
    world.came = Came(date(2018, 6, 6), date(2018, 6, 5))

    world.act(Transfer("s2"))

    assert (world.dossier.received_on, world.dossier.posted_on) == (
        date(2018, 6, 6), date(2018, 6, 5),
    )  # fmt: skip
