"""Blocks of lines with a frame around them: states, steps and rounds before they have a place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from thidua.definitions.drawing.lettering import Line, wrapped
from thidua.definitions.drawing.way import Way
from thidua.definitions.phrase import Phrases
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import RoundRule, State, Transition

STATE, STEP, ROUND = 170.0, 196.0, 200.0
"""How wide the lines of each kind may be."""

WORDS = {
    "since": ("từ {on}", "since {on}"),
    "here": ("Hồ sơ đang ở đây", "The dossier stands here"),
    "due on": ("hạn {on}", "due {on}"),
    "decision": ("có quyết định", "with a decision"),
    "note": ("ghi rõ lý do", "with its reason"),
    "paused": ("đang tạm dừng", "paused"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines with the room they take, padding included."""

    lines: tuple[Line, ...]
    width: float
    height: float
    pad: float

    @classmethod
    def of(cls, lines: Iterable[Line], most: float, *, pad: float, least: float = 0) -> "Frame":
        """A frame as narrow as its lines allow, but no narrower than `least`."""
        rows = tuple(row for line in lines for row in wrapped(line, most))
        wide = max((row.width for row in rows), default=0)
        return cls(rows, max(wide + 2 * pad, least), sum(r.height for r in rows) + 2 * pad, pad)


def state_frame(state: State, phrases: Phrases, way: Way) -> Frame:
    """A state: its name, until when it waits, and when the dossier came."""
    return Frame.of(_state(state, phrases, way), STATE, pad=9, least=120)


def _state(state: State, phrases: Phrases, way: Way) -> Iterator[Line]:
    lang = phrases.lang
    yield Line(phrases.text(state.label), 12.5, bold=True)
    if state.due is not None:
        yield _due(phrases.due(state.due), state.due.ground, phrases)
    for on in way.dates(state.name):
        yield Line(word("since", lang).format(on=day(on)), 10.5, bold=True, tone="way", gap=1)
    if way.standing == state.name and not state.final:
        due = f", {word('due on', lang).format(on=day(way.due_on))}" if way.due_on else ""
        paused = f" ({word('paused', lang)})" if way.paused else ""
        yield Line(f"{word('here', lang)}{paused}{due}", 10.5, bold=True, tone="way")


def step_frame(step: Transition, phrases: Phrases) -> Frame:
    """A step: its name, who takes it, and what must hold."""
    return Frame.of(_step(step, phrases), STEP, pad=5)


def _step(step: Transition, phrases: Phrases) -> Iterator[Line]:
    yield Line(phrases.text(step.label), 10.5, bold=True)
    if step.by != ENGINE:
        yield Line(phrases.role(step.by), 9.5, icon="person")
    if step.conditions:
        said = phrases.conditions(step)
        yield Line(said, 9.5, tone="assumed" if _is_assumed(said, phrases) else "soft")
    needed = {"decision": step.decision_required, "note": step.note_required}
    wants = [word(name, phrases.lang) for name, wanted in needed.items() if wanted]
    if wants:
        yield Line(", ".join(wants), 9.5, tone="soft")
    if step.starts is not None:
        yield Line(phrases.starts(step), 9.5, tone="soft")


def round_frame(rule: RoundRule, phrases: Phrases, way: Way) -> Frame:
    """A round: whom it asks, until when, when it counts."""
    return Frame.of(_round(rule, phrases, way), ROUND, pad=8, least=140)


def _round(rule: RoundRule, phrases: Phrases, way: Way) -> Iterator[Line]:
    for said in phrases.round(rule):
        if said.about == "name":
            yield Line(said.text, 10.5, bold=True)
        elif said.about == "people":
            yield Line(said.text, 9.5, icon="person")
        elif said.about == "time" and rule.due is not None:
            yield _due(said.text, rule.due.ground, phrases)
        else:
            yield Line(said.text, 9.5, tone="assumed" if _is_assumed(said.text, phrases) else "ink")
    if rule.name in way.asked_due_on:
        on = day(way.asked_due_on[rule.name])
        yield Line(word("due on", phrases.lang).format(on=on), 10.5, bold=True, tone="way")


def _due(text: str, ground: str, phrases: Phrases) -> Line:
    assumed = ground in phrases.procedure.assumed
    return Line(text, 9.5, tone="assumed" if assumed else "ink", icon="clock")


def _is_assumed(text: str, phrases: Phrases) -> bool:
    return f"({phrases.word('assumed')})".replace(" ", "\u00a0") in text


def word(key: str, lang: str) -> str:
    """A fixed word."""
    return WORDS[key][lang == "en"]


def day(on: date) -> str:
    """A legal date as people write it."""
    return f"{on:%d/%m/%Y}"
