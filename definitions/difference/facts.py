"""Everything a procedure says, as things with facts that can be compared and told."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from thidua.definitions.difference import shown
from thidua.definitions.difference.words import NOUNS, RIGHTS
from thidua.definitions.phrase import Phrases
from thidua.workflow.ladder import Ladder
from thidua.workflow.procedure import (
    DocumentKind,
    Field,
    Ground,
    Procedure,
    Right,
    Role,
    RoundRule,
    SpanRule,
    State,
    Transition,
    WaiveTerms,
)

Show = Callable[[Any, Phrases], str | shown.Parts]


class Told(NamedTuple):
    """How attributes of a value are told: in which group, and in which words."""

    group: str
    show: Show | None = None
    attributes: tuple[str, ...] = ()
    """Which it speaks of; the one of its own name when there are none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: its group, what is compared, the attribute's words, the value's words."""

    group: str
    raw: object
    attribute: str
    parts: shown.Parts
    exact: str = ""
    """The same to the last attribute, for two that the words tell alike."""

    @property
    def text(self) -> str:
        """All its words."""
        return ", ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Thing:
    """A part of a procedure by its path ("states.proposed"), with its facts by attribute."""

    path: str
    group: str
    called: str
    facts: Mapping[str, Fact]


def _of(name: str, show: Show) -> Show:
    return lambda thing, phrases: show(getattr(thing, name), phrases)


def _question(rule: RoundRule, _: Phrases) -> str:
    return shown.label(rule.question)


def _source(kind: DocumentKind, phrases: Phrases) -> str:
    return shown.plain(kind.source, phrases)


_LABEL = Told("texts", lambda thing, _: shown.label(thing.label))
_DUE = Told("times", _of("due", shown.due))

TOLD: dict[type, dict[str, Told]] = {
    State: {"label": _LABEL, "due": _DUE, "opens": Told("steps"),
            "end": Told("steps", shown.end, ("final", "outcome")),
            "result": Told("texts", lambda state, _: shown.label(state.result))},
    Transition: {"source": Told("steps"), "dest": Told("steps"),
                 "by": Told("people", lambda step, phrases: f"“{phrases.role(step.by)}”"),
                 "conditions": Told("conditions", lambda step, phrases: phrases.conditions(step)),
                 "needs": Told("conditions", shown.needs, ("note_required", "decision_required")),
                 "starts": Told("steps"),
                 "label": _LABEL},
    Role: {"label": _LABEL},
    RoundRule: {"label": _LABEL, "due": _DUE, "question": Told("texts", _question),
                "ask": Told("people", shown.asks, ("ask", "also_asks")), "sees": Told("people"),
                "voters": Told("people", _of("voters", shown.pieces)),
                "quorum": Told("votes", shown.quorum, ("quorum", "quorum_else", "quorum_ground")),
                "passes": Told("votes", shown.passes, ("passes", "pass_ground")),
                "seats": Told("votes", shown.seats), "limit": Told("votes", shown.limit),
                "written_until_due": Told("votes"), "also_shows": Told("votes"),
                "tie": Told("votes"), "ways": Told("votes"),
                "secret": Told("votes"),
                "close": Told("rounds", shown.close)},
    SpanRule: {"due": _DUE, "start": Told("times"), "end": Told("times")},
    Ladder: {"rungs": Told("ladders", shown.rungs), "hours": Told("ladders", shown.hours)},
    Field: {"label": _LABEL},
    DocumentKind: {"label": _LABEL, "paper_of": Told("papers", _source, ("source",))},
    Ground: {"dates": Told("grounds", shown.dates, ("from_on", "to_on"))},
    Right: {"roles": Told("people", shown.holders), "dest": Told("steps"),
            "needs": Told("people", shown.right_needs, ("decision_required", "ground_required")),
            "due": _DUE},
}  # fmt: skip
"""What has words of its own; every other attribute is told as the file has it."""

GROUPS = {"states": "steps", "transitions": "steps", "roles": "people", "rounds": "rounds",
          "spans": "times", "ladders": "ladders", "fields": "papers", "documents": "papers",
          "grounds": "grounds", "may": "people", "expressions": "conditions",
          "windows": "times"}  # fmt: skip
"""The parts of a procedure that are things of their own, and where they belong."""

_WHOLE = {"hash", "states", "transitions", "awards", "waive", "waive_terms", "messages", "sees",
          *GROUPS}  # fmt: skip
_ABOUT = {"initial": "steps", "calendar": "times", "title": "texts", "recuse_if": "people"}


def things(procedure: Procedure, lang: str, *, twice: Collection[str] = ()) -> Iterator[Thing]:
    """Every part in the order of the language; together they say all that the procedure says.

    Steps are known by their trigger; those of a trigger in `twice` also by where they begin.
    """
    phrases = Phrases(procedure, lang)
    yield _whole(procedure, phrases)
    for part, group in GROUPS.items():
        if part == "transitions":
            yield from _steps(procedure, phrases, twice)
        else:
            for name, value in getattr(procedure, part).items():
                yield _thing(part, name, value, group, phrases)
    yield from _loose(procedure, phrases)


def _whole(procedure: Procedure, phrases: Phrases) -> Thing:
    facts = {}
    for field in fields(procedure):
        name, value = field.name, getattr(procedure, field.name)
        if name in _WHOLE or name.startswith("in_force"):
            continue
        text = _said(name, value, phrases)
        facts[name] = Fact(
            _ABOUT.get(name, "about"), value, shown.attribute(name, phrases), _parts(text)
        )
    ends = (procedure.in_force_from, procedure.in_force_to)
    said = shown.period(*ends, phrases)
    facts["in_force"] = Fact("about", ends, shown.attribute("in_force", phrases), _parts(said))
    return Thing("", "about", NOUNS["procedure"][phrases.lang == "en"], facts)


def _said(name: str, value: Any, phrases: Phrases) -> str:
    if name == "title":
        return shown.label(value)
    if name == "laid_over":
        return f"{value.procedure}@{value.version}" if value else ""
    return shown.plain(value, phrases)


def _thing(part: str, name: str, value: Any, group: str, phrases: Phrases) -> Thing:
    told = TOLD.get(type(value), {})
    covered = {a for key, each in told.items() for a in each.attributes or (key,)}
    facts = {key: _fact(key, each, value, phrases) for key, each in told.items()}
    for field in fields(value):
        if field.name not in covered and field.name not in ("name", "trigger"):
            facts[field.name] = _fact(field.name, Told(group), value, phrases)
    return Thing(f"{part}.{name}", group, _called(part, name, value, phrases), facts)


def _fact(key: str, told: Told, value: Any, phrases: Phrases) -> Fact:
    raw = tuple(getattr(value, name) for name in told.attributes or (key,))
    said = told.show(value, phrases) if told.show else shown.plain(raw[0], phrases)
    exact = shown.plain(raw, phrases)
    return Fact(told.group, raw, shown.attribute(key, phrases), _parts(said), exact)


def _parts(said: str | shown.Parts) -> shown.Parts:
    return (said,) if isinstance(said, str) and said else tuple(said)


def _called(part: str, name: str, value: Any, phrases: Phrases) -> str:
    label = getattr(value, "label", None) or {}
    text = phrases.text(label) if label else name
    if part == "may" and name in RIGHTS:
        text = RIGHTS[name][phrases.lang == "en"]
    return NOUNS[part][phrases.lang == "en"].format(name=f"“{text}”")


def _steps(procedure: Procedure, phrases: Phrases, twice: Collection[str]) -> Iterator[Thing]:
    for step in procedure.transitions:
        if step.trigger not in twice:
            yield _thing("transitions", step.trigger, step, "steps", phrases)
            continue
        for source in step.source:
            one = replace(step, source=(source,))
            yield _thing("transitions", f"{step.trigger}@{source}", one, "steps", phrases)


def _loose(procedure: Procedure, phrases: Phrases) -> Iterator[Thing]:
    """Parts that are no values of their own: awards, waivers, messages."""
    for code, label in procedure.awards.items():
        fact = Fact("texts", label, shown.attribute("label", phrases), (shown.label(label),))
        called = NOUNS["awards"][phrases.lang == "en"].format(name=f"“{phrases.text(label)}”")
        yield Thing(f"awards.{code}", "about", called, {"label": fact})
    for condition, role in procedure.waive.items():
        fact = Fact("people", role, shown.attribute("roles", phrases), (phrases.role(role),))
        called = NOUNS["waive"][phrases.lang == "en"].format(name=f"“{condition}”")
        terms = procedure.waive_terms.get(condition, WaiveTerms())
        owes = Fact("people", terms.owes, shown.attribute("owes", phrases),
                    shown.owed(terms, phrases))  # fmt: skip
        ladder = Fact("ladders", terms.ladder, shown.attribute("ladder", phrases),
                      shown.reminded(terms, phrases))  # fmt: skip
        told = {"roles": fact, "owes": owes, "ladder": ladder}
        yield Thing(f"waive.{condition}", "people", called, told)
    for what, roles in procedure.sees.items():
        named = tuple(phrases.role(role) for role in roles)
        fact = Fact("people", roles, shown.attribute("sees", phrases), named)
        called = NOUNS["sees"][phrases.lang == "en"].format(name=f"“{what}”")
        yield Thing(f"sees.{what}", "people", called, {"sees": fact})
    for event in dict.fromkeys(message.event for message in procedure.messages):
        rules = tuple(message for message in procedure.messages if message.event == event)
        said = shown.message(rules, phrases)
        fact = Fact("messages", rules, shown.attribute("rule", phrases), said)
        called = NOUNS["messages"][phrases.lang == "en"].format(name=_event(event, phrases))
        yield Thing(f"messages.{event}", "messages", called, {"rule": fact})


def _event(event: str, phrases: Phrases) -> str:
    """A state by its name, ROUND.opened by the round's, `revoke` by the act's."""
    name, _, opened = event.partition(".")
    if opened and name in phrases.procedure.rounds:
        label = phrases.procedure.rounds[name].label
        return f"“{phrases.text(label)}” {phrases.word(opened)}"
    state = phrases.procedure.states.get(name)
    act = RIGHTS.get(event, (event, event))[phrases.lang == "en"]
    return f"“{phrases.text(state.label) if state else act}”"
