"""Ladders that keep hours of their own, narrower or wider than the office's."""

from typing import Any

import pytest

from thidua.notifiers.channels import Recording, TemporaryFailure
from thidua.rhythm import Rhythm

RUNGS = "    remind: [5 working days before, 1 working day before, on the day]\n"
MORNING = "{opens: 09:30, closes: 12:00}"
ALWAYS = "{opens: 00:00, closes: 23:59, days: all}"


class Slow(Recording):
    """Says of its first two letters that it cannot take them now."""

    refusals = 2

    def send(self, letter: Any, at: Any) -> None:
        if self.refusals:
            self.refusals -= 1
            raise TemporaryFailure(stage="data", smtp_code=451)
        super().send(letter, at)


@pytest.fixture
def asked(desk: Any) -> Any:
    """Two units are asked on Monday; the digest of Tuesday has told them so.

    Call it with the hours of the ladder.
    """
    desk.rhythm = Rhythm()

    def ask(hours: str) -> Any:
        desk.adopt(RUNGS, f"{RUNGS}    hours: {hours}\n")
        desk.asked()
        desk.at(7)
        desk.tick()
        assert desk.send().sent == 2
        return desk

    return ask


def test_narrower_hours_are_waited_for_and_no_digest_is(asked: Any) -> None:
    desk = asked(MORNING)
    sent = []
    for hour, minute in ((8, 0), (9, 29), (9, 30), (11, 0)):
        desk.at(8, hour, minute)
        desk.tick()
        sent.append(desk.send().sent)

    assert sent == [0, 0, 2, 0]
    assert {row["pace"] for row in desk.notices()} == {"own"}


def test_wider_hours_reach_into_the_offices_quiet_ones(asked: Any) -> None:
    desk = asked(ALWAYS)
    desk.at(11, 20)  # a Saturday evening: the clock had stopped since Tuesday
    desk.tick()

    assert desk.send().sent == 2
    assert "gửi bù" in desk.letters()[-1].text.lower() or "tạm dừng" in desk.letters()[-1].text


def test_letter_that_was_put_off_keeps_the_hours_too(asked: Any) -> None:
    desk = asked(MORNING)
    desk.channel = Slow()
    desk.at(8, 11, 59)
    desk.tick()
    put_off = desk.send()
    desk.at(8, 12, 5)
    closed = desk.send()
    desk.at(9, 9, 30)
    opened = desk.send()

    assert (put_off.later, closed.sent, closed.later, opened.sent) == (2, 0, 0, 2)
    assert {row["attempt"] for row in desk.rows("mail") if row["made_at"] > "2018-08-08"} == {2}
