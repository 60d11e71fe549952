"""The order of Vietnamese words and names in a list."""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the order of a dictionary, after the unmarked syllable."""

_LETTER = {letter: place for place, letter in enumerate(ALPHABET, start=1)}
_TONE = {mark: place for place, mark in enumerate(TONES, start=1)}
_FOREIGN = len(ALPHABET) + 1

Key = tuple[tuple[tuple[int, str], ...], tuple[int, ...]]


def word_key(text: str) -> Key:
    """Sorts words as a dictionary does: letters with their hats first, tones break ties.

    Case does not matter. Spaces come before letters, signs of other scripts after them.
    """
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for sign in unicodedata.normalize("NFC", text).casefold():
        letter, tone = _taken_apart(sign)
        letters.append((_place(letter), letter))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _taken_apart(sign: str) -> tuple[str, int]:
    """The letter without its tone, and the tone's place (0 without)."""
    marks = unicodedata.normalize("NFD", sign)
    tone = max((_TONE.get(mark, 0) for mark in marks), default=0)
    bare = "".join(mark for mark in marks if mark not in _TONE)
    return unicodedata.normalize("NFC", bare), tone


def _place(letter: str) -> int:
    if letter in _LETTER:
        return _LETTER[letter]
    return _FOREIGN if letter[:1].isalpha() else 0


def name_key(name: str) -> tuple[Key, Key, Key]:
    """Sorts people as an office does: by given name (the last word), family name, the rest."""
    family, *others = name.split() or [""]
    given = others[-1] if others else family
    return word_key(given), word_key(family), word_key(" ".join(others[:-1]))


def folded(text: str) -> str:
    """A text without tones, hats and case, for finding what was typed without them."""
    marks = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))
