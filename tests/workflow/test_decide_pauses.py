"""Return and hold: facts are taken, decisions are not, the time that was left is kept."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Assign,
    Attach,
    Cast,
    Close,
    Correct,
    Extend,
    Fire,
    Hold,
    Recuse,
    Release,
    Reply,
    Return,
    Supplement,
)
from thidua.workflow.dossier import Candidate, Task
from thidua.workflow.due import Span
from thidua.workflow.procedure import DueRule

HOLD = Hold(note="đơn thư")
RETURN = Return(("merit", "report"), note="bổ sung thành tích")
REPORT = Attach("report", "cd" * 32, 10, "application/pdf", "báo cáo mới.pdf")
DEPARTMENTS = [f"department@d{i}" for i in range(3)]


def answered(world):
    """All three departments agree."""
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    return world


def test_hold_pauses_every_task_with_its_budget(at):
    world = at("consulted").at(date(2018, 6, 13))

    world.act(HOLD)

    assert (world.dossier.pause, world.dossier.paused_on) == ("hold", date(2018, 6, 13))
    assert {t.status for t in world.open()} == {"paused"}
    assert {t.wake_at for t in world.open()} == {None}
    left = {t.seat: t.left for t in world.open("ask")}
    assert left == dict.fromkeys(DEPARTMENTS, 5)  # due on 20 June, a Wednesday


@pytest.mark.parametrize("days", [0, 1, 12, 40])
def test_release_gives_back_the_working_days_that_were_left(at, days):
    world = at("consulted").at(date(2018, 6, 13))
    world.act(HOLD)
    world.later(days=days)

    world.act(Release())

    calendar = world.rules.calendar
    on = calendar.legal_date(world.now)
    assert world.dossier.pause is None
    assert {t.due_on for t in world.open("ask")} == {calendar.roll(calendar.add(on, 5)).on}
    assert all(t.due_at == calendar.end_of(t.due_on) for t in world.open("ask"))
    assert {t.left for t in world.tasks.values()} == {None}


def test_what_was_late_keeps_its_old_due(at):
    world = at("consulted").at(date(2018, 6, 22))
    world.act(HOLD)
    assert world.task("department@d0").left == -2
    world.later(days=10)

    world.act(Release())

    assert world.task("department@d0").due_on == date(2018, 6, 20)


def test_a_desk_without_due_just_waits(at):
    world = at("appraisal")
    world.act(HOLD)

    world.act(Release())

    desk = world.task("appraiser", "desk")
    assert (desk.status, desk.due_on, desk.left) == ("open", None, None)


def test_opinions_are_taken_during_a_pause(at):
    world = at("consulted")
    world.act(HOLD)

    answered(world)
    assert world.lines["opinions-1"].closed_n is None
    world.act(Release())

    assert world.lines["opinions-1"].outcome == "answered"


def test_opinion_in_a_pause_is_as_late_as_it_was_before(at):
    late, timely = at("consulted").at(date(2018, 6, 22)), at("consulted")
    late.act(HOLD)
    timely.act(HOLD)

    late.later(days=30).act(Answer("opinions", "agree"), "d0")
    timely.later(days=30).act(Answer("opinions", "agree"), "d0")

    assert [late.opinions[0].standing, timely.opinions[0].standing] == ["late", "in_time"]


def test_other_facts_are_taken_during_a_pause(at):
    world = at("consulted")
    world.act(Answer("opinions", "disagree", note="chưa đủ"), "d0")
    world.act(HOLD)

    world.act(REPORT)
    world.act(Reply("opinions", DEPARTMENTS[0], note="đã rõ"))
    world.act(Assign(world.task("officer").n, "officer"))

    assert world.task(DEPARTMENTS[0]).answered_n is not None


@pytest.mark.parametrize(
    ("state", "command", "actor"),
    [
        ("appraisal", Fire("consult"), "appraiser"),
        ("consulted", Close("opinions"), "officer"),
        ("consulted", Extend("opinions", date(2018, 8, 31), note="xin thêm"), "officer"),
        ("council", Cast("vote", "for"), "m0"),
        ("council", Close("vote"), "teller"),
        ("appraisal", HOLD, "officer"),
        ("appraisal", RETURN, "officer"),
    ],
)
def test_decisions_are_not_taken_during_a_pause(at, state, command, actor):
    world = at(state)
    world.act(HOLD)

    assert world.refused(command, actor) == ["paused"]


def test_reasons_that_a_pause_needs(at):
    world = at("appraisal")

    assert world.refused(Hold()) == ["note-missing"]
    assert world.refused(Return(())) == ["items-missing", "note-missing"]
    assert world.refused(Return(("merit", "shoe"), note="x")) == ["unknown-item"]


def test_a_final_state_cannot_be_paused(at):
    world = at("granted")

    assert world.refused(HOLD) == ["dossier-final"]
    assert world.refused(RETURN) == ["dossier-final"]


def test_only_a_hold_is_released_and_only_a_return_supplemented(at):
    held, returned, running = at("appraisal"), at("appraisal"), at("appraisal")
    held.act(HOLD)
    returned.act(RETURN)

    assert held.refused(Supplement({}), "proposer") == ["not-returned"]
    assert returned.refused(Release()) == ["not-held"]
    assert running.refused(Release()) == ["not-held"]
    assert running.refused(Supplement({}), "proposer") == ["not-returned"]


def test_a_return_asks_the_proposer(at):
    world = at("appraisal")

    world.act(RETURN)

    task = world.task("proposer@u1")
    assert (task.kind, task.what, task.status) == ("desk", "supplement", "open")
    assert world.dossier.pause_items == ("merit", "report")
    (notice,) = [n for n in world.notices if n.template == "supplement_requested"]
    assert (notice.seat, notice.context["items"]) == ("proposer@u1", ["merit", "report"])


def test_only_what_was_asked_for_is_open(at):
    world = at("appraisal")
    world.act(RETURN)

    assert world.refused(Supplement({"score": "1", "merit": ""}), "proposer") == [
        "field-type",
        "not-asked-for",
    ]
    assert world.refused(Attach("proof", "ab" * 32, 1, "text/plain", "x")) == ["not-asked-for"]
    world.act(REPORT, "proposer")
    world.act(Supplement({"merit": "rất tốt"}), "proposer")

    assert world.dossier.fields["merit"] == "rất tốt"
    assert [d.version for d in world.documents] == [1, 2]
    assert world.task("proposer@u1").outcome == "supplemented"


def test_a_supplement_may_come_in_parts(at):
    world = at("appraisal")
    world.act(RETURN)

    world.act(Supplement({"merit": "khá"}, done=False), "proposer")
    assert world.dossier.pause == "return"
    world.act(Supplement({}, done=True), "proposer")

    assert (world.dossier.pause, world.dossier.fields["merit"]) == (None, "khá")


def test_opinions_that_rest_on_what_changed_lapse(at):
    world = answered(at("consulted")).at(date(2018, 6, 14))
    assert world.lines["opinions-1"].closed_n is not None
    world.act(RETURN)

    world.act(Supplement({"merit": "khá"}), "proposer")

    line = world.lines["opinions-1"]
    assert (line.closed_n, line.outcome) == (None, None)
    asked = [world.task(seat) for seat in DEPARTMENTS]
    assert {(t.status, t.outcome, t.due_on, t.rung) for t in asked} == {
        ("open", None, date(2018, 6, 25), 0)
    }
    again = [n for n in world.notices if n.context.get("again")]
    assert [n.seat for n in again] == DEPARTMENTS
    assert len(world.opinions) == 3


def test_lapsed_opinions_are_waited_for_no_longer_than_the_first(at):
    world = answered(at("consulted")).at(date(2018, 6, 14))
    world.act(RETURN)

    world.act(Supplement({"merit": "khá"}), "proposer")

    (effect,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert effect.due_on == date(2018, 6, 28)  # 25 June and three working days in the post
    assert effect.wake_at == effect.due_at


def test_the_close_that_is_waited_for_moves_with_a_lapse(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.at(date(2018, 6, 19)).act(RETURN)

    world.act(Supplement({"merit": "khá"}), "proposer")

    effects = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert [(t.due_on, t.wake_at) for t in effects] == [(date(2018, 7, 3), effects[0].due_at)]
    assert world.task("department@d1").due_on == date(2018, 6, 20)


def test_only_seats_that_had_answered_are_asked_again(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Close("opinions"))
    world.act(RETURN)

    world.act(Supplement({"merit": "khá"}), "proposer")
    assert [t.seat for t in world.open("ask")] == ["department@d0"]
    world.act(Answer("opinions", "disagree", note="kém hơn"), "d0")

    assert world.lines["opinions-1"].outcome == "answered"
    assert world.task("department@d1").outcome == "no_reply"


def test_a_silent_seat_may_still_speak_when_the_round_asks_again(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Close("opinions"))
    world.act(RETURN)
    world.act(Supplement({"merit": "khá"}), "proposer")

    world.act(Answer("opinions", "no_comment"), "d1")

    task: Task = world.task("department@d1")
    assert (task.status, task.outcome) == ("done", "no_comment")


@pytest.mark.parametrize("items", [("score",), ("period", "proof")])
def test_other_items_let_opinions_stand(at, items):
    world = answered(at("consulted"))
    world.act(Return(items, note="thiếu"))

    world.act(Supplement({}), "proposer")

    assert world.lines["opinions-1"].outcome == "answered"
    assert world.open("ask") == []


def test_who_has_stepped_back_is_not_asked_again(at):
    world = at("consulted")
    world.act(Recuse("department@d0"))
    world.act(Answer("opinions", "agree"), "d1")
    world.act(Answer("opinions", "agree"), "d2")
    world.act(RETURN)

    world.act(Supplement({"merit": "khá"}), "proposer")

    assert [t.seat for t in world.open("ask")] == DEPARTMENTS[1:]


def test_a_running_ballot_is_suspended(at):
    world = at("council")
    world.act(Cast("vote", "for"), "m0")
    world.act(HOLD)
    world.later(days=3).act(Release())

    world.act(Cast("vote", "for"), "m1")

    assert [vote.seat for vote in world.votes] == ["member:m0", "member:m1"]


def test_a_supplement_has_a_due_and_is_reminded_while_all_else_stands_still(at):
    world = timed(at("consulted"))

    world.act(RETURN)

    task = world.task("proposer@u1", "desk")
    assert (task.what, task.status, task.due_on) == ("supplement", "open", date(2018, 6, 18))
    assert (task.ladder, task.wake_at is not None) == ("desk", True)
    assert [t.status for t in world.open() if t is not task] == ["paused"] * (len(world.open()) - 1)
    assert world.notices[-1].context["due_on"] == "2018-06-18"


def test_the_time_for_a_supplement_can_be_extended(at):
    world = timed(at("consulted"))
    world.act(RETURN)

    world.act(Extend(None, date(2018, 7, 2), note="xin thêm"))

    assert world.task("proposer@u1", "desk").due_on == date(2018, 7, 2)
    assert world.refused(Extend("opinions", date(2018, 7, 2), note="xin thêm")) == ["paused"]


def timed(world):
    due = DueRule(Span(5, "working days"), "rule", ladder="desk")
    may = {**world.procedure.may, "return": replace(world.procedure.may["return"], due=due)}
    world.procedure = replace(world.procedure, may=may)
    return world


def test_only_what_was_asked_for_is_put_right_during_a_return(at):
    world = at("consulted")
    world.act(RETURN)

    assert world.refused(Correct({"score": "9"}, note="sai")) == ["not-asked-for"]
    other = Candidate("individual", "Khác", "u1")
    assert world.refused(Correct(candidate=other, note="sai")) == ["not-asked-for"]
    world.act(Correct({"merit": "khá"}, note="sai"))
