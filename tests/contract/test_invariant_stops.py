"""An act that would break what always holds is stopped: an error, a line in the log, no row."""

import logging
from typing import Any

import pytest

from thidua import By, Fire, Hold
from thidua.verify import verify
from thidua.workflow.command import Command
from thidua.workflow.decide import HANDLERS
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Broken

OFFICER = By("officer")


def test_a_handler_with_a_fault_writes_nothing(
    office: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fields = {"merit_period": "2013-01-01/2018-05-31", "by_initiative": "no"}
    dossier = office.propose(
        "ministers-certificate", "BK_BO", fields=fields, submission=office.submit()
    )
    tables = office.wf.tables.metadata.sorted_tables
    before = {table.name: office.rows(table) for table in tables}

    def lose_the_way(draft: Draft, _: Command) -> None:
        draft.record("hold", {"by": "officer"})
        draft.changed(state="nowhere")

    with monkeypatch.context() as planted, caplog.at_level(logging.CRITICAL, logger="thidua"):
        planted.setitem(HANDLERS, Hold, lose_the_way)
        planted.setattr("thidua.workflow.decide.advance", lambda _: None)
        with office.engine.begin() as db, pytest.raises(Broken) as caught:
            office.wf.act(db, dossier, Hold(note="đơn thư"), by=OFFICER, now=office.now)

    assert (caught.value.reasons[0].code, caught.value.fields["rule"]) == ("invariant", "state")
    assert [record.getMessage() for record in caplog.records] == [
        f"an act on {dossier} would break the invariant state"
    ]
    assert {table.name: office.rows(table) for table in tables} == before
    assert office.act(dossier, Fire("accept")).state == "appraisal"
    with office.engine.connect() as db:
        assert verify(db, office.wf) == []
