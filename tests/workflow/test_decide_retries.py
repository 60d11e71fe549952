"""Command ids: a retry gives the first result, anything else is told so."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Attach,
    Cast,
    Close,
    Correct,
    Extend,
    Fire,
    Hold,
    Return,
    Supplement,
    Waive,
)
from thidua.workflow.dossier import Candidate
from thidua.workflow.errors import CommandReused
from thidua.workflow.paper import Paper
from thidua.workflow.person import By

PAPER = Paper(number="12", signed_on=date(2018, 6, 8))
SOON, LATER = date(2018, 8, 31), date(2018, 9, 28)
FILE = Attach("report", "cd" * 32, 10, "application/pdf", "tệp.pdf")
PERSON = Candidate("individual", "Trần Thị Bé", "u1")
INCOMPLETE = "documents.complete"

# name: (state, actor, the command, another command that is not the same)
PAIRS = {
    "fire": ("appraisal", "appraiser", Fire("consult"), Fire("reject", note="không")),
    "answer": ("consulted", "d0", Answer("opinions", "agree"), Answer("opinions", "no_comment")),
    "reasons": ("consulted", "d0", Answer("opinions", "disagree", note="một"),
                Answer("opinions", "disagree", note="hai")),
    "without reasons": ("consulted", "d0", Answer("opinions", "agree", note="một"),
                        Answer("opinions", "agree")),
    "choice": ("council", "m0", Cast("vote", "for"), Cast("vote", "against")),
    "attach": ("appraisal", "officer", FILE, replace(FILE, sha256="ef" * 32)),
    "fields": ("appraisal", "officer", Correct({"merit": "khá"}, note="sai"),
               Correct({"merit": "tốt"}, note="sai")),
    "fewer": ("appraisal", "officer", Correct({"merit": "khá", "score": "1"}, note="sai"),
              Correct({"merit": "khá"}, note="sai")),
    "candidate": ("appraisal", "officer", Correct(candidate=PERSON, note="sai"),
                  Correct(candidate=replace(PERSON, name="Trần Thị Bê"), note="sai")),
    "items": ("appraisal", "officer", Return(("merit",), note="thiếu"),
              Return(("report",), note="thiếu")),
    "until": ("consulted", "officer", Extend("opinions", SOON, note="xin thêm"),
              Extend("opinions", LATER, note="xin thêm")),
    "debt": ("proposed", "minister", Waive(INCOMPLETE, SOON, ground=PAPER),
             Waive(INCOMPLETE, LATER, ground=PAPER)),
    "act": ("appraisal", "officer", Hold(note="dừng"), Return(("merit",), note="dừng")),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_repeating_gives_the_first_result_and_changes_nothing(at, name):
    state, actor, command, _ = PAIRS[name]
    world = at(state)
    first = world.act(command, actor, command_id="c1")

    again = world.act(command, actor, command_id="c1", expect=0)

    assert again == replace(first, repeated=True)
    assert world.dossier.count == first.count


@pytest.mark.parametrize("name", PAIRS)
def test_the_id_of_another_command_is_no_retry(at, name):
    state, actor, command, other = PAIRS[name]
    world = at(state)
    first = world.act(command, actor, command_id="c1")

    with pytest.raises(CommandReused) as caught:
        world.act(other, actor, command_id="c1")

    assert caught.value.fields["n"] == first.n
    assert world.dossier.count == first.count


def test_the_id_of_another_actor_is_no_retry(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0", command_id="c1")

    with pytest.raises(CommandReused):
        world.act(Answer("opinions", "agree"), "d1", command_id="c1")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (By("d0"), By("officer", for_="d0")),
        (By("officer", for_="d0"), By("d0")),
    ],
)
def test_entering_for_somebody_is_not_his_own_act(at, first, second):
    world = at("consulted")
    world.act(Answer("opinions", "agree", ground=PAPER), first, command_id="c1")

    with pytest.raises(CommandReused):
        world.act(Answer("opinions", "agree", ground=PAPER), second, command_id="c1")


def test_a_seat_that_is_left_out_is_the_same_seat(at):
    world = at("consulted")
    first = world.act(Answer("opinions", "agree"), "d0", command_id="c1")

    again = world.act(Answer("opinions", "agree", "department@d0"), "d0", command_id="c1")

    assert (again.n, again.repeated) == (first.n, True)


def test_repeated_creation(world):
    first = world.create(command_id="c1")

    assert world.create(command_id="c1") == replace(first, repeated=True)
    with pytest.raises(CommandReused):
        world.create(command_id="c1", candidate=PERSON)
    with pytest.raises(CommandReused):
        world.create(command_id="c1", fields={"merit": "khá"})


def test_result_of_a_retry_is_that_of_the_whole_act(at):
    world = at("council")
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")

    first = world.act(Close("vote"), "teller", command_id="c1")
    world.act(Hold(note="đơn thư"))

    again = world.act(Close("vote"), "teller", command_id="c1")

    assert (again.state, again.version, again.count) == ("submitted", first.version, first.count)


def test_only_the_first_event_of_an_act_has_the_id(at):
    world = at("consulted")
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}", command_id="c1" if i == 2 else None)

    ids = [fact.body["command"] for fact in world.facts()[-2:]]

    assert ids == ["c1", None]


def test_supplement_that_is_repeated(at):
    world = at("appraisal")
    world.act(Return(("merit",), note="thiếu"))
    part = Supplement({"merit": "khá"}, done=False)
    first = world.act(part, "proposer", command_id="c1")

    assert world.act(part, "proposer", command_id="c1").n == first.n
    with pytest.raises(CommandReused):
        world.act(replace(part, done=True), "proposer", command_id="c1")
