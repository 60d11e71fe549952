"""Consultation: who is asked, what he may say, when it is late, when the round is over."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from thidua.workflow.command import Answer, Close, Fire, Promise, Reply
from thidua.workflow.due import Span
from thidua.workflow.errors import Unknown
from thidua.workflow.exchange import Excuse, Include, Inform, Request
from thidua.workflow.person import Held
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
    for seat in (D1, "department@d9"):  # nobody learns whether another's seat is asked
        assert world.refused(Answer("opinions", "agree", seat), "d0") == ["not-your-seat"]
        assert world.refused(Inform(seat, note="tin"), "d0") == ["not-your-seat"]
    world.people["d0"].add(Held("department", "d9"))
    assert world.refused(Answer("opinions", "agree", "department@d9"), "d0") == ["seat-not-asked"]


def test_who_may_not_conduct_a_round_learns_not_who_is_asked(at):
    world = at("consulted")

    for seat in (D1, "department@d9"):
        for command in (Excuse, Include, Request):
            assert world.refused(command("opinions", seat), "d0") == ["not-allowed"]
        assert world.refused(Promise("opinions", seat, date(2000, 1, 1)), "d0") == ["not-allowed"]


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


@pytest.mark.parametrize(("answering", "outcome"), [(2, "closed"), (3, "answered")])
def test_a_round_ended_by_hand_is_answered_only_when_nobody_is_missing(at, answering, outcome):
    by_hand = CloseRule(at_due=False, by="officer")
    world = closing(at("appraisal"), close=by_hand)
    world.act(Fire("consult"), "appraiser")
    for seat in ("d0", "d1", "d2")[:answering]:
        world.act(Answer("opinions", "agree"), seat)

    world.act(Close("opinions"))

    assert world.lines["opinions-1"].outcome == outcome


def test_a_posting_ended_by_hand_was_answered_by_nobody(at):
    world = at("council")
    world.end_posting()

    assert world.lines["posted-1"].outcome == "closed"
