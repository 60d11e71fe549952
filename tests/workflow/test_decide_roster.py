"""Who is asked changes while a round runs; a wrong round is cancelled; what is open asked again."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from thidua.workflow.command import Answer, Cast, Close, Expire, Fire, Hold, Reply
from thidua.workflow.exchange import CancelRound, Excuse, Include, Reopen, Request
from thidua.workflow.paper import Enclosure
from thidua.workflow.person import ENGINE, By, Held
from thidua.workflow.procedure import Close as CloseRule

D0, D1, D2, D9 = (f"department@d{i}" for i in (0, 1, 2, 9))
SCAN = Enclosure("cd" * 32, 20, "application/pdf", "quyết định.pdf")
WHY = "mở nhầm danh sách"


def closing(world, **values):
    """The world's consultation, ending as told."""
    rule = replace(world.procedure.rounds["opinions"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    return world


def expire(world, what="close:opinions"):
    (end,) = [t for t in world.open("effect") if t.what == what]
    world.now = max(world.now, end.due_at)
    world.act(Expire(end.n), By(ENGINE))


def told(world, kind):
    return sorted(n.seat for n in world.notices if n.context.get("kind") == kind)


def test_a_seat_joins_in_its_own_time(at):
    world = at("consulted").at(date(2018, 6, 18))
    world.people["d9"] = {Held("department", "d9")}
    world.act(Include("opinions", D9, note="bổ sung danh sách"))

    assert (world.task(D0).due_on, world.task(D9).due_on) == (date(2018, 6, 20), date(2018, 6, 27))
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert end.due_on == date(2018, 7, 2)
    for who in ("d0", "d1", "d2"):
        world.act(Answer("opinions", "agree"), who)
    assert world.lines["opinions-1"].closed_n is None
    world.act(Answer("opinions", "agree"), "d9")
    assert world.lines["opinions-1"].outcome == "answered"


@pytest.mark.parametrize(("command", "codes"), [
    (Include("opinions", D0, note=WHY), ["asked-already"]),
    (Include("opinions", "member:m0", note=WHY), ["seat-unfit"]),
    (Include("opinions", D9), ["note-missing"]),
    (Excuse("opinions", D0), ["note-missing"]),
    (Excuse("opinions", D9, note=WHY), ["seat-not-asked"]),
    (CancelRound("opinions"), ["note-missing"]),
    (Reopen("opinions", note=WHY), ["round-runs"]),
])  # fmt: skip
def test_changes_that_are_refused(at, command, codes):
    assert at("consulted").refused(command) == codes


def test_nobody_is_included_in_a_round_that_is_over(at):
    world = at("consulted")
    world.act(Close("opinions"))

    assert world.refused(Include("opinions", D9, note=WHY)) == ["round-closed"]


def test_more_is_asked_of_one_seat_or_of_all_that_have_not_answered(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Request("opinions", note="gửi kèm quyết định", enclosed=(SCAN,)))
    world.act(Request("opinions", D2, note="riêng Sở này"))

    assert told(world, "request") == [D1, D2, D2]
    assert "quyết định" not in "".join(e.body for e in world.journal)
    assert world.refused(Request("opinions", D0, note="?")) == ["nobody-to-request"]
    assert world.refused(Request("opinions")) == ["question-missing"]


def test_a_paused_dossier_asks_nobody_else(at):
    world = at("consulted")
    world.act(Hold(note="đơn thư"))

    assert world.refused(Include("opinions", D9, note=WHY)) == ["paused"]
    assert world.refused(CancelRound("opinions", note=WHY)) == ["paused"]


def test_a_seat_that_leaves_is_excused_and_told(at):
    world = at("consulted")
    for who in ("d0", "d1"):
        world.act(Answer("opinions", "agree"), who)

    world.act(Excuse("opinions", D2, note="đơn vị đã giải thể"))

    assert (world.task(D2).status, world.task(D2).outcome) == ("cancelled", "excused")
    assert world.lines["opinions-1"].outcome == "answered"
    assert told(world, "excused") == [D2]
    assert world.refused(Excuse("opinions", D0, note="thôi")) == ["answered-already"]


def test_a_silence_is_excused_until_the_decision(at):
    world = at("consulted")
    expire(world)
    assert world.task(D2).outcome == "no_reply"

    world.act(Excuse("opinions", D2, note="bão lụt"))

    assert world.task(D2).outcome == "excused"
    assert at("granted").refused(Excuse("opinions", D2, note="bão lụt")) == [
        "answered-already", "decided-already",
    ]  # fmt: skip


def test_an_excused_seat_may_be_asked_again(at):
    world = at("consulted")
    world.act(Excuse("opinions", D2, note="nhầm"))
    world.act(Include("opinions", D2, note="hỏi lại"))

    world.act(Answer("opinions", "agree"), "d2")
    assert world.task(D2).status == "done"


def test_a_round_in_which_all_are_excused_is_not_called_answered(at):
    world = at("consulted")
    for seat in (D0, D1, D2):
        world.act(Excuse("opinions", seat, note="không liên quan"))

    assert world.lines["opinions-1"].outcome == "excused"


@pytest.mark.parametrize(("rule", "answers"), [
    (CloseRule(answers=2), 2), (CloseRule(answers=1), 1), (CloseRule(answers=9), 3),
    (CloseRule(share=Fraction(2, 3)), 2), (CloseRule(units=("d1",), plus=1), 2),
    (CloseRule(all_answered=True), 3),
])  # fmt: skip
def test_a_round_is_over_with_enough_answers(at, rule, answers):
    world = closing(at("consulted"), close=rule)
    for i in range(3):
        assert (world.lines["opinions-1"].closed_n is None) == (i < answers)
        world.act(Answer("opinions", "agree"), f"d{i}")


def test_the_date_alone_waits_for_the_date(at):
    world = closing(at("consulted"), close=CloseRule(at_due=True))
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    assert world.lines["opinions-1"].closed_n is None

    expire(world)
    assert world.lines["opinions-1"].outcome == "expired"


def test_a_named_unit_that_is_excused_is_not_waited_for(at):
    world = closing(at("consulted"), close=CloseRule(units=("d0",), plus=1))
    world.act(Answer("opinions", "agree"), "d1")
    assert world.lines["opinions-1"].closed_n is None

    world.act(Excuse("opinions", D0, note="giải thể"))
    assert world.lines["opinions-1"].closed_n


def test_a_wrong_round_is_cancelled_and_all_who_got_it_are_told(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.unsent = frozenset({world.task(D2).n})

    world.act(CancelRound("opinions", note=WHY))

    assert world.lines["opinions-1"].outcome == "cancelled"
    assert [t.seat for t in world.open("ask", "effect") if t.round_id == "opinions-1"] == []
    assert told(world, "cancelled") == [D0, D1]
    (notice,) = [n for n in world.notices if n.seat == D0 and n.template == "exchange"]
    assert (notice.context["note"], notice.context["by"]) == (WHY, "officer")


def test_a_cancelled_round_is_no_round(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(CancelRound("opinions", note=WHY))

    again = Answer("opinions", "disagree", note="có đơn thư")
    assert world.refused(again, "d0") == ["round-cancelled"]
    assert world.refused(Fire("convene", meeting="k1")) == ["round-cancelled"]
    assert world.refused(CancelRound("opinions", note=WHY)) == ["round-closed"]
    world.act(Reopen("opinions", note="đúng danh sách"))

    assert {t.seat for t in world.open("ask")} == {D0, D1, D2}
    assert list(world.lines) == ["opinions-1", "posted-1", "opinions-2"]


def test_a_disagreement_does_not_vanish_with_its_round(at):
    world = at("consulted")
    world.act(Answer("opinions", "disagree", note="có đơn thư"), "d0")
    world.act(CancelRound("opinions", note=WHY))
    world.people = {k: v for k, v in world.people.items() if k != "d0"}
    world.act(Reopen("opinions", note="lại"))
    for who in ("d1", "d2"):
        world.act(Answer("opinions", "agree"), who)

    world.end_posting()
    assert world.refused(Fire("convene", meeting="k1")) == ["disagreement-unanswered"]


def test_a_second_round_asks_only_what_is_open(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Answer("opinions", "disagree", note="chưa rõ"), "d1")
    expire(world)

    world.act(Reopen("opinions", note="hỏi lần hai"))

    assert [t.seat for t in world.open("ask")] == [D1, D2]
    world.act(Answer("opinions", "agree"), "d1")
    world.act(Answer("opinions", "no_comment"), "d2")
    assert world.refused(Reopen("opinions", note="lần ba")) == ["nothing-open"]
    world.end_posting()
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_an_answered_disagreement_is_settled(at):
    world = at("consulted")
    world.act(Answer("opinions", "disagree", note="chưa rõ"), "d1")
    for who in ("d0", "d2"):
        world.act(Answer("opinions", "agree"), who)
    world.act(Reply("opinions", D1, note="đã rõ"))

    assert world.refused(Reopen("opinions", note="nữa")) == ["nothing-open"]


def test_ballots_are_put_off_instead(at):
    world = at("council")

    assert world.refused(CancelRound("vote", note=WHY)) == ["ballot-not-cancelled"]
    assert world.refused(Reopen("vote", note=WHY)) == ["ballot-not-cancelled", "round-runs"]


def without(world, condition):
    steps = [
        replace(t, conditions=tuple(c for c in t.conditions if c != condition))
        for t in world.procedure.transitions
    ]
    world.procedure = replace(world.procedure, transitions=tuple(steps))
    return world


def test_no_council_past_a_consultation_and_no_decision_past_a_round(at):
    world = without(without(at("consulted"), "opinions.closed"), "posted.closed")
    assert world.refused(Fire("convene", meeting="k1")) == ["round-still-open"]
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.act(Fire("convene", meeting="k1"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")

    grant = Fire("grant", decision=world.sign("grant"))
    assert world.refused(grant, "minister") == ["round-running"]
    world.end_posting()
    world.act(replace(grant, decision=world.sign("grant")), "minister")


def test_silence_at_the_due_is_recorded_and_the_dossier_goes_on(at):
    """T10: unanswered at the due is `no_reply`, the process goes on, the record shows it."""
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    expire(world)

    assert [world.task(d).outcome for d in (D0, D1, D2)] == ["agree", "no_reply", "no_reply"]
    world.end_posting()
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def council(world, size, **rules):
    """The trial with so many members and another rule."""
    world.people = {k: v for k, v in world.people.items() if not k.startswith("m")}
    world.people["minister"] = {Held("minister")}
    world.people |= {f"m{i:02}": {Held("member")} for i in range(size)}
    return closing_vote(world, **rules)


def closing_vote(world, **rules):
    rule = replace(world.procedure.rounds["vote"], **rules)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "vote": rule})
    return world


@pytest.mark.parametrize(("share", "votes_for", "state"), [
    (Fraction(9, 10), 13, "submitted"), (Fraction(9, 10), 12, "not_passed"),
    (Fraction(8, 10), 12, "submitted"), (Fraction(8, 10), 11, "not_passed"),
])  # fmt: skip
def test_thresholds_of_a_council_of_fourteen(at, share, votes_for, state):
    """T1, T2: at least 90 % (80 %) of the total of 14 members."""
    world = at("consulted")
    passes = replace(world.procedure.rounds["vote"].passes, more_than=None, at_least=share)
    council(world, 14, passes=passes)
    _convened(world)
    for i in range(14):
        world.act(Cast("vote", "for" if i < votes_for else "against"), f"m{i:02}")
    world.act(Close("vote"), "teller")

    assert world.state == state


@pytest.mark.parametrize(("counts", "state"), [
    (("present", "written"), "submitted"), (("present",), "not_passed"),
])  # fmt: skip
def test_whether_the_written_count_for_the_quorum_is_a_setting(at, counts, state):
    """T3: 14 members, 9 present, 5 in writing, 13 for: 9 are no quorum of 2/3."""
    world = at("consulted")
    vote = world.procedure.rounds["vote"]
    quorum = replace(vote.quorum, counts=counts)
    passes = replace(vote.passes, more_than=None, at_least=Fraction(9, 10))
    council(world, 14, quorum=quorum, passes=passes, quorum_else="fails")
    _convened(world)
    for i in range(14):
        way = "electronic" if i < 9 else "written"
        world.act(Cast("vote", "for" if i < 13 else "against", way=way), f"m{i:02}")
    world.act(Close("vote"), "teller")

    assert world.state == state


def _convened(world):
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
