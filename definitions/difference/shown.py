"""How the values of a procedure are put into words."""

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from thidua.definitions.difference.words import ATTRIBUTES, VALUES, word
from thidua.definitions.phrase import Phrases
from thidua.workflow.due import Offset, Span, YearDay
from thidua.workflow.ladder import Ladder, Rung
from thidua.workflow.procedure import (
    DueRule,
    Ground,
    Label,
    MessageRule,
    Right,
    RoundRule,
    State,
    Transition,
    WaiveTerms,
)

Parts = tuple[str, ...]
"""What a value says, piece by piece, so that the pieces that stay are said once."""


def label(value: Label) -> str:
    """A text in all its languages."""
    return " / ".join(f"“{text}”" for text in value.values())


def due(rule: DueRule | None, phrases: Phrases) -> Parts:
    """A time allowed with its ground and its ladder."""
    if rule is None:
        return ()
    ladder = rule.ladder and word("ladder", phrases.lang, name=rule.ladder)
    said = ("span", "ground", "start", "before", "ladder", "then")
    return _parts(
        phrases.due(rule), ground(rule.ground, phrases), ladder, *pieces(rule, phrases, but=said)
    )


def close(rule: RoundRule, phrases: Phrases) -> Parts:
    """When a round is over, and the ground of its own numbers."""
    return _parts(*phrases.close(rule.close), ground(rule.close.ground, phrases))


def ground(name: str | None, phrases: Phrases) -> str:
    """What a number rests on."""
    known = phrases.procedure.grounds.get(name or "")
    return word("ground", phrases.lang, text=known.text) if known else ""


def end(state: State, phrases: Phrases) -> str:
    """Whether a state ends the way, and with what."""
    if not state.final:
        return word("no", phrases.lang)
    return word("final", phrases.lang, outcome=state.outcome)


def needs(step: Transition, phrases: Phrases) -> Parts:
    """What a step takes beside its conditions."""
    wanted = {"note": step.note_required, "decision": step.decision_required}
    return _parts(*(word(name, phrases.lang) for name, said in wanted.items() if said))


def right_needs(right: Right, phrases: Phrases) -> Parts:
    """What an act of the engine takes."""
    wanted = {"decision": right.decision_required, "paper": right.ground_required}
    return _parts(*(word(name, phrases.lang) for name, said in wanted.items() if said))


def holders(right: Right, phrases: Phrases) -> str:
    """Who has a right."""
    return phrases.roles(right.roles) or word("nobody", phrases.lang)


def owed(terms: WaiveTerms, phrases: Phrases) -> Parts:
    """Who owes what is waived."""
    return () if terms.owes is None else (phrases.role(terms.owes),)


def reminded(terms: WaiveTerms, phrases: Phrases) -> Parts:
    """How a debt is reminded."""
    return () if terms.ladder is None else (word("ladder", phrases.lang, name=terms.ladder),)


def quorum(rule: RoundRule, phrases: Phrases) -> Parts:
    """How many must take part, who counts, and what else."""
    if rule.quorum is None:
        return ()
    counted = ", ".join(value(each, phrases) for each in sorted(rule.quorum.counts))
    return _parts(
        f"{rule.quorum.at_least} {phrases.word(rule.quorum.of)}",
        word("counts", phrases.lang, who=counted),
        word("else", phrases.lang, what=_named(rule.quorum_else, phrases)),
        ground(rule.quorum_ground, phrases),
    )


def passes(rule: RoundRule, phrases: Phrases) -> Parts:
    """What carries a proposal."""
    if rule.passes is None:
        return ()
    kind = "more than" if rule.passes.more_than is not None else "at least"
    said = f"{phrases.word(kind)} {rule.passes.fraction} {phrases.word(rule.passes.of)}"
    apart = "" if rule.passes.abstained == "in_base" else plain(rule.passes.abstained, phrases)
    return _parts(said, apart, ground(rule.pass_ground, phrases))


def limit(rule: RoundRule, phrases: Phrases) -> Parts:
    """How often one meeting votes."""
    if rule.limit is None:
        return ()
    said = f"{rule.limit.at_most} × {plain(rule.limit.then, phrases)}"
    return _parts(said, ground(rule.limit.ground, phrases))


def seats(rule: RoundRule, phrases: Phrases) -> Parts:
    """How many seats each group has."""
    if rule.seats is None:
        return ()
    said = f"{rule.seats.count} ({', '.join(rule.seats.per)})"
    return _parts(said, plain(rule.seats.tie, phrases), ground(rule.seats.ground, phrases))


