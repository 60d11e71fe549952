"""How a due came about is enough to count it again with another calendar."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.definitions.calendars import load_calendar
from thidua.workflow.calendar import NoCalendar
from thidua.workflow.command import Extend, Hold, Release
from thidua.workflow.due import Computed, Span
from thidua.workflow.reckoning import Reckoning, reckon_again, retold

VN = load_calendar()
STORM = date(2018, 6, 19)
STRUCK = replace(VN, version="storm", off={**VN.off, STORM: "Nghỉ bão"})
"""The calendar with one more day off: Tuesday, 19 June 2018."""


@pytest.mark.parametrize(
    "reckoning",
    [
        Reckoning(calendar="a@1", from_on=date(2018, 7, 2), span=Span(7, "working days")),
        Reckoning(
            calendar="a@1", start="receipt", from_on=date(2018, 7, 2), span=Span(1, "months"),
            after=Span(2, "working days"), transit=Span(3, "working days"),
            moved_by=("Tết Nguyên đán", "Thứ Bảy"), clamped=True,
        ),
        Reckoning(
            calendar="a@1", start="meeting", from_on=date(2018, 7, 2),
            span=Span(3, "calendar days"), before=True,
        ),
        Reckoning(calendar="a@1", start="resumed", from_on=date(2018, 7, 2), left=0),
        Reckoning(calendar="a@1", start="extension", until_on=date(2018, 7, 2)),
    ],
)  # fmt: skip
def test_reads_what_it_writes(reckoning):
    assert Reckoning.parse(reckoning.text()) == reckoning


def test_says_only_what_is_so():
    text = Reckoning(calendar="a@1", from_on=date(2018, 7, 2), span=Span(7, "working days")).text()

    assert text == '{"calendar":"a@1","from":"2018-07-02","in":"7 working days","start":"entry"}'


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"calendar":"a","day":1}', '{"in":"soon"}'])
def test_refuses_what_it_does_not_know(text):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        Reckoning.parse(text)


def test_a_due_counted_again_by_the_same_calendar_stays(at):
    for state in ("proposed", "appraisal", "consulted", "council", "submitted"):
        world = at(state)
        for task in world.open():
            assert (task.due_on is None) == (task.reckoned is None)
            if task.reckoned is not None:
                assert reckon_again(task.reckoned, VN).on == task.due_on


def test_another_day_off_moves_it_and_is_named(at):
    world = at("consulted")  # on Monday, 11 June 2018
    (ask, *_) = world.open("ask")
    assert ask.due_on == date(2018, 6, 20)

    anew = reckon_again(ask.reckoned, STRUCK)

    assert anew == Computed(date(2018, 6, 21), ("Nghỉ bão",))
    assert Reckoning.parse(retold(ask.reckoned, anew, STRUCK)) == Reckoning(
        calendar="vn-civil-service@storm", start="opening", from_on=date(2018, 6, 11),
        span=Span(7, "working days"), moved_by=("Nghỉ bão",),
    )  # fmt: skip


def test_the_post_is_counted_again_too(at):
    world = at("consulted")
    (close,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert close.due_on == date(2018, 6, 25)

    assert reckon_again(close.reckoned, STRUCK).on == date(2018, 6, 26)


def test_a_date_set_by_hand_stays_and_the_post_after_it_does_not(at):
    world = at("consulted")
    world.act(Extend("opinions", date(2018, 6, 23), note="xin thêm"))

    (ask, *_) = world.open("ask")
    (close,) = [t for t in world.open("effect") if t.what == "close:opinions"]

    assert Reckoning.parse(ask.reckoned).until_on == date(2018, 6, 25)
    assert reckon_again(ask.reckoned, STRUCK) is None
    assert reckon_again(close.reckoned, STRUCK).on == date(2018, 6, 28)


def test_what_was_left_after_a_pause_is_counted_again(at):
    world = at("consulted")
    world.act(Hold(note="đơn thư"))
    world.later(days=3)
    world.act(Release())  # on Thursday, with seven days left

    (ask, *_) = world.open("ask")

    assert (ask.due_on, Reckoning.parse(ask.reckoned).left) == (date(2018, 6, 25), 7)
    assert reckon_again(ask.reckoned, STRUCK).on == date(2018, 6, 26)


def test_an_event_says_once_what_many_seats_share(at):
    world = at("consulted")
    body = next(fact.body for fact in world.facts() if fact.body.get("trigger") == "consult")

    assert len(body["reckoned"]) == 3  # the asked, the close after the post, the posting
    assert [row[7:] for row in body["opened"] if row[1] == "ask"] == [[0], [0], [0]]


def test_years_that_are_not_covered_are_refused():
    reckoning = Reckoning(calendar="a@1", from_on=date(2027, 12, 30), span=Span(7, "working days"))

    with pytest.raises(NoCalendar):
        reckon_again(reckoning.text(), VN)
