"""What waits for a person: reminders held for release, and the phone-and-paper list."""

import json
from datetime import date
from typing import Any

import pytest

from thidua import By, Refused, Unknown
from thidua.dunning import Head, dunning
from thidua.lookup import Lookup
from thidua.notifiers.official import page, written
from thidua.notifiers.render import Office
from thidua.reminders import Spoken

CLERK = By("u:clerk")


def by_hand(desk: Any) -> list[Any]:
    with desk.engine.begin() as db:
        return list(desk.wf.reminders.by_hand(db, now=desk.now))


def held(desk: Any) -> list[Any]:
    with desk.engine.begin() as db:
        return list(desk.wf.reminders.held(db))


def release(desk: Any, keys: list[Any], by: By) -> None:
    with desk.engine.begin() as db:
        desk.wf.reminders.release(db, keys, by=by, now=desk.now)


@pytest.fixture
def escalated(desk: Any) -> Any:
    """On 13 August the heads of both units are to be written to."""
    desk.asked()
    desk.send()
    for day in (8, 13):
        desk.at(day)
        desk.tick()
        desk.send()
    desk.letters().clear()
    return desk


def test_released_reminder_names_who_released_it(escalated: Any) -> None:
    waiting = [each for each in held(escalated) if each.seat == "head@a"]
    escalated.at(14, 7)

    release(escalated, [each.key for each in waiting], By("u:clerk"))
    escalated.send()

    (letter,) = escalated.letters()
    assert letter.to[0].mailbox == "head-a@example.org"
    assert "Người duyệt gửi thư này: Trần Thị Chuyên, thứ Ba, ngày 14/8/2018" in letter.text
    assert "Còn 1 ngày làm việc" in letter.text
    assert "Đơn vị a chưa cho ý kiến" in letter.subject


def test_release_needs_the_right(escalated: Any) -> None:
    keys = [each.key for each in held(escalated)]

    with pytest.raises(Refused):
        release(escalated, keys, By("u:boss"))

    assert len(held(escalated)) == 2


def test_reminder_is_released_once(escalated: Any) -> None:
    keys = [each.key for each in held(escalated)][:1]
    release(escalated, keys, By("u:clerk"))

    with pytest.raises(Unknown):
        release(escalated, keys, By("u:clerk"))


def test_dropped_reminder_is_not_sent(escalated: Any) -> None:
    keys = [each.key for each in held(escalated)]
    with escalated.engine.begin() as db:
        escalated.wf.reminders.drop(db, keys, by=By("u:clerk"), now=escalated.now)

    assert held(escalated) == []
    assert escalated.send().made == 0


def test_held_reminder_of_a_finished_task_is_gone(escalated: Any) -> None:
    (dossier,) = escalated.made
    escalated.answer(dossier, "a")

    assert [each.seat for each in held(escalated)] == ["head@b"]


def test_call_that_a_ladder_asks_for_names_whom_and_who(desk: Any) -> None:
    desk.unit("c", mailbox="c@example.org", phone="024 111")
    desk.asked(2)
    for day in (8, 13, 14):
        desk.at(day)
        desk.tick()

    calls = {line.seat: line for line in by_hand(desk)}

    line = calls["unit@c"]
    assert (line.name, line.phone, line.way, line.by) == ("Đơn vị c", "024 111", "phone", "clerk")
    assert [name for _, name in line.dossiers] == ["Ứng viên 0", "Ứng viên 1"]
    assert line.due_on is not None
    assert line.due_on.isoformat() == "2018-08-15"
    assert line.task_title == {"vi": "cho ý kiến", "en": "give an opinion"}


def test_seat_without_mailbox_is_one_line_a_matter(empty: Any) -> None:
    empty.unit("c", phone="024 111")
    empty.unit("d")
    empty.asked(2)
    empty.send()
    empty.at(8)
    empty.tick()
    empty.send()

    lines = {line.seat: line for line in by_hand(empty)}

    assert {seat: line.way for seat, line in lines.items()} == {
        "unit@c": "phone", "unit@d": "paper",
    }  # fmt: skip
    assert lines["unit@c"].by is None
    assert len(lines["unit@c"].notices) == 4


def test_line_that_is_done_leaves_the_list(empty: Any) -> None:
    empty.unit("c", phone="024 111")
    empty.asked()
    empty.send()
    (line,) = by_hand(empty)
    with empty.engine.begin() as db:
        empty.wf.reminders.done(db, line, by=CLERK, now=empty.now)

    assert by_hand(empty) == []


def test_answer_takes_the_line_off_the_list(empty: Any) -> None:
    empty.unit("c", phone="024 111")
    (dossier,) = empty.asked()
    empty.send()
    empty.answer(dossier, "c")

    assert by_hand(empty) == []


def test_reminder_that_a_newer_one_overtook_is_not_sent_with_it(desk: Any) -> None:
    desk.asked()
    desk.send()
    desk.letters().clear()
    for day in (8, 13, 14):
        desk.at(day)
        desk.tick()

    desk.send()

    letter = next(each for each in desk.letters() if each.to[0].mailbox == "a@example.org")
    assert letter.subject.startswith("Còn 1 ngày làm việc: cho ý kiến")
    (old,) = [n for n in desk.notices(seat="unit@a") if n["status"] == "pointless"]
    assert "2018-08-08" in old["context"]
    assert "Thư này thay cho cả lần nhắc ngày 08/8/2018 chưa gửi được." in " ".join(
        letter.text.split()
    )


