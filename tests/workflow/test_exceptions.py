"""Exceptions first: what council and decider see on top."""

from datetime import date

from thidua.workflow.command import Answer, Close, Reply
from thidua.workflow.exceptions import KINDS, exceptions, rank
from thidua.workflow.exchange import Excuse, Reopen

D0, D1, D2 = (f"department@d{i}" for i in range(3))


def found(world):
    return [(e.kind, e.seat) for e in exceptions(t._asdict() for t in world.tasks.values())]


def test_a_dossier_as_usual_has_none(at):
    world = at("submitted")

    assert found(world) == []
    assert rank(()) > rank(exceptions(t._asdict() for t in remarked(at).tasks.values()))


def remarked(at):
    world = at("consulted")
    world.act(Answer("opinions", "agree_with_remarks", note="nên bổ sung"), "d0")
    return world


def test_the_gravest_comes_first(at):
    world = remarked(at)
    world.act(Answer("opinions", "disagree", note="chưa rõ"), "d2")
    world.act(Close("opinions"))

    assert found(world) == [("disagreement_open", D2), ("agree_with_remarks", D0), ("no_reply", D1)]
    world.act(Reply("opinions", D2, note="đã rõ"))
    assert found(world)[0] == ("disagreement_answered", D2)


def test_only_what_was_last_said_counts(at):
    world = remarked(at)
    world.act(Close("opinions"))
    world.act(Reopen("opinions", note="hỏi lại"))
    world.act(Answer("opinions", "agree"), "d1")
    world.act(Excuse("opinions", D2, note="bão lụt"))

    assert found(world) == [("agree_with_remarks", D0), ("excused", D2)]


def test_more_of_the_same_weighs_more(at):
    one, two = remarked(at), remarked(at).at(date(2018, 6, 12))
    two.act(Answer("opinions", "agree_with_remarks"), "d1")

    ranks = [rank(exceptions(t._asdict() for t in w.tasks.values())) for w in (one, two)]
    assert ranks == [
        (KINDS.index("agree_with_remarks"), -1),
        (KINDS.index("agree_with_remarks"), -2),
    ]


def test_what_came_too_late_is_no_silence(at):
    world = remarked(at)
    world.act(Close("opinions"))
    tasks = [t._asdict() for t in world.tasks.values()]
    said = [(D1, "disagree", 1001), (D2, "agree", 1002)]

    def kinds(lapsed=0):
        ids = {task["seat"]: task["round_id"] for task in tasks}
        rows = [{"round_id": ids[seat], "seat": seat, "kind": kind, "n": 1 if lapsed else n}
                for seat, kind, n in said]  # fmt: skip
        return [e.kind for e in exceptions(tasks, rows)]

    assert kinds() == ["disagreement_late", "agree_with_remarks", "answer_late"]
    assert kinds(lapsed=1) == ["agree_with_remarks", "no_reply", "no_reply"]
