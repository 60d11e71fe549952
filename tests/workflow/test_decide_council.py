"""The council as it meets: attendance, put off cases, ties, rounds, written votes, recusal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from thidua.workflow.balloting import RoundsRule, Voters
from thidua.workflow.command import (
    BreakTie,
    Cast,
    Close,
    Extend,
    PutOff,
    PutTo,
    Recuse,
)
from thidua.workflow.errors import Unknown
from thidua.workflow.meeting import Attended
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.tally import Counts, Pass

PAPER = Paper(number="3", symbol="PBP", signed_on=date(2018, 6, 11))


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


def attended(world, presences, meeting="k1"):
    """One letter a member: p(resent), e(xcused), w(ritten), - (absent)."""
    kinds = {"p": "present", "e": "excused", "w": "written", "-": "absent"}
    world.attended += [
        Attended(meeting, f"member:m{i}", kinds[letter]) for i, letter in enumerate(presences)
    ]
    return world


def papers(present, votes_for, against=0, abstained=0, entitled=5):
    """A count of so many papers, all valid."""
    n = votes_for + against + abstained
    return Counts(entitled, present, 0, n, n, n, 0, votes_for, against, abstained)


def tied(at, **values):
    """A council of four that voted two to two, where the chair decides."""
    voters = Voters("member", "opening", "minister")
    world = rule(at("council"), tie="chair", voters=voters, **values)
    world.act(Recuse(), "m4")
    cast(world, "ffaa")
    world.act(Close("vote"), "teller")
    assert (world.lines["vote-1"].outcome, world.state) == ("tie", "council")
    return world


@pytest.mark.parametrize(("choice", "state"), [("for", "submitted"), ("against", "not_passed")])
def test_the_chair_decides_a_tie(at, choice, state):
    world = tied(at)
    assert world.task("minister", "desk").what == "tie:vote-1"

    done = world.act(BreakTie("vote", choice, note="Bên chủ tịch"), "minister")

    assert done.state == state
    assert choice not in world.facts()[done.n - 1].body.values()
    assert world.open("vote") == []


def test_who_may_not_decide_a_tie(at):
    world = tied(at)

    assert world.refused(BreakTie("vote", "for"), "officer") == ["not-allowed"]
    with pytest.raises(Unknown, match="against"):
        world.act(BreakTie("vote", "abstain"), "minister")


def test_no_tie_is_decided_where_there_is_none(at):
    world = rule(at("council"), tie="chair", voters=Voters("member", "opening", "minister"))

    assert world.refused(BreakTie("vote", "for"), "minister") == ["no-tie"]


def test_a_tie_is_decided_once(at):
    world = tied(at)
    world.act(BreakTie("vote", "for"), "minister")

    assert world.refused(BreakTie("vote", "against"), "minister") == ["no-tie"]


def test_who_presided_decides_and_by_the_own_side(at):
    world = tied(at)
    world.attended.append(Attended("k1", "m0", "presides"))

    assert world.refused(BreakTie("vote", "for"), "minister") == ["not-presiding"]
    assert world.refused(BreakTie("vote", "against"), "m0") == ["chair-voted-otherwise"]
    assert world.act(BreakTie("vote", "for"), "m0").state == "submitted"


def test_who_stepped_back_decides_no_tie(at):
    world = tied(at)
    world.attended.append(Attended("k1", "m4", "presides"))

    assert world.refused(BreakTie("vote", "for"), "m4") == ["recused"]


@pytest.mark.parametrize(
    ("then", "state", "outcome"),
    [("fails", "not_passed", "failed"), ("next_meeting", "council", "no_quorum")],
)
def test_a_meeting_votes_so_often_and_no_more(at, then, state, outcome):
    world = rule(at("council"), limit=RoundsRule(2, then, "rule"))
    world.act(Close("vote"), "teller")
    assert len(world.open("vote")) == 5

    world.act(Close("vote"), "teller")

    assert (world.state, world.lines["vote-2"].outcome) == (state, outcome)
    assert world.open("vote") == []


def test_the_next_meeting_counts_its_own_rounds(at):
    world = rule(at("council"), limit=RoundsRule(1, "next_meeting", "rule"))
    world.act(Close("vote"), "teller")
    assert [t.what for t in world.open("desk") if t.seat == "officer"] == ["agenda:vote"]

    world.act(PutTo("vote", "k2"))

    assert [t.what for t in world.open("desk") if t.seat == "officer"] == []
    assert world.lines["vote-2"].meeting == "k2"
    assert cast(world, "fffff").act(Close("vote"), "teller").state == "submitted"


def test_a_case_is_put_off_to_another_meeting(at):
    world = cast(at("council"), "ff")

    done = world.act(PutOff("vote", "k2", note="Chờ xác minh"))

    assert (world.lines["vote-1"].outcome, world.lines["vote-2"].meeting) == ("deferred", "k2")
    assert len(world.open("vote")) == 5
    assert world.facts()[done.n - 1].private == {"note": "Chờ xác minh"}
    assert cast(world, "aaaaa").act(Close("vote"), "teller").state == "not_passed"


def test_a_case_is_taken_off_and_put_to_a_meeting_later(at):
    world = at("council")
    world.act(PutOff("vote", note="Rút khỏi chương trình"))
    assert (world.open("vote"), world.lines["vote-1"].outcome) == ([], "taken_off")
    assert world.refused(Cast("vote", "for"), "m0") == ["round-closed"]
    assert world.refused(Close("vote"), "teller") == ["round-closed"]

    world.act(PutTo("vote", "k2"))

    assert len(world.open("vote")) == 5


def test_what_is_not_put_off(at):
    world = at("council")

    assert world.refused(PutOff("vote", "k1", note="x")) == ["same-meeting"]
    assert world.refused(PutOff("vote", "k2")) == ["note-missing"]
    assert world.refused(PutTo("vote", "k2")) == ["not-waiting"]
    assert world.refused(PutOff("opinions", note="x")) == ["not-by-meeting", "round-closed"]
    with pytest.raises(Unknown):
        world.act(PutOff("ballot", note="x"))


def test_a_passed_case_is_not_put_to_a_meeting_again(at):
    world = at("submitted")

    assert world.refused(PutTo("vote", "k2")) == ["not-waiting", "state-without-round"]


def test_written_votes_until_the_due_and_no_result_before(at):
    world = rule(at("council"), written_until_due=True)
    due = world.open("vote")[0].due_on
    cast(world, "ffff")

    assert world.refused(Close("vote"), "teller") == ["ballot-waits"]
    world.at(due)
    assert world.refused(Close("vote"), "teller") == ["ballot-waits"]
    world.later(days=1)
    assert world.refused(Cast("vote", "for", way="written"), "m4") == ["written-too-late"]
    assert world.act(Close("vote"), "teller").state == "submitted"


def test_all_votes_end_the_waiting(at):
    world = cast(rule(at("council"), written_until_due=True), "fffff")

    assert world.act(Close("vote"), "teller").state == "submitted"


def test_a_written_vote_that_came_in_time_is_entered_later(at):
    world = rule(at("council"), written_until_due=True)
    due = world.open("vote")[0].due_on
    world.at(due).later(days=1)
    came = datetime(due.year, due.month, due.day, 3, tzinfo=UTC)
    vote = Cast("vote", "for", way="written", ground=PAPER, happened_at=came)

    assert world.refused(vote, "m3") == ["written-too-late"]  # nobody dates his own back
    world.act(vote, By("officer", for_="m4"))

    assert world.votes[-1].seat == "member:m4"


def test_time_for_written_votes_may_be_extended(at):
    world = rule(at("council"), written_until_due=True)
    world.act(Extend("vote", date(2018, 7, 20), note="xin thêm"))
    cast(world, "fffff"[:4])

    world.at(date(2018, 7, 20))

    assert world.refused(Close("vote"), "teller") == ["ballot-waits"]


def test_papers_of_all_present_and_written_votes_end_the_waiting(at):
    world = rule(at("council"), written_until_due=True)
    world.act(Cast("vote", "for", way="written"), "m4")

    assert world.refused(Close("vote", papers(3, 3), "paper"), "teller") == ["ballot-waits"]
    assert world.act(Close("vote", papers(4, 4), "paper"), "teller").state == "submitted"


def test_who_is_in_the_room_and_casts_nothing_does_not_end_the_waiting(at):
    world = attended(rule(at("council"), written_until_due=True), "ppppw")
    world.act(Cast("vote", "against", way="written"), "m4")

    assert world.refused(Close("vote"), "teller") == ["ballot-waits"]
    assert world.act(Close("vote", papers(4, 4), "paper"), "teller").state == "submitted"


def test_a_count_of_a_meeting_without_quorum_is_refused(at):
    world = attended(at("council"), "ppee-")

    assert world.refused(Close("vote", papers(2, 2), "paper"), "teller") == [
        "meeting-without-quorum"
    ]
    assert world.refused(Close("vote", papers(2, 2), "show_of_hands"), "teller") == [
        "meeting-without-quorum"
    ]


def test_written_votes_may_make_the_quorum(at):
    world = attended(at("council"), "pppew")
    world.act(Cast("vote", "for", way="written"), "m4")

    assert world.act(Close("vote", papers(3, 2, 1), "paper"), "teller").state == "submitted"

    alone = replace(world.procedure.rounds["vote"].quorum, counts=frozenset({"present"}))
    other = rule(attended(at("council"), "pppew"), quorum=alone)
    other.act(Cast("vote", "for", way="written"), "m4")
    assert other.refused(Close("vote", papers(3, 2, 1), "paper"), "teller") == [
        "meeting-without-quorum"
    ]


def test_tellers_count_no_more_than_are_in_the_room(at):
    world = attended(at("council"), "ppppe")

    assert world.refused(Close("vote", papers(5, 5), "paper"), "teller") == ["count-attendance"]
    done = world.act(Close("vote", papers(4, 4), "paper"), "teller")

    roll = world.body(done.n)["verdict"]["roll"]
    assert roll["present"] == [f"member:m{i}" for i in range(4)]


def test_who_is_in_the_room_and_does_not_vote_is_present(at):
    passes = Pass(more_than=Fraction(1, 2), of="present")
    world = attended(rule(at("council"), passes=passes), "ppppp")
    cast(world, "ff")

    done = world.act(Close("vote"), "teller")

    assert world.body(done.n)["verdict"]["base"] == 5
    assert done.state == "not_passed"


def test_attendance_of_another_meeting_does_not_matter(at):
    world = attended(at("council"), "p----", meeting="k9")

    assert world.act(Close("vote", papers(5, 5), "paper"), "teller").state == "submitted"
