"""Turn any text into one that is safe and readable in a mail header or on one line."""

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

SUBJECT_CAP = 250
"""Characters of a subject: more than any client shows, less than any server refuses."""

NAME_CAP = 120
"""Characters of a display name: the longest name of a Vietnamese body has about 100."""

RAW_CAP = 4_000
"""Characters looked at before decoding, so that nested encodings cost a bounded time."""

_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bBqQ]\?[^?]*\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(value: str, *, cap: int = SUBJECT_CAP) -> str:
    """One printable line in NFC of at most `cap` characters; clean text comes back unchanged.

    Encoded words (RFC 2047) are decoded, as deep as they are nested, because the standard
    library decodes them again when a header is set and a line end inside one becomes a header of
    its own (CVE-2024-6923). What still looks like an encoded word is broken up. Control and
    format characters (C0, C1, bidirectional overrides, line separators) are dropped, white space
    is folded to single spaces.
    """
    text = _printable(value[:RAW_CAP])
    previous = None
    while text != previous:
        previous = text
        text = _printable(_decoded(text))
    return _capped(_printable(text.replace("=?", "= ?")), cap)


def clean_block(value: str) -> str:
    """Several lines of printable text in NFC: as `clean`, but line breaks stay as newlines.

    Not capped and not decoded: for bodies, where an encoded word is only text.
    """
    lines = _LINE_BREAK.sub("\n", value.replace("\t", " ")).split("\n")
    return "\n".join(_without_controls(line).rstrip() for line in lines).strip("\n")


def is_clean(value: str, *, cap: int = SUBJECT_CAP) -> bool:
    """Whether `clean` would leave the text as it is."""
    return clean(value, cap=cap) == value


def _printable(text: str) -> str:
    spaced = _LINE_BREAK.sub(" ", text.replace("\t", " "))
    return " ".join(_without_controls(spaced).split())


def _without_controls(text: str) -> str:
    kept = (char for char in text if unicodedata.category(char) not in _DROPPED_CATEGORIES)
    return unicodedata.normalize("NFC", "".join(kept))


def _decoded(text: str) -> str:
    return _ENCODED_WORD.sub(lambda word: _decode_word(word[0]), _BETWEEN_WORDS.sub("", text))


def _decode_word(word: str) -> str:
    try:
        ((raw, charset),) = decode_header(word)
        decoded: str = raw.decode(charset or "ascii", "replace")
    except (HeaderParseError, LookupError, ValueError):
        return word.replace("=?", "= ?")
    return decoded


def _capped(text: str, cap: int) -> str:
    if len(text) <= cap:
        return text
    cut = text[: cap - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > cap // 2 else cut).rstrip() + "…"
