"""A mail that waits is judged as it goes out, by what is classified and declared then."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from thidua import By, Paper
from thidua.notifiers.smtp import Server, Smtp
from thidua.reference import by_reference
from thidua.sender import LEASE

ORDER = Paper(number="9", symbol="QĐ", signed_on=date(2018, 7, 1))


class Killed(BaseException):
    """Ends the sender as nothing catches it."""


class Dying(Smtp):
    """Ends the process once the server has said yes, before that is written down."""

    def send(self, letter: Any, at: Any) -> None:
        super().send(letter, at)
        raise Killed


class Taken:
    """What a mail server took."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def port() -> int:
    """Where nobody listens yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def taken(port: int) -> Iterator[Taken]:
    """A mail server's letters."""
    handler = Taken()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler
    server.stop()


def give(desk: Any, subject: str, level: str | None) -> None:
    with desk.engine.begin() as db:
        desk.wf.classification.give(
            db, subject, level, by=By("u:clerk"), ground=ORDER, now=desk.now
        )


def text(letter: EmailMessage) -> str:
    return str(letter["Subject"]) + "".join(
        part.get_content() for part in letter.walk() if not part.is_multipart()
    )


def send(desk: Any, port: int, channel: type[Smtp] = Smtp, **post: Any) -> Any:
    with channel(Server("127.0.0.1", port, security="none", timeout=5)) as desk.channel:
        sender = desk.sender()
        sender.post = replace(sender.post, **post)
        return sender.run()


def test_level_given_while_mails_wait(desk: Any, port: int, taken: Taken) -> None:
    """The second copy of a letter that perhaps arrived is a reference under its Message-ID."""
    first, _ = desk.asked(2)
    with pytest.raises(Killed):
        send(desk, port, Dying)
    (before,) = taken.letters
    give(desk, first, "secret")
    desk.now += LEASE + timedelta(seconds=1)

    send(desk, port)
    send(desk, port)

    closed, open_ = taken.letters[1:3], taken.letters[3:]
    assert "Ứng viên 0" in text(before)
    assert [str(each["Subject"]) for each in closed] == [f"Hồ sơ số {first}, xem tại cơ quan"] * 2
    assert before["Message-ID"] in {each["Message-ID"] for each in closed}
    assert sorted(str(each["To"]) for each in open_) == sorted(str(each["To"]) for each in closed)
    assert all("Ứng viên 1" in text(each) for each in open_)
    assert not any("Ứng viên 0" in text(each) for each in taken.letters[1:])
    assert len({each["Message-ID"] for each in taken.letters}) == 4
    assert not any("Ứng viên 0" in row["content"] for row in desk.rows("mail"))
    assert {row["status"] for row in desk.rows("mail")} == {"sent"}


def test_level_taken_and_domains_declared_while_mails_wait(
    desk: Any, port: int, request: pytest.FixtureRequest
) -> None:
    """A mail that has become a reference stays one; one that was not tried is whole again."""
    (dossier,) = desk.asked()
    assert (send(desk, port).made, send(desk, port).later) == (2, 1)
    give(desk, "2018", "top_secret")
    desk.now += timedelta(minutes=2)
    assert send(desk, port).later == 1
    give(desk, "2018", None)
    taken = request.getfixturevalue("taken")
    desk.now += timedelta(minutes=2)

    send(desk, port)

    assert sorted("Ứng viên 0" in text(each) for each in taken.letters) == [False, True]
    desk.at(8)
    desk.tick()
    down = send(desk, port + 1)
    desk.now += timedelta(minutes=2)
    up = send(desk, port, domains=frozenset({"elsewhere.example"}))
    assert (down.made, down.sent, up.made, up.sent) == (2, 0, 0, 2)
    late = taken.letters[2:]
    assert {str(each["Subject"]) for each in late} == {f"Hồ sơ số {dossier}, xem tại cơ quan"}
    assert not any("Ứng viên 0" in text(each) for each in late)


def test_nothing_goes_along_with_a_reference() -> None:
    content = {
        "message_id": "<1@example.org>", "place": None, "calendar": "BEGIN", "papers": [["a.pdf"]],
        "items": [["result", {"dossiers": [{"candidate": "Ứng viên"}]}]],
        "notices": [["h-1", 1, "s", "m", None], ["h-2", 1, "s", "m", 3]],
    }  # fmt: skip

    bare = by_reference(content, {"h-2"})

    assert set(content) - set(bare) == {"calendar", "papers"}
    assert bare["notices"] == [["h-2", 1, "s", "m", 3]]
    assert "Ứng viên" not in str(bare)
