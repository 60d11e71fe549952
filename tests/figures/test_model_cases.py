"""What the model found in the engine, once each: both come to the same, and the record holds."""

from collections import Counter
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from thidua import (
    Answer,
    AnswerBack,
    AskBack,
    Attach,
    Candidate,
    Cast,
    Close,
    Counts,
    Create,
    Excuse,
    Extend,
    Fire,
    Include,
    Paper,
    Recall,
    Return,
    Supplement,
    Withdraw,
)
from thidua.workflow.command import BreakTie, PutOff

ROOT = Path(__file__).parents[2]
NOTE = "lý do"
DAY = date(2018, 6, 11)
TIED = Close("vote", Counts(4, 4, 0, 4, 4, 4, 0, 2, 2, 0), "paper")
PAPER = Paper(number="3", symbol="CV", signed_on=date(2018, 6, 8), signer="A")


@pytest.fixture(scope="module")
def parts():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        machine, office, tour = map(
            import_module, (f"figures.evidence.model.{n}" for n in ("machine", "office", "tour"))
        )
        made = office.Office.new()
        yield SimpleNamespace(machine=machine, office=office, tour=tour, side=made)
        made.close()


@pytest.fixture
def play(parts):
    """`play("council", …)`: acts from there on, a number lets hours pass; the last one's codes."""

    def run(state, *calls):
        play = parts.machine.Play([parts.side], Counter())
        told = frozenset()
        with parts.office.counted():
            for call in (*parts.tour.way(state), *calls):
                if isinstance(call, int):
                    play.now = parts.machine.later(play.now, call)
                    continue
                name, terms = call if isinstance(call[1], dict) else parts.tour.acted(*call)
                told = play.do(name, {"now": play.now, **terms})
            play.end()
        return told, play.model.cases["D1"]

    run.way = parts.tour.way
    return run


def test_votes_counted_on_paper_are_not_recalled(play):
    told, _ = play("council", ("teller", TIED), ("officer", Recall()))

    assert told == {"recall-too-late"}


def test_the_tie_of_a_withdrawn_dossier_is_nobodys_to_break(play):
    broken = BreakTie("vote", "for")
    told, _ = play("council", ("teller", TIED), ("p1", Withdraw()), ("chair", broken))

    assert told == {"dossier-final"}


def test_votes_are_repeated_where_the_dossier_is_now(play):
    """The older round is the newer one for the dossier, which came to it later."""
    meet = ("meet", {"meeting": "k2", "held_on": DAY, "actor": "officer"})
    steps = (
        ("p1", Create("model@1", "PRIZE", Candidate("individual", "B"), "u1", {"merit": "tốt"})),
        ("officer", Attach("report", "ab" * 32, 10, "application/pdf", "b.pdf")),
        ("officer", Fire("accept")), ("appraiser", Fire("consult")),
        *((d, Answer("opinions", "agree")) for d in ("d0", "d1", "d2")),
        ("officer", Fire("convene", meeting="k2")),
    )  # fmt: skip
    other = [("act", {"key": "D2", "actor": a, "command": c}) for a, c in steps]
    back = PutOff("vote", "k2", note=NOTE)
    _, case = play("consulted", meet, *other,
                   *((d, Answer("opinions", "agree")) for d in ("d0", "d1", "d2")),
                   ("meet", {"meeting": "k1", "held_on": DAY, "actor": "officer"}),
                   ("officer", Fire("convene", meeting="k1")), ("officer", back),
                   ("teller", Close("vote")))  # fmt: skip

    assert [line.meeting for line in case.lines if line.name == "vote"] == ["k1", "k2", "k2"]


def two_ranked(play):
    """The way of another dossier to the ranking, and three votes for both of them, counted."""
    counted = [*((f"m{n}", Cast("rank", "for")) for n in range(3)), ("teller", Close("rank"))]
    both = [("act", {"key": key, "actor": a, "command": c})
            for key in ("D1", "D2") for a, c in counted]  # fmt: skip
    other = [(name, {**terms, "key": "D2"}) for name, terms in play.way("ranking")
             if name == "act"]  # fmt: skip
    return other, both


def test_who_withdraws_before_the_ranking_has_no_seat_and_stops_nobody(play):
    """Of two with equal votes the one is gone: the other has the seat."""
    other, both = two_ranked(play)
    gone = ("act", {"key": "D2", "actor": "p1", "command": Withdraw()})
    _, case = play("ranking", *other, *both, gone, ("tick", {}))

    outcomes = [line.outcome for line in case.lines if line.name == "rank"]
    assert (case.state, outcomes) == ("submitted", ["passed"])


@pytest.mark.parametrize(
    "more",
    [
        ("officer", Include("opinions", "department@d1", note=NOTE)),
        ("officer", Extend("opinions", date(2018, 7, 20), note=NOTE)),
    ],
)
def test_a_round_that_a_question_holds_up_gets_more_time(play, more):
    told, case = play(
        "consulted", ("officer", Excuse("opinions", "department@d1", note=NOTE)), 24,
        ("d0", AskBack("opinions", note="?")), 24 * 3, more, 24 * 2,
        ("officer", AnswerBack("opinions", "department@d0", note=NOTE)),
    )  # fmt: skip

    last = max(job.due for job in case.jobs.values() if job.kind == "ask" and job.runs)
    (end,) = [job for job in case.jobs.values() if job.what == "close:opinions"]
    assert told == frozenset()
    assert end.due > last


def test_a_disagreement_that_lapsed_is_on_nobodys_desk(play):
    late = Answer("opinions", "disagree", "department@d1", note=NOTE, ground=PAPER,
                  happened_at=datetime(2018, 6, 12, 2, tzinfo=UTC))  # fmt: skip
    entered = {"key": "D1", "actor": "officer", "for_": "d1", "command": late}
    _, case = play(
        "consulted", 24 * 20, ("tick", {}), ("act", entered),
        ("officer", Return(("report",), note=NOTE)), ("p1", Supplement({})),
    )  # fmt: skip

    assert [j.status for j in case.jobs.values() if j.what.startswith("reply:")] == ["cancelled"]


def test_a_tie_is_voted_on_again_at_the_meeting_when_the_time_before_it_is_over(play):
    other, both = two_ranked(play)
    _, case = play("ranking", *other, 24 * 14, *both, ("tick", {}))

    again = [job for job in case.jobs.values() if job.runs and job.kind == "vote"]
    assert [line.outcome for line in case.lines if line.name == "rank"] == ["tie", None]
    assert {job.due for job in again} == {None}
