"""Consultation: who is asked, what he may say, when it is late, when the round is over."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from thidua.workflow.command import Answer, Close, Extend, Fire, Reply
from thidua.workflow.due import Span
from thidua.workflow.errors import Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held
from thidua.workflow.procedure import Close as CloseRule

D0, D1, D2 = (f"department@d{i}" for i in range(3))


def closing(world, **values):
    """The world's consultation, ending as told."""
    rule = replace(world.procedure.rounds["opinions"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    return world


@pytest.mark.parametrize("kind", ["agree", "agree_with_remarks", "no_comment", "no_information",
                                  "conflict_of_interest"])  # fmt: skip
def test_an_opinion_ends_its_task(at, kind):
    world = at("consulted")

    world.act(Answer("opinions", kind), "d0")

    task = world.task(D0)
    assert (task.status, task.outcome, task.closed_n) == ("done", kind, world.dossier.count)
    assert (task.wake_at, world.opinions[0].kind) == (None, kind)


def test_a_disagreement_needs_its_reasons(at):
    world = at("consulted")

    assert world.refused(Answer("opinions", "disagree"), "d0") == ["reasons-missing"]
    world.act(Answer("opinions", "disagree", note="có đơn thư"), "d0")

    assert world.facts()[-1].private["note"] == "có đơn thư"
    assert "có đơn thư" not in world.journal[-1].body


@pytest.mark.parametrize(("code", "command"), [
    ("unknown-opinion", Answer("opinions", "maybe")),
    ("unknown-round", Answer("opinion", "agree")),
    ("round-not-opened", Answer("vote", "agree")),
])  # fmt: skip
def test_names_that_do_not_exist(at, code, command):
    with pytest.raises(Unknown) as caught:
        at("consulted").act(command, "d0")

    assert caught.value.reasons[0].code == code


def test_who_is_not_asked_has_no_say(at):
    world = at("consulted")

    assert world.refused(Answer("opinions", "agree"), "m0") == ["not-asked"]
    assert world.refused(Answer("opinions", "agree", "department@d9"), "d0") == ["seat-not-asked"]
    assert world.refused(Answer("opinions", "agree", D1), "d0") == ["not-your-seat"]


def test_who_sits_on_two_seats_says_which(at):
    world = at("consulted")
    world.people["d0"].add(Held("department", "d1"))

    assert world.refused(Answer("opinions", "agree"), "d0") == ["which-seat"]
    world.act(Answer("opinions", "agree", D1), "d0")

    assert [t.seat for t in world.open("ask")] == [D0, D2]


def test_a_seat_outlives_its_holder(at):
    world = at("consulted")
    del world.people["d0"]
    world.people["new"] = {Held("department", "d0")}

    world.act(Answer("opinions", "agree"), "new")

    assert world.body()["by"] == "new"
    assert world.task(D0).status == "done"


@pytest.mark.parametrize(("on", "standing"), [
    (date(2018, 6, 20), "in_time"), (date(2018, 6, 21), "late"), (date(2018, 6, 25), "late"),
])  # fmt: skip
def test_an_answer_after_its_day_is_late(at, on, standing):
    world = at("consulted").at(on, hour=16)

    world.act(Answer("opinions", "agree"), "d0")

    assert world.opinions[0].standing == standing
    assert world.task(D0).outcome == "agree"


@pytest.mark.parametrize(("posted", "standing"), [
    (date(2018, 6, 20), "in_time"), (date(2018, 6, 21), "late"), (None, "late"),
])  # fmt: skip
def test_the_postmark_counts(at, posted, standing):
    world = at("consulted").at(date(2018, 6, 22))
    paper = Paper(number="7", postmark_on=posted)

    world.act(Answer("opinions", "agree", ground=paper), By("officer", for_="d0"))

    assert world.opinions[0].standing == standing


@pytest.mark.parametrize(("by", "standing"), [(By("officer", "d0"), "in_time"), ("d0", "late")])
def test_a_paper_given_in_time_is_in_time_however_late_it_is_entered(at, by, standing):
    world = at("consulted").at(date(2018, 6, 22))
    given = world.now - timedelta(days=2)

    world.act(Answer("opinions", "agree", ground=Paper(number="7"), happened_at=given), by)

    assert world.opinions[0].standing == standing


def test_an_opinion_after_the_round_and_its_day_is_late(at):
    world = at("consulted")
    world.act(Close("opinions"))
    world.at(date(2018, 6, 21))

    world.act(Answer("opinions", "agree"), "d1")

    assert [o.standing for o in world.opinions] == ["late"]


def test_an_opinion_is_kept_after_the_round(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Close("opinions"))

    world.act(Answer("opinions", "disagree", note="chậm"), "d1")
    world.act(Answer("opinions", "disagree", note="nghĩ lại"), "d0")

    assert [o.standing for o in world.opinions] == ["in_time", "after_close", "after_close"]
    assert (world.task(D0).outcome, world.task(D1).outcome) == ("agree", "no_reply")
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_a_newer_answer_stands_instead(at):
    world = at("consulted")
    world.act(Answer("opinions", "disagree", note="chưa đủ"), "d0")
    world.act(Reply("opinions", D0, note="đã bổ sung"))
    world.act(Answer("opinions", "disagree", note="vẫn chưa đủ"), "d0")

    assert world.task(D0).answered_n is None
    world.act(Answer("opinions", "agree"), "d0")

    assert world.task(D0).outcome == "agree"
    assert [o.kind for o in world.opinions] == ["disagree", "disagree", "agree"]


def test_no_opinion_after_the_end(at):
    assert at("granted").refused(Answer("opinions", "agree"), "d0") == ["dossier-final"]


def test_a_reply_needs_a_disagreement_and_words(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")

    codes = world.refused(Reply("opinions", D0))

    assert codes == ["no-disagreement", "note-missing"]


def test_all_answered_ends_the_round_and_its_alarm(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Answer("opinions", "agree"), "d1")
    before = world.dossier.count

    done = world.act(Answer("opinions", "agree"), "d2")

    assert world.acts(before) == ["answer", "close_round"]
    assert world.body()["cause"] == done.n
    assert world.lines["opinions-1"].outcome == "answered"
    assert [t.what for t in world.open("effect")] == ["close:posted"]


def test_a_share_of_answers_is_enough(world, at):
    world = closing(world, close=CloseRule(share=Fraction(2, 3), at_due=True))
    world = at("appraisal", procedure=world.procedure)
    world.act(Fire("consult"), "appraiser")

    world.act(Answer("opinions", "agree"), "d0")
    assert world.lines["opinions-1"].closed_n is None
    world.act(Answer("opinions", "agree"), "d1")

    assert world.lines["opinions-1"].outcome == "answered"
    assert world.task(D2).outcome == "no_reply"
    assert world.task(D2).status == "expired"


@pytest.mark.parametrize(("order", "enough"), [("d0 d1", 2), ("d1 d2 d0", 3)])
def test_named_units_and_some_others_are_enough(world, at, order, enough):
    world = closing(world, close=CloseRule(units=("d0",), plus=1, at_due=True))
    world = at("appraisal", procedure=world.procedure)
    world.act(Fire("consult"), "appraiser")

    open_after = []
    for actor in order.split():
        world.act(Answer("opinions", "agree"), actor)
        open_after.append(world.lines["opinions-1"].closed_n is None)

    assert open_after == [True] * (enough - 1) + [False]


def test_named_units_and_too_few_others_are_all_there_are(world, at):
    world = closing(world, close=CloseRule(units=("d0", "d9"), plus=5, at_due=True))
    world = at("appraisal", procedure=world.procedure)
    world.act(Fire("consult"), "appraiser")

    for actor in ("d0", "d1", "d2"):
        assert world.lines["opinions-1"].closed_n is None
        world.act(Answer("opinions", "agree"), actor)

    assert world.lines["opinions-1"].outcome == "answered"


def test_somebody_may_close_by_hand(at):
    world = at("consulted")

    world.act(Close("opinions", note="đủ rồi"))

    assert world.body()["by"] == "officer"
    assert {t.outcome for t in world.tasks.values() if t.kind == "ask"} == {"no_reply"}
    assert world.refused(Close("opinions")) == ["round-closed"]


def test_an_extension_moves_dues_and_the_close(at):
    world = at("consulted").at(date(2018, 6, 19))
    world.act(Answer("opinions", "agree"), "d0")

    world.act(Extend("opinions", date(2018, 6, 30)))  # a Saturday

    assert {t.due_on for t in world.open("ask")} == {date(2018, 7, 2)}
    (effect,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert (effect.due_on, effect.wake_at) == (date(2018, 7, 5), effect.due_at)
    assert world.task(D0).due_on == date(2018, 6, 20)


def test_an_extended_due_reminds_anew(at):
    world = at("consulted")
    first = world.task(D0).wake_at
    world.tasks[6] = world.tasks[6]._replace(rung=3, wake_at=None)

    world.act(Extend("opinions", date(2018, 7, 20)))

    assert world.tasks[6].rung == 0
    assert world.tasks[6].wake_at > first


def test_one_seat_may_get_longer(at):
    world = at("consulted")

    world.act(Extend("opinions", date(2018, 7, 2), D1))

    assert [t.due_on.day for t in world.open("ask")] == [20, 2, 20]


@pytest.mark.parametrize(
    ("until", "seat", "code"),
    [
        (date(2018, 6, 20), None, "not-later"),
        (date(2018, 6, 11), None, "not-later"),
        (date(2018, 7, 2), "department@d9", "nothing-to-extend"),
    ],
)
def test_extensions_that_are_none(at, until, seat, code):
    assert at("consulted").refused(Extend("opinions", until, seat)) == [code]


def test_a_round_without_due_may_get_one(world, at):
    world = closing(world, due=None, close=CloseRule(all_answered=True))
    world = at("consulted", procedure=world.procedure)
    assert world.task(D0).due_on is None

    world.act(Extend("opinions", date(2018, 7, 2)))

    assert world.task(D0).due_on == date(2018, 7, 2)
    assert [t.what for t in world.open("effect")] == ["close:posted"]


def test_nobody_to_ask(world, at):
    world = at("appraisal")
    for i in range(3):
        del world.people[f"d{i}"]

    assert world.refused(Fire("consult"), "appraiser") == ["nobody-to-ask"]
    ask = replace(world.procedure.rounds["opinions"].ask, if_none="skip")
    closing(world, ask=ask).act(Fire("consult"), "appraiser")

    assert world.lines["opinions-1"].outcome == "nobody_asked"
    assert world.act(Fire("convene", meeting="k1")).state == "council"


def test_each_asked_seat_gets_one_notice(at):
    world = at("consulted")

    asked = [n for n in world.notices if n.template == "opinion_requested"]

    assert [(n.seat, n.until) for n in asked] == [(t.seat, t.n) for t in world.open("ask")]
    assert {n.matter for n in asked} == {"opinions-1"}


def test_a_dossier_joins_a_round_that_runs(at):
    world = at("appraisal")
    states = {**world.procedure.states}
    states["consulted"] = replace(states["consulted"], opens=("opinions",))
    world.procedure = replace(world.procedure, states=states)

    world.act(Fire("consult", round="r7"), "appraiser")

    assert [line.round_id for line in world.lines.values()] == ["r7"]
    assert (world.rounds, world.body()["joins"]) == ([], "r7")


def test_a_round_that_is_new_is_opened(at):
    world = at("consulted")

    assert [(row.id, row.seq, row.name) for row in world.rounds] == [
        ("opinions-1", 1, "opinions"),
        ("posted-1", 1, "posted"),
    ]


def test_receipt_is_taken_to_be_some_days_after_sending(world, at):
    due = replace(world.procedure.rounds["opinions"].due, start="receipt")
    world = closing(world, due=replace(due, receipt_unknown=Span(2, "working days")))

    world = at("consulted", procedure=world.procedure)

    assert world.task(D0).due_on == date(2018, 6, 22)


def test_a_round_may_open_with_the_proposal(world):
    states = {**world.procedure.states}
    states["proposed"] = replace(states["proposed"], opens=("opinions",))
    steps = (replace(world.procedure.transitions[0], conditions=("opinions.opened",)),)
    world.procedure = replace(world.procedure, states=states, transitions=steps)
    world.create()

    assert [t.seat for t in world.open("ask")] == [D0, D1, D2]
    assert world.act(Fire("accept")).state == "appraisal"
