"""A checkpoint as a signed note: written, found again in any text; keys and their ids."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from thidua.workflow.note import (
    Anchor,
    Checkpoint,
    Signature,
    key_id,
    key_of,
    key_text,
    origin_of,
    read,
    short,
)

ORIGIN = origin_of("ab" * 32)
ROOT = "00112233445566778899aabbccddeeff" * 2
PUBLIC = "07" * 32
POINT = Checkpoint(ORIGIN, 63, ROOT)
SIGNED = Signature(key_id(ORIGIN, PUBLIC), "5a" * 64)


def test_what_is_signed_is_three_lines() -> None:
    coded = b64encode(bytes.fromhex(ROOT)).decode()

    assert ORIGIN == "thidua/" + "ab" * 16
    assert POINT.body() == POINT.note() == f"{ORIGIN}\n63\n{coded}\n"


def test_a_note_is_read_as_it_was_written() -> None:
    assert read(POINT.note()) == Anchor(63, ROOT, ORIGIN)
    assert read(POINT.note(SIGNED)) == Anchor(63, ROOT, ORIGIN, (SIGNED,))
    assert read(POINT.note(SIGNED)).checkpoint == POINT
    assert Anchor(63, ROOT).checkpoint is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_note_is_found_within_a_letter(end: str) -> None:
    letter = f"Kính gửi ông,\n\n{POINT.note(SIGNED)}\nTrân trọng\n".replace("\n", end)

    assert read(letter) == Anchor(63, ROOT, ORIGIN, (SIGNED,))


def test_lines_that_are_no_signature_of_this_journal_are_left_out() -> None:
    raw = bytes.fromhex(SIGNED.key_id + SIGNED.value)
    lines = [
        f"— thidua/other {b64encode(raw).decode()}",
        f"— {ORIGIN} {b64encode(raw[:-1]).decode()}",
        f"— {ORIGIN} {b64encode(raw).decode()}",
    ]

    assert read(POINT.body() + "\n" + "\n".join(lines) + "\n").signatures == (SIGNED,)


@pytest.mark.parametrize("text", [
    "63:" + ROOT[:16], " 63 / 0011 2233 4455 6677 ", "63:" + ROOT[:16].upper(),
])  # fmt: skip
def test_size_and_the_beginning_of_a_root_are_enough(text: str) -> None:
    assert read(text) == Anchor(63, ROOT[:16])


@pytest.mark.parametrize("text", [
    "", "63", "63:" + ROOT[:15], "63:" + ROOT + "0", "x:" + ROOT, "63:" + "g" * 16, ROOT,
])  # fmt: skip
def test_everything_else_is_neither(text: str) -> None:
    with pytest.raises(ValueError, match=r"neither a note nor SIZE:ROOT"):
        read(text)
    assert read("63:" + ROOT).root == ROOT


def test_papers_carry_six_groups_of_four() -> None:
    assert short(ROOT) == "0011 2233 4455 6677 8899 aabb"


def test_a_key_goes_by_its_name_and_kind() -> None:
    named = sha256(ORIGIN.encode() + b"\n\x01" + bytes.fromhex(PUBLIC)).hexdigest()

    assert key_id(ORIGIN, PUBLIC) == named[:8]
    assert key_of(f" {key_text(ORIGIN, PUBLIC)}\n") == PUBLIC
    assert key_text(ORIGIN, PUBLIC).split("+")[:2] == [ORIGIN, named[:8]]


def test_a_key_under_another_name_mark_or_kind_is_none() -> None:
    name, mark, _ = key_text(ORIGIN, PUBLIC).split("+", 2)
    other = b64encode(b"\x02" + bytes.fromhex(PUBLIC)).decode()
    long = b64encode(b"\x01" + bytes.fromhex(PUBLIC) + b"\x00").decode()
    good = b64encode(b"\x01" + bytes.fromhex(PUBLIC)).decode()

    for text in (f"x+{mark}+{good}", f"{name}+0{mark[1:]}x+{good}", f"{name}+{mark}+{other}",
                 f"{name}+{mark}+{long}", f"{name}+{mark}", name, ""):  # fmt: skip
        with pytest.raises(ValueError, match=r"not a public key|base64|padding"):
            key_of(text)
    assert key_of(f"{name}+{mark}+{good}") == PUBLIC


def test_a_root_that_is_no_hex_cannot_be_signed() -> None:
    with pytest.raises(ValueError, match="hex"):
        replace(POINT, root="x").body()
