"""The two languages of the command line, and a text in one of them."""

from collections.abc import Mapping
from typing import Any

from thidua.workflow.wording.number import in_number

LANGUAGES = ("vi", "en")

Words = tuple[str, str]
"""The same text in Vietnamese and in English."""


def pick(words: Words, lang: str, **fields: Any) -> str:
    """The text in the language, its fields filled in; English says one in the singular."""
    text = words[LANGUAGES.index(lang)]
    if lang == "en":
        text = in_number(text, fields)
    return text.format(**fields) if fields else text


def label_of(label: Mapping[str, str], lang: str, fallback: str = "") -> str:
    """A procedure's label in the language, or in any other it has."""
    return label.get(lang) or next(iter(label.values()), fallback)
