"""One digest a person and working day, mails at once where the procedure says so, quiet hours."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from thidua import By, Fire
from thidua.notifiers.channels import Recording, TemporaryFailure
from thidua.rhythm import Rhythm
from thidua.workflow.command import Return

IMMEDIATE = "asking.opened: {to: asked, template: opinion_requested"


class Slow(Recording):
    """Says of its first two letters that it cannot take them now."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0

    def send(self, letter: Any, at: Any) -> None:
        self.refused += 1
        if self.refused <= 2:
            raise TemporaryFailure(stage="data", smtp_code=451)
        super().send(letter, at)


@pytest.fixture
def office(desk: Any) -> Any:
    """The desk with the rhythm that offices have by default."""
    desk.rhythm = Rhythm()
    return desk


def immediate(desk: Any) -> None:
    """From here on dossiers are of a version that mails what is asked at once."""
    desk.adopt(IMMEDIATE, f"{IMMEDIATE}, immediate: yes")


def to(desk: Any, mailbox: str) -> list[Any]:
    return [each for each in desk.letters() if each.to[0].mailbox == mailbox]


def waiting(desk: Any) -> int:
    return len(desk.rows("notice", status="due"))


def test_what_is_raised_after_the_digest_waits_for_the_next(office: Any) -> None:
    office.asked()

    today = office.send()
    office.at(7, 7, 59)
    early = office.send()
    office.at(7, 8)
    tomorrow = office.send()

    assert (today.made, early.made, tomorrow.sent) == (0, 0, 2)
    assert waiting(office) == 0


def test_digest_groups_everything_since_the_last_one(office: Any) -> None:
    office.asked(2)
    office.at(8)
    office.tick()
    office.send()

    (letter,) = to(office, "a@example.org")
    assert "2 việc" in letter.text  # asked on Monday, reminded on Wednesday


def test_one_digest_a_person_and_day_whatever_comes_late(office: Any) -> None:
    office.asked()
    office.at(8)
    office.send()  # no clock has run: what was asked goes alone
    office.at(8, 9)
    office.tick()  # it is an hour late, and raises the reminder of 8 o'clock

    again = office.send()
    office.at(9)
    office.tick()
    tomorrow = office.send()

    assert (again.made, tomorrow.sent) == (0, 2)


def test_late_clock_is_waited_for_so_that_the_days_reminders_are_in(office: Any) -> None:
    office.asked()
    office.at(7, 17)
    office.tick()
    office.at(8, 8, 1)
    early = office.send()
    office.tick()

    sent = office.send()

    assert (early.made, sent.sent) == (0, 2)
    assert "2 việc" in to(office, "a@example.org")[0].text


def test_nothing_goes_out_on_a_day_off_or_at_night(office: Any) -> None:
    office.asked()
    for day, hour in ((11, 9), (12, 9), (13, 7), (13, 18)):
        office.at(day, hour)
        assert office.send().made == 0
    office.at(14)

    assert office.send().sent == 2


def test_asks_go_at_once_where_the_procedure_says_so(office: Any) -> None:
    immediate(office)
    office.asked()

    assert office.send().sent == 2


def test_immediate_mail_of_the_night_goes_out_at_the_next_open_hour(office: Any) -> None:
    immediate(office)
    office.at(10, 19)
    office.asked()
    night = office.send()
    office.at(13, 7, 29)
    early = office.send()
    office.at(13, 7, 30)

    assert (night.made, early.made, office.send().sent) == (0, 0, 2)


def test_mail_that_failed_is_not_tried_again_at_night(office: Any) -> None:
    immediate(office)
    office.at(10, 16, 59)
    office.asked()
    office.channel = Slow()
    office.send()
    office.at(10, 17, 5)
    night = office.send()
    office.at(13, 7, 30)

    assert (night.sent, office.send().sent) == (0, 2)


def test_urgent_rung_passes_at_any_hour(office: Any) -> None:
    first = "remind: [5 working days before"
    office.adopt(first, "remind: [{at: 5 working days before, urgent: yes}")
    office.asked()
    office.at(8, 22)
    office.tick()

    night = office.send()

    assert night.sent == 2
    assert {row["pace"] for row in office.rows("mail")} == {"urgent"}
    assert waiting(office) == 2  # what was asked waits for the morning


