"""Who stands in for another acts on registers too: decisions, meetings, submissions."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from thidua import By, Paper, Refused, Transfer
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.verify import verify

FIRST, LAST = date(2025, 6, 23), date(2025, 6, 27)
BY = By("pho", for_="officer")
SIGNED = Paper(number="9", symbol="QĐ", signed_on=date(2025, 6, 24), signer="Lê Thị Xê")


def stand_in(office: Any, for_: str = "officer", **scope: Any) -> Any:
    add = office.wf.substitutions.add
    return office.write(add, "pho", for_, FIRST, LAST, ground="Quyết định số 12/QĐ-STP", **scope)


def meet(office: Any, by: By = BY) -> Any:
    return office.write(office.wf.meetings.add, "Phiên 1", date(2025, 7, 4), by=by)


def code(office: Any, by: By = BY) -> str:
    with pytest.raises(Refused) as caught:
        meet(office, by)
    (reason,) = caught.value.reasons
    return reason.code


def bodies(office: Any, stream: str) -> list[dict[str, Any]]:
    e = office.wf.tables.event
    with office.engine.connect() as db:
        rows = db.execute(select(e.c.body).where(e.c.stream == stream).order_by(e.c.n)).scalars()
        return [json.loads(body) for body in rows]


def judged(office: Any, folder: Path, **only: Any) -> list[tuple[str, int, str]]:
    """What the second verifier finds."""
    file = folder / "export.jsonl"
    with office.engine.connect() as db:
        file.write_text("".join(export(db, office.wf, **only)), encoding="utf-8")
    return thidua_verify.judged(str(file)).faults


def test_substitute_meets_drafts_and_numbers(office: Any, tmp_path: Path) -> None:
    given, dossier = stand_in(office), office.propose()
    decisions = office.wf.decisions
    meeting = meet(office)
    key = office.write(decisions.draft, "Tặng thưởng", {dossier: "grant"}, by=BY)
    office.write(decisions.number, key, SIGNED, by=BY)

    for body in (*bodies(office, meeting), *bodies(office, key)):
        told = body["by"], body["entered"], body["substitution"]
        assert told == ("officer", "pho", given.id)
    assert office.ask(lambda db: verify(db, office.wf)) == []
    assert judged(office, tmp_path) == []


def test_substitution_that_ended_yesterday_is_refused(office: Any) -> None:
    stand_in(office)
    office.now = datetime(2025, 6, 27, 17, 5, tzinfo=UTC)  # 00:05 in Ha Noi: the day after

    assert code(office) == "substitution-ended"


@pytest.mark.parametrize(
    ("for_", "scope", "refused"),
    [
        ("officer", {"acts": ["draft"]}, "substitution-elsewhere"),
        ("m1", {}, "not-delegable"),
        ("hg", {}, "may-not-enter-for"),
    ],
)
def test_bounds_hold_for_registers(
    office: Any, for_: str, scope: dict[str, list[str]], refused: str
) -> None:
    """Of whom `m1` has the right by a role that cannot be delegated."""
    stand_in(office, for_, **scope)
    by = By("pho", for_="officer" if for_ == "hg" else for_)

    assert code(office, by) == refused


def test_bounds_name_the_right(office: Any) -> None:
    given = stand_in(office, acts=["meet"], roles=["officer"], procedures=["asking"])

    assert bodies(office, meet(office))[0]["substitution"] == given.id


def test_who_may_enter_needs_no_substitution(office: Any) -> None:
    office.hold(("pho", "officer", ""))

    assert "substitution" not in bodies(office, meet(office))[0]


def test_submissions_name_the_substitution_of_a_transfer(office: Any, tmp_path: Path) -> None:
    given, dossier = stand_in(office, acts=["transfer", "submit"]), office.propose()
    key = office.write(office.wf.submissions.add, Paper(number="3", symbol="TTr"), by=BY)

    office.act(dossier, Transfer(key), BY)

    assert [each["substitution"] for each in bodies(office, key)] == [given.id] * 2
    assert judged(office, tmp_path, dossiers=[dossier]) == []


@pytest.mark.parametrize("forged", ["ended", "of-another"])
def test_second_verifier_finds_a_forged_substitution(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forged: str
) -> None:
    """An engine that takes any substitution for one that holds here."""
    given = stand_in(office, "officer" if forged == "ended" else "hg")
    if forged == "ended":
        office.write(office.wf.substitutions.end, given.id, FIRST)
    monkeypatch.setattr("thidua.ledger.covered", lambda *_, **__: {"officer": given})

    meeting = meet(office)

    assert judged(office, tmp_path) == [(meeting, 1, "who")]
