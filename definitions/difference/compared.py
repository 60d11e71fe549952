"""Two procedures beside each other: every part that is new, gone or different."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from thidua.definitions.difference.facts import Fact, Thing, things
from thidua.definitions.difference.words import GROUPS, word
from thidua.workflow.procedure import Procedure

Kind = Literal["removed", "added", "changed"]
_KINDS: tuple[Kind, ...] = ("removed", "added", "changed")


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: its group, the way to it ("states.proposed.due"), both values in words.

    `old` is empty for what was added, `new` for what was removed; `text` is the whole sentence.
    """

    kind: Kind
    group: str
    path: str
    old: str
    new: str
    text: str


def compare(old: Procedure, new: Procedure, lang: str) -> tuple[Difference, ...]:
    """Every change from `old` to `new` in "vi" or "en", what weighs most first.

    Empty when both say the same, whatever their comments and order of keys; a change of a label
    in either language is one. A step whose trigger stays is the same step, also when it moves.
    """
    twice = {name for each in (old, new) for name, n in _triggers(each).items() if n > 1}
    before = {thing.path: thing for thing in things(old, lang, twice=twice)}
    after = {thing.path: thing for thing in things(new, lang, twice=twice)}
    found = [*_gone(before, after, lang), *_new(before, after, lang)]
    for path in before.keys() & after.keys():
        found += _changed(before[path], after[path], lang)
    order = {path: i for i, path in enumerate([*before, *after])}
    return tuple(sorted(found, key=lambda each: _weight(each, order)))


def _triggers(procedure: Procedure) -> Counter[str]:
    return Counter(step.trigger for step in procedure.transitions)


def _gone(before: dict[str, Thing], after: dict[str, Thing], lang: str) -> Iterator[Difference]:
    for path, thing in before.items():
        if path not in after:
            said = _summary(thing)
            text = word("removed", lang, thing=thing.called)
            yield Difference("removed", thing.group, path, said, "", text)


def _new(before: dict[str, Thing], after: dict[str, Thing], lang: str) -> Iterator[Difference]:
    for path, thing in after.items():
        if path not in before:
            said = _summary(thing)
            text = word("added", lang, thing=thing.called, said=f" ({said})" if said else "")
            yield Difference("added", thing.group, path, "", said, text)


def _summary(thing: Thing) -> str:
    """What a thing says beside its name."""
    facts = (fact for key, fact in thing.facts.items() if key != "label" and fact.text)
    return "; ".join(f"{fact.attribute}: {fact.text}" for fact in facts)


def _changed(before: Thing, after: Thing, lang: str) -> Iterator[Difference]:
    for key in dict.fromkeys([*before.facts, *after.facts]):
        old, new = before.facts.get(key), after.facts.get(key)
        if _raw(old) == _raw(new):
            continue
        if old and new and old.text == new.text:
            alike = old.exact == new.exact
            old, new = (replace(each, parts=(_exact(each, alike=alike),)) for each in (old, new))
        fact = new or old
        assert fact is not None
        shown, kept = _apart(old, new, lang)
        thing = before.called[0].upper() + before.called[1:]
        text = word("changed", lang, thing=thing, attribute=fact.attribute,
                    old=shown[0], new=shown[1], kept=kept)  # fmt: skip
        path = f"{before.path}.{key}".lstrip(".")
        yield Difference("changed", fact.group, path, _text(old), _text(new), text)


def _exact(fact: Fact, *, alike: bool) -> str:
    """All that a fact says; of two things that are called alike, their names in the file too."""
    exact = fact.exact or fact.text
    if not alike:
        return exact
    raw = fact.raw if isinstance(fact.raw, tuple) else (fact.raw,)
    names = (name for part in raw for name in (part if isinstance(part, tuple) else (part,)))
    return f"{exact} ({', '.join(map(str, names))})"


def _apart(old: Fact | None, new: Fact | None, lang: str) -> tuple[tuple[str, str], str]:
    """The pieces in which two facts differ, and those that stay."""
    before, after = old.parts if old else (), new.parts if new else ()
    apart = [tuple(p for p in mine if p not in other)
             for mine, other in ((before, after), (after, before))]  # fmt: skip
    if not any(apart):
        apart = [before, after]
    kept = [part for part in before if part in after and part not in apart[0]]
    first, second = (", ".join(parts) or word("nothing", lang) for parts in apart)
    said = kept and old is not None and old.group != "ladders"
    return (first, second), word("kept", lang, what=", ".join(kept)) if said else ""


def _text(fact: Fact | None) -> str:
    return fact.text if fact is not None else ""


def _raw(fact: Fact | None) -> object:
    return fact.raw if fact is not None else None


def _weight(each: Difference, order: dict[str, int]) -> tuple[int, int, int, str]:
    thing = next((p for p in (each.path, each.path.rpartition(".")[0]) if p in order), "")
    return [*GROUPS].index(each.group), _KINDS.index(each.kind), order[thing], each.path
