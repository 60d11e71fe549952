"""Units' own days off: days off for the unit's due, where the round says so and nowhere else."""

from datetime import date

import pytest

from thidua import Fire, Hold, Release
from thidua.definitions import load
from thidua.definitions.days import Day
from thidua.storage import calendars
from thidua.workflow.errors import DefinitionError

PLAIN = "due: {in: 7 working days, from: opening, ground: rule, ladder: asked}\n    close: {when:"
CLOSING = PLAIN.replace("ladder: asked", "ladder: asked, closures: yes")
GROUND = "Thông báo số 5 ngày 01/8/2018"


@pytest.fixture
def procedure(office):
    """The text of the procedure whose round counts closures."""
    from pathlib import Path

    text = Path(__file__).parents[1].joinpath("clock", "round.yaml").read_text(encoding="utf-8")
    assert PLAIN in text
    changed = text.replace(PLAIN, CLOSING).replace("procedure: clock-test", "procedure: closing")
    office.do(lambda db: office.wf.adopt(db, changed, now=office.now))
    return changed


def close(office, unit, *days):
    rows = [{"unit": unit, "closed_on": day, "ground": GROUND} for day in days]
    office.do(lambda db: calendars.close(db, office.wf.tables, rows))


def dues(office, dossier):
    rows = office.rows("task", dossier_id=dossier)
    return {r["seat"]: r["due_on"] for r in rows if r["kind"] in ("ask", "effect")}


def plan(office):
    return office.do(lambda db: office.wf.reprojection.plan(db, now=office.now))


def apply(office, dossier):
    return office.do(lambda db: office.wf.reprojection.apply(db, dossier, now=office.now))


def test_a_closed_unit_has_longer_and_the_round_waits_for_it(office, procedure):
    close(office, "a", "2018-08-09", "2018-08-10", "2018-08-11")
    asked = office.propose(procedure="closing", asked=True)

    assert dues(office, asked) == {
        "unit@a": "2018-08-17", "unit@b": "2018-08-15", "engine": "2018-08-17",
    }  # fmt: skip
    assert plan(office) == []
    assert office.faults() == []


def test_a_round_that_does_not_say_so_counts_no_closures(office, procedure):
    close(office, "a", "2018-08-09")
    asked = office.propose(asked=True)

    assert set(dues(office, asked).values()) == {"2018-08-15"}


def test_closures_entered_later_move_the_due(office, procedure):
    asked = office.propose(procedure="closing", asked=True)
    close(office, "b", "2018-08-13")

    moves = {s.seat: s.due_on for s in plan(office)}
    assert moves == {"unit@b": date(2018, 8, 16), "engine": date(2018, 8, 16)}
    apply(office, asked)
    assert dues(office, asked) == {
        "unit@a": "2018-08-15", "unit@b": "2018-08-16", "engine": "2018-08-16",
    }  # fmt: skip
    assert plan(office) == []

    office.do(lambda db: calendars.reopen(db, office.wf.tables, "b", date(2018, 8, 13)))
    apply(office, asked)
    assert set(dues(office, asked).values()) == {"2018-08-15"}
    assert office.faults() == []


def test_what_is_in_the_post_goes_by_the_offices_days(office, procedure):
    posted = procedure.replace("at_due: yes}", "at_due: yes, transit: 2 working days}", 1)
    office.do(
        lambda db: office.wf.adopt(
            db, posted.replace("procedure: closing", "procedure: posted"), now=office.now
        )
    )
    close(office, "a", "2018-08-14", "2018-08-17")
    asked = office.propose(procedure="posted", asked=True)
    assert dues(office, asked)["unit@a"] == "2018-08-16"
    assert dues(office, asked)["engine"] == "2018-08-20"

    close(office, "a", "2018-08-15")
    apply(office, asked)

    assert dues(office, asked) == {
        "unit@a": "2018-08-20", "unit@b": "2018-08-15", "engine": "2018-08-22",
    }  # fmt: skip


def test_the_calendar_and_the_closures_move_it_together(office, procedure):
    close(office, "a", "2018-08-09")
    asked = office.propose(procedure="closing", asked=True)
    office.correct(Day(date(2018, 8, 10), "off", "Nghỉ", "Off", "x", "read"))

    apply(office, asked)

    assert dues(office, asked) == {
        "unit@a": "2018-08-17", "unit@b": "2018-08-16", "engine": "2018-08-17",
    }  # fmt: skip


def test_a_pause_keeps_the_rest_by_the_units_own_days(office, procedure):
    close(office, "a", "2018-08-14")
    asked = office.propose(procedure="closing", asked=True)
    assert dues(office, asked)["unit@a"] == "2018-08-16"
    office.at(8, 8)
    office.act(asked, Hold(note="Chờ xác minh"))
    office.at(8, 9)
    office.act(asked, Release())

    # Five days were left to both after the 8th: a is closed on the 14th, b is not.
    assert dues(office, asked)["unit@a"] == "2018-08-17"
    assert dues(office, asked)["unit@b"] == "2018-08-16"
    assert plan(office) == []


def test_the_ladder_goes_by_the_offices_days(office, procedure):
    close(office, "a", "2018-08-14", "2018-08-15")
    asked = office.propose(procedure="closing", asked=True)

    office.at(8, 14)
    office.do(lambda db: office.wf.tick(db, office.now))

    # Due on the 17th; two working days before it is the 15th, whatever the unit does then.
    (task,) = office.rows("task", dossier_id=asked, seat="unit@a", kind="ask")
    assert (task["due_on"], task["wake_at"][:10]) == ("2018-08-17", "2018-08-15")


def test_hosts_people_are_asked_only_for_such_rounds(office, procedure, monkeypatch):
    asked = []
    own = office.wf.people.closures

    def closures(self, db, units, on):
        asked.append(sorted(units))
        return own(db, units, on)

    monkeypatch.setattr(type(office.wf.people), "closures", closures)
    office.propose(asked=True)
    assert asked == []
    dossier = office.propose(procedure="closing")
    assert asked == []
    office.act(dossier, Fire("ask"))
    assert asked == [["a", "b"]]


def test_closures_of_a_round_that_asks_no_unit_are_refused(procedure):
    text = procedure.replace("for: own unit}", "}")

    with pytest.raises(DefinitionError) as caught:
        load(text, "closing")
    assert "closures-without-unit" in [why.code for why in caught.value.reasons]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_finding_says_what_to_do(procedure, lang):
    text = procedure.replace("for: own unit}", "}")

    with pytest.raises(DefinitionError) as caught:
        load(text, "closing")
    assert "closures" in caught.value.text(lang)
