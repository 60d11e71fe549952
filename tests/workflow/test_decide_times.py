"""What dues are counted from: receipt, completeness, a field, a fixed date; and windows."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Attach,
    Correct,
    Expire,
    Fire,
    Hold,
    Release,
    Return,
    Supplement,
    Waive,
)
from thidua.workflow.dossier import Came
from thidua.workflow.due import Fixed, Span, YearDay
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import DueRule, SpanRule
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.window import WindowRule

REPORT = Attach("report", "cd" * 32, 10, "application/pdf", "báo cáo.pdf")
TEN = Span(10, "working days")
OCTOBER = YearDay(10, 31)


def timed(world, state, due):
    """The world's procedure, with another due of a state."""
    states = {**world.procedure.states, state: replace(world.procedure.states[state], due=due)}
    steps = [t for t in world.procedure.transitions if due.then or t.trigger != "lapse"]
    world.procedure = replace(world.procedure, states=states, transitions=tuple(steps))
    return world


def desk(world):
    (task,) = world.open("desk")
    return task


def told(task):
    return Reckoning.parse(task.reckoned)


def test_a_due_from_receipt_is_counted_from_when_the_submission_came(world):
    world.came = Came(date(2018, 6, 4))
    timed(world, "proposed", DueRule(TEN, "rule", "receipt")).create(submission="tt-1")

    assert (desk(world).due_on, told(desk(world)).from_on) == (date(2018, 6, 18), date(2018, 6, 4))
    assert not told(desk(world)).presumed
    assert world.told().dossier.received_on == date(2018, 6, 4)


def test_receipt_that_nobody_entered_is_presumed_to_be_the_entry(world):
    timed(world, "proposed", DueRule(TEN, "rule", "receipt")).create()

    assert (desk(world).due_on, told(desk(world)).presumed) == (date(2018, 6, 25), True)


def test_completeness_is_the_acceptance_until_a_return_ends(at):
    world = at("proposed")
    timed(world, "appraisal", DueRule(TEN, "rule", "completeness"))
    spans = {"processing": SpanRule("processing", "accept", "submitted",
                                    DueRule(TEN, "rule", "completeness"))}  # fmt: skip
    world.procedure = replace(world.procedure, spans=spans)
    world.act(REPORT, "proposer")
    world.act(Fire("accept"))  # Monday, 11 June
    assert desk(world).due_on == date(2018, 6, 25)

    world.at(date(2018, 6, 13)).act(Return(("merit",), note="thiếu"))
    world.at(date(2018, 6, 20)).act(Supplement({"merit": "rõ"}), "proposer")

    assert desk(world).due_on == date(2018, 7, 4)
    assert told(desk(world)).from_on == date(2018, 6, 20)
    assert [t.due_on for t in world.open("span")] == [date(2018, 7, 4)]


def test_a_hold_does_not_make_a_dossier_complete_anew(at):
    world = at("proposed")
    timed(world, "appraisal", DueRule(TEN, "rule", "completeness"))
    world.act(REPORT, "proposer")
    world.act(Fire("accept"))

    world.at(date(2018, 6, 13)).act(Hold(note="đơn thư"))
    world.at(date(2018, 6, 20)).act(Release())

    assert (desk(world).due_on, told(desk(world)).left) == (date(2018, 7, 2), 8)


def dated(world, kind="date", **values):
    """The world's `since`, a date that a sudden merit is counted from: 45 calendar days."""
    field = replace(world.procedure.fields["since"], type=kind, needed=True)
    world.procedure = replace(world.procedure, fields={**world.procedure.fields, "since": field})
    rule = DueRule(Span(45, "calendar days"), "rule", "since", **values)
    return timed(world, "proposed", rule)


def test_a_due_from_the_achievement(world):
    dated(world).create(fields={"merit": "tốt", "since": "2018-05-28"})

    assert desk(world).due_on == date(2018, 7, 12)
    assert (told(desk(world)).start, told(desk(world)).from_on) == ("since", date(2018, 5, 28))


