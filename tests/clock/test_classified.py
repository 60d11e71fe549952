"""What is classified goes out as a number alone; so does everything to a mailbox outside."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from thidua import By, Paper, Refused, Unknown
from thidua.sender import Sender
from thidua.verify import verify

ORDER = Paper(number="9", symbol="QĐ", signed_on=date(2018, 7, 1))
TELLING = ("Ứng viên", "ý kiến", "Giải thưởng")


def give(desk: Any, subject: str, level: str | None, by: str = "u:clerk") -> None:
    with desk.engine.begin() as db:
        desk.wf.classification.give(db, subject, level, by=By(by), ground=ORDER, now=desk.now)


def words(letter: Any) -> str:
    attached = "".join(each.content.decode() for each in letter.attachments)
    return f"{letter.subject}\n{letter.text}\n{letter.html}\n{attached}"


def dossiers(desk: Any) -> list[str]:
    return sorted(row["id"] for row in desk.rows("dossier"))


def test_a_classified_dossier_is_a_number_in_a_letter_of_its_own(desk: Any) -> None:
    desk.asked(2)
    first, second = dossiers(desk)
    give(desk, first, "secret")

    desk.send()

    letters = [each for each in desk.letters() if each.to[0].mailbox == "a@example.org"]
    closed, open_ = sorted(
        letters, key=lambda each: each.subject != f"Hồ sơ số {first}, xem tại cơ quan"
    )
    assert closed.subject == f"Hồ sơ số {first}, xem tại cơ quan"
    assert [word for word in TELLING if word in words(closed)] == []
    assert (first in words(closed), first in words(open_)) == (True, False)
    assert "Ứng viên 1" in open_.text
    assert "Ứng viên 0" not in words(open_)


@pytest.mark.parametrize("what", ["campaign", "round"])
def test_what_holds_it_is_classified(desk: Any, what: str) -> None:
    desk.asked(1)
    (row,) = desk.rows("dossier")
    subject = row["campaign"] if what == "campaign" else desk.rows("round")[0]["id"]
    give(desk, subject, "top_secret")

    desk.send()

    assert [word for letter in desk.letters() for word in TELLING if word in words(letter)] == []


def test_a_mailbox_outside_gets_references_alone(desk: Any) -> None:
    desk.asked(2)
    sender: Sender = desk.sender()
    sender.post = replace(sender.post, domains=frozenset({"elsewhere.example"}))

    sender.run()

    assert len(desk.letters()) == 2
    assert [word for letter in desk.letters() for word in TELLING if word in words(letter)] == []


def test_it_is_journalled_and_taken_back(desk: Any) -> None:
    desk.asked(1)
    (first,) = dossiers(desk)
    give(desk, first, "secret")
    give(desk, first, None)

    desk.send()

    assert any("Ứng viên 0" in letter.text for letter in desk.letters())
    with desk.engine.connect() as db:
        assert verify(db, desk.wf) == []
        assert desk.wf.classification.levels(db) == {}


def test_refusals(desk: Any) -> None:
    desk.asked(1)
    (first,) = dossiers(desk)

    with pytest.raises(Unknown):
        give(desk, first, "very")
    with pytest.raises(Unknown):
        give(desk, "nowhere", "secret")
    with pytest.raises(Refused):
        give(desk, first, "secret", by="u:a")
