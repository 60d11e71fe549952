"""Dossiers brought over to a new version: shown first, then each moved by its own act."""

from datetime import date

import pytest

from thidua import Answer, Cast, Close, Fire, Refused
from thidua.versions import Move

DESK = "due: {in: 5 working days, from: entry, ground: rule, ladder: desk, then: lapse}"
PASS = "pass: {votes: for, more_than: 1/2, of: entitled, ground: rule}"
STAGES = ("proposed", "appraisal", "consulted", "council", "submitted")


def test_the_plan_shows_every_open_dossier_and_its_dues(office):
    made = {state: office.reach(state) for state in STAGES}
    move = office.move(office.newer(DESK, DESK.replace("5 w", "9 w")))

    planned = office.plan(move)

    assert sorted(planned) == sorted(made.values())
    assert all(p.against == () and p.after == p.state for p in planned.values())
    moved = [(d.what, d.became, d.was_on, d.due_on) for d in planned[made["proposed"]].dues]
    days = (date(2018, 6, 18), date(2018, 6, 22))
    assert moved == [("proposed", "moved", *days), ("fire:lapse", "moved", *days)]
    assert planned[made["appraisal"]].dues == ()
    assert planned[made["consulted"]].rounds[0] == ("opinions", "goes_on")
    assert [r["procedure"] for r in office.rows("dossier")] == [move.old.hash] * 5


def test_the_act_does_what_the_plan_said(office):
    for state in STAGES:
        office.reach(state)
    move = office.move(office.newer(DESK, DESK.replace("5 w", "9 w"), PASS,
                                    PASS.replace("1/2", "2/3")))  # fmt: skip
    planned = office.plan(move)

    for key, plan in planned.items():
        if plan.against:
            with pytest.raises(Refused) as caught:
                office.do(lambda db, key=key: office.wf.versions.apply(db, move, key, office.now))
            assert caught.value.reasons == plan.against
            continue
        done = office.do(lambda db, key=key: office.wf.versions.apply(db, move, key, office.now))
        assert done.state == plan.after
        dues = office.dues(key)
        for due in plan.dues:
            assert dues[due.what] == str(due.due_on)

    (blocked,) = [key for key, plan in planned.items() if plan.against]
    assert [r.code for r in planned[blocked].against] == ["migrate-ballot"]
    by = {r["id"]: r["procedure"] for r in office.rows("dossier")}
    assert by.pop(blocked) == move.old.hash
    assert set(by.values()) == {move.new.hash}
    assert list(office.plan(move)) == [blocked]  # stopped, it goes on with what is left
    assert office.faults() == []


def test_a_life_goes_on_under_the_new_version(office):
    key = office.reach("consulted")
    move = office.move(office.newer(PASS, PASS.replace("1/2", "9/10")))
    office.do(lambda db: office.wf.versions.apply(db, move, key, office.now))

    for i in range(3):
        office.act(key, Answer("opinions", "agree"), f"d{i}")
    office.act(key, Fire("convene", meeting="k1"))
    for i in range(5):
        office.act(key, Cast("vote", "for" if i else "against"), f"m{i}")
    office.act(key, Close("vote"), "teller")

    assert office.row("dossier", id=key)["state"] == "not_passed"  # four of five is under 9/10
    assert office.faults() == []


def test_a_due_that_acts_by_itself_goes_by_the_new_time(office):
    key = office.reach("proposed")
    move = office.move(office.newer(DESK, DESK.replace("5 w", "9 w")))
    office.do(lambda db: office.wf.versions.apply(db, move, key, office.now))

    office.at(date(2018, 6, 20)).do(lambda db: office.wf.tick(db, office.now))
    assert office.row("dossier", id=key)["state"] == "proposed"
    office.at(date(2018, 6, 25)).do(lambda db: office.wf.tick(db, office.now))
    assert office.row("dossier", id=key)["state"] == "lapsed"
    assert office.faults() == []


def test_states_renamed_by_the_mapping(office):
    key = office.reach("proposed")
    new = office.newer("proposed: ", "received: ", "source: proposed", "source: received",
                       "initial: proposed", "initial: received")  # fmt: skip

    (plain,) = office.plan(office.move(new)).values()
    assert [r.code for r in plain.against] == ["migrate-state"]
    move = office.move(new, states={"proposed": "received"})
    (plan,) = office.plan(move).values()
    assert (plan.state, plan.to, plan.after, plan.dues) == ("proposed", "received", "received", ())

    office.do(lambda db: office.wf.versions.apply(db, move, key, office.now))
    assert office.row("dossier", id=key)["state"] == "received"
    assert office.faults() == []


def test_a_mapping_of_nothing_is_refused(office):
    new = office.newer()

    for states in ({"nowhere": "proposed"}, {"proposed": "nowhere"}, {"proposed": "granted"}):
        with pytest.raises(Refused) as caught:
            office.move(new, states=states)
        assert [r.code for r in caught.value.reasons] == ["map-unknown"]


def test_another_procedure_is_no_version(office):
    new = office.newer("procedure: trial", "procedure: another")

    with pytest.raises(Refused) as caught:
        office.move(new)
    assert [r.code for r in caught.value.reasons] == ["migrate-other"]


def test_an_assumed_number_keeps_dossiers_out(office):
    office.reach("proposed")
    new = office.newer("certainty: read", "certainty: assumed")

    (plan,) = office.plan(office.move(new)).values()

    assert [r.code for r in plan.against] == ["assumed"]


def test_a_forged_crossing_is_found(office):
    key = office.reach("proposed")
    move = office.move(office.newer())
    office.do(lambda db: office.wf.versions.apply(db, move, key, office.now))
    t = office.wf.tables.dossier
    office.do(lambda db: db.execute(t.update().values(procedure=move.old.hash)))

    assert len(office.faults()) == 1


def test_there_and_back(office):
    key = office.reach("appraisal")
    there = office.move(office.newer())
    office.do(lambda db: office.wf.versions.apply(db, there, key, office.now))
    third = office.newer(version="3")
    on = Move(there.new, third, there.by, {}, there.ground)
    office.do(lambda db: office.wf.versions.apply(db, on, key, office.now))

    with pytest.raises(Refused):
        office.do(lambda db: office.wf.versions.apply(db, on, key, office.now))
    assert office.row("dossier", id=key)["procedure"] == third.hash
    assert office.faults() == []
