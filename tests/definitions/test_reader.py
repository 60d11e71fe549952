"""The bounded reader: text stays text, every refusal has a place, nothing else escapes."""

import pytest

from thidua.definitions.reader import MAX_BYTES, MAX_DEPTH, MAX_LINE, MAX_NODES, read
from thidua.definitions.tree import Place
from thidua.workflow.errors import DefinitionError, Reason
from thidua.workflow.wording.procedures import PROCEDURES


def refusal(data: bytes | str) -> Reason:
    with pytest.raises(DefinitionError) as caught:
        read(data, "f.yaml")
    (reason,) = caught.value.reasons
    return reason


@pytest.mark.parametrize(
    "text",
    ["no", "on", "12:30", "0123", "2018.10", "2018-01-01", "~", "1_000", ".inf", "0x1F", "<<"],
)
def test_scalar_stays_text(text: str) -> None:
    tree = read(f"key: {text}\n{text}: [{text}]\n", "f.yaml")

    assert tree.data == {"key": text, text: [text]}


def test_empty_value_is_empty_text_at_its_key() -> None:
    tree = read("a:\n  b:\nc: 1\n", "f.yaml")

    assert tree.data == {"a": {"b": ""}, "c": "1"}
    assert tree.place(("a", "b")) == Place(2, 3)


def test_every_value_and_key_has_a_place() -> None:
    tree = read('a: 1\nb: [x, {c: "d"}]\n', "f.yaml")

    assert tree.place(("b", 1, "c")) == Place(2, 12)
    assert tree.key_place(("b", 1, "c")) == Place(2, 9)
    assert tree.place(("b", 1, "missing", "deeper")) == Place(2, 8)
    assert tree.key_place(("b", 0)) == Place(2, 5)


CASES: list[tuple[str, bytes | str, tuple[int, int]]] = [
    ("yaml-empty", "", (1, 1)),
    ("yaml-empty", "# nothing\n", (1, 1)),
    ("yaml-too-large", "# x\n" * (MAX_BYTES // 4 + 1), (1, 1)),
    ("yaml-not-utf8", b"a: 1\nb: \xff", (2, 4)),
    ("yaml-not-utf8", "a: b".encode("utf-16"), (1, 1)),
    ("yaml-not-utf8", b"a: \xd0\xe2u", (1, 4)),
    ("yaml-unprintable", "a: b".encode("utf-16-le"), (1, 2)),
    ("yaml-unprintable", "a: x\u200by", (1, 5)),
    ("yaml-unprintable", "a: \u202ex", (1, 4)),
    ("yaml-not-utf8", "a: \ud800", (1, 4)),
    ("yaml-unprintable", 'a: "\\ud800"', (1, 4)),
    ("yaml-unprintable", 'a: "\\0"', (1, 4)),
    ("yaml-unprintable", 'a: 1\n"\\x07": 2', (2, 1)),
    ("yaml-long-line", "a: 1\nb: " + "x" * MAX_LINE, (2, MAX_LINE + 1)),
    ("yaml-colon", "a: 1\n b: 2", (2, 3)),
    ("yaml-colon", "a:1\nb: 2", (2, 2)),
    ("yaml-colon", "a: 1\nb\nc: 2", (3, 1)),
    ("yaml-bracket", "a: [1", (1, 6)),
    ("yaml-bracket", "a: {b: 1\nc: 2", (2, 2)),
    ("yaml-quote", 'a: "x\nb: 1\n', (3, 1)),
    ("yaml-indent", "  a: 1\nb: 2", (2, 1)),
    ("yaml-indent", "a: - b", (1, 4)),
    ("yaml-indent", "a:\n  b: 1\n c: 2", (3, 2)),
    ("yaml-sign", "a: @b", (1, 4)),
    ("yaml-tab", "a:\n\tb: 1", (2, 1)),
    ("yaml-broken", 'a: 1\nb: "\\U00110000"', (2, 1)),
    ("yaml-two-documents", "a: 1\n---\nb: 2", (2, 1)),
    ("yaml-directive", "%YAML 1.1\n---\nno: 1", (2, 1)),
    ("yaml-directive", "%TAG ! tag:x,2000:\n---\nno: 1", (2, 1)),
    ("yaml-alias", "a: &x 1\nb: *x", (1, 4)),
    ("yaml-alias", "a: *x", (1, 4)),
    ("yaml-tag", "a: !!python/object/apply:os.system [true]", (1, 4)),
    ("yaml-tag", "!!binary aGk=", (1, 1)),
    ("yaml-too-many-nodes", "- a\n" * MAX_NODES, (MAX_NODES, 3)),
    ("yaml-too-deep", "[\n" * (MAX_DEPTH + 1), (MAX_DEPTH + 1, 1)),
    ("yaml-key-not-text", "? [a]\n: 1", (1, 3)),
    ("yaml-key-not-text", "{a: 1}: 2", (1, 1)),
    ("yaml-duplicate-key", "a: 1\nb: 2\na: 3", (3, 1)),
    ("yaml-duplicate-key", 'a: {x: 1, "x": 2}', (1, 11)),
    ("yaml-duplicate-key", "\u00e9: 1\ne\u0301: 2", (2, 1)),
]


@pytest.mark.parametrize(("code", "data", "place"), CASES)
def test_reader_refuses(code: str, data: bytes | str, place: tuple[int, int]) -> None:
    reason = refusal(data)

    assert (reason.code, reason.fields["line"], reason.fields["column"]) == (code, *place)
    assert reason.text("vi").startswith(f"f.yaml:{place[0]}:{place[1]}: ")


def test_every_code_of_the_reader_has_a_case() -> None:
    codes = {code for code in PROCEDURES if code.startswith("yaml-")}

    assert {code for code, _, _ in CASES} == codes - {"yaml-normalised"}


def test_duplicate_key_names_both_lines() -> None:
    reason = refusal("a: 1\nb: 2\na: 3")

    assert reason.text("en") == (
        "f.yaml:3:1: the key “a” stands on line 1 already; delete one of the two"
    )


def test_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for here, before in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]\n"

    assert (refusal(bomb).code, refusal(bomb).fields["line"]) == ("yaml-alias", 1)


def test_depth_within_the_bound_is_read() -> None:
    data = read("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml").data

    depth = 0
    while data:
        depth, data = depth + 1, data[0]
    assert depth == MAX_DEPTH - 1


def test_decomposed_letters_are_composed_and_said() -> None:
    tree = read("a: 1\nb: Bô\u0323 Tư pháp\n", "f.yaml")

    assert tree.data["b"] == "Bộ Tư pháp"
    (note,) = tree.notes
    assert (note.code, note.fields["line"]) == ("yaml-normalised", 2)


def test_line_ends_and_mark_do_not_change_the_text() -> None:
    plain = read("a: 1\nb: 2\n", "f.yaml")

    for other in (b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a: 1\rb: 2\r"):
        assert read(other, "f.yaml") == plain
