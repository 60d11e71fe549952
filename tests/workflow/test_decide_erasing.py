"""Erasing personal values, and refusing to: on which ground, within which period, what is left."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.workflow.world import PAPER
from thidua.workflow.change import Change
from thidua.workflow.decide import decide
from thidua.workflow.dossier import Candidate
from thidua.workflow.erasure import Erasing, Keeping, Redact, RefuseErasure, is_part, meant
from thidua.workflow.errors import Refused
from thidua.workflow.person import By
from thidua.workflow.replay import GONE

TODAY = date(2018, 6, 14)
OVER = Keeping("rest", confirmed=True, until_on=date(2018, 6, 13))
NAMES = ((1, "candidate.name"), (1, "candidate.person"), (1, "field.merit"), (2, "name"))
ASKED = Redact(("candidate",), "ordered", ground=PAPER)


def decided(at: Any, command: Any, keeping: Keeping = OVER, by: str = "officer") -> Change:
    world = at("appraisal").at(TODAY)
    erasing = Erasing(NAMES, {"ordered": True, "asked": False}, keeping)
    view = world.view(command, By(by))._replace(erasing=erasing)
    change: Change = decide(world.rules, view, command, By(by), world.now)
    return change


def refused(at: Any, command: Any, keeping: Keeping = OVER, by: str = "officer") -> list[str]:
    with pytest.raises(Refused) as caught:
        decided(at, command, keeping, by)
    return sorted({each.code for each in caught.value.reasons})


def test_the_event_names_what_is_gone_and_the_row_holds_a_mark(at: Any) -> None:
    change = decided(at, ASKED)

    (entry,) = change.entries
    assert (entry.act, entry.data["parts"], entry.data["basis"]) == (
        "redact", ["candidate"], "ordered",
    )  # fmt: skip
    assert entry.data["erased"] == [[1, "candidate.name"], [1, "candidate.person"]]
    assert change.erased == ((1, "candidate.name"), (1, "candidate.person"))
    assert change.dossier.candidate == Candidate("individual", GONE, "u1", GONE)
    assert change.dossier.fields == {"merit": "tốt"}


def test_fields_alone_leave_the_name(at: Any) -> None:
    change = decided(at, replace(ASKED, parts=("field.merit", "fields")))

    assert change.dossier.fields == {"merit": GONE}
    assert change.dossier.candidate.name == "Nguyễn Văn Ấn"
    assert change.entries[0].data["parts"] == ["field.merit", "fields"]
    assert change.erased == ((1, "field.merit"),)


@pytest.mark.parametrize(("command", "codes"), [
    (replace(ASKED, parts=("notes",)), ["nothing-to-erase"]),
    (replace(ASKED, parts=("title",)), ["nothing-to-erase", "unknown-part"]),
    (replace(ASKED, parts=("candidate", "field.")), ["unknown-part"]),
    (replace(ASKED, basis="whim"), ["unknown-basis"]),
    (replace(ASKED, ground=None), ["ground-missing"]),
])  # fmt: skip
def test_what_cannot_be_erased(at: Any, command: Redact, codes: list[str]) -> None:
    assert refused(at, command) == codes


def test_only_who_may(at: Any) -> None:
    assert refused(at, ASKED, by="teller") == ["not-allowed"]


@pytest.mark.parametrize(("keeping", "codes"), [
    (OVER, []),
    (OVER._replace(until_on=TODAY), ["kept-until"]),
    (OVER._replace(until_on=None), ["kept-for-good"]),
    (OVER._replace(confirmed=False), ["retention-assumed"]),
])  # fmt: skip
def test_within_the_period_only_a_ground_that_holds_there(
    at: Any, keeping: Keeping, codes: list[str]
) -> None:
    asked = replace(ASKED, basis="asked")

    assert decided(at, ASKED, keeping).erased
    if codes:
        assert refused(at, asked, keeping) == codes
    else:
        assert decided(at, asked, keeping).erased


def test_a_refusal_is_written_down_with_the_period_and_changes_nothing(at: Any) -> None:
    asked = RefuseErasure(("fields", "candidate"), "asked", ground=PAPER)
    kept = OVER._replace(until_on=date(2038, 12, 31))

    change = decided(at, asked, kept)

    (entry,) = change.entries
    assert entry.act == "refuse_erasure"
    told = {name: entry.data[name] for name in ("parts", "basis", "retention", "until")}
    assert told == {"parts": ["candidate", "fields"], "basis": "asked", "retention": "rest",
                    "until": "2038-12-31"}  # fmt: skip
    assert change.erased == ()
    assert change.dossier.candidate.name == "Nguyễn Văn Ấn"
    assert decided(at, asked, OVER._replace(until_on=None)).entries[0].data["until"] is None


def test_what_may_be_erased_is_not_refused(at: Any) -> None:
    asked = RefuseErasure(("candidate",), "asked", ground=PAPER)

    assert refused(at, asked) == ["erasure-due"]
    assert refused(at, replace(asked, basis="ordered"), OVER._replace(until_on=None)) == [
        "erasure-due"
    ]


def test_what_each_part_means() -> None:
    assert [is_part(each) for each in ("candidate", "field.merit", "field.", "title")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert meant("opinion", ["notes"])
    assert meant("recused.member:u1", ["candidate", "notes"])
    assert not meant("recused", ["notes"])
    assert not meant("candidate.name.old", ["candidate"])
    assert meant("field.merit", ["fields"])
    assert not meant("field.merit.more", ["field.merit"])