def call_of(desk: Any, seat: str) -> Any:
    """The line of 14 August that says to phone `seat`."""
    for day in (8, 13, 14):
        desk.at(day)
        desk.tick()
    return next(line for line in by_hand(desk) if line.seat == seat)


def test_call_is_kept_in_the_journal_with_what_was_said(desk: Any) -> None:
    desk.unit("c", mailbox="c@example.org", phone="024 111")
    first, second = desk.asked(2)
    line = call_of(desk, "unit@c")
    spoken = Spoken(desk.at(14, 9), "bà Ba", "Đang trình ký")
    desk.at(14, 10)

    with desk.engine.begin() as db:
        desk.wf.reminders.done(db, line, by=CLERK, spoken=spoken, now=desk.now)

    assert [each.seat for each in by_hand(desk)] == ["unit@a", "unit@b"]
    for dossier in (first, second):
        event = desk.rows("event", stream=dossier)[-1]
        body = json.loads(event["body"])
        assert (body["act"], body["seat"], body["way"]) == ("contact", "unit@c", "phone")
        assert (body["by"], body["happened"][:16]) == ("u:clerk", "2018-08-14T09:00")
        (private,) = desk.rows("event_private", stream=dossier, n=event["n"])
        assert "bà Ba" in private["body"]
        assert "bà Ba" not in event["body"]


def test_promise_by_phone_quiets_that_seats_ladder_and_is_no_answer(desk: Any) -> None:
    (dossier,) = desk.asked()
    line = call_of(desk, "unit@a")
    with desk.engine.begin() as db:
        spoken = Spoken(spoke_to="bà Ba", promised_on=date(2018, 8, 15))
        desk.wf.reminders.done(db, line, by=CLERK, spoken=spoken, now=desk.now)
    desk.send()
    desk.letters().clear()
    desk.at(15)
    desk.tick()
    desk.send()

    assert [letter.to[0].mailbox for letter in desk.letters()] == ["b@example.org"]
    assert {n["status"] for n in desk.notices(seat="head@a")} == {"pointless"}
    (task,) = desk.rows("task", seat="unit@a", kind="ask")
    assert (task["status"], task["due_on"]) == ("open", "2018-08-15")
    desk.answer(dossier, "a")
    (task,) = desk.rows("task", seat="unit@a", kind="ask")
    assert (task["outcome"], task["wake_at"]) == ("agree", None)


def test_promise_that_is_broken_is_told_with_its_day(desk: Any) -> None:
    desk.asked()
    line = call_of(desk, "unit@a")
    with desk.engine.begin() as db:
        spoken = Spoken(promised_on=date(2018, 8, 14))
        desk.wf.reminders.done(db, line, by=CLERK, spoken=spoken, now=desk.now)
    desk.send()
    desk.letters().clear()
    desk.at(15)
    desk.tick()

    desk.send()

    letter = next(each for each in desk.letters() if each.to[0].mailbox == "a@example.org")
    assert "hẹn trả lời đến hết ngày 14/8/2018" in " ".join(letter.text.split())


def test_contact_needs_the_right(desk: Any) -> None:
    desk.unit("c", mailbox="c@example.org", phone="024 111")
    desk.asked()
    line = call_of(desk, "unit@c")

    with desk.engine.begin() as db, pytest.raises(Refused):
        desk.wf.reminders.done(db, line, by=By("u:boss"), now=desk.now)

    assert len(by_hand(desk)) == 3


def test_letter_is_one_line_for_its_round(desk: Any) -> None:
    desk.adopt("kind: phone", "kind: letter")
    desk.asked(2)
    for day in (8, 13, 14):
        desk.at(day)
        desk.tick()

    (line,) = by_hand(desk)

    assert (line.way, line.seat, line.seats) == ("letter", "clerk", ("unit@a", "unit@b"))
    assert len(line.dossiers) == 2
    with desk.engine.begin() as db:
        with pytest.raises(Refused):
            desk.wf.reminders.done(db, line, by=CLERK, now=desk.now,
                                   spoken=Spoken(promised_on=date(2018, 8, 15)))  # fmt: skip
        desk.wf.reminders.done(db, line, by=CLERK, now=desk.now)
    assert by_hand(desk) == []
    assert len([e for e in desk.rows("event") if '"act":"contact"' in e["body"]]) == 4


def test_official_letter_names_every_unit_that_is_missing(desk: Any) -> None:
    first, _ = desk.asked(2)
    desk.answer(first, "a")
    desk.at(13, 10)
    with desk.engine.begin() as db:
        look = Lookup(db, desk.wf.tables, desk.wf.people, desk.wf.shelf, desk.now)
        given = dunning(look, "asking", Head(Office("Văn phòng")))

    assert [(unit.name, unit.dossiers) for unit in given.units] == [
        ("Đơn vị a", 1), ("Đơn vị b", 2),
    ]  # fmt: skip
    assert (given.dossiers, given.due_on, given.late) == (2, date(2018, 8, 15), False)
    assert "Tính đến ngày 13 tháng 8 năm 2018, còn 2 đơn vị chưa" in " ".join(
        page(written(given)).split()
    )


def test_nobody_is_pressed_when_all_have_answered(desk: Any) -> None:
    (dossier,) = desk.asked()
    for unit in ("a", "b"):
        desk.answer(dossier, unit)

    with desk.engine.begin() as db:
        look = Lookup(db, desk.wf.tables, desk.wf.people, desk.wf.shelf, desk.now)
        with pytest.raises(Refused) as caught:
            dunning(look, "asking", Head(Office("Văn phòng")))

    assert caught.value.reasons[0].code == "nobody-missing"
