"""Letters that exist, that fit what they tell of, and that somebody gets at the end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from thidua.definitions.check.graph import backwards, edges, reached
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Letter:
    """A template of letters: the languages it is written in, and what it can tell of.

    `tells` has kinds of round ("consultation", "ballot"), whose opening it writes of, "state"
    or "revoke".
    """

    languages: frozenset[str]
    tells: frozenset[str]


def misfits(loaded: Loaded, known: Mapping[str, Letter]) -> Iterator[Reason]:
    """Letters without one of the procedure's languages, or of something they cannot tell of."""
    procedure = loaded.procedure
    for message in procedure.messages:
        name, subject = message.template, _subject(procedure, message.event)
        letter, path = known.get(name), ("messages", message.event, "template")
        missing = () if letter is None else set(procedure.languages) - letter.languages
        for lang in sorted(missing):
            yield loaded.tree.reason("letter-language", path, template=name, lang=lang)
        if letter is not None and subject not in letter.tells:
            fits = ", ".join(sorted(n for n, each in known.items() if subject in each.tells))
            event = message.event
            yield loaded.tree.reason(
                "letter-unfit", path, template=name, event=event, nearest=fits or "-"
            )


def enclosures(loaded: Loaded) -> Iterator[Reason]:
    """Letters with which nothing can go along: only what is said in a consultation has files."""
    for message in loaded.procedure.messages:
        asks = _subject(loaded.procedure, message.event) == "consultation"
        if message.enclose and not (asks and message.to == "asked"):
            yield loaded.tree.reason(
                "letter-without-files", ("messages", message.event), event=message.event
            )


def idle(loaded: Loaded) -> Iterator[Reason]:
    """Messages that are never sent: about an act that nobody may do, or to those asked for their
    opinion where nobody has been asked yet.
    """
    procedure = loaded.procedure
    consulted = _consulted(procedure)
    for message in procedure.messages:
        path: Path = ("messages", message.event)
        asked = message.to == "asked" and message.event in procedure.states
        if asked and consulted and message.event not in consulted:
            yield loaded.tree.key_reason("message-before-asking", path, event=message.event)
        act = _subject(procedure, message.event) == "revoke"
        if act and not procedure.may["revoke"].roles:
            yield loaded.tree.key_reason("message-idle", path, event=message.event)


def _consulted(procedure: Procedure) -> frozenset[str]:
    """The states that a dossier may enter when somebody was asked for an opinion on it, by a
    recall and another step too.
    """
    asking = {name for name, rule in procedure.rounds.items() if rule.asks}
    opening = [name for name, state in procedure.states.items() if asking.intersection(state.opens)]
    ways = edges(procedure, withdrawn=True)
    back = backwards(ways) if procedure.may["recall"].roles else {}
    both = {name: there | back.get(name, frozenset()) for name, there in ways.items()}
    after = reached(opening, both)
    return frozenset(opening).union(*(ways[name] for name in after if name in ways))


def _subject(procedure: Procedure, event: str) -> str:
    name = event.removesuffix(".opened")
    if event == "revoke" and event not in procedure.states:
        return event
    return procedure.rounds[name].kind if name in procedure.rounds else "state"


def notices(loaded: Loaded) -> Iterator[Reason]:
    """Ways out of council and decision on which a dossier ends and nobody is told.

    A way out of council leaves a state that opens a ballot, one of decision leaves a state from
    which a decision is taken: by a transition, by being withdrawn, or back by a recall.
    `messages: {STATE: none}` says that nobody is told, on purpose. Each end is told of once,
    at the first way to it.
    """
    procedure = loaded.procedure
    silent = _silent_ends(procedure, set(loaded.tree.data.get("messages", {})))
    said: set[str] = set()
    for path, act, dests in _ways_out(procedure):
        for end in sorted({end for dest in dests for end in silent[dest]} - said):
            said.add(end)
            yield loaded.tree.reason("end-untold", path, trigger=act, state=end)


def _ways_out(procedure: Procedure) -> Iterator[tuple[Path, str, Iterable[str]]]:
    """The ways out of council and decision: where each is written, what is done, where it leads."""
    weighing = {name for name in procedure.states if _weighs(procedure, name)}
    for number, step in enumerate(procedure.transitions):
        if weighing.intersection(step.source):
            yield ("transitions", number), step.trigger, [step.dest]
    dest = procedure.may["withdraw"].dest
    if weighing and dest is not None:
        yield ("may", "withdraw", "dest"), "withdraw", [dest]
    if procedure.may["recall"].roles:
        undone = (step for step in procedure.transitions if step.dest in weighing)
        back = {source for step in undone if not step.decision_required for source in step.source}
        yield ("may", "recall"), "recall", back


def _weighs(procedure: Procedure, state: str) -> bool:
    ballot = any(procedure.rounds[name].kind == "ballot" for name in procedure.states[state].opens)
    steps = (step for step in procedure.transitions if state in step.source)
    return ballot or any(step.decision_required for step in steps)


def _silent_ends(procedure: Procedure, told: set[str]) -> dict[str, frozenset[str]]:
    """For each state the ends that can be reached from it without any word, itself included."""
    ends = {name: frozenset[str]() for name in procedure.states}
    for name, state in procedure.states.items():
        if state.final and name not in told:
            ends[name] = frozenset({name})
    changed = True
    while changed:
        changed = False
        for step in procedure.transitions:
            for source in step.source:
                more = ends[source] | ends[step.dest]
                if source not in told and more != ends[source]:
                    ends[source], changed = more, True
    return ends
