"""What is closed to who stepped back: every act about the dossier, for others and by others too."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.test_decide_rights import FILE, MATRIX, PAPER
from thidua.workflow import exchange as x
from thidua.workflow.actions import actions
from thidua.workflow.command import (
    Answer,
    Assign,
    Attach,
    Cast,
    Extend,
    Fire,
    Hold,
    PutOff,
    Recuse,
    Supplement,
    Withdraw,
)
from thidua.workflow.person import By, Held
from thidua.workflow.substitution import Substitution

ENGINES = {"pass", "settle", "expire", "reproject", "remeet"}
OTHERS = {"supplement", "withdraw", "answer back", "break tie"}
"""Of the proposing side, or of nobody in the trial."""
ROLES = ("officer", "appraiser", "teller", "minister", "member")


def stepped_back(world, who="m0", *roles):
    """The world, its dossier with `who` stepped back, who holds the roles beside."""
    world.people[who] |= {Held(role) for role in roles}
    world.dossier = world.dossier._replace(recused=(f"member:{who}",))
    return world


@pytest.mark.parametrize("act", sorted(MATRIX.keys() - {"create", "recuse"} - ENGINES))
def test_every_act_is_closed_whatever_roles_are_held(at, act):
    state, command, _ = MATRIX[act]
    world = stepped_back(at(state), "m0", *ROLES)
    world.people["m0"] |= {Held("department", "d0")}

    codes = world.refused(command, "m0")

    assert codes == (["not-allowed"] if act in OTHERS else ["recused"])


def test_the_state_is_not_told_with_it(at):
    world = stepped_back(at("submitted"), "m0", "appraiser")

    assert world.refused(Fire("consult"), "m0") == ["recused"]


def test_it_outlasts_the_post(at):
    world = at("council")
    world.act(Recuse(), "m0")
    world.people["m0"] = {Held("officer")}

    assert world.refused(Hold(note="đơn"), "m0") == ["recused"]
    assert world.act(Hold(note="đơn"), "officer")


def test_the_side_that_proposes_keeps_its_rights(at):
    world = stepped_back(at("proposed"), "m0", "officer")
    world.people["m0"].add(Held("proposer", "u1"))

    found = {each.act: each.allowed for each in offered(world, "m0")}
    assert {"attach", "supplement", "withdraw", "hold"} & found.keys() == {
        "attach", "supplement", "withdraw",
    }  # fmt: skip
    assert not found["accept"]
    assert "recused" not in world.refused(Supplement({"merit": "tốt"}), "m0")
    assert world.refused(Hold(note="đơn"), "m0") == ["recused"]


def test_it_takes_part_as_one_who_proposes(at):
    world = at("council")
    world.people["m0"] |= {Held("officer"), Held("proposer", "u1")}
    world.act(Recuse(), "m0")

    world.act(Attach(FILE.kind, *FILE_REST), "m0")

    assert world.body()["role"] == "proposer"
    assert world.act(Withdraw(), "m0").state == "withdrawn"


FILE_REST = ("ef" * 32, 11, "application/pdf", "bổ sung.pdf")


def offered(world, actor):
    view = world.view(Recuse(), By(actor))
    return actions(world.rules, view, By(actor), world.now)


def standing_in(world, actor, for_):
    world.substitutions = (Substitution("s1", actor, for_, date(2018, 1, 1)),)
    return world


def delegable(world):
    roles = world.procedure.roles
    member = replace(roles["member"], delegable=True)
    world.procedure = replace(world.procedure, roles={**roles, "member": member})
    return world


def test_nobody_votes_by_substitution_for_or_as_one_who_stepped_back(at):
    world = delegable(at("council"))
    world.act(Recuse(), "m0")
    vote = Cast("vote", "for")

    assert standing_in(world, "m0", "m1").refused(vote, By("m0", "m1")) == ["recused"]
    assert standing_in(world, "m1", "m0").refused(vote, By("m1", "m0")) == ["recused"]
    assert standing_in(world, "m1", "m2").act(vote, By("m1", "m2"))


def test_nobody_acts_by_substitution_for_or_as_one_who_stepped_back(at):
    world = at("council")
    world.people["m0"].add(Held("officer"))
    world.act(Recuse(), "m0")

    assert standing_in(world, "m0", "officer").refused(Hold(note="đơn"), By("m0", "officer")) == [
        "recused"
    ]
    assert standing_in(world, "officer", "m0").refused(Hold(note="đơn"), By("officer", "m0")) == [
        "recused"
    ]


def test_neither_enters_what_others_decided(at):
    world = at("council")
    world.people["m0"].add(Held("officer"))
    world.act(Recuse(), "m0")
    answer = Answer("opinions", "agree", ground=PAPER)

    assert world.refused(answer, By("m0", "d0")) == ["recused"]
    assert world.refused(Extend(None, date(2018, 8, 31), ground=PAPER, note="thêm"),
                         By("officer", "m0")) == ["recused"]  # fmt: skip
    assert world.act(answer, By("officer", "d0"))


def test_no_task_is_put_on_the_desk(at):
    world = at("council")
    (desk,) = world.open("desk")
    world.act(Recuse(), "m0")

    assert world.refused(Assign(desk.n, "m0")) == ["stepped-back"]
    assert world.act(Assign(desk.n, "m1"))


def test_it_says_nothing_of_others(at):
    world = at("council")
    world.people["m0"].add(Held("officer"))
    world.act(Recuse(), "m0")

    assert "recused" in world.refused(Recuse("member:m1"), "m0")
    assert world.refused(Recuse(), "m0") == ["recused"]
    assert world.act(Recuse("member:m1"), "officer")


def test_another_seat_of_the_same_person_steps_back_with_it(at):
    world = at("council")
    world.act(Recuse("member:m0"))
    world.people["m0"].add(Held("teller"))
    vote = world.procedure.rounds["vote"]
    vote = replace(vote, voters=replace(vote.voters, role="teller"))
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "vote": vote})

    world.act(PutOff("vote", "k2", note="thiếu"))

    assert world.body()["recused"] == ["teller:m0"]
    assert [task.seat for task in world.open("vote")] == ["teller:teller"]
    assert world.dossier.recused == ("member:m0", "teller:m0")


def test_a_unit_that_stepped_back_is_not_asked_again(at):
    world = at("consulted")
    world.act(Recuse("department@d0"))

    assert world.refused(x.Include("opinions", "department@d0", note="sót")) == ["stepped-back"]
    assert world.refused(Answer("opinions", "agree", "department@d0"), "d0") == ["recused"]
