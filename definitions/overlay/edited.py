"""The text of an overlay's file with other values in it, its comments kept where that goes."""

import io
from collections.abc import Mapping
from typing import Any

from thidua.definitions.overlay.record import OVER
from thidua.definitions.overlay.written import WIDE, written
from thidua.definitions.reader import read
from thidua.workflow.errors import DefinitionError


def edited(text: str, data: Mapping[str, Any]) -> str:
    """A text that reads as `data`, as near to `text` as it goes.

    Values change in place, keys are taken out, and what the base says stands at the end. Where that
    would not read back as `data`, the values are written anew, without the comments.
    """
    from ruamel.yaml.error import YAMLError

    try:
        made = _in_place(text, data)
        if read(made, "-").data == data:
            return made
    except (YAMLError, ValueError, DefinitionError):
        # It gives scalars types, and not every text of ours is a value of its type.
        pass
    return written(dict(data))


def _in_place(text: str, data: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDE * 40
    tree = yaml.load(text)
    _thin(tree, {key: each for key, each in data.items() if key != OVER})
    for key in ("extends", "version"):
        tree[key] = type(tree[key])(data[key]) if isinstance(tree[key], str) else data[key]
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue() + written({key: data[key] for key in (OVER,) if key in data})


def _thin(tree: Any, data: Mapping[str, Any]) -> None:
    """Take out every key that the data lacks."""
    for key in list(tree):
        wanted = data.get(str(key))
        if wanted is None:
            del tree[key]
        elif isinstance(wanted, dict):
            _thin(tree[key], wanted)
