"""Which valid words a mistyped one may have meant, and letters that only look like ours."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """Up to three words of `known` that look like `word`, or all of them if none does."""
    words = sorted(known)
    close = get_close_matches(word, words, n=3, cutoff=0.6)
    return ", ".join(close or words) or "-"


def look_alike(text: str) -> str | None:
    """The first letter of `text` of another script, with what it is; None where all are Latin.

    Names and keys are Latin letters; a Cyrillic one looks the same and is not.
    """
    for letter in text:
        if letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN "):
            return f"“{letter}” (U+{ord(letter):04X}, {unicodedata.name(letter, '?')})"
    return None
