"""A command typed again under its id, because the answer was lost, is done once and says so."""

from typing import Any

import pytest

AGAIN = ("--command-id", "again")
PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")
NAMELESS = """id,kind,name,unit,cluster,prior_awards,merit_period,report,prior_award_list
,individual,Nguyễn Văn Ấn,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt
,individual,Nguyễn Văn Ấn,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt
"""
ASKED = """seat,question
stp-bac-giang,Có đơn thư nào không?
"""


def test_list_without_ids(office: Any) -> None:
    office.write("d.csv", NAMELESS)
    enter = ("dossiers", "import", "d.csv", "--procedure", "exemplar-selection", *AGAIN)

    first, second = office.json(*enter), office.json(*enter)

    assert len(set(first["dossiers"])) == 2
    assert second == first
    assert set(office.states()) == set(first["dossiers"])


def test_round_closed(consulted: Any) -> None:
    close = ("rounds", "close", "opinions", "--note", "đã đủ", "--yes", *AGAIN)
    first, second = consulted.json(*close), consulted.json(*close)

    assert (first["done"], second["done"]) == (3, 3)
    assert consulted.run(*close[:-2]).reasons == ["round-closed"]


@pytest.mark.parametrize("whose", [("HS-1",), ("--state", "appraisal", "--yes")])
@pytest.mark.parametrize("beside", [(), ("--requests", "hoi.csv")])
def test_round_opened(proposed: Any, whose: Any, beside: Any) -> None:
    proposed.write("hoi.csv", ASKED)
    proposed.ok("dossiers", "act", "accept", "--state", "proposed", "--yes")
    step = (
        ("rounds", "open", "opinions") if len(whose) > 1 else ("rounds", "open", "HS-1", "opinions")
    )
    more = (*(whose if len(whose) > 1 else ()), *beside, *PAPER, *AGAIN)
    proposed.ok(*step, *more, as_="user:tham")
    before = proposed.digest()

    proposed.ok(*step, *more, as_="user:tham")

    assert proposed.digest() == before


def test_minutes_of_a_count(council: Any) -> None:
    council.write("bb.pdf", "%PDF")
    count = ("votes", "count", "vote", "counts.csv", "--minutes", "bb.pdf", *PAPER, *AGAIN)
    for _ in range(2):
        council.ok(*count, as_="user:kiem")

    documents = council.json("meetings", "show", "hop-1")["documents"]
    assert [(d["kind"], d["name"]) for d in documents] == [("count", "bb.pdf")]
