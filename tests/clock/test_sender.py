"""Sending: leases, retries, what is dead, what is held, what nobody needs any more."""

import json
import socket
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from thidua import By, Fire, Refused, Unknown
from thidua.notifiers.channels import PermanentFailure, Recording, TemporaryFailure
from thidua.notifiers.smtp import Server, Smtp
from thidua.sender import LEASE, LONGEST_PAUSE, TRIES
from thidua.storage import mails


class Faulty(Recording):
    """Raises what it was given, once each, then takes letters."""

    def __init__(self, *faults: BaseException) -> None:
        super().__init__()
        self.faults = list(faults)

    def send(self, letter: Any, at: Any) -> None:
        if self.faults:
            raise self.faults.pop(0)
        super().send(letter, at)


class Killed(BaseException):
    """Ends the sender as nothing catches it."""


def down() -> TemporaryFailure:
    return TemporaryFailure(stage="connect", scope="channel", answer="refused")


def status(desk: Any) -> list[str]:
    return sorted(row["status"] for row in desk.rows("mail"))


def test_server_that_is_down_ends_the_run_and_counts_no_attempt(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(down())

    sent = desk.send()

    assert (sent.made, sent.sent, sent.later) == (2, 0, 1)
    assert status(desk) == ["queued", "retry"]
    assert {row["attempt"] for row in desk.rows("mail")} == {0}


def test_mails_go_out_when_the_server_is_back(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(down())
    desk.send()
    desk.now += timedelta(minutes=2)

    sent = desk.send()

    assert sent.sent == 2
    assert status(desk) == ["sent", "sent"]


def test_letter_refused_for_now_is_tried_again_later_and_stops_no_other(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(TemporaryFailure(stage="data", smtp_code=451, answer="later"))

    sent = desk.send()
    at_once = desk.send()

    assert (sent.sent, sent.later, at_once.sent) == (1, 1, 0)
    (retry,) = desk.rows("mail", status="retry")
    assert retry["attempt"] == 1
    assert mails.trouble(retry["trouble"]).text("vi").startswith("Chưa gửi được thư ở bước data")
    desk.now += timedelta(minutes=1)
    assert desk.send().sent == 1


def test_letter_refused_for_good_is_dead_and_goes_to_the_list(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(PermanentFailure(stage="recipients", smtp_code=550, answer="unknown"))

    sent = desk.send()

    assert (sent.sent, sent.dead) == (1, 1)
    assert sorted(n["status"] for n in desk.rows("notice")) == ["mailed", "paper"]


def test_letter_that_never_gets_through_is_dead_in_the_end(desk: Any) -> None:
    desk.asked()
    tries = 0
    while "retry" in status(desk) or not tries:
        desk.channel = Faulty(*(TemporaryFailure(stage="data", smtp_code=451) for _ in range(2)))
        desk.send()
        desk.now += LONGEST_PAUSE
        tries += 1

    assert tries == TRIES
    assert status(desk) == ["dead", "dead"]


def test_channel_that_raises_anything_else_stops_no_other(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(RuntimeError("bug in the host's channel"))

    sent = desk.send()

    assert (sent.sent, sent.later) == (1, 1)
    (retry,) = desk.rows("mail", status="retry")
    assert "RuntimeError (test_sender.py" in mails.trouble(retry["trouble"]).text("en")


def test_content_that_cannot_be_rendered_is_dead_and_stops_no_other(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(down())
    desk.send()
    with desk.engine.begin() as db:
        m = desk.wf.tables.mail
        db.execute(
            m.update()
            .where(m.c.owner == "a")
            .values(content='{"notices": [["h", 1, "s", "m", null]]}')
        )
    desk.now += timedelta(minutes=2)

    sent = desk.send()

    assert (sent.sent, sent.dead) == (1, 1)
    (dead,) = desk.rows("mail", status="dead")
    assert dead["owner"] == "a"
    assert dead["trouble"] is not None


def test_sender_that_dies_leaves_the_mail_to_the_next_one(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(Killed())
    with pytest.raises(Killed):
        desk.send()

    before = desk.send()
    desk.now += LEASE + timedelta(seconds=1)
    after = desk.send()

    assert (before.sent, after.sent) == (1, 1)
    assert len({letter.message_id for letter in desk.letters()}) == 2
    troubles = [row["trouble"] for row in desk.rows("mail") if row["trouble"]]
    assert [json.loads(each)["code"] for each in troubles] == ["mail-perhaps-twice"]


def test_sender_that_comes_too_late_marks_nothing(desk: Any, caplog: Any) -> None:
    """Its lease ended while it was sending: the mail belongs to who took it over."""
    desk.asked()
    rival = desk.sender()

    class Slow(Recording):
        def send(self, letter: Any, at: Any) -> None:
            if not self.letters:
                desk.now += LEASE + timedelta(seconds=1)
                for _ in range(2):
                    with desk.engine.begin() as db:
                        rival._step(db, last=None, ends=False)
            super().send(letter, at)

    desk.channel = Slow()
    desk.send()

    assert "was lost" in caplog.text
    assert status(desk) == ["leased", "leased"]


def test_two_senders_never_have_the_same_mail(desk: Any) -> None:
    desk.asked()
    first, second = desk.sender(), desk.sender()
    with desk.engine.begin() as db:
        first._make(db, now=desk.now)

    taken = []
    for sender in (first, second, first):
        with desk.engine.begin() as db:
            taken.append(sender._step(db, last=None, ends=False)[0])

    assert taken[2] is None
    assert taken[0].id != taken[1].id


def test_matter_settled_before_sending_is_not_sent(desk: Any) -> None:
    (dossier,) = desk.asked()
    desk.channel = Faulty(down())
    desk.send()
    desk.answer(dossier, "a")
    desk.now += timedelta(minutes=2)

    sent = desk.send()

    assert (sent.sent, sent.cancelled) == (1, 1)
    assert [letter.to[0].mailbox for letter in desk.letters()] == ["b@example.org"]


def test_rolled_back_act_sends_nothing(desk: Any) -> None:
    dossier = desk.propose()
    with desk.engine.connect() as db:
        desk.wf.act(db, dossier, Fire("ask"), by=By("u:clerk"), now=desk.now)
        db.rollback()

    assert desk.send().made == 0


def test_task_finished_before_the_mail_is_made_gets_none(desk: Any) -> None:
    (dossier,) = desk.asked()
    desk.send()
    desk.at(8)
    desk.tick()
    desk.answer(dossier, "a")

    desk.send()

    assert [letter.to[0].mailbox for letter in desk.letters()[2:]] == ["b@example.org"]


def test_restored_backup_sends_nothing_until_let_go(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(down())
    desk.send()
    desk.at(8)
    desk.tick()
    with desk.engine.begin() as db:
        held = mails.hold_all(db, desk.wf.tables, desk.now)

    quiet = desk.send()

    assert (held, quiet.made, quiet.sent) == (2, 0, 0)
    with desk.engine.begin() as db:
        assert mails.is_held(db, desk.wf.tables)
        assert mails.let_go(db, desk.wf.tables, desk.now) == 2
    assert desk.send().sent == 4


def test_held_mails_can_be_dropped(desk: Any) -> None:
    desk.asked()
    with desk.engine.begin() as db:
        mails.hold_all(db, desk.wf.tables, desk.now)
        dropped = mails.drop_held(db, desk.wf.tables)

    assert dropped == 2
    assert desk.send().made == 0


def test_dead_mail_is_made_anew_with_the_address_put_right(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(PermanentFailure(stage="recipients", smtp_code=550))
    desk.send()
    (dead,) = desk.rows("mail", status="dead")
    with desk.engine.begin() as db:
        a = desk.wf.tables.address
        right = a.update().where(a.c.owner == dead["owner"])
        db.execute(right.values(mailbox="right@example.org"))
        mails.again(db, desk.wf.tables, dead["id"])

    desk.send()

    assert desk.letters()[-1].to[0].mailbox == "right@example.org"
    assert status(desk) == ["cancelled", "sent", "sent"]


def test_only_a_dead_mail_is_made_anew(desk: Any) -> None:
    desk.asked()
    desk.send()
    (sent, _) = desk.rows("mail")

    with desk.engine.begin() as db, pytest.raises(Refused) as refused:
        mails.again(db, desk.wf.tables, sent["id"])
    with desk.engine.begin() as db, pytest.raises(Unknown):
        mails.again(db, desk.wf.tables, "nobody")

    assert refused.value.reasons[0].code == "mail-not-dead"


def test_clock_set_back_sends_nothing_again(desk: Any) -> None:
    desk.asked()
    desk.at(15)
    desk.tick()
    desk.send()
    sent = len(desk.letters())
    desk.at(7)

    fired, again = desk.tick().fired, desk.send().sent

    assert (fired, again) == (0, 0)
    assert len(desk.letters()) == sent


def test_mail_that_a_clock_ahead_put_off_is_not_lost(desk: Any) -> None:
    desk.asked()
    desk.channel = Faulty(down())
    desk.now += timedelta(days=365)
    desk.send()
    desk.now -= timedelta(days=365)

    assert desk.send().sent == 2


def test_list_of_mails_shows_no_content(desk: Any) -> None:
    desk.asked()
    desk.send()

    with desk.engine.connect() as db:
        listed = mails.listed(db, desk.wf.tables, status="sent")
        none = mails.listed(db, desk.wf.tables, status="dead")

    assert (len(listed), none) == (2, [])
    assert "content" not in listed[0]


def test_real_server_that_was_down_gets_the_mails_when_it_is_up(desk: Any) -> None:
    taken: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            taken.append(envelope)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    desk.asked()
    with Smtp(Server("127.0.0.1", port, security="none", timeout=5)) as desk.channel:
        down = desk.send()
        server = Controller(Handler(), hostname="127.0.0.1", port=port)
        server.start()
        try:
            desk.now += timedelta(minutes=2)
            up = desk.send()
        finally:
            desk.channel.close()
            server.stop()

    assert (down.sent, up.sent) == (0, 2)
    assert sorted(each.rcpt_tos[0] for each in taken) == ["a@example.org", "b@example.org"]
    assert {row["status"] for row in desk.rows("mail")} == {"sent"}
