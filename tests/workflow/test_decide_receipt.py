"""What an answer counts by, and what one does that was given in time and came after the close."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.workflow.command import (
    Answer,
    Cast,
    Close,
    Expire,
    Extend,
    Fire,
    Hold,
    Recuse,
    Reply,
    Return,
    Supplement,
    Waive,
)
from thidua.workflow.errors import Refused, Stale
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import Close as CloseRule

D0, D1, D2 = (f"department@d{i}" for i in range(3))
ENGINE = By("engine")
DUE = date(2018, 6, 20)
POSTED = Paper(number="7", postmark_on=DUE)
AGREE = Answer("opinions", "agree", ground=POSTED)
DISAGREE = Answer("opinions", "disagree", note="có đơn thư", ground=POSTED)


def counting(at, *proofs, state="consulted"):
    """A world whose consultation counts by these."""
    world = at("proposed")
    rule = replace(world.procedure.rounds["opinions"], counts_by=proofs)
    rounds = {**world.procedure.rounds, "opinions": rule}
    return at(state, procedure=replace(world.procedure, rounds=rounds))


def entered(actor):
    return By("officer", for_=actor)


def closed(at):
    """The clock has closed the round: d0 and d1 have agreed, d2 is silent."""
    world = at("consulted")
    for i in range(2):
        world.act(Answer("opinions", "agree"), f"d{i}")
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    world.now = end.due_at
    world.act(Expire(end.n), ENGINE)
    assert world.task(D2).outcome == "no_reply"
    return world


def submitted(at):
    """The council has passed what the silent round left."""
    world = closed(at)
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")
    assert world.state == "submitted"
    return world


@pytest.mark.parametrize(("posted", "standing"), [
    (date(2018, 6, 20), "in_time"), (date(2018, 6, 21), "late"), (None, "late"),
])  # fmt: skip
def test_the_postmark_counts_where_it_is_declared(at, posted, standing):
    world = at("consulted").at(date(2018, 6, 22))
    paper = Paper(number="7", postmark_on=posted)

    world.act(Answer("opinions", "agree", ground=paper), entered("d0"))

    assert world.opinions[0].standing == standing


def test_without_a_declaration_the_receipt_counts(at):
    world = counting(at, "receipt").at(date(2018, 6, 22))

    world.act(AGREE, entered("d0"))
    world.act(replace(AGREE, happened_at=world.now - timedelta(days=2)), entered("d1"))

    assert [o.standing for o in world.opinions] == ["late", "in_time"]


def instant(day, hour):
    return datetime(2018, 6, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(("proofs", "paper", "standing"), [
    (("e_stamp",), Paper(stamped_at=instant(20, 16)), "in_time"),
    (("e_stamp",), Paper(stamped_at=instant(20, 17)), "late"),  # midnight in Hà Nội is past
    (("portal",), Paper(portal_at=instant(20, 9)), "in_time"),
    (("portal",), Paper(stamped_at=instant(20, 9)), "late"),
    (("postmark",), Paper(portal_at=instant(20, 9)), "late"),
    (("e_stamp", "postmark"), Paper(stamped_at=instant(21, 9), postmark_on=DUE), "late"),
    (("postmark", "e_stamp"), Paper(stamped_at=instant(21, 9), postmark_on=DUE), "in_time"),
])  # fmt: skip
def test_the_first_declared_proof_that_the_paper_has_counts(at, proofs, paper, standing):
    world = counting(at, *proofs).at(date(2018, 6, 22))

    world.act(Answer("opinions", "agree", ground=paper), entered("d0"))

    assert world.opinions[0].standing == standing


def test_nobody_dates_his_own_answer_back(at):
    world = at("consulted").at(date(2018, 6, 22))

    world.act(replace(AGREE, happened_at=world.now - timedelta(days=3)), "d0")

    assert world.opinions[0].standing == "late"


@pytest.mark.parametrize("paper", [
    Paper(postmark_on=date(2018, 6, 23)), Paper(stamped_at=instant(22, 3)),
    Paper(portal_at=instant(23, 1)),
])  # fmt: skip
def test_a_proof_of_tomorrow_is_none(at, paper):
    world = at("consulted").at(date(2018, 6, 22))

    assert world.refused(Answer("opinions", "agree", ground=paper), entered("d0")) == [
        "proof-later"
    ]


def test_a_paper_that_is_signed_tomorrow_is_no_ground(at):
    world = at("consulted").at(date(2018, 6, 22))
    tomorrow, today = Paper(signed_on=date(2018, 6, 23)), Paper(signed_on=date(2018, 6, 22))

    assert world.refused(Answer("opinions", "agree", ground=tomorrow), entered("d0")) == [
        "signed-later"
    ]
    world.act(Answer("opinions", "agree", ground=today), entered("d0"))


def test_what_was_posted_in_time_stands_instead_of_the_silence(at):
    world = closed(at)
    before = world.dossier.count

    world.act(AGREE, entered("d2"))

    task = world.task(D2)
    assert world.opinions[-1].standing == "in_time_after_close"
    assert (task.status, task.outcome, task.closed_n) == ("done", "agree", world.dossier.count)
    assert world.acts(before) == ["answer"]
    assert world.lines["opinions-1"].outcome == "expired"
    (told,) = [n for n in world.notices if n.template == "opinion_received"]
    assert (told.seat, told.context["asked"], told.context["disagrees"]) == ("officer", D2, False)
    assert [t.what for t in world.open("desk")] == ["consulted"]
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_what_came_late_after_the_close_changes_nothing(at):
    world = closed(at)

    world.act(replace(DISAGREE, ground=Paper(postmark_on=date(2018, 6, 21))), entered("d2"))

    assert world.opinions[-1].standing == "late"
    assert world.task(D2).outcome == "no_reply"
    assert [n for n in world.notices if n.template == "opinion_received"] == []
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_an_answer_in_its_time_after_an_early_close_counts_too(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Close("opinions"))

    world.act(Answer("opinions", "agree"), "d1")
    world.act(Answer("opinions", "disagree", note="nghĩ lại"), "d0")
    world.at(date(2018, 6, 21)).act(Answer("opinions", "agree"), "d2")

    standings = [o.standing for o in world.opinions]
    assert standings == ["in_time", "in_time_after_close", "in_time_after_close", "late"]
    assert [world.task(d).outcome for d in (D0, D1, D2)] == ["disagree", "agree", "no_reply"]
    assert world.refused(Fire("convene", meeting="k1")) == ["disagreement-unanswered"]


def test_a_round_without_due_has_no_time_to_be_in(world, at):
    rule = replace(world.procedure.rounds["opinions"], due=None, close=CloseRule(all_answered=True))
    procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    world = at("consulted", procedure=procedure)
    world.act(Close("opinions"))

    world.act(Answer("opinions", "agree"), "d0")

    assert (world.opinions[0].standing, world.task(D0).outcome) == ("after_close", "no_reply")


def test_a_disagreement_after_the_close_is_answered_before_the_council(at):
    world = closed(at)

    world.act(DISAGREE, entered("d2"))
    (desk,) = [t for t in world.open("desk") if t.what == "reply:opinions-1"]

    assert desk.seat == "officer"
    assert world.refused(Fire("convene", meeting="k1")) == ["disagreement-unanswered"]
    world.act(Reply("opinions", D2, note="đã xác minh"))

    assert (world.tasks[desk.n].status, world.tasks[desk.n].outcome) == ("done", "replied")
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_a_disagreement_taken_back_needs_no_answer(at):
    world = closed(at)
    world.act(DISAGREE, entered("d2"))

    world.act(AGREE, entered("d2"))

    assert [t.what for t in world.open("desk")] == ["consulted"]
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_two_disagreements_are_one_task_until_both_are_answered(at):
    world = closed(at)
    world.act(DISAGREE, entered("d2"))
    world.act(DISAGREE, entered("d1"))

    world.act(Reply("opinions", D2, note="đã xác minh"))
    waiting = [t.what for t in world.open("desk")]
    world.act(Reply("opinions", D1, note="đã xác minh"))

    assert sorted(waiting) == ["consulted", "reply:opinions-1"]
    assert [t.what for t in world.open("desk")] == ["consulted"]


def test_the_answer_is_still_owed_after_a_step(at):
    world = closed(at)
    world.act(Fire("convene", meeting="k1"))
    world.act(DISAGREE, entered("d2"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")

    assert world.state == "submitted"
    assert "reply:opinions-1" in [t.what for t in world.open("desk")]


def test_a_decision_waits_for_the_answer(at):
    world = submitted(at)
    decision = world.sign("grant")
    world.act(DISAGREE, entered("d2"))

    with pytest.raises(Stale) as stale:
        world.act(Fire("grant", decision=decision), "minister")
    seen = world.sign("grant")
    refused = world.refused(Fire("grant", decision=seen), "minister")
    world.act(Reply("opinions", D2, note="đã xác minh"))

    assert stale.value.reasons[0].code == "seen-again"
    assert refused == ["disagreement-unanswered"]
    assert world.act(Fire("grant", decision=seen), "minister").state == "granted"


def test_an_answer_may_be_waived(at):
    world = submitted(at)
    world.act(DISAGREE, entered("d2"))
    condition = "opinions.disagreements_answered"
    waiver = Waive(condition, date(2018, 12, 31), ground=Paper(number="3"))

    world.act(waiver, "minister")

    grant = Fire("grant", decision=world.sign("grant"))
    assert world.act(grant, "minister").state == "granted"


def test_an_answer_is_owed_though_no_step_asks_for_it(at):
    world = submitted(at)
    steps = tuple(
        replace(t, conditions=("opinions.closed",)) if t.trigger == "convene" else t
        for t in world.procedure.transitions
    )
    world.procedure = replace(world.procedure, transitions=steps)
    world.act(DISAGREE, entered("d2"))

    grant = Fire("grant", decision=world.sign("grant"))
    assert world.refused(grant, "minister") == ["disagreement-unanswered"]


def test_the_end_says_what_to_do_instead(at):
    world = at("granted").at(date(2018, 6, 22))

    with pytest.raises(Refused) as refused:
        world.act(AGREE, entered("d2"))

    assert "dossiers revoke" in refused.value.reasons[0].text("vi")
    assert "dossiers correct" in refused.value.reasons[0].text("en")


def test_it_is_taken_in_a_pause(at):
    world = closed(at)
    world.act(Hold(note="đơn thư"))

    world.act(DISAGREE, entered("d2"))

    assert world.task(D2).outcome == "disagree"
    assert "reply:opinions-1" in [t.what for t in world.open("desk")]


def test_a_lapse_after_it_asks_the_seat_again(at):
    world = closed(at)
    world.act(AGREE, entered("d2"))
    world.act(Return(("merit",), note="thiếu"))

    world.act(Supplement({"merit": "khá"}), "proposer")

    assert [t.seat for t in world.open("ask")] == [D0, D1, D2]


def test_who_stepped_back_has_no_say_after_the_close_either(at):
    world = at("consulted")
    world.act(Recuse(D2))
    world.at(date(2018, 6, 22)).act(Close("opinions"))

    assert world.refused(AGREE, entered("d2")) == ["recused"]


def test_an_extension_that_hears_a_late_seat_makes_its_new_answer_count(at):
    world = closed(at)
    world.act(replace(AGREE, ground=Paper(postmark_on=date(2018, 6, 21))), entered("d2"))

    world.act(Extend("opinions", date(2018, 7, 6), D2, note="bão lụt"))
    world.act(AGREE, entered("d2"))

    assert [o.standing for o in world.opinions][-2:] == ["late", "in_time"]
    assert world.lines["opinions-1"].outcome == "answered"
