"""Corrections of a calendar in the database: kept with document, who and when, for everybody."""

from datetime import date

import pytest
from sqlalchemy import update

from thidua import By
from thidua.definitions.calendars import draft_year
from thidua.definitions.days import Day
from thidua.workflow.errors import DefinitionError, Refused, Unknown

CLERK = By("u:clerk")
LETTER = "Công văn số 99/VPCP-KGVX ngày 01/8/2018"


def off(on, name="Nghỉ theo công văn"):
    return Day(date.fromisoformat(on), "off", name, "Off by letter", LETTER, "read")


def work(on):
    return Day(date.fromisoformat(on), "work", "Làm bù", "Make-up day", LETTER, "read")


def calendar(office):
    return office.do(lambda db: office.wf.shelf.calendar(db, "vn-civil-service"))


def codes(error):
    return [why.code for why in error.value.reasons]


def test_correction_kept_with_document_who_and_when(office):
    done = office.correct(off("2018-08-10"), work("2018-08-18"))

    (entered,) = office.do(office.wf.calendars.history)
    assert (done.n, entered.n, entered.by, entered.at) == (1, 1, "u:clerk", office.now)
    assert entered.ground == LETTER
    assert [(m.on, m.was, m.now.kind) for m in entered.moved] == [
        (date(2018, 8, 10), None, "off"), (date(2018, 8, 18), None, "work"),
    ]  # fmt: skip
    assert (entered.before, entered.version) == (done.before, done.version)
    assert done.before != done.version
    assert office.faults() == []


def test_correction_shows_the_old_value(office):
    office.correct(off("2018-08-10"))
    office.correct(off("2018-08-10", "Nghỉ bù"), off("2018-09-03", "Nghỉ bù Quốc khánh"))

    history = office.do(office.wf.calendars.history)
    was = {each.on.isoformat(): each.was for each in history[1].moved}
    assert was["2018-08-10"].vi == "Nghỉ theo công văn"
    assert was["2018-09-03"].kind == "off"
    assert was["2018-09-03"].ground  # the shipped table's own
    assert office.faults() == []


def test_every_process_counts_by_it(office):
    other = office.another()
    assert calendar(other).is_working(date(2018, 8, 10))

    office.correct(off("2018-08-10"))

    other.do(other.wf.shelf.renew)
    assert not calendar(other).is_working(date(2018, 8, 10))
    assert calendar(other).version == calendar(office.another()).version


def test_the_table_and_the_value_that_counts_have_one_version(office):
    done = office.correct(off("2018-08-10"))

    table = office.do(office.wf.calendars.table)
    office.do(office.wf.shelf.renew)
    assert done.version == table.version == calendar(office).version


def test_nothing_new_writes_nothing(office):
    office.correct(off("2018-08-10"))
    again = office.correct(off("2018-08-10"))

    assert (again.n, again.moved, again.before) == (None, (), again.version)
    assert len(office.do(office.wf.calendars.history)) == 1


def test_a_correction_rolled_back_is_forgotten(office):
    with office.engine.connect() as db:
        office.wf.calendars.correct(db, [off("2018-08-10")], by=CLERK, now=office.now)
        office.wf.shelf.renew(db)
        db.rollback()
    office.correct(off("2018-08-13"))
    office.do(office.wf.shelf.renew)

    assert calendar(office).is_working(date(2018, 8, 10))
    assert not calendar(office).is_working(date(2018, 8, 13))


def test_a_year_is_added(office):
    with pytest.raises(DefinitionError) as caught:
        office.correct(off("2028-02-01"))
    assert codes(caught) == ["calendar-outside"]
    assert "thidua calendar draft 2028" in caught.value.text("vi")

    for year in (2028, 2029):
        draft = draft_year(year)
        office.do(lambda db, t=draft: office.wf.calendars.correct(db, t, by=CLERK, now=office.now))

    office.do(office.wf.shelf.renew)
    assert calendar(office).last_on == date(2029, 12, 31)
    assert office.faults() == []


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([work("2018-08-10")], ["calendar-works-already"]),
        ([off("2018-08-11")], ["calendar-off-already"]),
        ([off("2018-08-18"), work("2018-08-18")], ["calendar-twice", "calendar-off-already"]),
        ([off("2018-08-10"), off("2018-08-10")], ["calendar-twice"]),
        ([off("1999-08-10")], ["calendar-outside"]),
    ],
    ids=["work worked", "off off", "both", "twice", "outside"],
)
def test_contradiction_changes_nothing(office, days, found):
    with pytest.raises(DefinitionError) as caught:
        office.correct(*days)

    assert codes(caught) == found
    assert office.do(office.wf.calendars.history) == []
    assert office.faults() == []


def test_who_and_which_calendar_must_exist(office):
    with pytest.raises(Refused) as caught:
        office.correct(off("2018-08-10"), by=By("engine"))
    assert codes(caught) == ["engine-reserved"]
    with pytest.raises(Unknown) as caught:
        office.correct(off("2018-08-10"), name="moon")
    assert codes(caught) == ["unknown-calendar"]
    with pytest.raises(Refused) as caught:
        office.correct(off("2018-08-10"), ground=" ")
    assert codes(caught) == ["ground-empty"]
    assert office.rows("calendar") == []


def test_entering_for_somebody_takes_the_right(office):
    with pytest.raises(Refused) as caught:
        office.correct(off("2018-08-10"), by=By("u:somebody", "u:clerk"))

    assert codes(caught) == ["may-not-enter-for"]


def test_verify_sees_a_day_slipped_into_the_table(office):
    office.correct(off("2018-08-10"))
    table = office.wf.tables.calendar
    office.do(lambda db: db.execute(update(table).values(days="{}")))

    (told,) = office.faults()
    assert "days" in told


def test_no_free_text_in_the_bytes(office):
    office.correct(off("2018-08-10"))

    (event,) = office.rows("event")
    assert "công văn" not in event["body"].lower()
    assert '"days":[["2018-08-10","off","read"]]' in event["body"]
