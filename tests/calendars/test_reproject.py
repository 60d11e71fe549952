"""Running dues after a correction of the calendar: shown first, then moved, each by its own act."""

import json
from datetime import date

import pytest

from thidua import By, Fire, Hold, Release
from thidua.definitions.days import Day
from thidua.workflow.command import Reproject
from thidua.workflow.errors import Refused

CLERK = By("u:clerk")
LETTER = "Công văn số 99/VPCP-KGVX ngày 01/8/2018"


def off(on, name="Nghỉ theo công văn"):
    return Day(date.fromisoformat(on), "off", name, "Off by letter", LETTER, "read")


def work(on):
    return Day(date.fromisoformat(on), "work", "Làm bù", "Make-up day", LETTER, "read")


def plan(office):
    return office.do(lambda db: office.wf.reprojection.plan(db, now=office.now))


def apply(office, dossier):
    return office.do(lambda db: office.wf.reprojection.apply(db, dossier, now=office.now))


def events(office, dossier):
    rows = office.rows("event", stream=dossier)
    return [json.loads(r["body"]) for r in sorted(rows, key=lambda r: r["n"])]


def test_a_day_off_moves_what_runs_over_it(office):
    desk, asked = office.propose(), office.propose(asked=True)
    assert (office.due(desk, "new"), office.due(asked, "asking")) == ("2018-08-13", "2018-08-15")

    office.correct(off("2018-08-10"))

    assert office.due(desk, "new") == "2018-08-13"  # nothing moves by itself
    moves = {(s.dossier, s.what): (s.was_on, s.due_on, s.days) for s in plan(office)}
    day = (date(2018, 8, 10),)
    assert moves[desk, "new"] == (date(2018, 8, 13), date(2018, 8, 14), day)
    assert moves[asked, "asking"] == (date(2018, 8, 15), date(2018, 8, 16), day)
    assert moves[asked, "close:asking"][1] == date(2018, 8, 16)
    assert {s.dossier for s in plan(office)} == {desk, asked}

    for dossier in (desk, asked):
        apply(office, dossier)
    assert (office.due(desk, "new"), office.due(asked, "asking")) == ("2018-08-14", "2018-08-16")
    assert plan(office) == []
    assert office.faults() == []


def test_old_and_new_value_and_the_document_stand_in_the_journal(office):
    desk = office.propose()
    office.correct(off("2018-08-10"))

    apply(office, desk)

    told = events(office, desk)[-1]
    assert (told["act"], told["by"], told["change"]) == ("reproject", "engine", 1)
    assert told["days"] == ["2018-08-10"]
    assert told["was"] == [[1, "2018-08-13"]]
    assert [row[4] for row in told["tasks"]] == ["2018-08-14"]
    assert "note" in told["commit"]
    (private,) = office.rows("event_private", stream=desk, n=told["n"])
    assert LETTER in private["body"]
    assert LETTER not in json.dumps(told, ensure_ascii=False)


def test_whoever_has_the_task_is_told_both_days_and_the_document(office):
    asked, untouched = office.propose(asked=True), office.propose()
    office.correct(off("2018-08-15"))  # the units' last day; the desk's was before it

    apply(office, asked)
    apply(office, untouched)

    told = office.rows("notice", template="due_moved")
    assert [(row["dossier_id"], row["seat"]) for row in told] == [
        (asked, f"unit@{unit}") for unit in ("a", "b")
    ]
    context = json.loads(told[0]["context"])
    assert (context["was_on"], context["due_on"]) == ("2018-08-15", "2018-08-16")
    assert (context["days"], context["ground"]) == (["2018-08-15"], LETTER)
    (opened, *_) = office.rows("notice", dossier_id=asked, template="opinion_requested")
    assert (told[0]["matter"], told[0]["until"]) == (opened["matter"], opened["until"])
    assert {row["pace"] for row in told} == {None}  # it waits for the digest


def test_done_twice_moves_nothing_more(office):
    desk = office.propose()
    office.correct(off("2018-08-10"))

    assert apply(office, desk) is not None
    assert apply(office, desk) is None
    with pytest.raises(Refused) as caught:
        office.do(lambda db: office.wf.act_as_engine(db, desk, Reproject(), office.now))
    assert [why.code for why in caught.value.reasons] == ["dues-unmoved"]


def test_only_the_engine_counts_anew(office):
    desk = office.propose()
    office.correct(off("2018-08-10"))

    with pytest.raises(Refused) as caught:
        office.act(desk, Reproject())
    assert [why.code for why in caught.value.reasons] == ["not-allowed"]


def test_the_ladder_begins_anew_before_the_new_due(office):
    desk = office.propose()
    office.at(8, 13)
    office.do(lambda db: office.wf.tick(db, office.now))
    assert office.rows("task", dossier_id=desk)[0]["rung"] == 2  # before and on the day

    office.correct(off("2018-08-14"), off("2018-08-13"))
    apply(office, desk)

    (task,) = office.rows("task", dossier_id=desk, status="open")
    assert (task["due_on"], task["rung"]) == ("2018-08-15", 1)
    assert task["wake_at"] == "2018-08-15T01:00:00.000000Z"  # 8 o'clock there


def test_a_paused_task_keeps_its_rest(office):
    desk = office.propose()
    office.at(8, 8)
    office.act(desk, Hold(note="Chờ xác minh"))
    office.correct(off("2018-08-10"))

    assert plan(office) == []
    office.at(8, 9)
    office.act(desk, Release())
    # Three days were left after the 8th; the 10th no longer counts.
    assert office.due(desk, "new") == "2018-08-15"


def test_a_saturday_worked_brings_a_due_nearer(office):
    desk = office.propose()
    office.correct(work("2018-08-11"))

    (shift,) = plan(office)
    assert (shift.due_on, shift.days) == (date(2018, 8, 11), (date(2018, 8, 11),))
    apply(office, desk)
    assert office.due(desk, "new") == "2018-08-11"


def test_no_due_is_moved_back_into_the_past(office):
    office.propose()
    office.at(8, 13)
    office.correct(work("2018-08-11"))  # by it the due would have been the 11th

    assert plan(office) == []


def test_an_act_counts_by_a_correction_that_another_process_made(office):
    other = office.another()
    first = other.propose()
    office.correct(off("2018-08-10"))

    second = other.propose()
    other.act(first, Fire("wait"))

    assert other.due(second, "new") == "2018-08-14"
    assert other.due(first, "waiting") == "2018-08-09"
    assert [s.task for s in plan(other)] == []
    assert other.faults() == []


def test_a_correction_undone_gives_the_old_due_back(office):
    desk = office.propose()
    office.correct(off("2018-08-10"))
    apply(office, desk)
    office.correct(work("2018-08-10"))

    apply(office, desk)

    assert office.due(desk, "new") == "2018-08-13"
    assert office.faults() == []


def test_many_dues_are_looked_at_in_pieces(office, monkeypatch):
    monkeypatch.setattr("thidua.reprojection.AT_ONCE", 2)
    made = [office.propose(asked=n % 2 == 0) for n in range(3)]
    office.correct(off("2018-08-10"))

    assert {s.dossier for s in plan(office)} == set(made)
