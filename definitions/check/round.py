"""Rounds that open, close, and can come to a result."""

from collections.abc import Iterator

from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import RoundRule


def rounds(loaded: Loaded) -> Iterator[Reason]:
    """What keeps a round from opening, closing or counting."""
    opened = {name for state in loaded.procedure.states.values() for name in state.opens}
    for name, rule in loaded.procedure.rounds.items():
        path: Path = ("rounds", name)
        if name not in opened:
            yield loaded.tree.key_reason("round-never-opened", path, round=name)
        if not can_close(rule):
            yield loaded.tree.key_reason("round-never-closes", (*path, "close"), round=name)
        yield from _silence(loaded, rule)
        yield from _post(loaded, rule)
        yield from _ballot(loaded, rule)
        yield from _groups(loaded, rule)
    yield from _opened_by_final(loaded)


def can_close(rule: RoundRule) -> bool:
    """Whether something ends the round even if somebody stays silent, or is meant to wait."""
    close = rule.close
    by_clock = close.at_due and rule.due is not None
    enough = close.all_answered or close.share is not None or bool(close.units)
    return by_clock or close.by is not None or (enough and rule.silence == "wait")


def _silence(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    path: Path = ("rounds", rule.name, "silence")
    if rule.silence == "wait" and rule.close.at_due:
        yield loaded.tree.reason("silence-and-due", path, round=rule.name)
    if rule.close.transit is not None and not rule.close.at_due:
        path = ("rounds", rule.name, "close", "transit")
        yield loaded.tree.key_reason("transit-without-due", path, round=rule.name)


def _post(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    """What is still in the post at the due must be waited for where the postmark counts."""
    if "postmark" in rule.counts_by and rule.close.at_due and rule.close.transit is None:
        path: Path = ("rounds", rule.name, "counts_by")
        yield loaded.tree.key_reason("postmark-without-transit", path, round=rule.name)
    if "receipt" in rule.counts_by[:-1] or len(set(rule.counts_by)) < len(rule.counts_by):
        path = ("rounds", rule.name, "counts_by")
        yield loaded.tree.key_reason("counts-by-order", path, round=rule.name)


def _ballot(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    if rule.secret and rule.ways != ("paper",):
        path: Path = ("rounds", rule.name, "ways")
        code = "secret-electronic" if "electronic" in rule.ways else "secret-not-paper"
        yield loaded.tree.reason(code, path, round=rule.name, ways=", ".join(rule.ways))
    if rule.quorum is not None and "written" in rule.quorum.counts and "written" not in rule.ways:
        path = ("rounds", rule.name, "quorum", "counts")
        yield loaded.tree.reason("quorum-without-written", path, round=rule.name)


def _groups(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    """A field that dossiers are grouped by has to have a value in every one of them."""
    fields = loaded.procedure.fields
    grouping: list[tuple[str, Path]] = []
    if rule.ask is not None and rule.ask.units.startswith("same:"):
        path: Path = ("rounds", rule.name, "ask", "units", "same")
        grouping.append((rule.ask.units.removeprefix("same:"), path))
    for position, name in enumerate(rule.seats.per if rule.seats else ()):
        grouping.append((name, ("rounds", rule.name, "pass", "seats", "per", position)))
    for name, path in grouping:
        if name in fields and not fields[name].needed:
            yield loaded.tree.reason("group-not-needed", path, field=name)


def _opened_by_final(loaded: Loaded) -> Iterator[Reason]:
    for name, state in loaded.procedure.states.items():
        if state.final and state.opens:
            yield loaded.tree.key_reason("final-opens", ("states", name, "opens"), state=name)
