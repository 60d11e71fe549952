"""Transitions, what the engine does by itself, ways back and out, decisions."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Attach,
    Cast,
    Close,
    Fire,
    Hold,
    Recall,
    Revoke,
    Waive,
    Withdraw,
)
from thidua.workflow.errors import Refused, Stale, Unknown
from thidua.workflow.paper import Paper

PAPER = Paper(number="15", symbol="QĐ", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")
SOON = date(2018, 8, 31)
UNANSWERED = "opinions.disagreements_answered"


def disagreed(world):
    """All have answered, one of them against."""
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Answer("opinions", "agree"), "d1")
    world.act(Answer("opinions", "disagree", note="chưa đủ"), "d2")
    return world


def test_a_transition_moves_and_says_so(at):
    world = at("proposed")
    world.act(Attach("report", "ab" * 32, 10, "text/plain", "báo cáo"), "proposer")

    done = world.act(Fire("accept"))

    assert (done.n, done.state, done.version, done.count) == (3, "appraisal", 3, 3)
    body = world.body()
    assert (body["from"], body["to"], body["trigger"]) == ("proposed", "appraisal", "accept")
    assert body["ends"] == ["appraisal", 3, 3]
    assert [t.what for t in world.open("desk")] == ["appraisal"]


def test_everything_in_the_way_is_listed_at_once(at):
    world = at("consulted", budget=False)
    world.act(Hold(note="đơn thư"))

    codes = world.refused(Fire("convene", meeting="k1"), "officer")

    assert codes == ["host-condition-unmet", "paused", "round-still-open"]


def test_who_may_not_at_all_is_told_nothing_of_the_dossier(at):
    world = at("consulted", budget=False)
    world.act(Hold(note="đơn thư"))

    assert world.refused(Fire("convene", meeting="k1"), "teller") == ["not-allowed"]
    assert world.refused(Fire("accept"), "teller") == ["not-allowed"]


def test_missing_papers_and_fields_are_listed(world):
    world.create(fields={"urgent": "yes"})

    assert world.refused(Fire("accept")) == [
        "document-missing",
        "document-missing",
        "field-missing",
    ]


def test_a_paper_may_depend_on_a_field(world):
    world.create(fields={"merit": "tốt", "urgent": "no"})

    assert world.refused(Fire("accept")) == ["document-missing"]


def test_unknown_trigger(at):
    with pytest.raises(Unknown, match="consult") as caught:
        at("appraisal").act(Fire("fly"))

    assert caught.value.reasons[0].code == "unknown-trigger"


def test_trigger_of_another_state(at):
    assert at("appraisal").refused(Fire("accept")) == ["not-from-here"]


def test_note_that_a_transition_needs(at):
    world = at("appraisal")

    assert world.refused(Fire("reject"), "appraiser") == ["note-missing"]
    world.act(Fire("reject", note="không đủ tiêu chuẩn"), "appraiser")

    assert world.state == "ineligible"
    assert world.open() == []


def test_predicate_the_host_does_not_know(at):
    world = at("consulted")
    steps = [
        replace(t, conditions=("host.no_such",)) if t.trigger == "convene" else t
        for t in world.procedure.transitions
    ]
    world.procedure = replace(world.procedure, transitions=tuple(steps))
    world.act(Close("opinions"))

    assert world.refused(Fire("convene", meeting="k1")) == ["host-condition-unknown"]


def test_round_that_was_never_opened_holds_no_condition(at):
    world = at("appraisal")
    steps = [
        replace(t, conditions=("vote.opened", "vote.passed")) if t.trigger == "consult" else t
        for t in world.procedure.transitions
    ]
    world.procedure = replace(world.procedure, transitions=tuple(steps))

    assert world.refused(Fire("consult"), "appraiser") == ["round-not-opened"]


def test_ballot_needs_its_meeting(at):
    world = at("consulted")
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")

    assert world.refused(Fire("convene")) == ["meeting-missing"]


@pytest.mark.parametrize(("choice", "state"), [("for", "submitted"), ("against", "not_passed")])
def test_engine_moves_on_with_the_cause_it_had(at, choice, state):
    world = at("council")
    for i in range(5):
        world.act(Cast("vote", choice), f"m{i}")
    before = world.dossier.count

    done = world.act(Close("vote"), "teller")

    assert done.state == state
    assert done.count == done.n + 1
    assert world.acts(before) == ["close_round", f"fire:{'pass' if choice == 'for' else 'fail'}"]
    body = world.body()
    assert (body["by"], body["cause"], body.get("role")) == ("engine", done.n, None)


def test_two_events_of_the_engine_name_their_causes(at):
    world = at("consulted")
    auto = [
        replace(t, by="engine", conditions=("opinions.closed",)) if t.trigger == "convene" else t
        for t in world.procedure.transitions
    ]
    council = replace(world.procedure.states["council"], opens=())
    states = {**world.procedure.states, "council": council}
    world.procedure = replace(world.procedure, transitions=tuple(auto), states=states)
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Answer("opinions", "agree"), "d1")

    done = world.act(Answer("opinions", "agree"), "d2")

    caused = [(fact.body["act"], fact.body.get("cause")) for fact in world.facts()[done.n - 1 :]]
    assert caused == [("answer", None), ("close_round", done.n), ("fire", done.n + 1)]
    assert (done.state, done.version) == ("council", 5)


def test_engine_does_nothing_while_paused(at):
    world = at("consulted")
    world.act(Hold(note="đơn thư"))
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")

    assert world.lines["opinions-1"].closed_n is None


def test_expected_version(at):
    world = at("appraisal")

    with pytest.raises(Stale) as caught:
        world.act(Fire("consult"), "appraiser", expect=2)
    assert caught.value.fields == {"expected": 2, "version": 3, "state": "appraisal"}

    assert world.act(Fire("consult"), "appraiser", expect=3).version == 4


def test_answers_and_votes_leave_the_version(at):
    world = at("consulted")
    version = world.dossier.version

    world.act(Answer("opinions", "agree"), "d0")

    assert world.dossier.version == version


def test_disagreement_is_answered_or_waived(at):
    world = disagreed(at("consulted"))

    assert world.refused(Fire("convene", meeting="k1")) == ["disagreement-unanswered"]
    world.act(Waive(UNANSWERED, SOON, ground=PAPER), "minister")
    world.act(Fire("convene", meeting="k1"))

    assert world.dossier.waived == (UNANSWERED,)
    assert world.state == "council"


def test_waiver_lists_what_it_lacks(at):
    world = disagreed(at("consulted"))

    codes = world.refused(Waive(UNANSWERED, date(2018, 6, 11)), "minister")
    assert codes == ["ground-missing", "not-later"]
    assert world.refused(Waive("opinions.closed", SOON, ground=PAPER)) == ["not-waivable"]
    ended = at("granted")
    assert ended.refused(Waive(UNANSWERED, SOON, ground=PAPER), "minister") == ["dossier-final"]


def test_recall_goes_back_and_cancels_what_was_opened(at):
    world = at("consulted")

    world.act(Recall())

    assert world.state == "appraisal"
    assert world.lines["opinions-1"].outcome == "cancelled"
    assert {t.outcome for t in world.tasks.values() if t.kind == "ask"} == {"recalled"}
    assert world.refused(Recall()) == ["nothing-to-recall"]
    world.act(Fire("consult"), "appraiser")
    assert {t.round_id for t in world.open("ask")} == {"opinions-2"}


def test_recall_takes_back_the_span_that_the_step_began(at):
    world = at("appraisal")
    assert [t.what for t in world.open("span")] == ["processing"]

    world.act(Recall())

    assert world.open("span") == []
    world.act(Fire("accept"))
    assert [t.what for t in world.open("span")] == ["processing"]


def test_recall_lets_the_span_that_the_step_ended_run_on(at):
    world = at("appraisal")
    spans = {"processing": replace(world.procedure.spans["processing"], end="consulted")}
    world.procedure = replace(world.procedure, spans=spans)
    due = world.open("span")[0].due_on
    world.act(Fire("consult"), "appraiser")
    assert world.open("span") == []

    world.act(Recall())

    assert [(t.status, t.due_on) for t in world.open("span")] == [("open", due)]
    assert world.open("span")[0].wake_at is not None


def test_recall_is_too_late_once_somebody_answered(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")

    assert world.refused(Recall()) == ["recall-too-late"]


def test_recall_of_what_the_engine_would_repeat(at):
    assert at("submitted").refused(Recall()) == ["recall-repeated"]


def test_recall_while_paused_or_ended(at):
    paused, ended = at("appraisal"), at("granted")
    paused.act(Hold(note="đơn thư"))

    assert paused.refused(Recall()) == ["paused"]
    assert ended.refused(Recall()) == ["dossier-final"]


def test_withdrawal_ends_everything_also_out_of_a_pause(at):
    world = at("consulted")
    world.act(Hold(note="đơn thư"))

    done = world.act(Withdraw(note="xin rút"), "proposer")

    assert (done.state, world.dossier.pause, world.open()) == ("withdrawn", None, [])
    assert {line.outcome for line in world.lines.values()} == {"cancelled"}
    assert world.refused(Withdraw(), "proposer") == ["dossier-final"]


def test_withdrawal_without_destination(at):
    world = at("appraisal")
    right = replace(world.procedure.may["withdraw"], dest=None)
    world.procedure = replace(world.procedure, may={**world.procedure.may, "withdraw": right})

    with pytest.raises(Refused, match="no state for the act"):
        world.act(Withdraw(), "proposer")


def test_grant_needs_a_numbered_decision_of_its_own(at):
    world = at("submitted")

    assert world.refused(Fire("grant"), "minister") == ["decision-missing"]
    assert world.refused(Fire("grant", decision="q9"), "minister") == ["decision-missing"]
    world.sign("revoke", "q2")
    assert world.refused(Fire("grant", decision="q2"), "minister") == ["decision-other"]
    assert world.act(Fire("grant", decision=world.sign("grant")), "minister").state == "granted"


def test_decision_of_another_line_is_refused_where_none_is_needed(at):
    world = at("appraisal")
    world.sign("grant")

    codes = world.refused(Fire("consult", decision="q1"), "appraiser")

    assert codes == ["decision-other"]


def test_signer_must_look_again(at):
    world = at("submitted")
    world.sign("grant")
    world.act(Answer("opinions", "disagree", note="có đơn"), "d1")

    with pytest.raises(Stale, match="answer"):
        world.act(Fire("grant", decision="q1"), "minister")


def test_notices_of_a_decision_wait_for_it(at):
    world = at("granted")

    (notice,) = [each for each in world.notices if each.template == "result"]

    assert (notice.waits, notice.seat) == ("q1", "proposer@u1")
    assert notice.context["decision"] == "12/QĐ"


def test_revocation_marks_the_award_once(at):
    world = at("granted")

    assert world.refused(Revoke(), "minister") == ["decision-missing"]
    assert world.refused(Revoke("q1"), "minister") == ["decision-missing"]
    world.act(Revoke(world.sign("revoke", "q2"), note="Khai sai"), "minister")

    told = world.notices[-1]
    assert (told.seat, told.template, told.waits) == ("proposer@u1", "revoked", "q2")
    assert told.context["note"] == "Khai sai"
    assert (world.state, world.dossier.revoked_n) == ("granted", world.dossier.count)
    assert world.refused(Revoke("q2"), "minister") == ["revoked-already"]


def test_revocation_of_what_was_not_awarded(at):
    codes = at("appraisal").refused(Revoke(), "minister")

    assert codes == ["decision-missing", "nothing-awarded"]