def message(rules: Collection[MessageRule], phrases: Phrases) -> Parts:
    """Who is written to, and what."""
    return tuple(
        word("to", phrases.lang, who=_who(each.to, phrases), template=each.template)
        + _flags({"immediate": each.immediate, "enclose": each.enclose}, phrases)
        for each in rules
    )


def rungs(ladder: Ladder, phrases: Phrases) -> Parts:
    """Every rung in its order."""
    return tuple(_rung(each, phrases) for each in ladder.rungs)


def hours(ladder: Ladder, phrases: Phrases) -> Parts:
    """The hours it keeps, where it has its own."""
    if ladder.hours is None:
        return ()
    opens, closes, every_day = ladder.hours.plain()
    code = "hours all" if every_day else "hours working"
    return (word(code, phrases.lang, opens=opens, closes=closes),)


def _rung(rung: Rung, phrases: Phrases) -> str:
    kind, who = value(rung.kind, phrases), _who(rung.to, phrases)
    how = _flags({"send": rung.send, "urgent": rung.urgent}, phrases)
    when = _when(rung.offset, phrases)
    return word("rung", phrases.lang, when=when, kind=kind, who=who, how=how)


def _flags(flags: Mapping[str, bool], phrases: Phrases) -> str:
    said = [word(name, phrases.lang) for name, on in flags.items() if on]
    return f" ({', '.join(said)})" if said else ""


def _when(offset: Offset, phrases: Phrases) -> str:
    days = offset.working_days
    if not days:
        return word("on the day", phrases.lang)
    unit = phrases.word("working days")
    unit = unit.removesuffix("s") if phrases.lang == "en" and abs(days) == 1 else unit
    return word("after" if days > 0 else "before", phrases.lang, time=f"{abs(days)} {unit}")


def _who(name: str, phrases: Phrases) -> str:
    return word("asked", phrases.lang) if name == "asked" else phrases.role(name)


def dates(thing: Ground, phrases: Phrases) -> str:
    """From when to when something holds."""
    return period(thing.from_on, thing.to_on, phrases)


def period(first: date | None, last: date | None, phrases: Phrases) -> str:
    """From when to when."""
    ends = (("from on", first), ("to on", last))
    return " ".join(word(key, phrases.lang, on=f"{on:%d/%m/%Y}") for key, on in ends if on)


def plain(given: Any, phrases: Phrases) -> str:
    """Any other value: roles, states and rounds by their names, the rest as the file has it."""
    if given is None or given in ((), "", {}):
        return ""
    if isinstance(given, bool):
        return word("yes" if given else "no", phrases.lang)
    if isinstance(given, Mapping):
        return ", ".join(f"{key}: {plain(each, phrases)}" for key, each in given.items())
    if isinstance(given, tuple | list | frozenset):
        return ", ".join(plain(each, phrases) for each in given)
    if is_dataclass(given) and not isinstance(given, Span | Offset | YearDay):
        return ", ".join(pieces(given, phrases))
    return _named(str(given), phrases)


def pieces(given: Any, phrases: Phrases, *, but: Collection[str] = ()) -> Parts:
    """A value of several attributes, each with its name; what it leaves open is left out."""
    inside = [(f.name, getattr(given, f.name)) for f in fields(given)] if given else []
    return tuple(
        f"{attribute(name, phrases)}: {plain(each, phrases)}"
        for name, each in inside
        if name not in but and each not in (None, (), False)
    )


def asks(rule: RoundRule, phrases: Phrases) -> Parts:
    """Whom a round asks: the first rule in parts, a line for each other one."""
    return (*pieces(rule.ask, phrases), *(plain(ask, phrases) for ask in rule.also_asks))


def attribute(name: str, phrases: Phrases) -> str:
    """What an attribute is called."""
    return ATTRIBUTES[name][phrases.lang == "en"] if name in ATTRIBUTES else name


def _named(text: str, phrases: Phrases) -> str:
    procedure = phrases.procedure
    for named in (procedure.roles, procedure.states, procedure.rounds):
        if text in named:
            return f"“{phrases.text(named[text].label)}”"
    if text.startswith("same:"):
        return f"{phrases.word('same')} “{phrases.field(text[5:])}”"
    if text.startswith("group:"):
        return f"{phrases.word('same')} {value(text[6:], phrases)}"
    return value(text, phrases)


def value(text: str, phrases: Phrases) -> str:
    """A word of the language that stands as a value; any other as it is."""
    return VALUES[text][phrases.lang == "en"] if text in VALUES else f"“{text}”"


def _parts(*parts: str | None) -> Parts:
    return tuple(part for part in parts if part)
