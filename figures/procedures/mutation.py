"""Bad input for the reader and the loader: spoilt, random, and made to hurt."""

import copy
import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

SCRAPS = (
    "&a", "*a", "!!python/object:os.system", "!!binary aGk=", "<<", "? ", ": ", "- ", "[", "]",
    "{", "}", "|", ">-", "'", '"', "%YAML 1.1", "---", "...", "\t", "\0", "\u202e", "\ud800",
    "e\u0301", '"\\U00110000"', '"\\x"', "# ", "@", "`", "\r", "\x85", "\u2028", "9" * 400, "no",
    "~", "null", "0x", "1e999", "__class__", "{{7*7}}", "${x}", "none", "engine", "nobody", "asked",
    "expr", "yes", "1/2", "\u0430", "\u03bf", "\uff41", "\ufeff", "\u200b", "0123", "12:30",
)  # fmt: skip
EXPRESSIONS = (
    "urgent == yes", "cluster in ['A', 'B']", "votes / 3 >= 2/3", "((urgent))", "not not urgent",
    "1 / 0 > 1 or urgent", "today > 2020-02-30", "a" * 600, "(" * 60 + ")" * 60, "x ** 9 ** 9 ** 9",
    "[x for x in cluster]", "cluster =~ '(a+)+$'", "1 << 99999999", "urgent and " * 40 + "urgent",
)  # fmt: skip
LETTERS = "ab1_:-?[]{}&*!|>%@#,'\"\n \t.~=<>/"


def mutated(text: str, draw: random.Random) -> str:
    """The text with one to four places cut out, doubled, moved or spoilt."""
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(text) + 1)
        end = min(len(text), start + draw.choice((0, 1, 2, 8, 60, 400)))
        spoils = (draw.choice(SCRAPS), text[start:end] * 2, "", chr(draw.randrange(0x3000)))
        text = text[:start] + draw.choice(spoils) + text[end:]
    return text


def snippet(text: str, draw: random.Random) -> str:
    """Some lines of a file, spoilt."""
    lines = text.splitlines(keepends=True)
    start = draw.randrange(len(lines))
    return mutated("".join(lines[start : start + draw.randint(1, 4)]), draw)


def scribble(_: str, draw: random.Random) -> str:
    """Signs of YAML at random."""
    return "".join(draw.choices(LETTERS, k=draw.randrange(60)))


def noise(_: str, draw: random.Random) -> bytes:
    """Bytes at random."""
    return draw.randbytes(draw.randrange(60))


def encoded(text: str, draw: random.Random) -> bytes:
    """A snippet in another encoding, or with its letters taken apart."""
    lines = text.splitlines(keepends=True)
    piece = draw.choice(lines) + draw.choice(lines)
    form = unicodedata.normalize(draw.choice(("NFC", "NFD", "NFKD")), piece)
    code = draw.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1"))
    return form.encode(code, "replace")


def nested(_: str, draw: random.Random) -> str:
    """Collections within collections, below the bound and far above."""
    depth = draw.choice((10, 49, 50, 51, 200, 2_000))
    start, end = draw.choice((("[", "]"), ("{a: ", "}"), ("- ", "")))
    return start * depth + "x" + end * depth


def bomb(_: str, draw: random.Random) -> str:
    """Aliases of aliases: 9 to the power of the lines, written out."""
    text = "a0: &a0 [x, x]\n"
    for n in range(1, draw.randint(2, 30)):
        text += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n"
    return text if draw.random() < 0.5 else text.replace("&", "").replace("*", "")


def swollen(_: str, draw: random.Random) -> str:
    """Long lines, many values, a big file: rarely, for each takes its time."""
    if draw.random() < 0.99:
        return "a: " + "x" * draw.randrange(100)
    return draw.choice(("a: " + "x" * 6_000, "- a\n" * 21_000, "# x\n" * 260_000, "a" * 1_100_000))


def look_alike(text: str, draw: random.Random) -> str:
    """A snippet with a letter that only looks like the one it stands for."""
    lines = text.splitlines(keepends=True)
    piece = draw.choice(lines) + draw.choice(lines)
    latin, other = draw.choice((("a", "\u0430"), ("o", "\u03bf"), ("e", "\u0435"), ("c", "\u0441")))
    return piece.replace(latin, other, draw.randint(1, 3))


KINDS: tuple[Callable[[str, random.Random], str | bytes], ...] = (
    snippet, snippet, snippet, scribble, noise, encoded, nested, bomb, swollen, look_alike,
)  # fmt: skip


def branches(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every collection with every key or position in it."""
    keys = list(data) if isinstance(data, dict) else range(len(data))
    for key in keys if isinstance(data, dict | list) else ():
        yield data, key
        if isinstance(data[key], dict | list):
            yield from branches(data[key])


def spoilt(tree: Any, draw: random.Random) -> Any:
    """The values of a file with one to three replaced by others of it, or by junk."""
    data = copy.deepcopy(tree)
    for _ in range(draw.randint(1, 3)):
        places = list(branches(data))
        (parent, key), (other, name) = draw.choice(places), draw.choice(places)
        words = (draw.choice(SCRAPS).encode("utf-8", "ignore").decode(), draw.choice(EXPRESSIONS))
        junk: list[Any] = [*words, {}, [], "", [[]], {"": ""}, copy.deepcopy(other[name])]
        if isinstance(parent, dict) and draw.random() < 0.3:
            parent[draw.choice((*words, str(name)))] = parent.pop(key)
        else:
            parent[key] = draw.choice(junk)
    return data
