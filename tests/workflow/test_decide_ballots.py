"""Ballots: one vote a member, paper counts that add up, quorum, revote, ranking."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.balloting import SeatsRule
from thidua.workflow.command import Answer, Cast, Close, Extend, Fire, Recuse, Settle
from thidua.workflow.due import Span
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import DueRule
from thidua.workflow.tally import Counts

PAPER = Paper(number="3", symbol="PBP", signed_on=date(2018, 6, 11))
ALL_FOR = Counts(5, 5, 0, 5, 5, 5, 0, 5, 0, 0)


def rule(world, **values):
    """The world's ballot under another rule."""
    changed = replace(world.procedure.rounds["vote"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "vote": changed})
    return world


def cast(world, votes):
    """One letter a member: f(or), a(gainst), o (abstains), . (does not vote)."""
    choices = {"f": "for", "a": "against", "o": "abstain"}
    for i, letter in enumerate(votes):
        if letter in choices:
            world.act(Cast("vote", choices[letter]), f"m{i}")
    return world


def test_a_vote_is_recorded_and_its_choice_only_promised(at):
    world = at("council")

    world.act(Cast("vote", "against"), "m2")

    (vote,) = world.votes
    assert (vote.seat, vote.choice, vote.way) == ("member:m2", "against", "electronic")
    assert world.task("member:m2").outcome == "voted"
    assert "against" not in world.journal[-1].body
    assert world.facts()[-1].private == {"choice": "against"}


def test_a_second_vote_is_refused(at):
    world = cast(at("council"), "f")

    assert world.refused(Cast("vote", "for"), "m0") == ["voted-already"]
    assert world.refused(Cast("vote", "against", way="written"), "m0") == ["voted-already"]


def test_who_has_no_vote(at):
    world = at("council")

    assert world.refused(Cast("vote", "for"), "officer") == ["not-a-member"]
    assert world.refused(Cast("vote", "for", "member:m9"), "m0") == ["not-a-member"]
    assert world.refused(Cast("vote", "for", "member:m1"), "m0") == ["not-your-seat"]
    assert world.refused(Cast("opinions", "for"), "d0") == [
        "not-a-member",
        "round-closed",
        "way-not-allowed",
    ]


def test_a_member_who_left_votes_no_more(at):
    world = at("council")
    world.people["m0"].clear()

    assert world.refused(Cast("vote", "for"), "m0") == ["not-a-member"]


def test_who_joins_later_is_not_on_the_roll(at):
    world = at("council")
    world.people["m9"] = set(world.people["m0"])

    assert world.refused(Cast("vote", "for"), "m9") == ["not-a-member"]


@pytest.mark.parametrize("way", ["paper", "show_of_hands", "pigeon"])
def test_ways_that_are_counted_by_tellers_are_not_cast(at, way):
    assert at("council").refused(Cast("vote", "for", way=way), "m0") == ["way-not-allowed"]


def test_a_choice_that_is_none(at):
    with pytest.raises(Unknown, match="abstain"):
        at("council").act(Cast("vote", "yes"), "m0")


def test_an_electronic_vote_is_cast_in_person(at):
    world = at("council")
    entered = By("officer", for_="m0")

    assert world.refused(Cast("vote", "for", ground=PAPER), entered) == ["vote-in-person"]
    assert world.refused(Cast("vote", "for", way="written"), entered) == ["ground-missing"]
    world.act(Cast("vote", "for", way="written", ground=PAPER), entered)

    assert (world.votes[0].way, world.body()["entered"]) == ("written", "officer")


def test_a_secret_ballot_takes_only_a_count(at):
    world = rule(at("council"), secret=True, ways=("paper",))

    assert world.refused(Cast("vote", "for", way="written"), "m0") == [
        "secret-by-count",
        "way-not-allowed",
    ]
    assert world.refused(Close("vote"), "teller") == ["secret-by-count"]
    assert world.act(Close("vote", ALL_FOR, "paper"), "teller").state == "submitted"


def test_no_vote_after_the_count(at):
    world = cast(at("council"), "ffff")
    world.act(Close("vote"), "teller")

    assert world.refused(Cast("vote", "for"), "m4") == ["round-closed"]
    assert world.refused(Close("vote"), "teller") == ["round-closed"]


