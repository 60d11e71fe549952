"""Members who vote at the same moment, against each other and against the close."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from thidua import By, Cast, Close, Refused, retry

TELLER = By("teller")


def test_votes_at_once_are_all_in_the_box(council: Any) -> None:
    council.convened()

    def vote(member: str) -> None:
        retry(
            council.engine, lambda db: council.wf.act(db, "h1", Cast("vote", "for"), by=By(member))
        )

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(vote, council.members))

    assert council.box()["votes"] == 5
    assert council.count().state == "passed"
    assert council.faults() == []


def test_a_vote_is_in_before_the_close_or_refused(council: Any) -> None:
    council.convened()
    council.vote("fff")

    def act(member: str) -> bool:
        command = Close("vote") if member == "teller" else Cast("vote", "against")
        try:
            retry(council.engine, lambda db: council.wf.act(db, "h1", command, by=By(member)))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        taken = dict(
            zip(("m3", "m4", "teller"), pool.map(act, ("m3", "m4", "teller")), strict=True)
        )

    (line,) = council.rows(council.wf.tables.line)
    assert json.loads(line["counts"])["votes_against"] == taken["m3"] + taken["m4"]
    assert council.faults() == []
