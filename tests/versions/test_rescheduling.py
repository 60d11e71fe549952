"""A meeting on another day: the dues that count back from it are shown, then moved."""

import json
from datetime import date

import pytest

from thidua import By, Extend, Hold, Refused, Release, Unknown
from thidua.workflow.command import Remeet

VOTE = "due: {in: 10 working days, from: opening, ground: rule}"
BACK = "due: {at_least: 7 calendar days, before: vote.meeting, ground: rule, ladder: desk}"


@pytest.fixture
def council(office):
    """Two dossiers put to the meeting of 20 July, whose papers have to be out a week before."""
    office.newer(VOTE, BACK)
    made = [_at_council(office) for _ in range(2)]
    assert office.dues(made[0])["vote"] == "2018-07-12"
    return office, made


def _at_council(office):
    key = office.reach("consulted")
    move = office.move(office.do(lambda db: office.wf.shelf.rules(
        db, office.row("procedure", version="2")["hash"])).procedure)  # fmt: skip
    office.do(lambda db: office.wf.versions.apply(db, move, key, office.now))
    office._council(key, "k1")
    return key


def plan(office, on, meeting="k1"):
    return office.do(lambda db: office.wf.rescheduling.plan(db, meeting, on, now=office.now))


def move(office, on, by="officer", **terms):
    ids = office.do(lambda db: office.wf.rescheduling.move(
        db, "k1", on, by=By(by), now=office.now, **terms))  # fmt: skip
    for key in ids:
        office.do(lambda db, key=key: office.wf.rescheduling.apply(db, "k1", key, now=office.now))
    return ids


def test_what_moves_is_shown_and_then_moved(council):
    office, made = council
    on = date(2018, 7, 27)

    found = plan(office, on)

    assert (found.was_on, found.held_on, found.against) == (date(2018, 7, 20), on, ())
    assert {d.dossier for d in found.dues} == set(made)
    assert {(d.what, d.was_on, d.due_on) for d in found.dues} == {
        ("vote", date(2018, 7, 12), date(2018, 7, 19))
    }
    assert office.row("meeting", id="k1")["held_on"] == "2018-07-20"

    assert move(office, on, note="Phòng họp bận") == made
    assert office.row("meeting", id="k1")["held_on"] == "2018-07-27"
    assert {office.dues(key)["vote"] for key in made} == {"2018-07-19"}
    assert office.faults() == []
    assert plan(office, on).dues == ()


def test_old_and_new_stand_in_both_journals(council):
    office, made = council
    move(office, date(2018, 7, 27))

    last = max(office.rows("event", stream=made[0]), key=lambda r: r["n"])
    body = json.loads(last["body"])
    assert (body["act"], body["by"], body["held_on"]) == ("remeet", "engine", "2018-07-27")
    assert {due for _, due in body["was"]} == {"2018-07-12"}
    last = max(office.rows("event", stream="k1"), key=lambda r: r["n"])
    body = json.loads(last["body"])
    assert (body["act"], body["was"], body["held_on"]) == ("remeet", "2018-07-20", "2018-07-27")


def test_a_day_that_leaves_too_little_time_is_refused(council):
    office, made = council
    office.at(date(2018, 7, 10))

    found = plan(office, date(2018, 7, 13))

    assert [(key, r.code) for key, r in found.against] == [(k, "meeting-too-soon") for k in made]
    with pytest.raises(Refused) as caught:
        move(office, date(2018, 7, 13))
    assert {r.code for r in caught.value.reasons} == {"meeting-too-soon"}
    assert office.row("meeting", id="k1")["held_on"] == "2018-07-20"


def test_an_earlier_day_that_leaves_the_time_moves_them_nearer(council):
    office, made = council
    move(office, date(2018, 7, 18))

    assert {office.dues(key)["vote"] for key in made} == {"2018-07-10"}
    assert office.faults() == []


def test_what_a_person_set_and_what_is_paused_stays(council):
    office, made = council
    office.act(made[0], Extend("vote", date(2018, 7, 16), note="xin thêm"))
    office.act(made[1], Hold(note="đơn thư"))

    assert move(office, date(2018, 7, 27)) == []
    office.act(made[1], Release())
    assert office.dues(made[0])["vote"] == "2018-07-16"
    assert office.faults() == []


def test_bad_days_and_people(council):
    office, _ = council
    for on, code in (
        (date(2018, 6, 1), "meeting-past"),
        (date(2018, 7, 20), "meeting-same-day"),
    ):
        with pytest.raises(Refused) as caught:
            move(office, on)
        assert [r.code for r in caught.value.reasons] == [code]
        assert caught.value.reasons[0].text("vi") != caught.value.reasons[0].text("en")
    with pytest.raises(Refused) as caught:
        move(office, date(2018, 7, 27), by="teller")
    assert [r.code for r in caught.value.reasons] == ["not-allowed"]
    with pytest.raises(Unknown):
        plan(office, date(2018, 7, 27), "k9")


def test_only_the_engine_moves_them(council):
    office, made = council
    with pytest.raises(Refused) as caught:
        office.act(made[0], Remeet("k1", date(2018, 7, 27)))
    assert [r.code for r in caught.value.reasons] == ["not-allowed"]