@pytest.mark.parametrize(("votes", "state"), [
    ("fffff", "submitted"), ("fffaa", "submitted"), ("ffaaa", "not_passed"),
    ("ffoof", "submitted"), ("ffo.a", "not_passed"), ("fff..", "council"), ("ffaa.", "not_passed"),
])  # fmt: skip
def test_outcomes_by_votes(at, votes, state):
    world = cast(at("council"), votes)

    assert world.act(Close("vote"), "teller").state == state


def test_the_count_and_its_rule_are_in_the_event(at):
    world = cast(at("council"), "ffoa.")

    n = world.act(Close("vote"), "teller").n

    body = world.body(n)
    assert body["verdict"] == {
        "outcome": "failed", "needed": 3, "base": 5,
        "rule": ["at least 2/3 of entitled, counting present and written",
                 "for: more than 1/2 of entitled", "fails"],
        "roll": {
            "entitled": [f"member:m{i}" for i in range(5)],
            "voted": [f"member:m{i}" for i in range(4)], "written": [], "recused": [],
        },
    }  # fmt: skip
    (line,) = body["lines"]
    assert (line[2]["votes_for"], line[2]["votes_against"], line[2]["abstained"]) == (2, 1, 1)
    assert world.task("member:m4").outcome == "no_reply"


def test_without_quorum_there_is_a_new_ballot(at):
    world = cast(at("council"), "fff")

    world.act(Close("vote"), "teller")

    assert world.lines["vote-1"].outcome == "no_quorum"
    assert [t.round_id for t in world.open("vote")] == ["vote-2"] * 5
    assert world.lines["vote-2"].meeting == "k1"
    cast(world, "ffff")
    assert world.act(Close("vote"), "teller").state == "submitted"


def test_without_quorum_a_ballot_may_fail(at):
    world = cast(rule(at("council"), quorum_else="fails"), "fff")

    assert world.act(Close("vote"), "teller").state == "not_passed"


def test_a_tie_may_be_voted_again(at):
    world = at("council")
    world.act(Recuse(), "m4")
    rule(world, tie="revote", passes=replace(world.procedure.rounds["vote"].passes, of="entitled"))
    cast(world, "ffaa")

    world.act(Close("vote"), "teller")

    assert world.lines["vote-1"].outcome == "tie"
    assert world.state == "council"


def test_a_recused_member_makes_the_base_smaller(at):
    world = at("council")
    world.act(Recuse(note="người nhà"), "m3")
    world.act(Recuse("member:m4"), "officer")
    cast(world, "ffa")

    done = world.act(Close("vote"), "teller")

    assert world.body(done.n)["verdict"]["base"] == 3
    assert done.state == "submitted"
    assert world.dossier.recused == ("member:m3", "member:m4")


def test_recusal_lasts_over_a_new_ballot(at):
    world = at("council")
    world.act(Recuse(), "m4")

    world.act(Close("vote"), "teller")

    assert [t.seat for t in world.open("vote")] == [f"member:m{i}" for i in range(4)]


def test_recusal_that_is_none(at):
    world = at("council")

    assert world.refused(Recuse(), "officer") == ["nothing-to-recuse"]
    assert world.refused(Recuse("member:m1"), "m0") == ["not-your-seat"]
    assert world.refused(Recuse("member:m9")) == ["nothing-to-recuse"]


def test_recused_member_votes_no_more(at):
    world = at("council")
    world.act(Recuse(), "m0")

    assert world.refused(Cast("vote", "for"), "m0") == ["recused"]


def test_tellers_count_by_paper(at):
    world = at("council")
    counts = Counts(5, 4, 1, 5, 5, 4, 1, 3, 1, 0)

    done = world.act(Close("vote", counts, "paper"), "teller")

    assert done.state == "submitted"
    assert world.lines["vote-1"].counts["invalid"] == 1


