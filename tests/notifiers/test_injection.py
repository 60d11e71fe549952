"""Hostile text in every placeholder: no header, no recipient, no line end, no tag gets out."""

import re
from html.parser import HTMLParser
from itertools import product
from smtplib import SMTP

import pytest

from thidua.notifiers.catalogue import TEMPLATES, Shape
from thidua.notifiers.headers import NAME_CAP, clean
from thidua.notifiers.item import Item
from thidua.notifiers.letter import Address
from thidua.notifiers.mime import as_bytes
from thidua.notifiers.render import Addressee
from thidua.notifiers.smtp import Server, Smtp
from thidua.workflow.errors import Refused

BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\r\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00\n",
]
TAILS = [
    *("Bcc: evil@example.net", "To: evil@example.net", "\r\nX: y", ".", ".\r\nMAIL FROM:<e@f.g>"),
    *("\r\n.\r\n", " Bcc: evil@example.net", "Content-Type: text/html", "--=_"),
]
FRAMES = [
    *("{}", "=?utf-8?q?{}?=", "=?utf-8?b?{}?=", "=?us-ascii?Q?x{}?=", "=\x00?utf-8?q?{}?="),
    *("=?utf-8?q?=3D=3Futf-8=3Fq=3F{}=3F=3D?=", '"{}" <evil@example.net>', "<script>{}</script>"),
    *("{{{{ 7*191 }}}}{}", "<a href=x>{}</a>", "{}, evil@example.net", "(evil@example.net){}"),
]


def _q(text):
    return "".join(f"={byte:02X}" for byte in text.encode("utf-8", "replace"))


RAW = ["x" + first + tail for first, tail in product(BREAKS, TAILS)]
CORPUS = [frame.format(_q(each) if "=?" in frame else each) for frame in FRAMES for each in RAW]
SAMPLE = CORPUS[::37]


def _filled(shape: Shape, payload: str) -> object:
    if shape.kind == "record":
        return {name: _filled(of, payload) for name, of in shape.of.items()}
    if shape.kind == "list":
        return [_filled(Shape("record", of=shape.of) if shape.of else Shape("text"), payload)]
    plain = {"date": "2018-07-09", "whole number": 2, "yes or no": True}
    plain |= {"instant": "2018-07-09T00:00:00+00:00", "choice": (*shape.choices, "")[0]}
    return plain.get(shape.kind, payload)


def _item(template: str, payload: str) -> Item:
    names = TEMPLATES[template].names
    return Item(template, {name: _filled(shape, payload) for name, shape in names.items()})


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.seen = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, *(name for name, _ in attrs)))


def _letter(write, make_letter, templates, payload):
    person = Addressee(payload, payload)
    made = write([_item(each, payload) for each in templates], person=person, place=payload)
    name = clean(payload, cap=NAME_CAP)
    parts = {"subject": made.subject, "text": made.text, "html": made.html}
    return make_letter(**parts, to=(Address(name, "mau@example.com"),))


def _header_names(raw):
    block = re.sub(rb"\r\n(?=[ \t])", b"", raw.partition(b"\r\n\r\n")[0])
    return [line.partition(b":")[0].decode() for line in block.split(b"\r\n")]


def _check_wire(raw, expected):
    assert raw.isascii()
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", raw) is None
    assert _header_names(raw) == expected
    block = raw.partition(b"\r\n\r\n")[0]
    (to,) = re.findall(rb"^To:(?:.*\r\n(?=[ \t]))*.*\r\n", block, re.M)
    assert re.findall(rb"<([^<> ]+@[^<> ]+)>", to)[-1:] == [b"mau@example.com"]
    assert re.sub(rb'"(?:[^"\\]|\\.)*"', b"", to).count(b"@") == 1


LETTERS = [([name], SAMPLE) for name in TEMPLATES] + [(list(TEMPLATES), CORPUS[::5])]


@pytest.mark.slow
@pytest.mark.parametrize(("templates", "corpus"), LETTERS, ids=[*TEMPLATES, "digest"])
def test_nothing_gets_out_of_a_placeholder(write, make_letter, at, templates, corpus):
    harmless = _letter(write, make_letter, templates, "x")
    expected, tags = _header_names(as_bytes(harmless, at)), Tags(harmless.html).seen
    for payload in corpus:
        letter = _letter(write, make_letter, templates, payload)
        _check_wire(as_bytes(letter, at), expected)
        assert Tags(letter.html).seen - {("br",)} == tags - {("br",)}
        assert "1337" not in letter.text


@pytest.mark.parametrize("payload", SAMPLE[:40])
def test_nothing_gets_out_of_an_address(payload):
    for make in (lambda: Address("", payload), lambda: Address.parse(payload)):
        with pytest.raises(Refused):
            make()


def test_hostile_mailboxes_are_all_refused():
    for payload in CORPUS:
        for mailbox in (payload, f"a@b{payload}", f"{payload}@b"):
            with pytest.raises(Refused):
                Address("", mailbox)


def test_server_hears_one_letter(scripted, write, make_letter, at):
    payload = "x\r\n.\r\nMAIL FROM:<e@f.g>\r\n.\r\n"
    letter = make_letter(text=f".\n..\n{payload}\n.", html=None)
    answers = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n")
    script = scripted(*answers, b"250 ok\r\n", b"221 bye\r\n", patient=True)

    with Smtp(Server("127.0.0.1", script.port, security="none")) as channel:
        channel.send(letter, at)

    script.stop()
    commands = script.heard.partition(b"\r\n.\r\n")
    assert commands[2] == b"QUIT\r\n".lower()
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", script.heard) is None


def test_channel_hands_no_bytes_to_the_library(monkeypatch, serve, make_letter, at):
    heard = []
    whole = SMTP.send_message

    def send_message(self, message, *rest):
        heard.append(type(message).__name__)
        return whole(self, message, *rest)

    monkeypatch.setattr(SMTP, "send_message", send_message)
    with Smtp(Server("127.0.0.1", serve(), security="none")) as channel:
        channel.send(make_letter(), at)

    assert heard == ["EmailMessage"]
