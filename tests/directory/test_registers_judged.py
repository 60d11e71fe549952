"""Whose right an entry of a register took, judged by the second verifier."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from thidua import By, Paper
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.ledger import Hand

SIGNED = Paper(number="9", symbol="QĐ", signed_on=date(2025, 6, 24), signer="Lê Thị Xê")
RULED = {"meet", "preside", "submit", "classify", "confirm_retention", "draft", "strike"}


def _written(office: Any, by: By) -> None:
    wf, dossier = office.wf, office.propose()
    meeting = office.write(wf.meetings.add, "Phiên 1", date(2025, 7, 4), by=by)
    office.write(wf.meetings.preside, meeting, "m1", by=by, authority=SIGNED)
    office.write(wf.submissions.add, SIGNED, by=by)
    office.write(wf.classification.give, dossier, "secret", by=by, ground=SIGNED)
    office.write(wf.erasure.confirm, "ministry", 20, by=by, ground=SIGNED)
    decision = office.write(wf.decisions.draft, "Tặng thưởng", {dossier: "grant"}, by=by)
    office.write(wf.decisions.strike, decision, [dossier], by=by, note="Rút lại")


def _faults(office: Any, folder: Path) -> list[tuple[str, str]]:
    file, e = folder / "export.jsonl", office.wf.tables.event.c
    with office.engine.connect() as db:
        file.write_text("".join(export(db, office.wf)), encoding="utf-8")
        rows = db.execute(select(e.stream, e.n, e.body)).all()
    acts = {(stream, n): json.loads(body)["act"] for stream, n, body in rows}
    return [(acts[key, n], code) for key, n, code in thidua_verify.judged(str(file)).faults]


def test_entries_without_the_right_are_found(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an engine that lets everybody write."""
    monkeypatch.setattr("thidua.ledger.Ledger._hand", lambda _, db, by, *more: Hand(by.actor))

    _written(office, By("officer"))
    honest = _faults(office, tmp_path)
    _written(office, By("hg"))

    assert honest == []
    assert sorted(_faults(office, tmp_path)) == sorted((act, "who") for act in RULED)
