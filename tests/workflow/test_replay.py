"""The replay of a journal: it rebuilds what the tables hold and never stumbles."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.workflow import register
from thidua.workflow.chain import Fact
from thidua.workflow.command import (
    Answer,
    Cast,
    Close,
    Correct,
    Fire,
    Hold,
    Release,
    Return,
    Supplement,
)
from thidua.workflow.dossier import Candidate, Document
from thidua.workflow.replay import GONE, rebuild

JUNK = st.none() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=3)


def life(world):
    """A dossier that has been through much; `World.act` compares with the replay at each step."""
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Return(("merit",), note="bổ sung"))
    world.later(days=5).act(Supplement({"merit": "xuất sắc"}), "proposer")
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.act(Hold(note="đơn thư"))
    world.later(days=5).act(Release())
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")
    world.act(Correct({"score": "9.5"}, Candidate("individual", "Nguyễn Văn Ẩn"), note="sai tên"))
    world.act(Fire("grant", decision=world.sign("grant")), "minister")
    return world


def test_a_life_is_told_by_its_journal_alone(at):
    told = life(at("consulted")).told()

    assert told.faults == []
    assert told.dossier.state == "granted"
    assert told.dossier.fields == {"merit": "xuất sắc", "score": "9.5"}
    assert told.dossier.candidate == Candidate("individual", "Nguyễn Văn Ẩn")
    assert told.dossier.acted["officer"] == ("officer",)
    assert [vote.choice for vote in told.votes] == ["for"] * 5
    assert told.applied == {"q1": "grant"}
    assert told.created_at == datetime(2018, 6, 11, 2, tzinfo=UTC)
    assert told.changed_at == datetime(2018, 6, 21, 2, tzinfo=UTC)


def test_each_prefix_is_told_too(at):
    facts = life(at("consulted")).facts()
    whole = [fact.n for fact in facts if "ends" in fact.body][1:]

    for n in whole:
        told = rebuild("h1", facts[: n - 1])
        assert (told.faults, told.dossier.count) == ([], n - 1)


def test_nothing_is_told_by_no_event():
    told = rebuild("h1", [])

    assert (told.dossier, told.tasks, told.faults) == (None, {}, [])


def test_values_that_were_erased_are_empty(at):
    facts = [fact._replace(private={}) for fact in at("council").facts()]

    told = rebuild("h1", facts)

    assert told.dossier.candidate == Candidate("individual", GONE, "u1", GONE)
    assert told.dossier.fields == {"merit": GONE}
    assert [document.name for document in told.documents] == [GONE, GONE]


@pytest.mark.parametrize(
    "ends", [["decided", 3, 3], ["appraisal", 5, 3], ["appraisal", 3, 4], None]
)
def test_an_act_that_came_to_something_else(at, ends):
    *facts, last = at("appraisal").facts()
    body = {**last.body, "ends": ends}
    if ends is None:
        del body["ends"]

    told = rebuild("h1", [*facts, last._replace(body=body), last._replace(n=4)])

    assert {fault.code for fault in told.faults} == {"event-ends"}


@pytest.fixture(scope="module")
def lived(at):
    """The facts of a whole life."""
    return life(at("consulted")).facts()


@settings(max_examples=300)
@given(data=st.data())
def test_no_event_makes_it_stumble(lived, data):
    facts = [*lived]
    at = data.draw(st.integers(0, len(facts) - 1))
    key = data.draw(st.sampled_from(sorted(facts[at].body)))
    body = {**facts[at].body, key: data.draw(JUNK)}
    if data.draw(st.booleans()):
        del body[key]
    facts[at] = facts[at]._replace(body=body)

    rebuild("h1", facts)


def entry(n, act, commit=(), **values):
    """An event of a register."""
    private = dict(commit)
    body = {"act": act, "at": "2018-06-11T02:00:00.000000Z", "by": "u:1",
            "commit": dict.fromkeys(private, "ab"), **values}  # fmt: skip
    return Fact(n, body, private)


def test_a_round_is_told():
    opened = {"gathered": "p/opinions/c1", "seq": 1, "procedure": "p", "name": "opinions",
              "meeting": None}  # fmt: skip

    told = register.rebuild("r1", [entry(1, "open_round", **opened),
                                   entry(2, "rank", outcomes=[["h1", "passed"]])])  # fmt: skip

    assert told.row == {**opened, "opened_at": "2018-06-11T02:00:00.000000Z"}
    assert told.faults == []


def test_a_submission_is_told_with_its_papers():
    told = register.rebuild("s1", [
        entry(1, "submit", {"paper.signer": "Trần Thị Bé"}, sender="u1", received="2018-06-08",
              campaign=None, paper={"number": "12"}),
        entry(2, "attach", {"name": "tờ trình"}, kind="submission", file=1, sha256="ab", size=3,
              type="text/plain"),
    ])  # fmt: skip

    assert told.row == {
        "paper": '{"number":"12","signer":"Trần Thị Bé"}', "sender": "u1",
        "received_on": "2018-06-08", "campaign": None,
    }  # fmt: skip
    assert told.documents == [
        Document("s1", "submission", 1, "ab", 3, "text/plain", "tờ trình", None)
    ]


def test_a_meeting_is_told():
    told = register.rebuild("k1", [entry(1, "meet", {"title": "Phiên 1"}, held_on="2018-07-20")])

    assert told.row == {
        "title": "Phiên 1", "held_on": "2018-07-20", "status": "called", "council": None,
        "presides": None,
    }  # fmt: skip


@pytest.mark.parametrize(("symbol", "number"), [({"symbol": "QĐ"}, "15/QĐ"), ({}, "15")])
def test_a_decision_is_told_from_draft_to_end(symbol, number):
    paper = {"number": "15", "signed_on": "2018-07-02", **symbol}

    told = register.rebuild("q1", [
        entry(1, "draft", {"title": "Về việc tặng"}, lines=[["h1", "grant", 9]], changes=None),
        entry(2, "number", {"paper.signer": "Lê Văn Cả"}, paper=paper),
        entry(3, "applied"),
    ])  # fmt: skip

    assert (told.row["number"], told.row["status"]) == (number, "applied")
    assert told.row["signed_on"] == date(2018, 7, 2).isoformat()
    assert told.lines == {"h1": ("grant", 9)}


def test_lines_of_a_decision_are_looked_at_again_or_struck():
    told = register.rebuild("q1", [
        entry(1, "draft", lines=[["h1", "grant", 9], ["h2", "grant", 5]], changes=None),
        entry(2, "look_again", lines=[["h1", 11]]),
        entry(3, "strike", {"note": "rút"}, dossiers=["h2"]),
    ])  # fmt: skip

    assert told.lines == {"h1": ("grant", 11)}


@pytest.mark.parametrize("facts", [
    [entry(1, "applied")], [entry(1, "fly")], [entry(1, "meet")], [entry(1, "rank", outcomes=[])],
    [entry(1, "draft", lines=7, changes=None)],
])  # fmt: skip
def test_a_register_that_cannot_be_understood(facts):
    told = register.rebuild("x", facts)

    assert [(fault.n, fault.code) for fault in told.faults] == [(1, "event-unreadable")]
