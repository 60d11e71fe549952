"""The states of an ask, told from the dossier's events."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.ask_told import STATES, asks_told
from thidua.workflow.command import (
    Answer,
    Close,
    Contact,
    Expire,
    Extend,
    Promise,
    Recuse,
    Reply,
    Return,
    Supplement,
    Withdraw,
)
from thidua.workflow.exchange import (
    AnswerBack,
    AskBack,
    CancelRound,
    Excuse,
    Inform,
    Look,
    Prepare,
    Request,
)
from thidua.workflow.exchange_rule import AskBackRule
from thidua.workflow.person import ENGINE, By

D0 = "department@d0"
SOON = date(2018, 7, 2)
LOOK, DRAFT = (Look("opinions"), "d0"), (Prepare("opinions", "agree"), "d0")
AGREE = (Answer("opinions", "agree"), "d0")
OBJECT = (Answer("opinions", "disagree", note="chưa rõ"), "d0")
RETURN = (Return(("merit",), note="thiếu"), "officer")
GIVEN = (Supplement({"merit": "tốt hơn"}), "proposer")


def told(at, *acts):
    world = at("consulted")
    rule = replace(world.procedure.rounds["opinions"], ask_back=AskBackRule("officer"))
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    for command, by in acts:
        world.act(command, by)
    return asks_told((fact.n, fact.body) for fact in world.facts())["opinions-1", D0], world


CASES = [
    ((), "asked", ["asked"]),
    ((LOOK,), "opened", ["asked", "opened"]),
    ((LOOK, DRAFT), "drafted", ["asked", "opened", "drafted"]),
    ((DRAFT, (Answer("opinions", "agree", drafted=5), "d0")), "received",
     ["asked", "drafted", "confirmed", "received"]),
    ((AGREE,), "received", ["asked", "received"]),
    ((OBJECT, (Reply("opinions", D0, note="rõ"), "officer")), "received",
     ["asked", "received", "replied"]),
    ((OBJECT, AGREE), "received", ["asked", "received", "superseded", "received"]),
    (((Extend("opinions", SOON, note="xin"), "officer"),), "extended", ["asked", "extended"]),
    (((Promise("opinions", D0, SOON), "officer"),), "promised", ["asked", "promised"]),
    (((Contact(D0, "phone", "opinions"), "officer"),), "asked", ["asked", "contacted"]),
    (((AskBack("opinions", note="?"), "d0"),), "asked_back", ["asked", "asked_back"]),
    (((Excuse("opinions", D0, note="thôi"), "officer"),), "excused", ["asked", "excused"]),
    (((Recuse(D0), "officer"),), "recused", ["asked", "recused"]),
    (((Close("opinions"), "officer"),), "silent", ["asked", "silent"]),
    (((CancelRound("opinions", note="sai"), "officer"),), "cancelled", ["asked", "cancelled"]),
    (((Withdraw(), "proposer"),), "cancelled", ["asked", "cancelled"]),
    (((Inform(note="tin"), "d0"),), "asked", ["asked", "informed"]),
    (((Request("opinions", note="gửi"), "officer"),), "asked", ["asked", "requested"]),
    ((AGREE, RETURN, GIVEN), "asked", ["asked", "received", "lapsed", "asked"]),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "state", "steps"), CASES)
def test_where_an_ask_stands(at, acts, state, steps):
    ask, _ = told(at, *acts)

    assert (ask.state, [step.state for step in ask.steps]) == (state, steps)
    assert {step.state for step in ask.steps} <= set(STATES)


def test_a_question_and_its_answer(at):
    ask, _ = told(at, (AskBack("opinions", note="?"), "d0"),
                  (AnswerBack("opinions", D0, note="đây"), "officer"))  # fmt: skip

    assert [step.state for step in ask.steps] == ["asked", "asked_back", "answered_back"]
    assert ask.state == "asked"


def test_what_was_late_and_what_was_never_sent(at):
    world = at("consulted").at(date(2018, 6, 21))
    world.act(Answer("opinions", "agree"), "d0")
    world.unsent = frozenset({world.task("department@d1").n})
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    world.now = end.due_at
    world.act(Expire(end.n), By(ENGINE))

    found = asks_told((fact.n, fact.body) for fact in world.facts())

    states = {seat: found["opinions-1", seat].state for _, seat in found}
    assert states == {D0: "late", "department@d1": "not_sent", "department@d2": "silent"}


def test_who_when_and_how_a_seat_was_contacted(at):
    ask, world = told(at, (Contact(D0, "phone", "opinions", "chị Hoa", note="hứa"), "officer"))

    (step,) = ask.contacts
    assert (step.way, step.by, step.n) == ("phone", "officer", world.dossier.count)
