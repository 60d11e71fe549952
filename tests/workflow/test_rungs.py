"""What a ladder says when rungs have passed, on its own, without a database."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions import load
from thidua.definitions.calendars import load_calendar
from thidua.workflow.dossier import Candidate, Dossier, Task
from thidua.workflow.due import Offset, rung_at
from thidua.workflow.dues import clocked
from thidua.workflow.ladder import Ladder, Rung
from thidua.workflow.rungs import Fired, fire, occurrence

PROCEDURE = load(
    (Path(__file__).parents[1] / "clock/round.yaml").read_text(encoding="utf-8"), "round"
)
CALENDAR = load_calendar(PROCEDURE.calendar)
DOSSIER = Dossier("h-1", "hash", "PRIZE", Candidate("individual", "Nguyễn Văn Ấn"), "a", {}, "new",
                  1, 1, "", campaign="2018")  # fmt: skip
DUE = date(2018, 8, 15)
ASKED = Task(4, "ask", "asking", "unit@a", 2, round_id="r-1", due_on=DUE, ladder="asked")
DESK = Task(1, "desk", "new", "clerk", 1, due_on=DUE, ladder="desk")


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2018, 8, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def fired(task: Task, now: datetime, last_at: datetime | None = None) -> Fired:
    return fire(PROCEDURE, CALENDAR, DOSSIER, task, now=now, last_at=last_at)


def test_reminder_on_its_day_says_nothing_of_a_stop() -> None:
    one = fired(ASKED, at(8, 17))

    (reminder,) = one.reminders
    assert reminder.notice.template == "reminder"
    assert "skipped" not in reminder.notice.context
    assert (one.rung, one.wake_at) == (1, at(13))
    assert (reminder.notice.matter, reminder.notice.until) == ("r-1", 4)


def test_reminder_of_an_earlier_day_says_what_was_missed_and_since_when() -> None:
    (reminder,) = fired(ASKED, at(10), at(7, 20)).reminders

    context = reminder.notice.context
    assert reminder.notice.template == "catch_up"
    assert [each["on"] for each in context["skipped"]] == ["2018-08-08"]
    assert context["stopped_at"] == at(7, 20).isoformat()
    assert context["resumed_at"] == at(10).isoformat()


@pytest.mark.parametrize("last_at", [None, at(9), at(20)])
def test_stop_begins_no_later_than_the_first_one_missed(last_at: datetime | None) -> None:
    (reminder,) = fired(ASKED, at(10), last_at).reminders

    assert reminder.notice.context["stopped_at"] == at(8).isoformat()


def test_each_seat_gets_its_own_latest_rung_with_its_own_missed_ones() -> None:
    reminders = {r.notice.seat: r for r in fired(ASKED, at(15)).reminders}

    assert {seat: r.status for seat, r in reminders.items()} == {
        "unit@a": "due",
        "head@a": "held",
        "clerk": "paper",
    }
    skipped = {seat: len(r.notice.context["skipped"]) for seat, r in reminders.items()}
    assert skipped == {"unit@a": 2, "head@a": 1, "clerk": 1}
    assert reminders["unit@a"].notice.template == "catch_up"
    assert reminders["head@a"].notice.template == "escalation"


def test_ladder_ends_without_a_wake_up() -> None:
    one = fired(DESK, at(21))

    assert (one.rung, one.wake_at) == (4, None)
    assert sorted(r.notice.seat for r in one.reminders) == ["boss", "clerk"]


def test_rung_that_moved_into_the_future_brings_only_a_wake_up() -> None:
    one = fired(ASKED._replace(rung=1), at(9))

    assert one == Fired(1, at(13), ())


def test_task_of_a_person_has_no_head_but_a_line_on_the_list() -> None:
    task = ASKED._replace(seat="member:u:1", rung=1)

    (reminder,) = fired(task, at(13)).reminders

    assert (reminder.notice.seat, reminder.status) == ("member:u:1", "paper")


def test_reminder_goes_to_the_holder_and_is_no_escalation() -> None:
    (reminder,) = fired(DESK._replace(holder="u:9"), at(14)).reminders

    assert (reminder.notice.seat, reminder.notice.template) == ("clerk:u:9", "reminder")


def test_context_is_plain_json_in_both_languages() -> None:
    (reminder,) = fired(DESK, at(14)).reminders

    context = json.loads(json.dumps(reminder.notice.context))
    assert context["task_title"] == {
        "vi": "xử lý hồ sơ ở bước “Mới”",
        "en": "deal with the dossier at “New”",
    }
    assert context["rung"]["title"] == {
        "vi": "1 ngày làm việc trước hạn",
        "en": "1 working day before the due date",
    }
    assert reminder.notice.matter == "new:2018"


def test_extended_due_reminds_anew_and_the_same_one_never_again() -> None:
    keys = [occurrence(DUE, 4, 2), occurrence(DUE, 4, 3), occurrence(DUE, 5, 2),
            occurrence(date(2018, 8, 16), 4, 2)]  # fmt: skip

    assert len(set(keys)) == len(keys)
    assert max(keys) < 0
    assert min(keys) > -(2**63)


@given(st.lists(st.integers(0, 60 * 24 * 60), min_size=1, max_size=12))
def test_whatever_the_ticks_every_rung_is_told_of_once(minutes: list[int]) -> None:
    """Fired at any instants, each rung passed is fired or named, and none twice for a seat."""
    rungs = PROCEDURE.ladders["desk"].rungs
    task, told, last = DESK, [], None
    for minute in sorted(minutes):
        now = at(1) + timedelta(minutes=minute)
        one = fired(task, now, last)
        for r in one.reminders:
            named = {each["on"] for each in r.notice.context.get("skipped", [])}
            told += [(r.notice.seat, on) for on in named | {r.notice.context["rung"]["on"]}]
        assert len({r.notice.seat for r in one.reminders}) == len(one.reminders)
        task, last = task._replace(rung=one.rung, wake_at=one.wake_at), now

    assert last is not None
    instants = [(r.to, rung_at(CALENDAR, DUE, r.offset)) for r in rungs]
    passed = [(to, CALENDAR.legal_date(i).isoformat()) for to, i in instants if i <= last]
    expected = sorted(("clerk" if to == "asked" else to, on) for to, on in passed)
    assert sorted(told) == expected


def test_wake_ups_only_move_forward() -> None:
    task, seen = ASKED, []
    for _ in range(4):
        one = fired(task, task.wake_at or at(8))
        task = task._replace(rung=one.rung, wake_at=one.wake_at)
        seen.append(one.wake_at)

    known = [each for each in seen if each is not None]
    assert known == [at(13), at(14), at(15)]
    assert all(a < b for a, b in pairwise(known))


PROMISED = ASKED._replace(outcome="promised:2018-08-14", rung=1, wake_at=at(15))


def test_promise_keeps_the_ladder_quiet_until_its_day_is_over() -> None:
    one = fired(PROMISED, at(14, 17))

    assert one == Fired(1, at(15), ())


def test_broken_promise_tells_each_seat_the_latest_that_was_kept_quiet() -> None:
    reminders = {r.notice.seat: r for r in fired(PROMISED, at(15)).reminders}

    assert set(reminders) == {"unit@a", "head@a", "clerk"}
    context = reminders["unit@a"].notice.context
    assert context["promised_on"] == "2018-08-14"
    assert "skipped" not in context  # no clock stood still
    assert reminders["unit@a"].notice.template == "reminder"


def test_broken_promise_is_told_where_the_ladder_has_no_rung_left() -> None:
    task = ASKED._replace(outcome="promised:2018-08-17", rung=5, wake_at=at(20))

    (reminder,) = fired(task, at(20, 9)).reminders
    again = fired(task._replace(outcome="promised:2018-08-20", wake_at=at(21)), at(21)).reminders

    assert (reminder.notice.seat, reminder.status) == ("unit@a", "due")
    assert again[0].notice.occurrence != reminder.notice.occurrence
    assert fired(task._replace(wake_at=None), at(21)) == Fired(5, None, ())


@pytest.mark.parametrize(
    ("rung", "seat", "status"),
    [
        (Rung(Offset(0)), "unit@a", "due"),
        (Rung(Offset(0), "asked", "held_mail"), "unit@a", "held"),
        (Rung(Offset(0), "head"), "head@a", "held"),
        (Rung(Offset(0), "head", send=True), "head@a", "due"),
        (Rung(Offset(0), "boss"), "boss", "held"),
        (Rung(Offset(0), "boss", send=True), "boss", "due"),
        (Rung(Offset(0), "clerk", "phone"), "clerk", "paper"),
        (Rung(Offset(0), "clerk", "letter"), "clerk", "paper"),
    ],
)
def test_whatever_goes_above_the_seat_is_held_unless_the_ladder_says_send(
    rung: Rung, seat: str, status: str
) -> None:
    one = replace(PROCEDURE, ladders={"asked": Ladder("asked", (rung,))})

    (reminder,) = fire(one, CALENDAR, DOSSIER, ASKED, now=at(15)).reminders

    assert (reminder.notice.seat, reminder.status) == (seat, status)


def test_officers_own_desk_is_reminded_without_release() -> None:
    rung = Rung(Offset(0), "clerk")
    one = replace(PROCEDURE, ladders={"desk": Ladder("desk", (rung,))})

    (reminder,) = fire(one, CALENDAR, DOSSIER, DESK, now=at(15)).reminders

    assert (reminder.notice.template, reminder.status) == ("reminder", "due")


def test_urgent_rung_says_so() -> None:
    rungs = (Rung(Offset(0), urgent=True), Rung(Offset(0), "boss"))
    one = replace(PROCEDURE, ladders={"asked": Ladder("asked", rungs)})

    reminders = fire(one, CALENDAR, DOSSIER, ASKED, now=at(15)).reminders

    assert [r.notice.pace for r in reminders] == ["urgent", None]


def test_due_that_was_over_as_it_began_is_told_at_once_and_blames_no_stop() -> None:
    rule = replace(PROCEDURE.states["new"].due, start="receipt")
    come = DOSSIER._replace(received_on=date(2018, 7, 2))
    began = clocked(
        Task(1, "desk", "new", "clerk", 1), rule,
        procedure=PROCEDURE, calendar=CALENDAR, now=at(15, 10), dossier=come,
    )  # fmt: skip

    one = fire(PROCEDURE, CALENDAR, come, began, now=at(15, 10, 1), last_at=at(15, 10))

    (reminder,) = one.reminders
    assert began.wake_at == at(15, 10)
    assert (reminder.notice.template, reminder.notice.seat) == ("reminder", "clerk")
    assert reminder.notice.context["days_left"] < 0
    assert one.wake_at is None
    assert fire(PROCEDURE, CALENDAR, come, began._replace(wake_at=None), now=at(16)).reminders == ()
