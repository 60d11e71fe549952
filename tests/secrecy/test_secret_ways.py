"""Ways to vote in a secret ballot: by oneself, in writing, on the tellers' papers."""

from typing import Any

from thidua import By, Cast, Close, Counts, Paper


def test_no_words_go_with_it(council: Any) -> None:
    council.convened()

    assert council.refused(Cast("vote", "for", note="vì xứng đáng"), "m0") == ["secret-with-words"]


def test_nobody_enters_it_for_another(council: Any) -> None:
    council.convened()
    paper = Paper(number="1", symbol="P")

    reasons = council.refused(Cast("vote", "for", ground=paper), By("officer", for_="m0"))

    assert "vote-in-person" in reasons


def test_tellers_papers_are_no_way_to_vote_and_nothing_is_said_of_keys(council: Any) -> None:
    council.convened()

    assert council.refused(Cast("vote", "for", way="paper"), "m0") == ["way-not-allowed"]


def test_a_written_vote_is_open_and_counts(council: Any) -> None:
    council.convened()
    council.vote("fff")
    paper = Paper(number="1", symbol="P")
    council.act(Cast("vote", "against", way="written", ground=paper), By("officer", for_="m3"))

    council.count()

    assert council.body("close_round")["slips"] == ["for", "for", "for"]
    roll = council.body("close_round")["verdict"]["roll"]
    assert roll["voted"] == ["member:m0", "member:m1", "member:m2", "member:m3"]
    assert roll["written"] == ["member:m3"]
    assert council.faults() == []


def test_papers_in_the_room_are_added(council: Any) -> None:
    council.convened()
    council.vote("ffa")
    papers = Counts(entitled=5, present=2, issued=2, returned=2, valid=1, invalid=1, votes_for=1)

    done = council.act(Close("vote", papers, "paper"), By("teller"))

    assert done.state == "passed"
    assert council.faults() == []
