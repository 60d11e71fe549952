"""The council as it meets: attendance, put off cases, ties, rounds, written votes, recusal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from thidua.workflow.balloting import RoundsRule, Voters
from thidua.workflow.command import BreakTie, Cast, Close, Extend, Fire, PutOff, PutTo, Recuse
from thidua.workflow.due import Span
from thidua.workflow.errors import Unknown
from thidua.workflow.meeting import Attended
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held
from thidua.workflow.procedure import DueRule
from thidua.workflow.tally import Counts, Pass, Quorum

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
    from thidua.workflow.command import Assign

    (desk,) = world.open("desk")
    world.act(Assign(desk.n, "m1"))

    world.act(Recuse(), "m1")

    assert world.tasks[desk.n].holder is None


def convened(at, **values):
    """A dossier put to the council with members that must step back."""
    world = at("consulted", **values)
    for i in range(3):
        from thidua.workflow.command import Answer

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
    assert world.refused(Cast("vote", "for"), "m1") == ["not-a-member"]
    cast(world, "f.f.a")
    done = world.act(Close("vote"), "teller")
    verdict = world.body(done.n)["verdict"]
    assert (verdict["base"], verdict["roll"]["recused"]) == (3, ["member:m1", "member:m3"])


def test_a_council_that_is_empty_after_recusals_is_refused(at):
    world = convened(at, tied={f"member:m{i}": ("own_unit",) for i in range(5)})

    assert world.refused(Fire("convene", meeting="k1")) == ["council-empty"]


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
