"""A step that opens a linked dossier under another procedure: both written in one act, or none."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from thidua import By, Candidate, CommandReused, Create, Fire, Paper, Recall, Refused, Unknown
from thidua.engine import Call
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.storage import listing
from thidua.verify import verify
from thidua.workflow.command import Command
from thidua.workflow.journal import canonical

CANDIDATE = Candidate("individual", "Nguyễn Văn Ấn", "stp-24")
OFFICER = By("officer")
LOWER = Path(__file__).with_name("lower.yaml").read_text(encoding="utf-8")
UPPER = (
    LOWER.replace("procedure: lower", "procedure: upper").replace(", starts: upper", "")
    .replace("type: number", "type: text").replace("lower_only", "upper_only")
)  # fmt: skip


@pytest.fixture
def linked(office: Any) -> Any:
    with office.engine.begin() as db:
        office.wf.adopt(db, LOWER)
        office.wf.adopt(db, UPPER)
    return office


def test_step_opens_a_dossier_with_what_both_have(linked: Any, tmp_path: Path) -> None:
    mine = proposed(linked, fields={"merit": "Tốt", "years": "3", "lower_only": "x"})
    done = linked.act(mine, Fire("nominate", starts="tren-1", note="xứng đáng"), command_id="c1")

    assert done.started == "tren-1"
    row, other = row_of(linked, mine), row_of(linked, "tren-1")
    kept = ("award", "unit", "candidate_name", "candidate_kind", "candidate_unit")
    assert {k: row[k] for k in kept} == {k: other[k] for k in kept}
    assert (other["state"], other["fields"]) == ("new", canonical({"merit": "Tốt"}))
    assert (other["submission"], other["campaign"]) == (None, None)
    first, fired = told(linked, "tren-1")[0], told(linked, mine)[-1]
    assert (first["origin"], fired["starts"]) == (mine, "tren-1")
    assert (first["by"], first["role"], first["at"]) == ("officer", "officer", fired["at"])
    assert judged(linked, tmp_path / "e") == []
    with linked.engine.connect() as db:
        assert verify(db, linked.wf) == []
    again = linked.act(mine, Fire("nominate", starts="tren-1", note="xứng đáng"), command_id="c1")
    assert (again.repeated, again.started) == (True, "tren-1")
    with pytest.raises(CommandReused):
        linked.act(mine, Fire("nominate", starts="tren-2", note="xứng đáng"), command_id="c1")


def test_id_is_made_of_the_origins_where_none_is_named(linked: Any) -> None:
    mine = proposed(linked)

    done = linked.act(mine, Fire("nominate"), command_id="c1")

    assert done.started == f"{mine}.{done.n}" == linked.act(
        mine, Fire("nominate"), command_id="c1"
    ).started  # fmt: skip


def test_nothing_is_written_when_the_dossier_may_not_be_opened(linked: Any) -> None:
    mine, other = proposed(linked), proposed(linked)

    assert refused(linked, mine, Fire("nominate", starts=other)) == [
        "starts-refused",
        "dossier-exists",
    ]
    assert refused(linked, mine, Fire("close", starts="x")) != []
    kept = proposed(linked)
    linked.act(kept, Fire("nominate"))
    assert refused(linked, kept, Fire("close", starts="x"), by=By("minister")) == ["starts-nothing"]
    assert [row_of(linked, key)["state"] for key in (mine, other)] == ["new", "new"]
    with linked.engine.connect() as db:
        assert verify(db, linked.wf) == []


def test_who_fires_needs_the_right_to_create_there(office: Any) -> None:
    with office.engine.begin() as db:
        office.wf.adopt(db, LOWER)
        office.wf.adopt(db, UPPER.replace("create: officer", "create: minister"))
    mine = proposed(office)

    assert refused(office, mine, Fire("nominate")) == ["starts-refused", "not-allowed"]
    with office.engine.begin() as db:
        holding = {"actor": "officer", "role": "minister", "unit": "", "from_on": "2018-01-01"}
        db.execute(insert(office.wf.tables.holding), holding)
    assert office.act(mine, Fire("nominate")).started is not None


def test_award_is_named_where_it_is_not_clear(office: Any) -> None:
    with office.engine.begin() as db:
        office.wf.adopt(db, LOWER)
        office.wf.adopt(db, UPPER.replace("awards: {A: ", "awards: {B: {vi: B, en: B}, C: "))
    mine = proposed(office)

    assert refused(office, mine, Fire("nominate")) == ["starts-refused", "starts-award"]
    assert refused(office, mine, Fire("nominate", award="A")) == ["starts-refused", "unknown-award"]
    key = office.act(mine, Fire("nominate", award="C"), command_id="c1").started
    assert row_of(office, key)["award"] == "C"
    with pytest.raises(CommandReused):
        office.act(mine, Fire("nominate", award="B"), command_id="c1")


def test_classified_dossier_opens_none(linked: Any) -> None:
    mine = proposed(linked)
    with linked.engine.begin() as db:
        paper = Paper(number="1", signed_on=date(2018, 8, 1))
        linked.wf.classification.give(
            db, mine, "secret", by=OFFICER, ground=paper, now=linked.now
        )  # fmt: skip

    assert refused(linked, mine, Fire("nominate")) == ["starts-refused", "classified-linked"]


def test_unknown_procedure_stops_the_act(office: Any) -> None:
    with office.engine.begin() as db:
        office.wf.adopt(db, LOWER)
    mine = proposed(office)

    with pytest.raises(Unknown, match="upper"):
        office.act(mine, Fire("nominate"))
    assert row_of(office, mine)["state"] == "new"


def test_newest_version_in_force_is_meant(linked: Any) -> None:
    later = UPPER.replace('version: "1"', 'version: "2"')
    never = later.replace('version: "2"', 'version: "3"').replace("2018-01-01", "2018-12-01")
    with linked.engine.begin() as db:
        second = linked.wf.adopt(db, later.replace("2018-01-01", "2018-02-01"))
        linked.wf.adopt(db, never)
    mine = proposed(linked)

    key = linked.act(mine, Fire("nominate")).started

    assert row_of(linked, key)["procedure"] == second.hash


def test_step_that_opened_a_dossier_is_not_recalled(linked: Any) -> None:
    mine = proposed(linked)
    linked.act(mine, Fire("nominate"))

    assert refused(linked, mine, Recall(note="nhầm")) == ["recall-started"]


def test_link_that_only_one_side_tells_of_is_found(linked: Any, tmp_path: Path) -> None:
    mine = proposed(linked)
    wf, forged = linked.wf, Create("lower", "A", CANDIDATE, unit="cuc-24")
    with linked.engine.begin() as db:
        pen, s = wf.pen(db)
        (rules,) = (wf.shelf.rules(db, p.hash) for p in wf.shelf.stored(db) if p.name == "lower")
        call = Call(forged, OFFICER, linked.now, origin=mine)
        wf.engine.create(pen, s, "h-x", lambda: rules, call)
        pen.close()

    with linked.engine.connect() as db:
        assert [(e.stream, e.n, e.code) for e in verify(db, wf)] == [("h-x", 1, "link-broken")]
    assert judged(linked, tmp_path / "e") == [("h-x", 0, "step")]


def test_second_verifier_asks_for_the_link_that_the_step_makes(linked: Any, tmp_path: Path) -> None:
    mine = proposed(linked)
    done = linked.act(mine, Fire("nominate"))
    file, said = tmp_path / "e", '"starts":"upper"'

    assert judged(linked, file) == []
    text = file.read_text(encoding="utf-8")
    assert text.count(said) == 1
    file.write_text(text.replace(said, '"other":1'), encoding="utf-8")
    assert thidua_verify.judged(str(file)).faults == [(mine, done.n, "step")]


def test_link_is_seen_by_who_handles_the_dossier(linked: Any) -> None:
    mine = proposed(linked)
    key = linked.act(mine, Fire("nominate")).started

    assert (links(linked, mine, "officer"), links(linked, key, "officer")) == ([key], [mine])
    for stranger in ("proposer-24", "m1"):
        assert (links(linked, mine, stranger), links(linked, key, stranger)) == ([], [])


def links(office: Any, dossier: str, actor: str) -> list[str]:
    with office.engine.connect() as db:
        events = office.wf.seen(db, dossier, actor, now=office.now).events
    return [e["body"][way] for e in events for way in ("origin", "starts") if way in e["body"]]


def proposed(office: Any, **terms: Any) -> str:
    """A dossier under `lower`, without its papers."""
    key = f"h-{len(office.made) + 1:03}"
    create = Create("lower", "A", CANDIDATE, unit="cuc-24", **terms)
    with office.engine.begin() as db:
        office.wf.create(db, create, by=OFFICER, dossier_id=key, now=office.now)
    office.made.append(key)
    return key


def refused(office: Any, dossier: str, command: Command, by: By = OFFICER) -> list[str]:
    """The codes of a refusal, the same foreseen as met."""
    with office.engine.connect() as db:
        (seen,) = office.wf.preview(db, [dossier], command, by=by, now=office.now)
    with pytest.raises(Refused) as caught:
        office.act(dossier, command, by)
    codes = [each.code for each in caught.value.reasons]
    assert [each.code for each in seen.reasons] == codes
    return codes


def row_of(office: Any, key: str) -> dict[str, Any]:
    (row,) = office.rows(office.wf.tables.dossier, id=key)
    return row


def told(office: Any, key: str) -> list[dict[str, Any]]:
    with office.engine.connect() as db:
        return [dict(e["body"]) for e in listing.history(db, office.wf.tables, key)]


def judged(office: Any, file: Path) -> list[tuple[str, int, str]]:
    """What the second verifier says."""
    with office.engine.connect() as db:
        file.write_text("".join(export(db, office.wf)), encoding="utf-8")
    return thidua_verify.judged(str(file)).faults
