"""Which valid words a mistyped one may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """Up to three words of `known` that look like `word`, or all of them if none does."""
    words = sorted(known)
    close = get_close_matches(word, words, n=3, cutoff=0.6)
    return ", ".join(close or words) or "-"
