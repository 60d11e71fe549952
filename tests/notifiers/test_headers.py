"""Header text: decoded, without controls, bounded, and clean text left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.notifiers.headers import NAME_CAP, SUBJECT_CAP, clean, clean_block, is_clean

WORD = "=?utf-8?b?PT91dGYtOD9xP3g9MEQ9MEFCY2M6X2V2aWxAeD89?="
PIECES = st.sampled_from(
    [
        *("=?", "?=", "=", "?", "=?utf-8?q?", "=?utf-8?b?", "?q?", "=0D=0A", "=3D=3F", WORD),
        *("\r", "\n", "\x00", "\u2028", " ", "DQo=", "utf-8"),
    ]
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Đề nghị cho ý kiến", "Đề nghị cho ý kiến"),
        (unicodedata.normalize("NFD", "Đỗ Thị Hường"), "Đỗ Thị Hường"),
        ("a\r\nBcc: evil@x", "a Bcc: evil@x"),
        ("a\u2028b\x85c\td", "a b c d"),
        ("a\x00\x07b\u202ec\ufeff", "abc"),
        ("=?utf-8?q?x=0D=0ABcc:_evil@x?=", "x Bcc: evil@x"),
        ("=?utf-8?b?WMOibQ==?= =?utf-8?q?_=C4=91=C3=A1p?=", "Xâm đáp"),
        (WORD, "x Bcc: evil@x"),
        ("=\x00?utf-8?q?x=0ABcc?=", "x Bcc"),
        ("=?khong-co?q?a?=", "= ?khong-co?q?a?="),
        ("=?utf-8?b?a?=", "= ?utf-8?b?a?="),
        ("=?utf-8?q?x\n.\nMAIL?=", "x . MAIL"),
        ("", ""),
    ],
)
def test_clean_gives(raw, expected):
    assert clean(raw) == expected


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_cleaned_text_is_one_harmless_line(raw):
    text = clean(raw)

    assert "=?" not in text
    assert len(text.splitlines()) <= 1
    assert not any(unicodedata.category(char)[0] == "C" for char in text)
    assert unicodedata.is_normalized("NFC", text)
    assert is_clean(text)


def test_long_text_is_cut_at_a_word():
    text = clean("Bằng khen " * 100)

    assert len(text) <= SUBJECT_CAP
    assert set(text.removesuffix("…").split()) == {"Bằng", "khen"}
    assert text.endswith("…")


def test_long_word_is_cut_anywhere():
    assert clean("ă" * 1000, cap=NAME_CAP) == "ă" * (NAME_CAP - 1) + "…"


def test_block_keeps_its_lines():
    assert clean_block("một\r\nhai\u2028ba\x00 \r\rbốn\n") == "một\nhai\nba\n\nbốn"
