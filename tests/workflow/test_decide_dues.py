"""What the clock may do: close a round, fire a trigger, and nothing before its time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from thidua.workflow.command import Answer, Attach, Close, Expire, Fire, Hold, Release
from thidua.workflow.errors import Unknown
from thidua.workflow.person import By

ENGINE = By("engine")
REPORT = Attach("report", "cd" * 32, 10, "application/pdf", "báo cáo.pdf")
PROOF = Attach("notice", "ef" * 32, 10, "application/pdf", "xác nhận.pdf")


def effect(world, what):
    """The number of the running effect."""
    (task,) = [t for t in world.open("effect") if t.what == what]
    return task.n


def due(world, what):
    """The same, at the instant at which it is due."""
    n = effect(world, what)
    world.now = world.tasks[n].due_at
    return n


def test_an_effect_waits_for_its_time(world):
    world.create()
    n = due(world, "fire:lapse")
    world.now -= timedelta(seconds=1)

    assert world.refused(Expire(n), ENGINE) == ["not-due"]
    world.now += timedelta(seconds=1)

    assert world.act(Expire(n), ENGINE).state == "lapsed"


def test_a_trigger_without_conditions_is_not_fired_before(world):
    assert world.create().state == "proposed"


def test_a_trigger_of_a_due_waits_for_it_though_its_conditions_hold(world):
    steps = tuple(
        replace(t, conditions=("documents.complete",)) if t.trigger == "lapse" else t
        for t in world.procedure.transitions
    )
    world.procedure = replace(world.procedure, transitions=steps)
    world.create()

    assert world.act(REPORT, "proposer").state == "proposed"
    assert world.act(Expire(due(world, "fire:lapse")), ENGINE).state == "lapsed"


def test_a_due_names_what_opened_it(world):
    world.create()

    world.act(Expire(due(world, "fire:lapse")), ENGINE)

    body = world.body()
    assert (body["trigger"], body["by"], body["cause"]) == ("lapse", "engine", 1)
    assert body["ends"] == ["lapsed", 2, 2]


def test_silence_is_recorded_when_the_round_is_over(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")

    world.act(Expire(due(world, "close:opinions")), ENGINE)

    assert world.lines["opinions-1"].outcome == "expired"
    assert world.task("department@d1").outcome == "no_reply"
    assert world.task("department@d0").outcome == "agree"
    assert [o.kind for o in world.opinions] == ["agree"]


def test_a_posting_ends_by_the_clock_with_its_proof(at):
    world = at("consulted")
    world.act(PROOF)

    world.act(Expire(due(world, "close:posted")), ENGINE)

    assert world.lines["posted-1"].outcome == "expired"


def test_a_posting_without_its_proof_waits_for_it(at):
    world = at("consulted")
    before = world.dossier.count

    n = due(world, "close:posted")
    world.act(Expire(n), ENGINE)
    told = [x for x in world.notices if x.matter == "blocked:h1"]

    assert world.acts(before) == ["due_blocked"]
    assert (world.body()["round"], world.body()["reasons"]) == ("posted", ["proof-missing"])
    assert (world.tasks[n].outcome, world.tasks[n].wake_at) == ("blocked", None)
    assert [(x.seat, x.template) for x in told] == [("officer", "escalation")]
    assert world.refused(Expire(n), ENGINE) == ["proof-missing"]
    world.act(REPORT)
    assert world.lines["posted-1"].closed_n is None
    world.act(PROOF)

    assert world.acts(before) == ["due_blocked", "attach", "attach", "close_round"]
    assert world.body()["cause"] == world.dossier.count - 1
    assert world.lines["posted-1"].outcome == "expired"


def test_a_pause_does_not_wake_what_waits_for_its_proof(at):
    world = at("consulted")
    n = due(world, "close:posted")
    world.act(Expire(n), ENGINE)
    world.act(Hold(note="đơn thư"))
    world.act(PROOF)

    assert world.lines["posted-1"].closed_n is None
    world.later(days=3).act(Release())

    assert world.lines["posted-1"].outcome == "expired"


def test_a_pause_leaves_what_waits_asleep(at):
    world = at("consulted")
    n = due(world, "close:posted")
    world.act(Expire(n), ENGINE)
    world.act(Hold(note="đơn thư"))

    world.later(days=3).act(Release())

    assert (world.tasks[n].status, world.tasks[n].wake_at) == ("open", None)


def test_nobody_closes_a_posting_without_its_proof(at):
    world = at("consulted")

    assert world.refused(Close("posted")) == ["proof-missing"]
    world.act(PROOF)
    world.act(Close("posted"))

    assert world.lines["posted-1"].closed_n is not None


def test_a_request_that_was_not_sent_is_not_silence(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.unsent = frozenset({world.task("department@d1").n})

    world.act(Expire(due(world, "close:opinions")), ENGINE)

    asked = [world.task(f"department@d{i}") for i in range(3)]
    assert [t.outcome for t in asked] == ["agree", "not_sent", "no_reply"]
    assert world.body()["unsent"] == ["department@d1"]


def test_closing_by_hand_tells_what_was_not_sent(at):
    world = at("consulted")
    world.unsent = frozenset({world.task("department@d1").n})

    world.act(Close("opinions"))

    assert world.task("department@d1").outcome == "not_sent"
    assert world.body()["unsent"] == ["department@d1"]


def test_a_round_that_is_closed_is_not_closed_again(at):
    world = at("consulted")
    n = effect(world, "close:opinions")
    world.act(Close("opinions"))
    world.later(days=60)

    assert world.refused(Expire(n), ENGINE) == ["task-ended"]


def test_nothing_is_due_while_paused(at):
    world = at("consulted")
    n = effect(world, "close:opinions")
    world.act(Hold(note="đơn thư"))
    world.later(days=60)

    assert world.refused(Expire(n), ENGINE) == ["task-ended"]
    world.act(Release())
    assert world.refused(Expire(n), ENGINE) == ["not-due"]


def test_only_effects_have_a_time_to_act(at):
    world = at("consulted").later(days=60)

    assert world.refused(Expire(world.task("department@d0").n), ENGINE) == ["task-ended"]
    with pytest.raises(Unknown):
        world.act(Expire(99), ENGINE)


def test_nobody_plays_the_clock(world):
    world.create()
    n = due(world, "fire:lapse")

    assert world.refused(Expire(n)) == ["not-allowed"]


def timed(world, *conditions):
    """The world's `accept` taken by the engine when the time is over, if the conditions hold."""
    rule = replace(world.procedure.states["proposed"].due, then="accept")
    proposed = replace(world.procedure.states["proposed"], due=rule)
    steps = tuple(
        replace(t, conditions=conditions) if t.trigger == "accept" else t
        for t in world.procedure.transitions
        if t.trigger != "lapse"
    )
    states = {**world.procedure.states, "proposed": proposed}
    world.procedure = replace(world.procedure, states=states, transitions=steps)
    return world