def test_papers_and_single_votes_are_added_up(at):
    world = at("council")
    world.act(Cast("vote", "for", way="written"), "m0")
    world.act(Cast("vote", "for"), "m1")

    world.act(Close("vote", Counts(5, 2, 0, 2, 2, 2, 0, 1, 1, 0), "paper"), "teller")

    counts = world.lines["vote-1"].counts
    assert (counts["present"], counts["written"], counts["votes_for"]) == (3, 1, 3)


@pytest.mark.parametrize(("counts", "codes"), [
    (ALL_FOR._replace(entitled=6), ["count-entitled"]),
    (ALL_FOR._replace(votes_for=4), ["count-choices"]),
    (ALL_FOR._replace(valid=4), ["count-choices", "count-papers"]),
    (ALL_FOR._replace(votes_for=-1, votes_against=6), ["count-negative"]),
    (ALL_FOR._replace(present=6), ["count-exceeds", "count-taking-part"]),
    (ALL_FOR._replace(issued=4, present=4), ["count-returned", "count-returned-by"]),
])  # fmt: skip
def test_counts_that_do_not_add_up(at, counts, codes):
    assert at("council").refused(Close("vote", counts, "paper"), "teller") == codes


def test_more_papers_than_members_are_left(at):
    world = cast(at("council"), "f")

    assert world.refused(Close("vote", ALL_FOR, "paper"), "teller") == ["count-exceeds"]


@pytest.mark.parametrize("way", [None, "electronic", "pigeon"])
def test_a_count_says_how_it_was_taken(at, way):
    assert at("council").refused(Close("vote", ALL_FOR, way), "teller") == ["way-not-allowed"]


def test_a_ballot_without_a_rule_is_not_judged(at):
    world = cast(rule(at("council"), quorum=None), "ffff")

    with pytest.raises(Refused, match="quorum"):
        world.act(Close("vote"), "teller")


def test_a_ballot_may_get_longer(at):
    world = at("council")

    world.act(Extend("vote", date(2018, 7, 20), note="xin thêm"))

    assert {t.due_on for t in world.open("vote")} == {date(2018, 7, 20)}


def ranked(at, tie="revote"):
    """A counted line that waits for its group."""
    seats = SeatsRule(("kind",), 1, tie)
    world = cast(rule(at("council"), seats=seats), "fffff")
    world.act(Close("vote"), "teller")
    assert (world.lines["vote-1"].outcome, world.state) == ("counted", "council")
    return world


@pytest.mark.parametrize(("outcome", "state"), [("passed", "submitted"), ("failed", "not_passed")])
def test_ranking_settles_a_counted_line(at, outcome, state):
    world = ranked(at)

    assert world.act(Settle("vote", outcome), By("engine")).state == state
    assert world.body(world.dossier.count - 1)["by"] == "engine"


@pytest.mark.parametrize(
    ("tie", "state", "running"), [("revote", "council", 5), ("none", "not_passed", 0)]
)
def test_ranking_ends_in_a_tie(at, tie, state, running):
    world = ranked(at, tie)

    world.act(Settle("vote", "tie"), By("engine"))

    assert (world.state, len(world.open("vote"))) == (state, running)


def test_only_a_counted_line_is_settled(at):
    world = at("council")

    assert world.refused(Settle("vote", "passed"), By("engine")) == ["not-counted"]
    assert world.refused(Settle("vote", "passed"), "teller") == ["not-allowed"]


def test_a_ballot_is_no_consultation(at):
    assert at("council").refused(Answer("vote", "agree"), "m0") == ["not-asked"]


def test_failed_ballot_holds_no_passed_condition(at):
    world = at("council")
    steps = [replace(t, by="officer") if t.trigger == "pass" else t
             for t in world.procedure.transitions if t.trigger != "fail"]  # fmt: skip
    world.procedure = replace(world.procedure, transitions=tuple(steps))

    assert world.refused(Fire("pass")) == ["round-not-passed"]


def test_votes_are_due_before_the_meeting(at):
    world = at("consulted")
    due = DueRule(Span(3, "working days"), "rule", before="vote.meeting")
    rule(world, due=due)
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")

    world.act(Fire("convene", meeting="k1"))  # on Friday, 20 July

    assert {t.due_on for t in world.open("vote")} == {date(2018, 7, 16)}
