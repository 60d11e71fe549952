"""The day's checkpoint in the mail of those who keep it: when, to whom, and that it compares."""

from typing import Any

import pytest
from sqlalchemy import insert

from thidua.notifiers.channels import PermanentFailure, Recording
from thidua.notifiers.item import Item
from thidua.notifiers.mime import as_message
from thidua.notifiers.render import Addressee, Office, render
from thidua.rhythm import Rhythm
from thidua.storage import mails
from thidua.tree import latest
from thidua.verify_tree import verify_tree
from thidua.workflow.note import Checkpoint, Signature, read

KEPT = "kept@elsewhere.example"


@pytest.fixture
def office(desk: Any) -> Any:
    """With one dossier in the journal, two who keep checkpoints, and the rhythm of offices."""
    desk.rhythm, desk.witnesses = Rhythm(), ("u:boss", KEPT)
    desk.propose()
    return desk


def sent(desk: Any, day: int, hour: int = 8) -> int:
    """How many mails a round at this hour sends."""
    desk.at(day, hour)
    while desk.tick().more:
        pass
    return int(desk.send().sent)


def points(desk: Any, day: int, hour: int = 8) -> int:
    """How many of them are checkpoints."""
    before = len(desk.letters())
    sent(desk, day, hour)
    return sum(each.subject.startswith("Điểm kiểm tra nhật ký") for each in desk.letters()[before:])


def test_once_a_working_day_from_the_hour_of_the_digest(office: Any) -> None:
    days = [points(office, 7, 7), points(office, 7, 8), points(office, 7, 15)]
    office.propose()
    days += [points(office, 7, 16), points(office, 8, 8)]
    office.propose()
    days += [points(office, 11, 9), points(office, 13, 8)]  # a Saturday, the Monday after

    assert days == [0, 2, 0, 0, 2, 0, 2]
    told = {each.to[0].mailbox for each in office.letters()}
    assert {"boss@example.org", KEPT} <= told


def test_nothing_new_no_mail(office: Any) -> None:
    assert [sent(office, 7), sent(office, 8), sent(office, 9)] == [2, 0, 0]


def test_nobody_declared_or_reached_no_mail(office: Any, caplog: Any) -> None:
    office.witnesses = ()
    assert sent(office, 7) == 0
    office.witnesses = ("u:nobody", "not a@mailbox")
    assert sent(office, 7) == 0
    assert "u:nobody has no mailbox" in caplog.text


def test_letter_holds_a_checkpoint_that_compares_and_no_name(office: Any) -> None:
    sent(office, 7)

    with office.engine.connect() as db:
        newest = latest(db, office.wf.tables)
        for letter in office.letters():
            assert newest is not None
            assert read(letter.text).checkpoint == newest.checkpoint
            assert verify_tree(db, office.wf, anchors=(read(letter.text),)).faults == ()
            assert "Nguyễn Văn Ấn" not in letter.text + str(letter.html)


def test_reader_still_gets_the_digest(office: Any) -> None:
    office.witnesses = ("a",)  # the unit itself, whose digest it also is
    office.asked()
    assert sent(office, 7) == 3  # the checkpoint, and what the two units are asked

    (first, second) = [each for each in office.letters() if each.to[0].mailbox == "a@example.org"]
    assert first.message_id != second.message_id


def test_trouble_with_it_keeps_nobody_else_waiting(office: Any, caplog: Any) -> None:
    office.asked()
    with office.engine.begin() as db:
        broken = {"name": mails.WITNESSED, "owner": "x", "until_at": "", "beat_at": ""}
        db.execute(insert(office.wf.tables.lease).values(broken))

    assert sent(office, 7) == 2
    assert "checkpoint could not be mailed" in caplog.text


def test_held_until_mail_goes_on(office: Any) -> None:
    with office.engine.begin() as db:
        mails.hold_all(db, office.wf.tables, office.now)
    assert sent(office, 7) == 0

    with office.engine.begin() as db:
        mails.let_go(db, office.wf.tables, office.now)
    assert sent(office, 7) == 2


def test_dead_one_goes_out_again_as_the_same_mail(office: Any) -> None:
    class Refusing(Recording):
        def send(self, letter: Any, at: Any) -> None:
            super().send(letter, at)
            if len(self.letters) == 1:
                raise PermanentFailure(stage="recipients", smtp_code=550)

    office.channel = Refusing()
    assert sent(office, 7) == 1
    (dead,) = office.rows("mail", status="dead")

    with office.engine.begin() as db:
        mails.again(db, office.wf.tables, dead["id"])

    assert sent(office, 7, 9) == 1
    first, _, again = office.letters()
    assert as_message(again, office.now).as_bytes() == as_message(first, office.now).as_bytes()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_signature_survives_the_plain_text(lang: str) -> None:
    point = Checkpoint("thidua/" + "4b" * 16, 12045, "9f" * 32)
    signature = Signature("00" * 4, "ab" * 64)
    context = {
        "origin": point.origin, "size": point.size, "short": "9f9f 9f9f",
        "made_at": "2018-08-07T08:00:00+07:00", "has_signature": True,
        "checkpoint_note": point.note(signature),
    }  # fmt: skip

    written = render([Item("checkpoint", context)], lang=lang, person=Addressee("A"),
                     office=Office("B"))  # fmt: skip

    assert read(written.text).signatures == (signature,)
    assert read(written.text).checkpoint == point