def test_a_due_that_cannot_act_is_recorded_once_and_told(world):
    timed(world, "documents.complete").create()
    n = due(world, "fire:accept")

    world.act(Expire(n), ENGINE)

    body = world.body()
    assert (body["act"], body["trigger"], body["reasons"]) == (
        "due_blocked",
        "accept",
        ["document-missing"],
    )
    assert (world.state, world.tasks[n].outcome, world.tasks[n].wake_at) == (
        "proposed",
        "blocked",
        None,
    )
    (notice,) = world.notices
    assert (notice.seat, notice.template) == ("officer", "escalation")


def test_a_blocked_due_acts_as_soon_as_it_can(world):
    timed(world, "documents.complete").create()
    world.act(Expire(due(world, "fire:accept")), ENGINE)

    done = world.act(REPORT, "proposer")

    assert done.state == "appraisal"
    assert world.acts(done.n - 1) == ["attach", "fire:accept"]
    assert world.body()["cause"] == done.n


def test_a_due_whose_trigger_does_not_fit_is_refused(world):
    timed(world)
    steps = tuple(t for t in world.procedure.transitions if t.trigger != "accept")
    world.create()
    world.procedure = replace(world.procedure, transitions=steps)

    assert world.refused(Expire(due(world, "fire:accept")), ENGINE) == ["not-from-here"]


def test_leaving_a_state_takes_its_effect_along(at):
    world = at("appraisal")

    assert [t.outcome for t in world.tasks.values() if t.what == "fire:lapse"] == [None]
    assert world.open("effect") == []


def test_a_span_runs_from_event_to_event(at):
    world = at("appraisal")
    (span,) = world.open("span")
    assert (span.due_on, span.seat, span.ladder) == (date(2018, 7, 16), "appraiser", "desk")

    world.act(Fire("reject", note="không"), "appraiser")

    assert [t.status for t in world.tasks.values() if t.kind == "span"] == ["cancelled"]
    assert [t.outcome for t in at("submitted").tasks.values() if t.kind == "span"] == ["submitted"]


def test_a_round_that_waits_is_never_closed_by_the_clock(at, world):
    rule = replace(world.procedure.rounds["opinions"], silence="wait")
    rounds = {**world.procedure.rounds, "opinions": rule}
    world = at("consulted", procedure=replace(world.procedure, rounds=rounds))

    assert [t.what for t in world.open("effect")] == ["close:posted"]


def test_a_span_may_begin_with_a_step_of_the_engine(at, world):
    spans = {
        "processing": replace(world.procedure.spans["processing"], start="pass", end="granted")
    }
    world = at("submitted", procedure=replace(world.procedure, spans=spans))

    assert [t.seat for t in world.open("span")] == ["minister"]