def test_what_is_over_the_cap_goes_into_the_next_digest(office: Any) -> None:
    immediate(office)
    office.rhythm = replace(office.rhythm, most=2)
    for minute in range(4):
        office.at(7, 9, minute)
        dossier = office.propose(f"Ứng viên {minute}", campaign=f"c{minute}")
        office.act(dossier, Fire("ask"))
        office.send()

    today = len(to(office, "a@example.org"))
    office.at(8)
    office.tick()
    office.send()

    letters = to(office, "a@example.org")
    assert (today, len(letters)) == (2, 3)
    named = "".join(letter.text for letter in letters)
    assert all(f"Ứng viên {n}" in named for n in range(4))
    assert waiting(office) == 0


@pytest.mark.parametrize("most", [1, 2, 5])
def test_cap_holds_and_loses_nothing(office: Any, most: int) -> None:
    immediate(office)
    office.rhythm = replace(office.rhythm, most=most)
    for hour in range(6, 20):
        office.at(7, hour)
        dossier = office.propose(campaign=f"c{hour}")
        office.act(dossier, Fire("ask"))
        office.act(dossier, Return(("paper",), note="Thiếu giấy"))
        office.send()

    made = [row for row in office.rows("mail") if row["owner"] == "a"]
    office.at(8)
    office.send()

    assert len(made) <= most
    assert waiting(office) == 0


def test_cap_is_each_persons_own(office: Any) -> None:
    immediate(office)
    office.rhythm = replace(office.rhythm, most=1)
    office.at(7, 9)
    office.asked()
    office.send()

    assert {row["owner"] for row in office.rows("mail")} == {"a", "b"}


def test_reader_who_had_enough_takes_nothing_from_another(empty: Any) -> None:
    """Two persons of a unit without a mailbox of its own; one of them was written to before."""
    empty.rhythm = Rhythm(most=1)
    empty.put("unit", {"id": "a", "from_on": "2018-01-01", "name": "Đơn vị a", "kind": "unit",
                       "groups": "{}"})  # fmt: skip
    for n in range(2):
        empty.hold(f"u:{n}", "unit", "a")
        empty.person(f"u:{n}", f"Người {n}", f"{n}@example.org")
    empty.hold("u:0", "clerk")
    empty.propose()
    empty.at(10)
    empty.tick()
    empty.send()
    reminded = {row["owner"] for row in empty.rows("mail")}
    immediate(empty)
    empty.at(10, 9)
    empty.asked()

    same_day = empty.send()
    empty.at(13)
    empty.tick()
    empty.send()

    assert reminded == {"u:0", "u:clerk"}
    assert same_day.made == 0  # else the other one's mail would have settled it
    asked = [each for each in empty.letters() if "cho ý kiến" in each.text]
    assert {each.to[0].mailbox for each in asked} == {"0@example.org", "1@example.org"}
    assert waiting(empty) == 0


def test_released_reminder_goes_at_the_next_open_hour(office: Any) -> None:
    office.asked()
    for day in (8, 13):
        office.at(day)
        office.tick()
        office.send()
    office.at(13, 10)
    with office.engine.begin() as db:
        held = office.wf.reminders.held(db)
        keys = [each.key for each in held if each.seat == "head@a"]
        office.wf.reminders.release(db, keys, by=By("u:clerk"), now=office.now)

    assert office.send().sent == 1
    assert to(office, "head-a@example.org")


def test_digest_and_what_is_at_once_are_told_apart(office: Any) -> None:
    immediate(office)
    office.asked()
    office.send()
    office.at(8)
    office.tick()
    office.send()

    paces = {row["pace"] for row in office.rows("mail")}
    assert paces == {"now", None}


def test_digest_that_is_dead_does_not_use_the_day_up(office: Any) -> None:
    office.asked()
    with office.engine.begin() as db:
        n = office.wf.tables.notice
        db.execute(
            n.update().where(n.c.seat == "unit@a").values(context=json.dumps({"dossier": 1}))
        )
    office.at(7)
    office.send()
    office.at(7, 8, 30)
    office.now += timedelta(minutes=1)

    assert [row["owner"] for row in office.rows("mail", status="dead")] == ["a"]
    assert office.send().made == 0
