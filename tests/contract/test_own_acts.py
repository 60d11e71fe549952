"""The engine's own acts in a whole office: foreseen, moved between submissions, owed, numbered."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from thidua import By, Fire, Hold, Paper, Recall, Refused, Transfer, Unknown
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.storage import load
from thidua.verify import verify

GROUND = Paper(number="15", symbol="CV", signed_on=date(2018, 8, 2), signer="B")
OFFICER = By("officer")


def proposed(office: Any, count: int = 1, submission: str | None = None) -> list[str]:
    fields = {"merit_period": "2013-01-01/2018-05-31", "by_initiative": "no"}
    terms = {"fields": fields, "submission": submission}
    return [office.propose("ministers-certificate", "BK_BO", **terms) for _ in range(count)]


def foreseen(office: Any, ids: list[str], command: Any, by: By = OFFICER) -> dict[str, list[str]]:
    with office.engine.connect() as db:
        found = office.wf.preview(db, ids, command, by=by, now=office.now)
        db.rollback()
    return {each.dossier_id: [reason.code for reason in each.reasons] for each in found}


def test_what_an_act_would_hit_is_told_and_nothing_written(office: Any) -> None:
    first, second, third = proposed(office, 3)
    office.act(second, Hold(note="thanh tra"))
    before = office.rows(office.wf.tables.dossier)

    told = foreseen(office, [third, first, second, "h-999"], Hold(note="đơn thư"))

    assert told == {first: [], second: ["paused"], third: [], "h-999": ["unknown-dossier"]}
    assert list(told) == sorted(told)
    assert office.rows(office.wf.tables.dossier) == before
    mixed = {first: Hold(note="đơn"), second: Hold()}
    assert foreseen(office, [first, second], mixed)[second] == ["paused", "note-missing"]


def test_what_is_foreseen_is_what_happens(office: Any) -> None:
    ids = proposed(office, 2, office.submit())
    office.act(ids[1], Hold(note="thanh tra"))

    with office.engine.connect() as db:
        told = office.wf.preview(db, ids, Fire("accept"), by=OFFICER, now=office.now)
        db.rollback()
    for each in told:
        if each.allowed:
            assert office.act(each.dossier_id, Fire("accept")) == each.done
        else:
            with pytest.raises(Refused) as caught:
                office.act(each.dossier_id, Fire("accept"))
            assert caught.value.reasons == each.reasons
    assert [each.allowed for each in told] == [True, False]


def test_a_dossier_moves_between_submissions_and_both_journals_say_so(office: Any) -> None:
    one, other = office.submit(), office.submit()
    (dossier,) = proposed(office, 1, one)

    with pytest.raises(Refused, match="paper"):
        office.act(dossier, Transfer(other))
    done = office.act(dossier, Transfer(other, ground=GROUND), command_id="t1")
    again = office.act(dossier, Transfer(other, ground=GROUND), command_id="t1")

    assert (again.n, again.repeated) == (done.n, True)
    (row,) = office.rows(office.wf.tables.dossier, id=dossier)
    assert row["submission"] == other
    for key, act in ((one, "give_up"), (other, "take_in")):
        events = office.rows(office.wf.tables.event, stream=key)
        last = max(events, key=lambda event: event["n"])["body"]
        assert f'"act":"{act}"' in last.replace(" ", "")
        assert last.count(dossier) == 1
        assert len(events) == 4
    office.act(dossier, Fire("accept"))
    with pytest.raises(Refused) as caught:
        office.act(dossier, Transfer(None, ground=GROUND))
    assert [each.code for each in caught.value.reasons] == ["accepted-already"]
    sound(office)


def test_only_to_a_submission_that_there_is(office: Any) -> None:
    (dossier,) = proposed(office)

    with pytest.raises(Unknown):
        office.act(dossier, Transfer("none"))
    with pytest.raises(Refused):
        office.act(dossier, Transfer(office.submit()), By("m1"))


def test_a_decision_is_not_numbered_before_it_is_signed(office: Any) -> None:
    (dossier,) = proposed(office)
    tomorrow = Paper(number="9", symbol="QĐ", signed_on=date(2018, 8, 7), signer="B")
    with office.engine.begin() as db:
        decisions, lines = office.wf.decisions, {dossier: "grant"}
        key = decisions.draft(db, "Tặng", lines, by=OFFICER, now=office.now)
        with pytest.raises(Refused) as caught:
            decisions.number(db, key, tomorrow, by=OFFICER, now=office.now)
        # In Hà Nội it is the seventh an hour after five in the afternoon, UTC.
        decisions.number(db, key, tomorrow, by=OFFICER, now=datetime(2018, 8, 6, 18, tzinfo=UTC))
    assert [each.code for each in caught.value.reasons] == ["signed-later"]


def test_a_step_that_a_decision_brought_is_undone_by_another_decision_only(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, stepped = proposed(office, 2, office.submit())
    with office.engine.begin() as db:
        decisions, terms = office.wf.decisions, {"by": OFFICER, "now": office.now}
        key = decisions.draft(db, "Tiếp nhận", {decided: "accept"}, **terms)
        decisions.number(
            db, key, Paper(number="9", signed_on=date(2018, 8, 6), signer="B"), **terms
        )
        decisions.apply_line(db, key, decided, **terms)
    office.act(stepped, Fire("accept"))

    assert foreseen(office, [decided, stepped], Recall()) == {
        decided: ["recall-decided"], stepped: []
    }  # fmt: skip
    with pytest.raises(Refused, match=key):
        office.act(decided, Recall(note="nhầm"))
    with office.engine.connect() as db:
        (told,) = [a for a in office.wf.actions(db, decided, "officer") if a.act == "recall"]
    assert [each.code for each in told.reasons] == ["recall-decided"]
    office.act(stepped, Recall(note="nhầm"))
    assert (office.state(decided), office.state(stepped)) == ("appraisal", "proposed")
    sound(office)
    assert judged(office, tmp_path / "e") == []
    monkeypatch.setattr(load, "brought", lambda *_: load.Brought())
    done = office.act(decided, Recall(note="nhầm"))
    assert judged(office, tmp_path / "e") == [(decided, done.n, "step")]


def judged(office: Any, file: Path) -> list[tuple[str, int, str]]:
    with office.engine.connect() as db:
        file.write_text("".join(export(db, office.wf)), encoding="utf-8")
    return thidua_verify.judged(str(file)).faults


def sound(office: Any) -> None:
    with office.engine.connect() as db:
        assert verify(db, office.wf) == []
