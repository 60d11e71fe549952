"""Rounds that open, close, and can come to a result."""

from collections.abc import Iterator

from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Path
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import Ask, RoundRule


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
        yield from _council(loaded, rule)
        yield from _groups(loaded, rule)
    yield from _opened_by_final(loaded)
    kinds = {rule.kind for rule in loaded.procedure.rounds.values()}
    if loaded.procedure.recuse_if and "ballot" not in kinds:
        yield loaded.tree.key_reason("recuse-if-without-ballot", ("recuse_if",))


def can_close(rule: RoundRule) -> bool:
    """Whether something ends the round even if somebody stays silent, or is meant to wait."""
    close = rule.close
    by_clock = close.at_due and rule.due is not None
    counted = close.share is not None or close.answers is not None or bool(close.units)
    enough = close.all_answered or counted
    return by_clock or close.by is not None or (enough and rule.silence == "wait")


def asks(rule: RoundRule) -> Iterator[tuple[Ask, Path]]:
    """Every rule of whom a round asks, and where it stands: alone, or in a list."""
    path: Path = ("rounds", rule.name, "ask")
    for position, ask in enumerate(rule.asks):
        yield ask, (*path, position) if rule.also_asks else path


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
    secretly = {"electronic", "paper"} & set(rule.ways)
    if rule.secret and (not secretly or "show_of_hands" in rule.ways):
        path: Path = ("rounds", rule.name, "ways")
        ways = ", ".join(rule.ways)
        yield loaded.tree.reason("secret-not-paper", path, round=rule.name, ways=ways)
    if rule.quorum is not None and "written" in rule.quorum.counts and "written" not in rule.ways:
        path = ("rounds", rule.name, "quorum", "counts")
        yield loaded.tree.reason("quorum-without-written", path, round=rule.name)


def _council(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    """What a ballot says about the chair, its rounds, written votes and cases without a vote."""
    path: Path = ("rounds", rule.name)
    if rule.tie == "chair" and (rule.voters is None or rule.voters.chair is None):
        yield loaded.tree.reason("tie-without-chair", (*path, "tie"), round=rule.name)
    again = (rule.quorum_else, rule.seats.tie if rule.seats else rule.tie)
    if rule.limit is not None and "revote" not in again:
        yield loaded.tree.key_reason("revotes-without-revote", (*path, "rounds"), round=rule.name)
    elif rule.limit is not None and (rule.limit.then, rule.gather == "meeting") == (
        "next_meeting",
        False,
    ):
        code = "next-meeting-without-meeting"
        yield loaded.tree.reason(code, (*path, "rounds", "then"), round=rule.name)
    if rule.written_until_due and ("written" not in rule.ways or rule.due is None):
        code = "written-until-without-written"
        yield loaded.tree.reason(code, (*path, "written"), round=rule.name)
    for position, name in enumerate(rule.also_shows):
        state = loaded.procedure.states.get(name)
        if state is not None and not state.final:
            where: Path = (*path, "also_shows", position)
            yield loaded.tree.reason("shown-not-final", where, state=name)


def _groups(loaded: Loaded, rule: RoundRule) -> Iterator[Reason]:
    """A field that dossiers are grouped by has to have a value in every one of them."""
    fields = loaded.procedure.fields
    grouping: list[tuple[str, Path]] = []
    for ask, path in asks(rule):
        if ask.units.startswith("same:"):
            grouping.append((ask.units.removeprefix("same:"), (*path, "units", "same")))
    for position, name in enumerate(rule.seats.per if rule.seats else ()):
        grouping.append((name, ("rounds", rule.name, "pass", "seats", "per", position)))
    for name, path in grouping:
        if name in fields and not fields[name].needed:
            yield loaded.tree.reason("group-not-needed", path, field=name)


def _opened_by_final(loaded: Loaded) -> Iterator[Reason]:
    for name, state in loaded.procedure.states.items():
        if state.final and state.opens:
            yield loaded.tree.key_reason("final-opens", ("states", name, "opens"), state=name)
