"""Words that come in another Unicode form, and times that are still to come."""

import unicodedata
from datetime import timedelta
from typing import Any

import pytest

from thidua import Attach, Candidate, Fire, Refused

NAME = "Đỗ Thị Hường"


def test_names_are_kept_composed(office: Any) -> None:
    spread = unicodedata.normalize("NFD", NAME)
    dossier = office.propose(
        "ministers-certificate", "BK_BO", candidate=Candidate("individual", spread)
    )
    office.act(dossier, Attach("report", "cd" * 32, 1, "text/plain", spread))

    (row,) = office.rows(office.wf.tables.dossier, id=dossier)
    papers = office.rows(office.wf.tables.document, owner=dossier, version=2)
    assert row["candidate_name"] == NAME
    assert [paper["name"] for paper in papers] == [NAME]


def test_act_that_is_still_to_come_is_refused(office: Any) -> None:
    dossier = office.propose("ministers-certificate", "BK_BO")
    later = office.now + timedelta(minutes=1)

    with pytest.raises(Refused) as refused:
        office.act(dossier, Fire("misroute", note="gửi nhầm", happened_at=later))

    assert [reason.code for reason in refused.value.reasons] == ["happened-later"]
    assert office.state(dossier) == "proposed"


def test_candidate_of_a_kind_nobody_knows_is_refused(office: Any) -> None:
    with pytest.raises(Refused) as refused:
        office.propose(
            "ministers-certificate", "BK_BO", candidate=Candidate("robot", "Nguyễn Văn A")
        )

    assert refused.value.reasons[0].code == "unknown-kind"
