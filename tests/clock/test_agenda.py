"""One's own dues as a calendar: read back by the library, and what goes along with a mail."""

import json
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from thidua import By, Extend, Fire, Hold, Misuse, Release
from thidua.content import compose
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Attachment
from thidua.notifiers.mime import as_bytes, as_message
from thidua.outbox import Post
from thidua.rhythm import AT_ONCE
from thidua.sender import Sender

A = "u:a"


def feed(desk: Any, actor: str = A, **terms: Any) -> bytes:
    with desk.engine.connect() as db:
        written: bytes = desk.wf.agenda(db, actor, now=desk.now, **terms)
    return written


def events(written: bytes) -> list[Any]:
    calendar = Calendar.from_ical(written)
    assert str(calendar["method"]) == "PUBLISH"
    return list(calendar.walk("VEVENT"))


def test_list_of_a_round_is_one_all_day_entry(desk: Any) -> None:
    desk.asked(3)

    (event,) = events(feed(desk))

    assert event.decoded("dtstart") == date(2018, 8, 15)
    assert event.decoded("dtend") == date(2018, 8, 16)
    assert str(event["summary"]) == "Hạn cho ý kiến: Lấy ý kiến – 3 hồ sơ"
    assert str(event["description"]).splitlines() == [
        "Thử nhắc hạn", *(f"- Ứng viên {n} (Giải thưởng)" for n in range(3))
    ]  # fmt: skip
    assert (event["sequence"], str(event["class"])) == (0, "PRIVATE")
    assert event.decoded("last-modified") == desk.now


def test_alarms_ring_on_the_working_day_before_and_on_the_day(desk: Any) -> None:
    desk.propose()  # due on Monday the 13th

    (event,) = events(feed(desk, "u:clerk"))
    before, on_the_day = (alarm.decoded("trigger") for alarm in event.walk("VALARM"))

    assert before == timedelta(days=-3, hours=8)  # Friday, 08:00
    assert on_the_day == timedelta(hours=8)


def test_due_that_moves_keeps_its_name_and_tells_when(desk: Any) -> None:
    (dossier,) = desk.asked()
    (before,) = events(feed(desk))
    moved_at = desk.at(9)
    desk.act(dossier, Extend("asking", date(2018, 8, 24), note="Đơn vị xin"))

    (after,) = events(feed(desk))

    assert str(after["uid"]) == str(before["uid"])
    assert after.decoded("dtstart") == date(2018, 8, 24)
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") == moved_at


def test_done_and_paused_are_left_out(desk: Any) -> None:
    one, two = desk.asked(2)
    desk.answer(one, "a")
    (left,) = events(feed(desk))
    desk.act(two, Hold(note="Có đơn"))
    paused = events(feed(desk))
    desk.at(8)
    desk.act(two, Release())
    (again,) = events(feed(desk))

    assert str(left["summary"]).endswith("Ứng viên 1")
    assert paused == []
    assert (again["uid"], again.decoded("dtstart")) == (left["uid"], date(2018, 8, 17))


def test_others_dues_are_not_in_it(desk: Any) -> None:
    desk.asked()
    desk.propose()

    assert len(events(feed(desk, "u:b"))) == 1
    assert events(feed(desk, "u:boss")) == []


def test_same_dues_are_the_same_bytes(desk: Any) -> None:
    (dossier,) = desk.asked()
    first = feed(desk)
    desk.at(7)

    assert feed(desk) == first
    assert dossier.encode() not in first
    assert b"\r\n" in first


def test_names_cannot_break_the_file(desk: Any) -> None:
    desk.act(desk.propose("Ấn; bản\nBEGIN:VALARM,\\x"), Fire("ask"))

    (event,) = events(feed(desk, lang="en"))

    assert len(event.walk("VALARM")) == 2
    assert str(event["summary"]).endswith("– Ấn; bản BEGIN:VALARM,\\x")


def sender(desk: Any, *, calendar: bool = True) -> Sender:
    plain = desk.sender()
    post = Post(desk.channel, plain.post.sender, plain.post.office, rhythm=AT_ONCE,
                calendar=calendar)  # fmt: skip
    return Sender(desk.engine, desk.wf, post, clock=lambda: desk.now)


def enclosed(desk: Any) -> dict[str, Any]:
    """By mailbox the dues that went along with the newest letter."""
    return {
        letter.to[0].mailbox: [
            event.decoded("dtstart") for each in letter.attachments
            for event in events(each.content)
        ]
        for letter in desk.letters()
    }  # fmt: skip


def test_mail_carries_the_readers_own_dues(desk: Any) -> None:
    desk.asked(2)

    sender(desk).run()

    assert enclosed(desk) == dict.fromkeys(("a@example.org", "b@example.org"), [date(2018, 8, 15)])
    message = as_message(desk.letters()[0], desk.now)
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    assert part.get_filename() == "thidua.ics"
    assert (part.get_param("method"), part.get_param("charset")) == ("PUBLISH", "utf-8")
    assert part.get_payload(decode=True) == desk.letters()[0].attachments[0].content


def test_superior_does_not_get_the_units_due(desk: Any) -> None:
    desk.asked()
    sender(desk).run()
    desk.channel = Recording()
    desk.at(13)
    desk.tick()  # the head of a: held for the clerk
    held = desk.wf.reminders.held
    with desk.engine.begin() as db:
        keys = [told.key for told in held(db)]
        assert keys
        desk.wf.reminders.release(db, keys, by=By("u:clerk"), now=desk.now)

    sender(desk).run()

    assert enclosed(desk)["head-a@example.org"] == []


def test_without_the_setting_nothing_goes_along(desk: Any) -> None:
    desk.asked()

    sender(desk, calendar=False).run()

    assert [letter.attachments for letter in desk.letters()] == [(), ()]


def test_repeated_send_is_the_same_mail(desk: Any) -> None:
    (dossier,) = desk.asked()
    sender(desk).run()
    before = {letter.to[0].mailbox: as_bytes(letter, desk.now) for letter in desk.letters()}
    made = desk.now
    desk.at(9)
    desk.act(dossier, Extend("asking", date(2018, 8, 24), note="Đơn vị xin"))

    mails = [row for row in desk.rows("mail") if row["mailbox"] in before]

    again = {
        row["mailbox"]: as_bytes(compose(json.loads(row["content"]), row["lang"]), made)
        for row in mails
    }
    assert again == before


@pytest.mark.parametrize("word", ["a b", 'x"; name="y', "x\r\nBcc: z", ""])
def test_parameter_that_could_steer_a_header_is_refused(word: str) -> None:
    with pytest.raises(Misuse):
        Attachment("a.ics", "text/calendar", b"", (("method", word),))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_missing_library_names_the_command(
    desk: Any, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(Misuse) as refused:
        feed(desk)

    assert "thidua[ical]" in refused.value.text(lang)
