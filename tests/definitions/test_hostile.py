"""Hostile files: whatever is thrown at the loader, only `DefinitionError` comes out."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from thidua.definitions.check import check
from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.loader import parse, typed
from thidua.definitions.reader import read
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
SCRAPS = (
    "&a", "*a", "!!python/object:os.system", "<<", "? ", ": ", "- ", "[", "]", "{", "}", "|", ">-",
    "'", '"', "%YAML 1.1", "---", "...", "\t", "\0", "\u202e", "\ud800", "e\u0301", "\\U00110000",
    '"\\x"', "# ", "@", "`", "\r", "\x85", "\u2028", "9" * 400, "no", "~", "null", "0x", "1e999",
    "__class__", "{{7*7}}", "${x}", "none", "engine", "nobody", "asked", "expr", "yes", "1/2",
)  # fmt: skip


def mutated(text: str, draw: random.Random) -> str:
    """The text with one to four places cut out, doubled, moved or spoilt."""
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(text) + 1)
        end = min(len(text), start + draw.choice((0, 1, 2, 8, 60, 400)))
        piece = draw.choice(
            (draw.choice(SCRAPS), text[start:end] * 2, "", chr(draw.randrange(0x3000)))
        )
        text = text[:start] + piece + text[end:]
    return text


def refusals(cases: Iterator[Any]) -> int:
    """How many of the cases are refused, each with file, line and column."""
    errors = [error for case in cases if (error := refusal(case)) is not None]
    for error in errors:
        assert error.reasons
        assert all(r.fields["file"] == "f" and r.fields["line"] >= 1 for r in error.reasons)
        assert error.text("vi")
    return len(errors)


def refusal(case: Any) -> DefinitionError | None:
    try:
        case()
    except DefinitionError as error:
        return error
    return None


def test_mutated_snippets_are_read_or_refused() -> None:
    draw = random.Random(1)
    snippets = TOY.split("\nrounds:")[0].splitlines(keepends=True)

    def cases() -> Iterator[Any]:
        for _ in range(4_000):
            start = draw.randrange(len(snippets))
            text = mutated("".join(snippets[start : start + draw.randint(1, 4)]), draw)
            yield lambda text=text: read(text, "f")

    assert 800 < refusals(cases()) < 3_900


def test_random_bytes_are_read_or_refused() -> None:
    draw = random.Random(2)

    def cases() -> Iterator[Any]:
        for _ in range(3_000):
            data = bytes(
                draw.choices(
                    b"\x00\x0a\x0d\x20\x22\x27-:?[]{}&*!|>%@#,ab1\xc3\xa9\xff", k=draw.randrange(40)
                )
            )
            yield lambda data=data: read(data, "f")

    assert refusals(cases()) > 1_000


def whole(text: str | bytes) -> None:
    """Read, type, prove and, if it may be used, draw."""
    loaded = parse(text, "f")
    found = check(loaded, templates=("result",), calendars=("vn-civil-service",), predicates=())
    if found.errors:
        raise DefinitionError.because(found.errors)
    mermaid(loaded.procedure, "vi")


def test_mutated_definitions_are_proved_or_refused() -> None:
    draw = random.Random(3)

    def cases() -> Iterator[Any]:
        for _ in range(400):
            text = mutated(TOY, draw)
            yield lambda text=text: whole(text)

    assert refusals(cases()) > 350


def branches(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every collection with every key or position in it."""
    keys = list(data) if isinstance(data, dict) else range(len(data))
    for key in keys if isinstance(data, dict | list) else ():
        yield data, key
        if isinstance(data[key], dict | list):
            yield from branches(data[key])


def spoilt(tree: Tree, words: list[str], draw: random.Random) -> Tree:
    """The tree with one to three values replaced by other values of the same file, or by junk."""
    data = copy.deepcopy(tree.data)
    for _ in range(draw.randint(1, 3)):
        parent, key = draw.choice(list(branches(data)))
        other, name = draw.choice(list(branches(data)))
        junk: list[Any] = [
            draw.choice(words),
            {},
            [],
            "",
            [[]],
            {"": ""},
            copy.deepcopy(other[name]),
        ]
        if isinstance(parent, dict) and draw.random() < 0.3:
            parent[draw.choice(words)] = parent.pop(key)
        else:
            parent[key] = draw.choice(junk)
    return Tree("f", tree.text, data, tree.values, tree.keys)


def test_spoilt_trees_are_proved_or_refused() -> None:
    draw = random.Random(4)
    tree = read(TOY, "f")
    texts = [parent[key] for parent, key in branches(tree.data) if isinstance(parent[key], str)]
    words = [*texts, *(scrap for scrap in SCRAPS if scrap.isprintable())]
    used = 0

    def case(each: Tree) -> None:
        nonlocal used
        loaded = typed(each)
        found = check(loaded)
        if found.errors:
            raise DefinitionError.because(found.errors)
        used += 1
        mermaid(loaded.procedure, "en")

    def cases() -> Iterator[Any]:
        for _ in range(2_500):
            each = spoilt(tree, words, draw)
            yield lambda each=each: case(each)

    refused = refusals(cases())

    assert refused + used == 2_500
    assert used > 20


@pytest.mark.parametrize(
    "payload",
    [
        "__import__('os').system('touch hit')",
        "!!python/object/apply:os.system ['touch hit']",
        "{{ cycler.__init__.__globals__.os.system('touch hit') }}",
        "{0.__class__.__mro__}",
        "os.system",
        "thidua.definitions.reader:read",
    ],
)
def test_payload_in_every_place_runs_nothing(
    payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tree = read(TOY, "f")

    def cases() -> Iterator[Any]:
        for number, _ in enumerate(list(branches(tree.data))):
            data = copy.deepcopy(tree.data)
            parent, key = list(branches(data))[number]
            parent[key] = payload
            yield lambda data=data: check(typed(Tree("f", TOY, data, tree.values, tree.keys)))

    refusals(cases())

    assert list(tmp_path.iterdir()) == []
