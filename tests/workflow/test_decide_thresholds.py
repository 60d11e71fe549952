"""Thresholds of a council of fourteen (T1, T2, T3), abstentions, and dues before a meeting."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from thidua.workflow.command import Answer, Cast, Close, Fire, PutOff
from thidua.workflow.due import Span
from thidua.workflow.person import Held
from thidua.workflow.procedure import DueRule
from thidua.workflow.tally import Pass, Quorum


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


def convened(at, **values):
    """A dossier put to the council with members that must step back."""
    world = at("consulted", **values)
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    return world


def fourteen(at, votes, fraction, *, written=0, counts=("present", "written")):
    """A council of fourteen, so many of whom vote for; the last `written` ones in writing."""
    world = convened(at)
    for i in range(14):
        world.people[f"m{i}"] = {Held("member")}
    quorum = Quorum(Fraction(2, 3), "entitled", frozenset(counts))
    rule(world, passes=Pass(at_least=fraction), quorum=quorum, quorum_else="fails")
    world.act(Fire("convene", meeting="k1"))
    for i in range(14):
        way = "written" if i >= 14 - written else "electronic"
        world.act(Cast("vote", "for" if i < votes else "against", way=way), f"m{i}")
    world.act(Close("vote"), "teller")
    return world.lines["vote-1"].outcome


@pytest.mark.parametrize(
    ("share", "votes", "outcome"),
    [
        (Fraction(9, 10), 13, "passed"),
        (Fraction(9, 10), 12, "failed"),
        (Fraction(8, 10), 12, "passed"),
        (Fraction(8, 10), 11, "failed"),
    ],
)
def test_t1_t2_thresholds_of_a_council_of_fourteen(at, share, votes, outcome):
    assert fourteen(at, votes, share) == outcome


@pytest.mark.parametrize(
    ("counts", "outcome"), [(("present",), "failed"), (("present", "written"), "passed")]
)
def test_t3_whether_written_members_make_the_quorum_is_a_setting(at, counts, outcome):
    assert fourteen(at, 13, Fraction(9, 10), written=5, counts=counts) == outcome


@pytest.mark.parametrize(
    ("of", "abstained", "base"),
    [("cast", "in_base", 5), ("cast", "left_out", 3), ("valid", "left_out", 3),
     ("present", "left_out", 3), ("entitled", "left_out", 5)],
)  # fmt: skip
def test_abstentions_in_the_base_or_not(at, of, abstained, base):
    passes = Pass(more_than=Fraction(1, 2), of=of, abstained=abstained)
    world = cast(rule(at("council"), passes=passes), "ffaoo")

    done = world.act(Close("vote"), "teller")

    verdict = world.body(done.n)["verdict"]
    assert verdict["base"] == base
    assert ("abstained left out" in verdict["rule"][1]) == (abstained == "left_out")


def test_a_ballot_due_before_the_meeting_moves_with_it(at):
    world = convened(at)
    due = DueRule(Span(3, "working days"), "rule", before="vote.meeting")
    rule(world, due=due)
    world.act(Fire("convene", meeting="k1"))
    world.meets_on = date(2018, 8, 20)

    world.act(PutOff("vote", "k2", note="hoãn"))

    assert {t.due_on for t in world.open("vote")} == {date(2018, 8, 14)}
