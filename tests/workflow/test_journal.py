"""The journal's bytes: one text for one value, commitments that tell nothing, a chain."""

import hashlib
import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.workflow.chain import Stored, parsed, read
from thidua.workflow.journal import (
    NOTHING_BEFORE,
    Entry,
    canonical,
    commitment,
    compact,
    event_hash,
    salts_needed,
    seal,
)

SALT = "0f" * 32
KEPT = f'{{"choice":["{3:064x}","for"]}}'
KEYS = st.text(st.characters(max_codepoint=127))
"""The engine's own names are ASCII."""
WORDS = st.text() | st.text('\n\t\r\b\f\x1f\\"nbea=\u0301\u0338')
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
ENTRIES = [
    Entry("create", {"by": "u:1", "to": "proposed"}, {"name": "Nguyễn Văn Ấn", "note": ""}, "c-1"),
    Entry("fire", {"by": "engine", "from": "proposed", "to": "done"}),
    Entry("cast", {"by": "u:2", "seat": "member:u:2"}, {"choice": "for"}),
]


def sealed():
    """Three events of the stream h1."""
    return seal("h1", 0, NOTHING_BEFORE, ENTRIES, iter([f"{i:064x}" for i in range(1, 4)]))


def stored(events):
    """Events as tables hold them."""
    return [Stored(e.n, e.body, e.hash, e.command_id, e.private) for e in events]


def faults(events, count=None, head=None):
    """What is wrong with a stream: number and code."""
    last = events[-1] if events else Stored(0, "", NOTHING_BEFORE)
    reading = read("h1", last.n if count is None else count, head or last.hash, events)
    return [(fault.n, fault.code) for fault in reading.faults]


@given(VALUES)
def test_canonical_text_is_its_own_canonical_text(value):
    text = canonical(value)

    assert canonical(json.loads(text)) == text
    assert json.loads(text) == composed(value)
    assert "\n" not in text


