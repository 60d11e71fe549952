"""A procedure as a picture: Mermaid text with labels, actors, dues and rounds."""

import re
from collections.abc import Collection, Iterator

from thidua.definitions.phrase import Phrases
from thidua.workflow.procedure import Procedure, RoundRule, Transition

_STYLES = (
    "classDef ending fill:#f1f3f5,stroke:#868e96,color:#343a40",
    "classDef passed fill:#d0ebff,stroke:#1971c2,color:#212529,stroke-width:3px",
)


def mermaid(procedure: Procedure, lang: str, *, highlight: Collection[str] = ()) -> str:
    """The text of a state diagram in "vi" or "en", ending with a line end.

    `highlight` names the states of a dossier's own way. Values that rest on an assumed ground are
    marked. Names and texts of the procedure are escaped, so no text can add to the diagram.
    """
    phrases = Phrases(procedure, lang)
    lines = ["stateDiagram-v2", "direction TB", *_states(procedure, phrases)]
    lines.append(f"[*] --> {_id(procedure.initial)}")
    for step in procedure.transitions:
        lines += _steps(step, phrases)
    lines += _notes(procedure, phrases)
    lines += [f"{_id(n)} --> [*]" for n, state in procedure.states.items() if state.final]
    lines += _classes(procedure, highlight)
    return lines[0] + "\n" + "".join(f"    {line}\n" for line in lines[1:])


def escape(text: str) -> str:
    """`text` on one line, with every sign that Mermaid could take for its own spelled out."""
    return "".join(_sign(c) for c in re.sub(r"[ \t\n]+", " ", text.strip()))


def _sign(character: str) -> str:
    plain = character.isalnum() or character in " ,.()/-–—“”⏱✎≥…+"
    return character if plain else f"#{ord(character)};"


def _lines(*texts: str) -> str:
    return "<br/>".join(escape(text) for text in texts if text)


def _id(state: str) -> str:
    """No word of Mermaid's begins so."""
    return f"s_{state}"


def _states(procedure: Procedure, phrases: Phrases) -> Iterator[str]:
    for name, state in procedure.states.items():
        label = _lines(phrases.text(state.label), _timed(phrases.due(state.due)))
        yield f'state "{label}" as {_id(name)}'


def _timed(due: str) -> str:
    return f"⏱ {due}" if due else ""


def _steps(step: Transition, phrases: Phrases) -> Iterator[str]:
    label = _lines(phrases.text(step.label), phrases.actor(step.by), phrases.conditions(step),
                   phrases.starts(step))  # fmt: skip
    for source in step.source:
        yield f"{_id(source)} --> {_id(step.dest)} : {label}"


def _notes(procedure: Procedure, phrases: Phrases) -> Iterator[str]:
    for name, state in procedure.states.items():
        for opened in state.opens:
            yield from _note(name, _round(procedure.rounds[opened], phrases))
    for span in procedure.spans.values():
        ends = [step.dest for step in procedure.transitions if step.trigger == span.start]
        if span.start == "create":
            ends = [procedure.initial]
        for state_name in dict.fromkeys(ends):
            yield from _note(state_name, _timed(phrases.span(span)))
    withdrawal = procedure.may["withdraw"]
    if withdrawal.dest is not None:
        yield from _note(withdrawal.dest, phrases.withdrawal(withdrawal.roles))


def _note(state: str, text: str) -> Iterator[str]:
    yield f"note right of {_id(state)}"
    yield f"    {text}"
    yield "end note"


def _round(rule: RoundRule, phrases: Phrases) -> str:
    return _lines(*(_timed(s.text) if s.about == "time" else s.text for s in phrases.round(rule)))


def _classes(procedure: Procedure, highlight: Collection[str]) -> Iterator[str]:
    yield from _STYLES
    ends = [_id(n) for n, s in procedure.states.items() if s.final and n not in highlight]
    passed = [_id(n) for n in procedure.states if n in highlight]
    for names, style in ((ends, "ending"), (passed, "passed")):
        if names:
            yield f"class {','.join(names)} {style}"
