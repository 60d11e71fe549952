"""Texts in every declared language, and messages that are sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Label, Procedure


def wordings(loaded: Loaded) -> Iterator[Reason]:
    """Texts that are missing in a declared language or given in another; idle messages."""
    declared = loaded.procedure.languages
    for path, label in labels(loaded.procedure):
        for lang in declared:
            if lang not in label:
                yield loaded.tree.key_reason("text-missing", path, lang=lang)
        for lang in label:
            if lang not in declared:
                yield loaded.tree.key_reason("text-undeclared", (*path, lang), lang=lang)
    yield from _messages(loaded)


def labels(procedure: Procedure) -> Iterator[tuple[Path, Label]]:
    """Every text of a procedure with its path in the file."""
    yield ("title",), procedure.title
    for code, award in procedure.awards.items():
        yield ("awards", code), award
    sections: dict[str, Mapping[str, Any]] = {
        "roles": procedure.roles,
        "fields": procedure.fields,
        "documents": procedure.documents,
        "rounds": procedure.rounds,
        "states": procedure.states,
        "windows": procedure.windows,
    }
    for section, parts in sections.items():
        for name, part in parts.items():
            yield (section, name), part.label
    yield from _questions_and_results(procedure)
    for number, step in enumerate(procedure.transitions):
        yield ("transitions", number), step.label
    yield from _expressions(procedure)


def _questions_and_results(procedure: Procedure) -> Iterator[tuple[Path, Label]]:
    for name, state in procedure.states.items():
        if state.result:
            yield ("states", name, "result"), state.result
    for name, rule in procedure.rounds.items():
        if rule.kind == "consultation":
            yield ("rounds", name, "question"), rule.question


def _expressions(procedure: Procedure) -> Iterator[tuple[Path, Label]]:
    """A typed condition may do without words: its text is shown then."""
    for number, step in enumerate(procedure.transitions):
        for position, name in enumerate(step.conditions):
            expression = procedure.expressions.get(name)
            if expression is not None and expression.label:
                yield ("transitions", number, "conditions", position), expression.label


def _messages(loaded: Loaded) -> Iterator[Reason]:
    """Of a round that opens the asked are told; of a state a role, or who was asked before it."""
    consults = any(rule.asks for rule in loaded.procedure.rounds.values())
    for message in loaded.procedure.messages:
        asks = message.event.endswith(".opened")
        if asks != (message.to == "asked") and (asks or not consults):
            path: Path = ("messages", message.event)
            yield loaded.tree.key_reason("message-to", path, event=message.event, to=message.to)
