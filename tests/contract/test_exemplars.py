"""The exemplar selection: seats per group, ranking, ties and another ballot."""

from datetime import date
from typing import Any

import pytest

from thidua import Answer, Attach, By, Candidate, Close, Counts, Fire

APPRAISER, TELLER = By("appraiser"), By("teller")


@pytest.fixture
def rivals(office: Any) -> list[str]:
    """Three individuals and a collective of one cluster, before the council."""
    submission = office.submit()
    kinds = ["individual", "individual", "individual", "collective"]
    fields = {
        "cluster": "C01",
        "prior_awards": "Bằng khen",
        "merit_period": "2013-01-01/2018-06-30",
    }
    made = [
        office.propose(
            "exemplar-selection", "DIEN_HINH", fields=fields, submission=submission,
            campaign="2018", unit="stp-24", candidate=Candidate(kind, f"Ứng viên {n} (giả định)"),
        )
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    with office.engine.begin() as db:
        meeting = office.wf.meetings.add(
            db, "Phiên họp", date(2018, 8, 24), by=By("officer"), now=office.now
        )
    for dossier in made:
        office.act(dossier, Attach("prior_award_list", "cd" * 32, 3, "text/plain", "ds.txt"))
        office.act(dossier, Fire("accept"))
        office.act(dossier, Fire("consult"), APPRAISER)
        office.act(dossier, Answer("opinions", "agree"), By("stp-27"))
        office.act(dossier, Fire("convene", meeting=meeting))
    return made


def count(office: Any, dossier: str, votes_for: int) -> None:
    paper = Counts(entitled=5, present=5, issued=5, returned=5, valid=5, votes_for=votes_for,
                   votes_against=5 - votes_for)  # fmt: skip
    office.act(dossier, Close("vote", paper, "paper"), TELLER)


def settle(office: Any) -> None:
    with office.engine.begin() as db:
        for key in office.wf.rounds.waiting(db):
            office.wf.rounds.settle(db, key, now=office.now)


def states(office: Any, dossiers: list[str]) -> list[str]:
    return [office.state(dossier) for dossier in dossiers]


def test_own_department_is_stepped_over_and_the_other_asked(office: Any, rivals: list[str]) -> None:
    asked = {task["seat"] for task in office.rows(office.wf.tables.task, kind="ask")}

    assert asked == {"department@stp-27"}


def test_group_waits_for_its_last_dossier(office: Any, rivals: list[str]) -> None:
    for dossier, votes_for in zip(rivals, [5, 4], strict=False):
        count(office, dossier, votes_for)
    count(office, rivals[3], 3)

    settle(office)

    assert states(office, rivals) == ["council_review"] * 3 + ["submitted"]


def test_best_of_each_group_has_the_seat(office: Any, rivals: list[str]) -> None:
    for dossier, votes_for in zip(rivals, [3, 5, 2, 3], strict=True):
        count(office, dossier, votes_for)

    settle(office)
    settle(office)

    assert states(office, rivals) == ["not_chosen", "submitted", "not_chosen", "submitted"]
    (ranked,) = [r for r in office.rows(office.wf.tables.round) if r["name"] == "vote"]
    assert ranked["count"] == 2


def test_tie_is_voted_on_again_by_those_tied_only(office: Any, rivals: list[str]) -> None:
    for dossier, votes_for in zip(rivals, [4, 4, 3, 5], strict=True):
        count(office, dossier, votes_for)
    settle(office)
    after_tie = states(office, rivals)

    count(office, rivals[0], 3)
    count(office, rivals[1], 5)
    settle(office)

    assert after_tie == ["council_review", "council_review", "not_chosen", "submitted"]
    assert states(office, rivals) == ["not_chosen", "submitted", "not_chosen", "submitted"]
    rounds = [r["seq"] for r in office.rows(office.wf.tables.round) if r["name"] == "vote"]
    assert sorted(rounds) == [1, 2]


def test_seat_stays_empty_when_nobody_has_the_majority(office: Any, rivals: list[str]) -> None:
    for dossier in rivals:
        count(office, dossier, 2)

    settle(office)

    assert states(office, rivals) == ["not_chosen"] * 4