def test_of_a_period_the_last_day_counts(world):
    dated(world, "period").create(fields={"merit": "tốt", "since": "2018-01-01/2018-05-28"})

    assert desk(world).due_on == date(2018, 7, 12)


def test_a_due_that_was_past_before_the_dossier_came_is_late_at_once(world):
    dated(world).create(fields={"merit": "tốt", "since": "2018-01-02"})

    assert desk(world).due_on == date(2018, 2, 21)  # 16 February was Tết, and so on to the 21st
    assert desk(world).due_at < world.now


def test_a_date_given_later_takes_the_place_of_the_presumed_one(world):
    dated(world, ladder="desk").create()
    assert (desk(world).due_on, told(desk(world)).presumed) == (date(2018, 7, 26), True)

    world.act(Correct({"since": "2018-05-28"}, note="bổ sung ngày"))

    assert (desk(world).due_on, told(desk(world)).presumed) == (date(2018, 7, 12), False)
    assert desk(world).wake_at is not None


def test_a_corrected_date_moves_the_due_and_its_effect(world):
    dated(world, then="lapse").create(fields={"merit": "tốt", "since": "2018-05-28"})

    world.act(Correct({"since": "2018-05-30"}, note="nhầm ngày"))

    assert {t.due_on for t in world.open("desk", "effect")} == {date(2018, 7, 16)}
    (effect,) = world.open("effect")
    world.now = effect.due_at
    assert world.act(Expire(effect.n), By("engine")).state == "lapsed"


def test_a_date_corrected_during_a_hold_changes_what_is_left(world):
    dated(world).create(fields={"merit": "tốt", "since": "2018-05-28"})  # due on 12 July
    world.at(date(2018, 6, 13)).act(Hold(note="đơn thư"))
    left = desk(world).left

    world.at(date(2018, 6, 18)).act(Correct({"since": "2018-05-30"}, note="nhầm ngày"))  # 16 July
    assert desk(world).left == left + 2
    world.at(date(2018, 6, 20)).act(Release())

    assert desk(world).due_on == date(2018, 7, 23)


def test_another_field_moves_nothing(world):
    dated(world).create(fields={"merit": "tốt", "since": "2018-05-28"})
    before = desk(world)

    world.act(Correct({"merit": "rất tốt"}, note="viết lại"))

    assert desk(world) == before


def test_a_due_before_a_ceremony(world):
    dated(world)
    rule = DueRule(Span(7, "calendar days"), "rule", before="since")
    timed(world, "proposed", rule).create()
    assert (desk(world).due_on, desk(world).reckoned) == (None, None)

    world.act(Correct({"since": "2018-08-28"}, note="ngày lễ"))

    assert desk(world).due_on == date(2018, 8, 20)
    assert (told(desk(world)).before, told(desk(world)).start) == (True, "since")


def test_a_fixed_date_is_the_next_to_come(world):
    timed(world, "proposed", DueRule(Fixed(YearDay(9, 2), rolls=True), "rule")).create()

    assert desk(world).due_on == date(2018, 9, 4)  # Sunday and a holiday, its compensation Monday
    assert told(desk(world)).fixed == Fixed(YearDay(9, 2), rolls=True)


def test_a_fixed_date_that_stays_may_be_a_day_off(world):
    timed(world, "proposed", DueRule(Fixed(YearDay(9, 2), rolls=False), "rule")).create()

    assert desk(world).due_on == date(2018, 9, 2)


def test_a_span_may_begin_with_the_proposal(world):
    rule = DueRule(Span(45, "calendar days"), "rule", "since")
    spans = {"timely": SpanRule("timely", "create", "submitted", rule)}
    world.procedure = replace(world.procedure, spans=spans)
    world.create(fields={"merit": "tốt", "since": "2018-05-28"})

    assert [t.due_on for t in world.open("span")] == [date(2018, 7, 12)]
    assert [t.due_on for t in world.open("effect")] == [date(2018, 6, 18)]


