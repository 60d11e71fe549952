"""Read YAML with care: bounded, without aliases or tags, every scalar as text."""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError

from thidua.definitions.syntax import one_line, problem
from thidua.definitions.tree import Path, Place, Tree, placed
from thidua.workflow.errors import DefinitionError, Reason

MAX_BYTES = 1_000_000
"""A procedure of an office has some 20 kB; 1 MB parses in seconds, not minutes."""
MAX_DEPTH = 50
"""The language needs 6 levels; past a thousand, recursive code breaks."""
MAX_NODES = 20_000
"""The shipped procedures have about 1,000."""
MAX_LINE = 5_000
"""The scanner is quadratic in one token; a tag of 900,000 letters took it 9 s."""


def read(data: bytes | str, name: str) -> Tree:
    """The tree of a YAML document; `name` is what its findings call the file.

    Built from parser events, so no scalar is ever resolved and nothing is constructed. Decomposed
    Unicode is composed (NFC) and said in the notes. Refused, always as `DefinitionError` with a
    place: more than `MAX_BYTES`, `MAX_DEPTH`, `MAX_NODES`, `MAX_LINE`; other encodings than UTF-8;
    unprintable characters; anchors, aliases, tags, directives; a second document; keys that are
    not text or come twice; anything that is not YAML.
    """
    text = _decode(data, name)
    composed = unicodedata.normalize("NFC", text)
    _check_lines(composed, name)
    builder = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(composed):
            builder.take(event)
    except DefinitionError:
        raise
    except Exception as error:
        # The scanner lets ValueError, IndexError and AttributeError escape on hostile text.
        raise _broken(error, builder) from error
    if () not in builder.values:
        raise _refuse("yaml-empty", name, Place())
    notes = () if composed == text else (_normalised(text, name),)
    return Tree(name, composed, builder.data, builder.values, builder.keys, notes)


def _decode(data: bytes | str, name: str) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise _refuse("yaml-too-large", name, Place(), size=len(raw), limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_of(raw[: error.start].decode("utf-8", "replace"))
        raise _refuse("yaml-not-utf8", name, place) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _normalised(text: str, name: str) -> Reason:
    lines = enumerate(text.split("\n"), 1)
    first = next((n for n, x in lines if not unicodedata.is_normalized("NFC", x)), 1)
    return placed("yaml-normalised", name, Place(first))


def unprintable(text: str) -> int | None:
    """The index of the first character that cannot be seen; line ends, tabs and no-break spaces
    may stand. Controls, direction marks and lone surrogates may not."""
    if text.isprintable():
        return None
    return next((i for i, c in enumerate(text) if not (c.isprintable() or c in "\n\t\u00a0")), None)


def _check_lines(text: str, name: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise _refuse("yaml-long-line", name, Place(number, MAX_LINE + 1), limit=MAX_LINE)
        at = unprintable(line)
        if at is not None:
            character = f"U+{ord(line[at]):04X}"
            raise _refuse("yaml-unprintable", name, Place(number, at + 1), character=character)


def _place_of(before: str) -> Place:
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _refuse(code: str, name: str, place: Place, /, **fields: object) -> DefinitionError:
    return DefinitionError.because([placed(code, name, place, **fields)])


def _broken(error: Exception, builder: "_Builder") -> DefinitionError:
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    place = builder.at if mark is None else Place(mark.line + 1, mark.column + 1)
    code, said = problem(error)
    return _refuse(code, builder.name, place, **said)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    path: Path
    data: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Puts parser events together, one by one, and refuses what the language does not have."""

    name: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0
    at: Place = field(default_factory=Place)

    def take(self, event: Any) -> None:
        """Add one event to the tree."""
        self.at = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, events.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, events.NodeEvent):
            self._node(event)
        elif isinstance(event, events.CollectionEndEvent):
            self.open.pop()

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._no("yaml-two-documents")
        if event.version is not None or event.tags:
            raise self._no("yaml-directive")

    def _node(self, event: Any) -> None:
        self._refuse_extras(event)
        if self._awaits_key():
            self._key(event)
            return
        path = self._path()
        self.values[path] = self.at
        if isinstance(event, events.ScalarEvent):
            self._put(self._text(event.value))
            if not event.value and path in self.keys:
                self.values[path] = self.keys[path]
            return
        data: Any = {} if isinstance(event, events.MappingStartEvent) else []
        self._put(data)
        self.open.append(_Open(path, data))

    def _refuse_extras(self, event: Any) -> None:
        self.nodes += 1
        if isinstance(event, events.AliasEvent) or event.anchor is not None:
            raise self._no("yaml-alias", anchor=event.anchor)
        if event.tag is not None:
            raise self._no("yaml-tag", tag=one_line(str(event.tag)))
        if self.nodes > MAX_NODES:
            raise self._no("yaml-too-many-nodes", limit=MAX_NODES)
        if len(self.open) >= MAX_DEPTH and isinstance(event, events.CollectionStartEvent):
            raise self._no("yaml-too-deep", limit=MAX_DEPTH)

    def _awaits_key(self) -> bool:
        return (
            bool(self.open) and isinstance(self.open[-1].data, dict) and self.open[-1].key is None
        )

    def _key(self, event: Any) -> None:
        if not isinstance(event, events.ScalarEvent):
            raise self._no("yaml-key-not-text")
        top = self.open[-1]
        key = self._text(event.value)
        first = self.keys.get((*top.path, key))
        if first is not None:
            raise self._no("yaml-duplicate-key", key=key, first=first.line)
        self.keys[(*top.path, key)] = self.at
        top.key = key

    def _text(self, value: str) -> str:
        """The scalar's text; escapes can bring back what the file itself may not hold."""
        text = unicodedata.normalize("NFC", value)
        at = unprintable(text)
        if at is not None:
            raise self._no("yaml-unprintable", character=f"U+{ord(text[at]):04X}")
        return text

    def _path(self) -> Path:
        if not self.open:
            return ()
        top = self.open[-1]
        return (*top.path, top.key if isinstance(top.data, dict) else len(top.data))  # type: ignore[arg-type]  # a value follows its key

    def _put(self, value: Any) -> None:
        if not self.open:
            self.data = value
            return
        top = self.open[-1]
        if isinstance(top.data, list):
            top.data.append(value)
        else:
            assert top.key is not None
            top.data[top.key] = value
            top.key = None

    def _no(self, code: str, **fields: object) -> DefinitionError:
        return _refuse(code, self.name, self.at, **fields)
