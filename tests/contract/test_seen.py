"""A dossier as one actor may see it, on both databases."""

from typing import Any

from thidua import Hold

AWARD = ("ministers-certificate", "BK_BO")


def test_ground_of_a_hold_is_for_who_holds(office: Any) -> None:
    dossier = office.propose(*AWARD)
    office.act(dossier, Hold(note="chimkhuou"))

    with office.engine.connect() as db:
        inside = office.wf.seen(db, dossier, "officer", now=office.now)
        outside = office.wf.seen(db, dossier, "stranger", now=office.now)
        nobody = office.wf.seen(db, dossier, now=office.now)

    assert [e["private"].get("note") for e in inside.events][-1] == "chimkhuou"
    for seen in (outside, nobody):
        assert "chimkhuou" not in str(seen)
        assert seen.events[-1]["body"]["act"] == "hold"
        assert (seen.dossier["state"], seen.handles, seen.tasks) == ("proposed", False, [])
