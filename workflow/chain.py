"""A stream of events as stored: its bytes, its chain and its private values, checked."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

from thidua.workflow.journal import FORMAT, NOTHING_BEFORE, commitment, compact, event_hash

Body = Mapping[str, Any]


class Stored(NamedTuple):
    """An event as the tables hold it: anything may be wrong with it. `private` is the JSON text
    of its values with their salts.
    """

    n: Any
    body: Any
    hash: Any
    command_id: Any = None
    private: Any = None

    def __repr__(self) -> str:
        return f"Stored(n={self.n!r}, body={self.body!r})"  # no personal value


class Fact(NamedTuple):
    """An event that can be believed: its number, what it says, the values it has committed to."""

    n: int
    body: Body
    private: Mapping[str, str] = MappingProxyType({})

    def __repr__(self) -> str:
        return f"Fact(n={self.n!r}, body={self.body!r})"  # no personal value


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: at which event, or None for the stream as a whole; code and values."""

    n: int | None
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """A stream as read. `whole` says that bytes, chain, count and head are as written: only then
    are there `facts`.
    """

    facts: list[Fact] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True

    def broken(self, n: int | None, code: str, **fields: Any) -> None:
        """Note a fault after which the events prove nothing about the tables."""
        self.faults.append(Fault(n, code, fields))
        self.whole = False


def read(stream: str, count: Any, head: Any, events: Iterable[Stored]) -> Reading:
    """Check the events of `stream`, in order, against each other and the owner's count and head.

    Never raises, whatever is stored. A value that an event named under `erased` ([number, name])
    has to be gone; every other one has to be there.
    """
    reading, given, bodies = Reading(), list(events), []
    last, prev = 0, NOTHING_BEFORE
    for event in given:
        if event.n != last + 1:
            reading.broken(None, "event-missing", after=last, found=event.n)
        bodies.append(_body(reading, stream, prev, event))
        last, prev = _number(event.n, last), event.hash
    if count != last:
        reading.broken(None, "stream-count", count=count, last=last)
    if head != prev:
        reading.broken(None, "stream-head", head=head, last=prev)
    if reading.whole:
        _add_facts(reading, given, [body for body in bodies if body is not None])
    return reading


def _number(n: Any, last: int) -> int:
    return n if type(n) is int else last + 1


def _body(reading: Reading, stream: str, prev: Any, event: Stored) -> Body | None:
    if not _is_hashed(event):
        reading.broken(event.n, "event-bytes")
        return None
    body = parsed(event.body)
    if body is None:
        reading.broken(event.n, "event-form")
        return None
    told = (FORMAT, stream, event.n, event.command_id, prev)
    try:
        repeated = _repeated(body) == told
    except KeyError:
        repeated = False
    if not repeated:
        _differs(reading, event.n, body, told)
    return body


_COLUMNS = ("v", "stream", "n", "command", "prev")
_repeated = itemgetter(*_COLUMNS)


def _differs(reading: Reading, n: Any, body: Body, told: Iterable[Any]) -> None:
    for name, value in zip(_COLUMNS, told, strict=True):
        if body.get(name, _ABSENT) == value:
            continue
        if name == "prev":
            reading.broken(n, "event-link")
        else:
            reading.broken(n, "event-column", column=name)


_ABSENT = object()


def _is_hashed(event: Stored) -> bool:
    try:
        return bool(event_hash(event.body) == event.hash)
    except (AttributeError, TypeError, UnicodeError):
        return False


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text} is no exact number")


_decode = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).raw_decode


def parsed(text: Any) -> dict[str, Any] | None:
    """The object that a canonical text stands for; None for every other text and value."""
    try:
        value, _ = _decode(text)  # what stands behind it makes it another text
        exact = isinstance(value, dict) and compact(value) == text
    except (TypeError, ValueError, RecursionError):
        return None
    return value if exact else None


def _add_facts(reading: Reading, events: list[Stored], bodies: list[Body]) -> None:
    gone: dict[int, set[str]] = {}
    for body in bodies:
        if "erased" in body:
            for n, name in _pairs(body["erased"]):
                gone.setdefault(n, set()).add(name)
    for event, body in zip(events, bodies, strict=True):
        kept = _values(reading, event, body, gone.get(event.n, frozenset()))
        reading.facts.append(Fact(event.n, body, kept))


def _pairs(value: Any) -> list[tuple[int, str]]:
    lists = value if isinstance(value, list) else []
    pairs = [each for each in lists if isinstance(each, list) and len(each) == 2]
    return [(n, str(name)) for n, name in pairs if type(n) is int]


def _values(reading: Reading, event: Stored, body: Body, gone: Set[str]) -> Mapping[str, str]:
    given, text = body.get("commit"), event.private
    if not given and text is None:
        return _NOTHING
    promised = given if isinstance(given, dict) else {}
    stored = parsed(text) if text is not None else {}
    if stored is None or not (stored or text is None or gone):
        reading.faults.append(Fault(event.n, "private-form"))
        return _NOTHING
    names = stored if stored.keys() == promised.keys() else sorted(promised.keys() | stored.keys())
    for name in names:
        code = _mismatch(promised.get(name), stored.get(name), gone=name in gone)
        if code is not None:
            reading.faults.append(Fault(event.n, code, {"name": name}))
    return {name: kept[1] for name, kept in stored.items() if _is_pair(kept)}


_NOTHING: Mapping[str, str] = MappingProxyType({})


def _mismatch(promised: Any, kept: Any, *, gone: bool) -> str | None:
    if kept is None:
        return None if gone else "private-missing"
    if promised is None or gone:
        return "private-unfounded"
    fits = _is_pair(kept) and _is_salt(kept[0]) and commitment(kept[0], kept[1]) == promised
    return None if fits else "private-differs"


def _is_pair(kept: Any) -> bool:
    return type(kept) is list and [*map(type, kept)] == _PAIR


_PAIR = [str, str]


def _is_salt(text: str) -> bool:
    """64 lower-case hex digits: no other text may stand for the same bytes."""
    return len(text) == 64 and not text.strip("0123456789abcdef")