def test_a_meeting_too_soon_is_refused(at):
    world = at("consulted")
    due = DueRule(Span(3, "working days"), "rule", before="vote.meeting")
    rounds = {**world.procedure.rounds, "vote": replace(world.procedure.rounds["vote"], due=due)}
    world.procedure = replace(world.procedure, rounds=rounds)
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.at(date(2018, 7, 17))

    assert world.refused(Fire("convene", meeting="k1")) == ["meeting-too-soon"]
    world.at(date(2018, 7, 16))
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def seasonal(world, counts_by="postmark"):
    """National exemplars come in the year after the decision on the second title, to 31 October."""
    field = replace(world.procedure.fields["since"], needed=True)
    window = WindowRule(
        "season", {"vi": "Thời gian nhận hồ sơ", "en": "Time to submit"}, "since",
        YearDay(1, 1), Fixed(OCTOBER, rolls=False, year="year after"), "rule", counts_by,
    )  # fmt: skip
    steps = tuple(
        replace(t, conditions=("season.open",)) if t.trigger == "accept" else t
        for t in world.procedure.transitions
    )
    world.procedure = replace(
        world.procedure, fields={**world.procedure.fields, "since": field},
        windows={"season": window}, transitions=steps, waive={"season.open": "minister"},
    )  # fmt: skip
    rule = DueRule(Fixed(OCTOBER, rolls=False, year="year after"), "rule", "since")
    return timed(world, "proposed", rule)


@pytest.mark.parametrize(
    ("decided", "sent", "due", "refused"),
    [
        ("2017-12-15", date(2018, 11, 5), date(2018, 10, 31), ["window-closed"]),
        ("2017-12-15", date(2018, 10, 31), date(2018, 10, 31), []),
        ("2017-12-15", date(2018, 1, 1), date(2018, 10, 31), []),
        ("2018-02-09", date(2018, 11, 5), date(2019, 10, 31), ["window-not-open"]),
        ("2018-02-09", date(2019, 10, 31), date(2019, 10, 31), []),
    ],
)
def test_t8_the_window_follows_the_year_of_the_decision(world, decided, sent, due, refused):
    world.came = Came(date(2019, 11, 8), sent)
    world.at(date(2019, 11, 12))
    seasonal(world).create(fields={"merit": "tốt", "since": decided})

    assert desk(world).due_on == due
    if refused:
        assert world.refused(Fire("accept")) == refused
    else:
        assert world.act(Fire("accept")).state == "appraisal"


@pytest.mark.parametrize(
    ("counts_by", "came", "open_"),
    [
        ("postmark", Came(date(2018, 11, 2), date(2018, 10, 31)), True),
        ("receipt", Came(date(2018, 11, 2), date(2018, 10, 31)), False),
        ("receipt", Came(date(2018, 10, 31)), True),
        ("postmark", Came(date(2018, 11, 2)), False),
        ("postmark", Came(), False),
        ("today", Came(date(2018, 10, 1), date(2018, 10, 1)), False),
    ],
)
def test_the_day_that_counts(world, counts_by, came, open_):
    world.came = came
    world.at(date(2018, 11, 5))
    seasonal(world, counts_by).create(fields={"merit": "tốt", "since": "2017-12-15"})

    if open_:
        assert world.act(Fire("accept")).state == "appraisal"
    else:
        assert world.refused(Fire("accept")) == ["window-closed"]


def test_a_window_without_its_date_says_so(world):
    seasonal(world).create()

    assert world.refused(Fire("accept")) == ["window-undated"]


def test_a_window_can_be_waived(world):
    world.at(date(2018, 11, 5))
    seasonal(world).create(fields={"merit": "tốt", "since": "2017-12-15"})
    world.act(Waive("season.open", date(2018, 12, 1), ground=Paper(number="5")), "minister")

    assert world.act(Fire("accept")).state == "appraisal"
