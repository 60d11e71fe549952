"""What an act looks up before it begins may fail too, and leaves the host's rows."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from thidua import Failed, Transfer

ACTS = {
    "reproject": (
        "td_task",
        lambda wf, db, dossier, steps: wf.reprojection.apply(db, dossier, now=steps.now),
    ),
    "remeet": (
        "td_meeting",
        lambda wf, db, dossier, steps: wf.rescheduling.apply(db, "k1", dossier, now=steps.now),
    ),
    "transfer": (
        "td_dossier",
        lambda wf, db, dossier, steps: wf.act(
            db, dossier, Transfer("s1"), by=steps.clerk, now=steps.now
        ),
    ),
    "apply-line": (
        "td_decision",
        lambda wf, db, dossier, steps: wf.decisions.apply_line(
            db, "q1", dossier, by=steps.clerk, now=steps.now
        ),
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("way", ["connection", "session"])
def test_read_that_fails_keeps_the_hosts_rows(host, steps, way, act):
    dossier = host.dossier()
    table, call = ACTS[act]

    with host.opened(way, "blind") as db:
        db.execute(text(f"ALTER TABLE {table} RENAME TO td_gone"))
        with pytest.raises((Failed, DBAPIError)):
            call(host.wf, db, dossier, steps)
        db.execute(text(f"ALTER TABLE td_gone RENAME TO {table}"))
        db.commit()

    assert host.own_rows() == ["own"]
    assert steps.ends(dossier) == ("new", 1)
