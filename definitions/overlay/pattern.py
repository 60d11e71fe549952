"""What an overlay may touch, as one pattern of the language; everything else stays the base's."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is put in place of the base's as a whole; `none` may take it away."""

    gone: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping of which these keys may be named, each by itself; `short` is the key that a
    value without keys stands for.

    In a `unit` the keys belong together: when a newer base changes one of them, all are asked
    about.
    """

    known: "Mapping[str, Pattern]"
    unit: bool = False
    whole: bool = False
    """Whether the mapping may also be replaced by a single word, such as `none`."""
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """Things by name: those of the base; `new` ones may be added, and with `gone` taken away."""

    of: "Pattern"
    new: bool = False
    gone: bool = False
    apart: "Mapping[str, Pattern]" = field(default_factory=dict)
    """Those of another pattern."""


Pattern = Leaf | Keys | Each

_LEAF, _MAY_GO = Leaf(), Leaf(gone=True)


def _keys(kept: str, gone: str = "", **more: Pattern) -> dict[str, Pattern]:
    return {**dict.fromkeys(kept.split(), _LEAF), **dict.fromkeys(gone.split(), _MAY_GO), **more}


_TEXTS = Keys(_keys("vi en"))
_TIMES = "in on of rolls at_least before from ladder"
_DUE = Keys(_keys("ground", _TIMES), unit=True, whole=True)
_ROUND_DUE = Keys(
    _keys("ground", f"{_TIMES} receipt_unknown receipt_ground closures"), unit=True, whole=True
)
_SPAN = "in on of rolls at_least before counted_from ladder"
_SEATS = Keys(_keys("count ground"))
_SHORT_DUE = Keys(_keys("in ground ladder"), unit=True)
_ROUND = Keys(
    {
        **_keys("vi en", question=_TEXTS, due=_ROUND_DUE),
        "ask": Keys(_keys("role")),
        "confirm": Keys(_keys("by"), short="by"),
        "ask_back": Keys(_keys("answer by clock", due=_SHORT_DUE)),
        "voters": Keys(_keys("role chair")),
        "rounds": Keys(_keys("at_most then ground"), unit=True),
        "quorum": Keys(_keys("at_least counts ground"), unit=True),
        "pass": Keys(_keys("of ground", "more_than at_least", seats=_SEATS), unit=True),
        "close": Keys(_keys("when by", "transit ground"), unit=True),
    }
)
_WHO = Keys(_keys("by ground"), unit=True, whole=True, short="by")
_RETURN = Keys(_keys("by ground", due=_SHORT_DUE), whole=True, short="by")

TOP = Keys(
    {
        "title": _TEXTS,
        "in_force": Keys(_keys("", "from to"), unit=True),
        "awards": Each(_TEXTS),
        "grounds": Each(Keys(_keys("text certainty", "from to"), unit=True), new=True, gone=True),
        "roles": Each(Keys(_keys("vi en", "for never_also delegable leads")), new=True),
        "fields": Each(_TEXTS),
        "documents": Each(_TEXTS),
        "ladders": Each(Keys(_keys("remind", "escalate hours"), unit=True), new=True, gone=True),
        "rounds": Each(_ROUND),
        "spans": Each(Keys(_keys("ground", _SPAN), unit=True)),
        "windows": Each(Keys(_keys("vi en opens closes of rolls ground"))),
        "states": Each(Keys(_keys("vi en", due=_DUE))),
        "transitions": Each(Keys(_keys("vi en by"))),
        "may": Each(_WHO, apart={"waive": _LEAF, "return": _RETURN}),
        "sees": Each(_LEAF, new=True),
        "messages": Each(_LEAF),
    }
)
HEAD = ("format", "extends", "version", "over", "answers")
"""What an overlay says of itself and of its base."""
