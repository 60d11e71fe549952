"""The exchange in a round: drafts and who confirms, questions back, information unasked."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Cast,
    Close,
    Extend,
    Fire,
    Hold,
    Release,
    Reply,
    Withdraw,
)
from thidua.workflow.due import Span
from thidua.workflow.exchange import AnswerBack, AskBack, Excuse, Inform, Look, Prepare
from thidua.workflow.exchange_rule import AskBackRule, ConfirmRule
from thidua.workflow.paper import Enclosure, Paper
from thidua.workflow.person import By, Held
from thidua.workflow.procedure import DueRule, MessageRule

D0, D1, D2 = (f"department@d{i}" for i in range(3))
LETTER = Paper(number="7", symbol="STP-VP", signed_on=date(2018, 6, 8), signer="A")
SCAN = Enclosure("cd" * 32, 20, "application/pdf", "công văn.pdf")
WHY = "Thành tích năm nào?"


def declared(world, **values):
    """The world's consultation with what is told, and a head in each department."""
    rule = replace(world.procedure.rounds["opinions"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    for i in range(3):
        world.people[f"head{i}"] = {Held("head", f"d{i}")}
    return world


def confirmed(at, *, numbered=False):
    return declared(at("consulted"), confirm=ConfirmRule("head", numbered=numbered))


def asking(at, *, stops=True, **values):
    return declared(
        at("consulted"), ask_back=AskBackRule("officer", stops=stops, **values)
    )  # fmt: skip


def test_a_draft_is_no_answer_and_waits_for_the_head(at):
    world = confirmed(at)

    world.act(Prepare("opinions", "disagree", note="chưa rõ"), "d0")

    assert (world.task(D0).status, world.opinions) == ("open", [])
    assert world.task("head@d0").what == f"confirm:{D0}"
    assert world.facts()[-1].private == {"note": "chưa rõ", "opinion": "disagree"}
    assert "disagree" not in world.journal[-1].body
    (told,) = [n for n in world.notices if n.template == "exchange"]
    assert (told.seat, told.context["kind"], told.context["note"]) == ("head@d0", "confirm", None)


def test_only_the_head_gives_or_confirms_an_answer(at):
    world = confirmed(at)
    world.act(Prepare("opinions", "agree"), "d0")
    drafted = world.dossier.count

    assert world.refused(Answer("opinions", "agree"), "d0") == ["not-confirmed"]
    assert world.refused(Answer("opinions", "agree", D0), "head1") == ["not-your-seat"]
    world.act(Answer("opinions", "agree", drafted=drafted), "head0")

    assert (world.task(D0).status, world.task("head@d0").status) == ("done", "done")
    assert (world.body()["drafted"], world.body()["by"]) == (drafted, "head0")


def test_a_numbered_letter_that_is_entered_was_confirmed_by_who_signed_it(at):
    world = confirmed(at)
    entered = By("officer", "d0")

    unnumbered = replace(LETTER, number=None)
    assert world.refused(Answer("opinions", "agree", ground=unnumbered), entered) == [
        "not-confirmed"
    ]
    world.act(Answer("opinions", "agree", ground=LETTER), entered)

    assert world.task(D0).status == "done"


def test_the_head_gives_the_number_where_it_is_needed(at):
    world = confirmed(at, numbered=True)

    assert world.refused(Answer("opinions", "agree"), "head0") == ["number-missing"]
    world.act(Answer("opinions", "agree", ground=LETTER), "head0")

    assert world.task(D0).status == "done"


def test_a_newer_draft_is_one_thing_to_confirm(at):
    world = confirmed(at)
    world.act(Prepare("opinions", "agree"), "d0")
    world.act(Prepare("opinions", "no_comment"), "d0")

    assert [t.what for t in world.open("desk") if t.seat == "head@d0"] == [f"confirm:{D0}"]
    world.act(Close("opinions"))
    assert world.task("head@d0").status == "cancelled"


def test_who_opens_what_is_asked_is_recorded(at):
    world = at("consulted")

    world.act(Look("opinions"), "d0")

    assert (world.body()["act"], world.body()["seat"]) == ("look", D0)
    assert world.refused(Look("opinions", D1), "d0") == ["not-your-seat"]


def test_nothing_is_asked_back_unless_the_procedure_says_so(at):
    assert at("consulted").refused(AskBack("opinions", note=WHY), "d0") == ["no-asking-back"]


def test_a_question_stops_the_time_of_the_seat_and_the_close(at):
    world = asking(at)
    due = world.task(D0).due_on
    world.at(date(2018, 6, 13)).act(AskBack("opinions", note=WHY), "d0")

    assert [world.task(s, "ask").status for s in (D0, D1)] == ["paused", "open"]
    assert world.task("engine", "effect").status == "paused" or any(
        t.what == "close:opinions" and t.status == "paused" for t in world.tasks.values()
    )
    world.at(date(2018, 6, 18)).act(AnswerBack("opinions", D0, note="Năm 2017"), "officer")

    assert world.task(D0).status == "open"
    assert (world.task(D1).due_on, world.task(D0).due_on) == (due, date(2018, 6, 25))
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert end.due_on == date(2018, 6, 28)
    assert end.wake_at == end.due_at


def test_an_answer_on_a_day_off_leaves_the_seat_its_time_before_the_close(at):
    world = asking(at).at(date(2018, 6, 20))
    for seat in (D1, D2):
        world.act(Excuse("opinions", seat, note=WHY))
    world.act(AskBack("opinions", note=WHY), "d0")

    world.at(date(2018, 6, 23)).act(AnswerBack("opinions", D0, note="Năm 2017"), "officer")

    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert (world.task(D0).due_on, end.due_on) == (date(2018, 6, 25), date(2018, 6, 28))


def test_question_and_answer_are_told_to_those_they_are_for(at):
    world = asking(at)
    world.act(AskBack("opinions", note=WHY, enclosed=(SCAN,)), "d0")
    assert (world.task("officer").what, world.task("officer").round_id) == (
        f"question:{D0}", "opinions-1",
    )  # fmt: skip
    world.act(AnswerBack("opinions", D0, note="Năm 2017"), "officer")

    told = [(n.seat, n.context["kind"], n.context["note"]) for n in world.notices[-2:]]
    assert told == [("officer", "question", WHY), (D0, "answer_back", "Năm 2017")]
    assert [d.kind for d in world.documents[-1:]] == [f"enclosed:{world.dossier.count - 1}"]
    assert "công văn" not in "".join(e.body for e in world.journal)


@pytest.mark.parametrize(("command", "by", "codes"), [
    (AskBack("opinions"), "d0", ["question-missing"]),
    (AskBack("opinions", D1, note=WHY), "d0", ["not-your-seat"]),
    (AnswerBack("opinions", D0, note="?"), "officer", ["no-question"]),
    (AnswerBack("opinions", D0, note="?"), "d1", ["not-allowed"]),
])  # fmt: skip
def test_questions_that_are_refused(at, command, by, codes):
    assert asking(at).refused(command, by) == codes


def test_one_question_at_a_time_before_the_answer(at):
    world = asking(at)
    world.act(AskBack("opinions", note=WHY), "d0")

    assert world.refused(AskBack("opinions", note=WHY), "d0") == ["asked-back-already"]
    world.act(Answer("opinions", "agree"), "d0")

    assert world.task("officer").status == "cancelled"
    assert [t.status for t in world.open("effect") if t.round_id == "opinions-1"] == ["open"]
    assert world.refused(AskBack("opinions", note=WHY), "d0") == ["answered-already"]


def test_only_the_role_named_may_ask_back(at):
    world = asking(at, by="head")

    assert world.refused(AskBack("opinions", note=WHY), "d0") == ["not-allowed"]
    world.act(AskBack("opinions", note=WHY), "head0")


def test_a_hold_over_a_question_keeps_what_was_left(at):
    world = asking(at)
    world.at(date(2018, 6, 13)).act(AskBack("opinions", note=WHY), "d0")
    left = world.task(D0).left
    world.at(date(2018, 6, 15)).act(Hold(note="đơn thư"))
    world.at(date(2018, 6, 20)).act(Release())

    assert (world.task(D0).status, world.task(D0).left) == ("paused", left)
    assert world.task(D1).status == "open"
    world.act(AnswerBack("opinions", D0, note="Năm 2017"))
    assert world.task(D0).due_on == date(2018, 6, 27)


def test_a_question_answered_during_a_hold_runs_on_after_it(at):
    world = asking(at)
    world.at(date(2018, 6, 13)).act(AskBack("opinions", note=WHY), "d0")
    world.act(Hold(note="đơn thư"))
    world.act(AnswerBack("opinions", D0, note="Năm 2017"))
    assert world.task(D0).status == "paused"

    world.at(date(2018, 6, 20)).act(Release())

    assert world.task(D0).status == "open"
    assert [t.status for t in world.open("effect") if t.round_id == "opinions-1"] == ["open"]


def test_a_question_that_stops_nothing(at):
    world = asking(at, stops=False, due=DueRule(Span(2, "working days"), "rule", ladder="desk"))
    world.act(AskBack("opinions", note=WHY), "d0")

    assert world.task(D0).status == "open"
    assert (world.task("officer").due_on, world.task("officer").ladder) == (
        date(2018, 6, 13), "desk",
    )  # fmt: skip


def test_time_that_stands_still_is_not_extended(at):
    world = asking(at)
    world.act(AskBack("opinions", note=WHY), "d0")

    more = Extend("opinions", date(2018, 7, 6), D0, note="thêm")
    assert world.refused(more) == ["clock-stopped"]


def test_withdrawing_ends_questions_and_drafts(at):
    world = asking(at)
    world.act(AskBack("opinions", note=WHY), "d0")
    world.act(Withdraw(), "proposer")

    assert world.open() == []


def test_information_comes_at_any_time_before_the_decision(at):
    world = at("consulted")
    world.act(Inform(note="đã bị nhắc nhở năm 2016", enclosed=(SCAN,)), "d0")
    assert world.task(D0).status == "open"
    assert "nhắc nhở" not in world.journal[-1].body

    late = at("submitted")
    grant = Fire("grant", decision=late.sign("grant"))
    late.act(Inform(note="có đơn thư"), "d1")
    assert [n.seat for n in late.notices if n.template == "exchange"] == ["officer"]
    with pytest.raises(Exception, match="again|lại"):
        late.act(grant, "minister")


@pytest.mark.parametrize(("command", "by", "codes"), [
    (Inform(), "d0", ["information-missing"]),
    (Inform(note="tin"), "m0", ["never-asked"]),
    (Inform(D1, note="tin"), "d0", ["not-your-seat"]),
    (Inform("department@d9", note="tin"), "d0", ["not-your-seat"]),
])  # fmt: skip
def test_information_that_is_not_taken(at, command, by, codes):
    assert at("consulted").refused(command, by) == codes


def test_an_officer_enters_information_of_a_unit_that_was_not_asked(at):
    world = at("consulted")
    world.people["d9"] = {Held("department", "d9")}

    world.act(Inform("department@d9", note="tin", ground=LETTER), By("officer", "d9"))

    assert world.body()["seat"] == "department@d9"


def test_no_information_once_decided(at):
    assert at("granted").refused(Inform(note="tin"), "d0") == ["informed-too-late"]


def test_the_outcome_is_told_to_the_asked_where_a_message_says_so(at):
    world = at("consulted")
    world.act(Excuse("opinions", D2, note="giải thể"))
    rules = (*world.procedure.messages, MessageRule("granted", "asked", "result"))
    world.procedure = replace(world.procedure, messages=rules)
    for who in ("d0", "d1"):
        world.act(Answer("opinions", "agree"), who)
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")
    world.act(Fire("grant", decision=world.sign("grant"), note="nội bộ"), "minister")

    told = [n for n in world.notices if n.matter.startswith("granted") and "@d" in n.seat]
    assert [(n.seat, n.context["note"], n.waits) for n in told] == [
        (D0, None, "q1"),
        (D1, None, "q1"),
    ]


def test_a_disagreement_is_told_its_answer(at):
    world = at("consulted")
    world.act(Answer("opinions", "disagree", note="chưa đủ"), "d0")
    world.act(Reply("opinions", D0, note="đã bổ sung", enclosed=(SCAN,)))

    told = world.notices[-1]
    assert (told.seat, told.context["kind"], told.context["note"]) == (D0, "reply", "đã bổ sung")


@pytest.mark.parametrize("command", [
    Prepare("opinions", "agree", note="dự thảo", enclosed=(SCAN,)),
    AskBack("opinions", note=WHY),
    Inform(note="tin", enclosed=(SCAN,)),
])  # fmt: skip
def test_the_same_command_again_changes_nothing(at, command):
    world = asking(at)
    first = world.act(command, "d0", command_id="k1")

    again = world.act(command, "d0", command_id="k1")

    assert (again.n, again.repeated) == (first.n, True)
