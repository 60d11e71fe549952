"""Plain values as YAML text that reads back as the same values."""

import json
import re
from collections.abc import Iterator
from typing import Any

WIDE = 100
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
_PIECE = 2_000
"""Longer texts are broken over several lines: the reader refuses very long ones."""


def written(data: dict[str, Any]) -> str:
    """The text, one top key after the other; everything that fits stands on one line."""
    return "\n".join(_block(data, 0)) + "\n"


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _block(value: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, each in value.items():
        line = f"{indent}{flow(key)}: {flow(each)}"
        if len(line) <= WIDE or not each:
            yield line
        elif isinstance(each, dict):
            yield f"{indent}{flow(key)}:"
            yield from _block(each, depth + 1)
        elif isinstance(each, list):
            yield f"{indent}{flow(key)}:"
            yield from _items(each, depth + 1)
        else:
            yield f"{indent}{flow(key)}: {_long(each, indent + '  ')}"


def _items(values: list[Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for each in values:
        line = f"{indent}- {flow(each)}"
        if len(line) <= WIDE or not isinstance(each, dict):
            yield line
            continue
        first, *rest = _block(each, depth + 1)
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest


def _long(text: str, indent: str) -> str:
    """A quoted text, its line ends escaped so that they are no part of it."""
    pieces = [text[i : i + _PIECE] for i in range(0, len(text), _PIECE)]
    quoted = [json.dumps(piece, ensure_ascii=False)[1:-1] for piece in pieces]
    # A blank after an escaped line end would be taken for indentation.
    safe = [quoted[0], *(re.sub("^ ", r"\\x20", piece) for piece in quoted[1:])]
    return '"' + f"\\\n{indent}".join(safe) + '"'
