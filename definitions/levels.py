"""The levels of secrecy there are, read from their file."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib import resources

from thidua.definitions.reader import read


@lru_cache(maxsize=1)
def load_levels() -> Mapping[str, Mapping[str, str]]:
    """By code, from the lowest, what a level is called in both languages."""
    data = resources.files("thidua.definitions").joinpath("levels.yaml").read_bytes()
    levels: Mapping[str, Mapping[str, str]] = read(data, "levels.yaml").data["levels"]
    return levels


def strictest(given: Collection[str], lang: str) -> tuple[str, str]:
    """The highest of some levels, of which there is one: its code and what it is called."""
    known = load_levels()
    code = max(given, key=[*known].index)
    return code, known[code][lang]
