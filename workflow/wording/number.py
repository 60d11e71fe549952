"""English sentences that count: one is said in the singular."""

import re
from collections.abc import Collection, Mapping

_REGULAR = (
    "act answer bracket byte cell change character column day desk document dossier due"
    " erasure event file key line mail matter member note notice opinion paper place reminder"
    " role row seat signature situation state step stream submission substitution task"
    " template thing time value vote voter year"
)
_NOUNS = {
    **{f"{noun}s": noun for noun in _REGULAR.split()},
    "boxes": "box", "entries": "entry", "others": "other", "people": "person",
}  # fmt: skip
_VERBS = {
    "are": "is", "belong": "belongs", "claim": "claims", "do": "does", "end": "ends",
    "have": "has", "hold": "holds", "wait": "waits", "were": "was",
}  # fmt: skip

_COUNT = r"\{(\w+)\}(?: more| working)?"
_COUNTED = re.compile(rf"({_COUNT}) ({'|'.join(_NOUNS)})\b")
_SAID = re.compile(
    rf"(?<! of )(?<! on )({_COUNT}(?: (?:{'|'.join(_NOUNS)}))?(?: (?:of|with) [^.,;:(]*?)?"
    rf"(?: \([^)]*\))?(?: that| who| still)?) ({'|'.join(_VERBS)})\b"
)


def in_number(text: str, fields: Mapping[str, object]) -> str:
    """An English sentence before its fields are filled in, fit for those that are one: the noun
    right after such a field and the verb that goes with it.

    >>> in_number("{count} tasks of {seats} seats are late", {"count": 1, "seats": 2})
    '{count} task of {seats} seats is late'
    """
    ones = {name for name, value in fields.items() if str(value) == "1"}
    if not ones:
        return text
    said = _SAID.sub(lambda m: _one(m, ones, _VERBS), text)
    return _COUNTED.sub(lambda m: _one(m, ones, _NOUNS), said)


def _one(found: re.Match[str], ones: Collection[str], words: Mapping[str, str]) -> str:
    return f"{found[1]} {words[found[3]]}" if found[2] in ones else found[0]
