"""Conditions set aside: what is owed, until when, and how it is settled."""

from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Attach,
    Fire,
    Hold,
    Recall,
    Redeem,
    Release,
    Reply,
    Return,
    Waive,
    Withdraw,
)
from thidua.workflow.debt import condition_title
from thidua.workflow.paper import Paper

INCOMPLETE = "documents.complete"
UNANSWERED = "opinions.disagreements_answered"
PAPER = Paper(number="7", symbol="TTr", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")
REPORT = Attach("report", "ab" * 32, 10, "application/pdf", "báo cáo.pdf")
SOON, LATER = date(2018, 8, 31), date(2018, 9, 28)


def owed(at, state="proposed"):
    world = at(state)
    world.act(Waive(INCOMPLETE, SOON, ground=PAPER), "minister")
    return world


def test_who_owes_has_a_task_until_the_day_with_its_ladder(at):
    world = owed(at)

    task = world.task("proposer@u1")
    assert (task.what, task.kind, task.due_on) == (f"debt:{INCOMPLETE}", "desk", SOON)
    assert (task.ladder, task.wake_at is not None) == ("desk", True)
    assert world.act(Fire("accept")).state == "appraisal"
    assert [t.what for t in world.open("desk")] == [f"debt:{INCOMPLETE}", "appraisal"]


def test_the_debt_is_settled_when_the_condition_comes_true(at):
    world = owed(at)
    world.act(Fire("accept"))

    world.act(REPORT, "proposer")

    assert world.acts()[-2:] == ["attach", "redeem"]
    assert (world.body()["by"], world.body()["cause"]) == ("engine", world.body()["cause"])
    assert world.dossier.waived == ()
    assert world.task("proposer@u1", "desk").outcome in ("settled", "accept")
    assert [t for t in world.open("desk") if t.what.startswith("debt:")] == []


def test_a_debt_made_good_by_other_means_needs_a_paper_and_stays_waived(at):
    world = owed(at)

    assert world.refused(Redeem(INCOMPLETE), "minister") == ["ground-missing"]
    assert world.refused(Redeem(INCOMPLETE, ground=PAPER), "officer") == ["not-allowed"]
    world.act(Redeem(INCOMPLETE, ground=PAPER), "minister")

    assert world.dossier.waived == (INCOMPLETE,)
    assert world.refused(Redeem(INCOMPLETE, ground=PAPER), "minister") == ["no-such-debt"]
    again = world.refused(Waive(INCOMPLETE, LATER, ground=PAPER), "minister")
    assert again == ["waived-already"]
    assert world.act(Fire("accept")).state == "appraisal"


def test_more_time_is_given_by_waiving_again_for_a_later_day(at):
    world = owed(at)

    assert world.refused(Waive(INCOMPLETE, SOON, ground=PAPER), "minister") == ["not-later"]
    world.act(Waive(INCOMPLETE, LATER, ground=PAPER), "minister")

    assert world.task("proposer@u1").due_on == LATER
    assert world.dossier.waived == (INCOMPLETE,)


def test_what_holds_is_not_waived(at):
    world = at("consulted")

    assert world.refused(Waive(UNANSWERED, SOON, ground=PAPER), "minister") == ["nothing-to-waive"]


@pytest.mark.parametrize("pause", [Hold(note="dừng"), Return(("merit",), note="thiếu")])
def test_a_pause_does_not_move_a_debt(at, pause):
    world = owed(at)

    world.act(pause)

    task = next(t for t in world.open("desk") if t.what.startswith("debt:"))
    assert (task.status, task.due_on, task.left) == ("open", SOON, None)


def test_a_paper_pays_the_debt_during_a_hold(at):
    world = owed(at)
    world.act(Hold(note="dừng"))

    world.act(REPORT, "proposer")
    assert world.dossier.waived == ()
    world.act(Release())


def test_who_withdrew_owes_nothing(at):
    world = owed(at)

    world.act(Withdraw(), "proposer")

    assert world.open() == []


def test_an_answer_in_writing_pays_what_was_waived_of_it(at):
    world = at("consulted")
    for number in range(3):
        opinion = "agree" if number else "disagree"
        world.act(Answer("opinions", opinion, note="ý kiến"), f"d{number}")
    world.act(Waive(UNANSWERED, SOON, ground=PAPER), "minister")
    assert world.task("officer", "desk").what == f"debt:{UNANSWERED}"

    world.act(Reply("opinions", "department@d0", note="đã xem lại"))

    assert world.dossier.waived == ()
    assert world.acts()[-1] == "redeem"


def test_what_was_waived_is_answered_after_the_award_and_nothing_else(at):
    world = at("submitted")
    world.act(Fire("grant", decision=world.sign("grant")), "minister")

    codes = world.refused(Reply("opinions", "department@d0", note="muộn"))

    assert codes == ["dossier-final", "no-disagreement"]


@pytest.mark.parametrize("back", [Recall(), Withdraw(note="việc riêng")])
def test_who_is_asked_is_told_that_it_was_taken_back_but_not_why(at, back):
    world = at("consulted")
    world.unsent = frozenset({world.task("department@d1", "ask").n})
    world.act(Answer("opinions", "agree"), "d2") if isinstance(back, Withdraw) else None
    before = len(world.notices)

    world.act(back, "proposer" if isinstance(back, Withdraw) else "officer")

    told = [n for n in world.notices[before:] if n.template == "exchange"]
    waiting = {"department@d0"} if isinstance(back, Withdraw) else {
        "department@d0", "department@d2"}  # fmt: skip
    assert {n.seat for n in told} == waiting
    assert {(n.context["kind"], n.context["note"]) for n in told} == {("cancelled", None)}


def test_conditions_have_names_for_people(world):
    for name in (INCOMPLETE, UNANSWERED, "opinions.closed", "host.has_budget"):
        title = condition_title(world.procedure, name)
        assert set(title) == {"vi", "en"}
    assert condition_title(world.procedure, UNANSWERED)["vi"].startswith("ý kiến không đồng ý")
