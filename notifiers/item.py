"""One due notice as it was frozen, and its values read for a reader's language."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from thidua.notifiers.catalogue import LETTERS, Shape, Template
from thidua.notifiers.headers import clean, clean_block
from thidua.workflow.errors import Misuse

TEXT_CAP = 500
PROSE_CAP = 8_000
"""Characters of one value; a longer one is cut with an ellipsis, the record keeps it whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """A template's name and the JSON object of its values, as the act wrote them."""

    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """An item in one language: clean texts, real dates, dossiers as records."""

    template: Template
    values: Mapping[str, object]


def check(item: Item) -> None:
    """Refuse, as `Misuse`, an item that could not be rendered later."""
    for lang in ("vi", "en"):
        read(item, lang=lang)


def read(item: Item, *, lang: str) -> Reading:
    """The item for a reader of `lang`.

    Raises `Misuse`: `mail-template-unknown`, `mail-context-names` for a name left out or not
    declared, `mail-context-value` for a value that is not what the catalogue says.
    """
    template = LETTERS.get(item.template)
    if template is None:
        raise Misuse("mail-template-unknown", template=item.template, known=", ".join(LETTERS))
    _same_names(item.template, template.names, item.context)
    reader = _Reader(item.template, lang)
    values = {
        name: reader.take(name, shape, item.context[name]) for name, shape in template.names.items()
    }
    return Reading(template, values)


def merged(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items that say the same about different dossiers as one item about all of them.

    Forty results of one decision become one letter with forty lines. Order is kept; a dossier
    that comes twice is listed once.
    """
    together: dict[tuple[str, str], Item] = {}
    for item in items:
        rest = {name: value for name, value in item.context.items() if name != "dossiers"}
        key = (item.template, json.dumps(rest, sort_keys=True))
        before = together.get(key)
        together[key] = item if before is None else _joined(before, item)
    return tuple(together.values())


def _joined(first: Item, second: Item) -> Item:
    old, new = (cast(Sequence[object], each.context["dossiers"]) for each in (first, second))
    dossiers = [*old, *(each for each in new if each not in old)]
    return replace(first, context={**first.context, "dossiers": dossiers})


def _same_names(template: str, shapes: Mapping[str, Shape], given: Mapping[str, object]) -> None:
    missing, surplus = shapes.keys() - given.keys(), given.keys() - shapes.keys()
    if missing or surplus:
        raise Misuse(
            "mail-context-names",
            template=template,
            missing=", ".join(sorted(missing)),
            surplus=", ".join(sorted(surplus)),
        )


def in_language(text: object, lang: str) -> str:
    """The string of `lang`, else the Vietnamese, else the first; a plain string is itself."""
    if isinstance(text, Mapping):
        return str(text.get(lang) or text.get("vi") or next(iter(text.values())))
    return str(text)


@dataclass(frozen=True, slots=True)
class _Reader:
    template: str
    lang: str

    def take(self, name: str, shape: Shape, value: object) -> object:
        if value is None and shape.optional:
            return None
        if shape.kind == "list" and isinstance(value, list | tuple) and (value or not shape.filled):
            inner = Shape("record", of=shape.of) if shape.of else Shape("text")
            return tuple(self.take(name, inner, each) for each in value)
        if shape.kind == "record" and isinstance(value, Mapping):
            _same_names(f"{self.template}: {name}", shape.of, value)
            return {key: self.take(f"{name}.{key}", of, value[key]) for key, of in shape.of.items()}
        return self._scalar(name, shape, value)

    def _scalar(self, name: str, shape: Shape, value: object) -> object:
        make = _SCALARS.get(shape.kind)
        try:
            if make is not None:
                return make(value, shape, self.lang)
        except (TypeError, ValueError):
            pass
        expected = " | ".join(shape.choices) or shape.kind
        raise Misuse(
            "mail-context-value",
            template=self.template,
            name=name,
            expected=expected,
            value=repr(value)[:80],
        )


def _text(value: object, _shape: Shape, lang: str) -> str:
    return clean(in_language(_words(value), lang), cap=TEXT_CAP)


def _prose(value: object, _shape: Shape, lang: str) -> str:
    text = clean_block(in_language(_words(value), lang))
    return text if len(text) <= PROSE_CAP else text[: PROSE_CAP - 1] + "…"


def _words(value: object) -> object:
    texts = list(value.values()) if isinstance(value, Mapping) else [value]
    if not texts or not all(isinstance(each, str) for each in texts):
        raise TypeError
    return value


def _number(value: object, _shape: Shape, _lang: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _yes_no(value: object, _shape: Shape, _lang: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _choice(value: object, shape: Shape, _lang: str) -> str:
    return shape.choices[shape.choices.index(cast(str, value))]


def _instant(value: object, _shape: Shape, _lang: str) -> datetime:
    at = datetime.fromisoformat(cast(str, value))
    if at.tzinfo is None:
        raise ValueError
    return at


def _date(value: object, _shape: Shape, _lang: str) -> date:
    return date.fromisoformat(cast(str, value))


_SCALARS: Mapping[str, Callable[[object, Shape, str], object]] = {
    "text": _text,
    "prose": _prose,
    "date": _date,
    "instant": _instant,
    "whole number": _number,
    "yes or no": _yes_no,
    "choice": _choice,
}