def composed(value):
    """The value with each of its texts in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    if isinstance(value, dict):
        return {key: composed(each) for key, each in value.items()}
    return value


SMALL = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(SMALL)
def test_the_fast_text_is_the_canonical_one(value):
    assert compact(value) == canonical(value)


@pytest.mark.parametrize("value", [date(2018, 7, 2), Entry("fire"), 2**64, "\ud800", {1: 2}])
def test_what_has_no_fast_text(value):
    with pytest.raises(TypeError):
        compact({"value": value})


@given(st.dictionaries(KEYS, st.integers(), min_size=2))
def test_canonical_text_does_not_know_the_order_of_keys(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, float("nan"), (1, 2.5)])
def test_a_float_has_no_canonical_text(value):
    with pytest.raises(TypeError, match="decimal"):
        canonical(value)


def test_canonical_text_of_other_values():
    assert canonical({"b": (True, None), "a": "ế", "c": 10**20}) == (
        '{"a":"ế","b":[true,null],"c":100000000000000000000}'
    )
    with pytest.raises(TypeError):
        canonical({"on": object()})


def test_letters_are_composed():
    assert compact({"n": "Ấn"}) == compact({"n": unicodedata.normalize("NFD", "Ấn")})
    assert commitment(SALT, "Ấn") == commitment(SALT, unicodedata.normalize("NFD", "Ấn"))


def test_hashes_have_their_domains():
    body = '{"a":1}'

    assert event_hash(body) == hashlib.sha256(b"\x03" + body.encode()).hexdigest()
    made = hashlib.sha256(b"\x02" + bytes.fromhex(SALT) + "ấn".encode()).hexdigest()
    assert commitment(SALT, "ấn") == made
    assert commitment("1f" + SALT[2:], "ấn") != made


def test_sealed_events_follow_each_other():
    first, second, third = sealed()

    assert [e.n for e in (first, second, third)] == [1, 2, 3]
    assert json.loads(first.body)["prev"] == NOTHING_BEFORE
    assert json.loads(third.body)["prev"] == second.hash
    assert (first.command_id, second.command_id) == ("c-1", None)
    assert (salts_needed(ENTRIES), second.private) == (3, None)


def test_private_values_are_beside_the_bytes():
    first, *_ = sealed()

    body, beside = json.loads(first.body), json.loads(first.private)
    assert "Nguyễn" not in first.body
    assert {name: commitment(*kept) for name, kept in beside.items()} == body["commit"]
    assert beside["name"][1] == "Nguyễn Văn Ấn"


def test_a_stream_that_is_whole():
    reading = read("h1", 3, sealed()[-1].hash, stored(sealed()))

    assert reading.faults == []
    assert [fact.private for fact in reading.facts] == [
        {"name": "Nguyễn Văn Ấn", "note": ""}, {}, {"choice": "for"},
    ]  # fmt: skip


def test_every_byte_counts():
    events = stored(sealed())

    for at, event in enumerate(events):
        for i, letter in enumerate(event.body):
            body = event.body[:i] + chr(ord(letter) ^ 1) + event.body[i + 1 :]
            changed = [*events]
            changed[at] = Stored(event.n, body, event.hash, event.command_id, event.private)
            assert (event.n, "event-bytes") in faults(changed)


def test_every_byte_of_a_private_value_counts():
    events = stored(sealed())

    for at, event in enumerate(events):
        for i, letter in enumerate(event.private or ""):
            private = event.private[:i] + chr(ord(letter) ^ 1) + event.private[i + 1 :]
            changed = [*events]
            changed[at] = Stored(event.n, event.body, event.hash, event.command_id, private)
            assert faults(changed) != []


@pytest.mark.parametrize(("private", "code"), [
    (None, "private-missing"), ("{}", "private-form"), ("[]", "private-form"),
    (b"{}", "private-form"), ('{"choice":"for"}', "private-differs"),
    (KEPT.replace("00", "0A"), "private-differs"),
    (KEPT[:-1] + f',"x":["{SALT}","y"]}}', "private-unfounded"),
    (KEPT.replace(":", ": "), "private-form"),
])  # fmt: skip
def test_private_values_that_do_not_fit(private, code):
    *events, last = stored(sealed())
    changed = Stored(last.n, last.body, last.hash, last.command_id, private)

    assert (3, code) in faults([*events, changed])


def test_a_salt_has_one_spelling():
    (event,) = seal("h1", 0, "", [Entry("a", {}, {"x": "y"})], iter(["ab" * 32]))
    upper = event.private.replace("ab" * 32, "AB" * 32)
    assert commitment("AB" * 32, "y") == commitment("ab" * 32, "y")

    found = faults([Stored(1, event.body, event.hash, None, upper)])

    assert found == [(1, "private-differs")]


@pytest.mark.parametrize("spoil", [
    lambda e: [], lambda e: e[:-1], lambda e: e[:1] + e[2:], lambda e: e[1:],
    lambda e: [e[1], e[0], e[2]], lambda e: [*e, e[2]], lambda e: [e[0], e[0], e[1], e[2]],
])  # fmt: skip
def test_a_stream_with_events_out_of_place(spoil):
    events = stored(sealed())

    reading = read("h1", 3, events[-1].hash, spoil(events))

    assert not reading.whole
    assert reading.facts == []


@pytest.mark.parametrize("column", ["v", "stream", "n", "command"])
def test_columns_repeat_the_bytes(column):
    body = json.loads(sealed()[0].body)
    text = canonical({**body, column: "other"})

    assert (1, "event-column") in faults([Stored(1, text, event_hash(text), "c-1")])


@pytest.mark.parametrize("text", [
    "", "{", "[]", "null", '{"b":1,"a":1}', '{"a":1,"a":1}', '{"a":1.5}', '{"a":NaN}', '{"a":-0}',
    '{"a": 1}', '{"a":"\\u00e0"}', '{"a":"a\u0300"}', "[" * 100_000, None, 5, b'{"a":1}',
    '{"a":%s}' % ("9" * 5000), '{"a":"\\ud800"}',
])  # fmt: skip
def test_texts_that_are_not_canonical(text):
    assert parsed(text) is None
    if isinstance(text, str):
        assert (1, "event-form") in faults([Stored(1, text, event_hash(text))])


@pytest.mark.parametrize("body", [None, 5, b"{}", "\ud800"])
def test_a_body_that_is_no_text(body):
    assert faults([Stored(1, body, "")]) == [(1, "event-bytes")]


def test_an_edit_that_is_chained_anew_is_held_against_the_head():
    first, second, third = sealed()
    body = canonical({**json.loads(third.body), "seat": "member:u:9"})
    forged = [*stored([first, second]), Stored(3, body, event_hash(body), None, third.private)]

    assert faults(forged, head=third.hash) == [(None, "stream-head")]
    assert faults(forged) == []  # who may write the head too is stopped from outside alone


def test_what_was_erased_must_be_gone():
    erase = Entry("erase", {"by": "u:1", "erased": [[1, "name"], "garbage", [2]]})
    (later,) = seal("h1", 3, sealed()[-1].hash, [erase], iter(()))
    events = [*stored(sealed()), *stored([later])]
    kept = json.loads(events[0].private)
    del kept["name"]
    gone = Stored(1, events[0].body, events[0].hash, "c-1", compact(kept))

    assert faults([gone, *events[1:]]) == []
    assert faults(events) == [(1, "private-unfounded")]


def test_what_stands_for_an_event_shows_no_personal_value():
    reading = read("h1", 3, sealed()[-1].hash, stored(sealed()))

    assert "Nguyễn" not in repr(stored(sealed())) + repr(reading.facts)
    assert reading.facts[0].private["name"] == "Nguyễn Văn Ấn"
