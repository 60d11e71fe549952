"""Stepping back from a dossier: what it voids, whom it leaves, what is computed at the opening."""

from dataclasses import replace

from thidua.workflow.actions import actions
from thidua.workflow.command import Answer, Assign, Cast, Close, Fire, Recuse
from thidua.workflow.person import By


def rule(world, **values):
    """The world's ballot under another rule."""
    changed = replace(world.procedure.rounds["vote"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "vote": changed})
    return world


def cast(world, votes, way="electronic"):
    """One letter a member: f(or), a(gainst), o (abstains), . (does not vote)."""
    choices = {"f": "for", "a": "against", "o": "abstain"}
    for i, letter in enumerate(votes):
        if letter in choices:
            world.act(Cast("vote", choices[letter], way=way), f"m{i}")
    return world


def test_a_vote_before_recusal_is_void(at):
    world = cast(at("council"), "ffffa")

    n = world.act(Recuse(note="người nhà"), "m0").n
    done = world.act(Close("vote"), "teller")

    assert world.body(n)["void"] == [["vote-1", "member:m0"]]
    counts = world.lines["vote-1"].counts
    assert (counts["entitled"], counts["votes_for"], counts["votes_against"]) == (4, 3, 1)
    assert world.body(done.n - 0)["verdict"]["roll"]["recused"] == ["member:m0"]


def test_recusal_after_the_close_is_none(at):
    world = cast(at("council"), "fff")
    world.act(Close("vote"), "teller")
    cast(world, "fffff")
    world.act(Close("vote"), "teller")

    assert world.refused(Recuse(), "m0") == ["nothing-to-recuse"]


def test_a_secret_vote_cannot_be_taken_back(at):
    world = cast(at("council"), "f")
    rule(world, secret=True)

    assert world.refused(Recuse(), "m0") == ["recuse-after-secret-vote"]


def test_the_last_member_does_not_step_back(at):
    world = at("council")
    for i in range(4):
        world.act(Recuse(), f"m{i}")

    assert world.refused(Recuse(), "m4") == ["council-empty"]


def test_desks_of_who_steps_back_are_given_up(at):
    world = at("council")
    (desk,) = world.open("desk")
    world.act(Assign(desk.n, "m1"))

    world.act(Recuse(), "m1")

    assert world.tasks[desk.n].holder is None


def convened(at, **values):
    """A dossier put to the council with members that must step back."""
    world = at("consulted", **values)
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    return world


def test_computed_recusal_moves_the_base(at):
    tied_ = {"member:m1": ("own_unit",), "member:m3": ("self", "relative")}
    world = convened(at, tied=tied_, unchecked=("nominator",))

    n = world.act(Fire("convene", meeting="k1")).n

    body = world.body(n)
    assert (body["recused"], body["unchecked"]) == (["member:m1", "member:m3"], ["nominator"])
    assert "relative" not in str(body)
    assert world.dossier.recused == ("member:m1", "member:m3")
    assert [t.seat for t in world.open("vote")] == ["member:m0", "member:m2", "member:m4"]
    assert {n.seat for n in world.notices if n.template == "vote_opened"} == {
        "member:m0", "member:m2", "member:m4",
    }  # fmt: skip
    assert world.refused(Cast("vote", "for"), "m1") == ["recused"]
    cast(world, "f.f.a")
    done = world.act(Close("vote"), "teller")
    verdict = world.body(done.n)["verdict"]
    assert (verdict["base"], verdict["roll"]["recused"]) == (3, ["member:m1", "member:m3"])


def test_a_council_that_is_empty_after_recusals_is_refused(at):
    world = convened(at, tied={f"member:m{i}": ("own_unit",) for i in range(5)})

    assert world.refused(Fire("convene", meeting="k1")) == ["council-empty"]


def test_who_stepped_back_is_not_offered_it_again(at):
    world = at("council")
    before = offered(world, "m0")

    world.act(Recuse(), "m0")

    assert (before, offered(world, "m0"), offered(world, "m1")) == (True, False, True)
    assert offered(world, "officer")


def offered(world, actor):
    view = world.view(Recuse(), By(actor))
    found = actions(world.rules, view, By(actor), world.now)
    return any(each.act == "recuse" and each.allowed for each in found)


def test_two_that_are_left_do_not_vote_in_secret(at):
    two, three = (
        convened(at, tied={f"member:m{i}": ("own_unit",) for i in range(left)}) for left in (3, 2)
    )
    for world in (two, three):
        rule(world, secret=True, ways=("electronic",))

    assert two.refused(Fire("convene", meeting="k1")) == ["secret-too-few"]
    assert three.act(Fire("convene", meeting="k1")).state == "council"
