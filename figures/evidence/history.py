"""What several were told they did to one dossier, held against the order of its journal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

LOSERS = {"Refused", "Stale", "CommandReused"}


class Told(NamedTuple):
    """What an operator was told of one act: number, version and count of its event, or an error.

    `read` is the version it had seen and insisted on.
    """

    kind: str
    key: str
    read: int | None
    seconds: float
    came: tuple[int, int, int] | None = None
    repeated: bool = False
    error: str = ""

    @property
    def won(self) -> bool:
        """Whether this very call changed the dossier."""
        return self.came is not None and not self.repeated


def anomalies(
    bodies: Sequence[Mapping[str, Any]], told: Sequence[Sequence[Told]], counted: int
) -> Counter[str]:
    """What cannot be, given that acts came one after the other as the journal says.

    `bodies` are the dossier's events in order, `told` each operator's answers in its order,
    `counted` what stands in the field that `count` raises by one.
    """
    every = [each for one in told for each in one]
    acts = {body["n"]: body for body in bodies if "ends" in body}
    count: Counter[str] = Counter()
    count["locked"] = sum(each.error == "Busy" or "locked" in each.error for each in every)
    count["untyped"] = sum(
        bool(each.error) and each.error not in LOSERS | {"Busy"} for each in every
    )
    count["double"] = _double(acts, every)
    count["lost"] = _unwritten(acts, every) + _overwritten(acts, every) + _backwards(told)
    count["lost"] += abs(sum(each.won and each.kind == "count" for each in every) - counted)
    return count


def _unwritten(acts: Mapping[int, Mapping[str, Any]], every: Sequence[Told]) -> int:
    """Answers whose event is another one, or none."""
    wrong: int = 0
    for each in every:
        if each.came is not None:
            n, *ends = each.came
            body = acts.get(n)
            wrong += body is None or body["command"] != each.key or body["ends"][1:] != ends
    return wrong


def _overwritten(acts: Mapping[int, Mapping[str, Any]], every: Sequence[Told]) -> int:
    """Acts that insisted on a version and came upon another one; versions that do not rise."""
    order = sorted(acts)
    before = dict(zip(order[1:], order, strict=False))
    versions = {n: body["ends"][1] for n, body in acts.items()}
    wrong: int = sum(versions[n] != versions[earlier] + 1 for n, earlier in before.items())
    for each in every:
        if each.won and each.read is not None and each.came is not None:
            earlier = before.get(each.came[0], -1)
            wrong += versions.get(earlier) != each.read
    return wrong


def _double(acts: Mapping[int, Mapping[str, Any]], every: Sequence[Told]) -> int:
    """Wins beyond the first of one command or one version, pauses in a pause, acts nobody did."""
    ids = Counter(body["command"] for body in acts.values() if body["command"] is not None)
    wins = Counter(each.key for each in every if each.won)
    seen = Counter(each.read for each in every if each.won and each.read is not None)
    twice: int = sum(each.total() - len(each) for each in (ids, wins, seen))
    steps = [acts[n]["act"] for n in sorted(acts)]
    twice += max(0, steps.count("fire") - 1)
    paused = [step == "hold" for step in steps if step in ("hold", "release")]
    twice += sum(is_hold != (n % 2 == 0) for n, is_hold in enumerate(paused))
    return twice + abs(ids.total() - wins.total())


def _backwards(told: Sequence[Sequence[Told]]) -> int:
    """Reads older than what the same operator had been told before."""
    wrong = 0
    for one in told:
        known = 0
        for each in one:
            wrong += each.read is not None and each.read < known
            if each.came is not None:
                known = max(known, each.came[1])
    return wrong
