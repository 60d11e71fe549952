"""What is told of a due that the calendar moved, once or several times before the next mail."""

from datetime import date
from typing import Any

import pytest

from thidua import By
from thidua.definitions.days import Day

LETTER = "Công văn số 99/VPCP-KGVX ngày 01/8/2018"


def correct(desk: Any, kind: Any, *days: int) -> None:
    """Days of August become free or worked, and what runs is counted anew."""
    told = [Day(date(2018, 8, d), kind, "Nghỉ", "Off", LETTER, "read") for d in days]
    with desk.engine.begin() as db:
        desk.wf.calendars.correct(db, told, by=By("u:clerk"), ground=LETTER, now=desk.now)
        for dossier in desk.made:
            desk.wf.reprojection.apply(db, dossier, now=desk.now)


@pytest.fixture
def asked(desk: Any) -> Any:
    """Two units are asked about three dossiers until 15 August, and know it."""
    desk.asked(3)
    desk.send()
    desk.channel.letters.clear()
    return desk


def test_one_letter_a_person_and_matter_with_both_days(asked: Any) -> None:
    correct(asked, "off", 15)
    asked.send()

    assert len(asked.letters()) == 2
    text = " ".join(asked.letters()[0].text.split())
    for said in ("3 hồ sơ", "Hạn mới: thứ Năm, ngày 16/8/2018",
                 "Hạn cũ: thứ Tư, ngày 15/8/2018", LETTER):  # fmt: skip
        assert said in text


def test_due_that_moved_twice_is_told_once_from_its_first_day(asked: Any) -> None:
    correct(asked, "off", 15)
    correct(asked, "off", 16)
    asked.send()

    assert len(asked.letters()) == 2
    text = " ".join(asked.letters()[0].text.split())
    assert "Hạn mới: thứ Sáu, ngày 17/8/2018" in text
    assert "Hạn cũ: thứ Tư, ngày 15/8/2018" in text


def test_due_that_moved_back_needs_no_word(asked: Any) -> None:
    correct(asked, "off", 15)
    correct(asked, "work", 15)
    asked.send()

    assert asked.letters() == []
    assert {row["status"] for row in asked.rows("notice", template="due_moved")} == {"pointless"}
