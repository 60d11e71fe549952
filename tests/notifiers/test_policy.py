"""On the wire: Vietnamese subjects and display names come back letter by letter."""

import random
import re
from email.header import decode_header, make_header

import pytest

from thidua.notifiers.headers import NAME_CAP, SUBJECT_CAP, clean
from thidua.notifiers.letter import Address
from thidua.notifiers.mime import as_bytes
from thidua.notifiers.policy import LINE

HOW_MANY = 2_000
SYLLABLES = re.findall(
    r"\S+",
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đề nghị cho ý kiến "
    "hồ sơ khen thưởng thi đua bằng khen của bộ trưởng tư pháp sở tỉnh thành phố Đắk Lắk Ă Ơ Ưu "
    "điển hình tiên tiến chiến sĩ toàn quốc 70 năm 11/6/1948–11/6/2018 (đợt I) “A, B” "
    "thường-trực số: 1684/QĐ-BTP TĐKT; report of merit Q&A a_b = ? . , ... <x> \\ \" '",
)
_WORD = re.compile(r"=\?[^?]+\?[bq]\?[^?]*\?=")


def _texts(cap: int, seed: int):
    chance = random.Random(seed)
    while True:
        words = chance.choices(SYLLABLES, k=chance.randint(1, 45))
        text = clean(" ".join(words), cap=cap)
        if text:
            yield text


def _headers(raw: bytes) -> dict[str, str]:
    """Header block as it stands, unfolded: name to raw value."""
    block = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n(?=[ \t])", "", block).split("\r\n")
    return dict(line.split(": ", 1) for line in lines)


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def _display(value: str) -> str:
    name = value.rpartition(" <")[0]
    if name.startswith('"'):
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return _decoded(name)


@pytest.mark.slow
def test_subjects_and_names_survive_the_wire(make_letter, at):
    subjects, names = _texts(SUBJECT_CAP, 1), _texts(NAME_CAP, 2)
    for _ in range(HOW_MANY):
        subject, name, sender = next(subjects), next(names), next(names)
        letter = make_letter(
            subject=subject,
            to=(Address(name, "mau@example.com"),),
            sender=Address(sender, "tdkt@example.org"),
            text="x",
            html=None,
        )
        raw = as_bytes(letter, at)
        found = _headers(raw)
        assert _decoded(found["Subject"]) == subject
        assert (_display(found["To"]), _display(found["From"])) == (name, sender)
        _check_lines(raw)


def _check_lines(raw: bytes) -> None:
    block = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert max(map(len, block.split("\r\n"))) <= LINE
    assert max(map(len, _WORD.findall(block)), default=0) <= 75


def test_many_recipients_stay_apart(make_letter, at):
    names = _texts(NAME_CAP, 3)
    to = tuple(Address(next(names), f"nguoi{number}@example.com") for number in range(50))

    value = _headers(as_bytes(make_letter(to=to), at))["To"]

    mailboxes = re.findall(r"<([^<> ]+@[^<> ]+)>", value)
    assert mailboxes == [each.mailbox for each in to]
