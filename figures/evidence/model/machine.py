"""The machine that puts the same calls to the model and to the engine, and holds them together."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from figures.evidence.model.calls import Call, Chooser, later, seen
from figures.evidence.model.office import START, Office, counted
from figures.evidence.model.reference import Reference
from figures.evidence.model.registers import Codes
from figures.evidence.model.ways import acted, way
from thidua import Cast

STEPS = 60
"""Steps of one play; then verify, and a new play begins."""

LATE = ("consulted", "council", "submitted", "consulted", "panel", "ranking", "granted", "posted",
        "ranking", "failed")  # fmt: skip
HOURS = (0, 1, 3, 20, 30, 60, 200)


BY_ITSELF = {"remeet": "Remeet"}
"""Acts that come of something else, by the entry that tells of them; steps are told by theirs."""


class Diverged(AssertionError):
    """Model and engine, or two databases, disagree."""


@dataclass
class Play:
    """One play: the model beside one or two engines."""

    sides: Sequence[Office]
    counts: Counter[Any]
    model: Reference = field(default_factory=Reference)
    now: datetime = START
    step: int = 0
    diverged: bool = False

    def __post_init__(self) -> None:
        for side in self.sides:
            side.begin()

    def do(self, name: str, terms: dict[str, Any]) -> Codes:
        """One call, everywhere; what came of it must be the same."""
        self.step += 1
        self.counts["steps"] += 1
        case = self.model.cases.get(str(terms.get("key")))
        act = type(terms["command"]).__name__ if name == "act" else name
        act = terms["command"].trigger if act == "Fire" else act
        before = {key: len(each.log) for key, each in self.model.cases.items()}
        expected = getattr(self.model, name)(**terms)
        self.counts[case.state if case else "", act] += 1
        self.counts[act, not expected] += 1
        for key, each in self.model.cases.items():
            for entry in each.log[before.get(key, 0) :]:
                self.counts[BY_ITSELF.get(entry, entry.removeprefix("fire:")), True] += 1
        self.diverged = True
        for side in self.sides:
            _same("codes", side.do(name, terms, self.step), expected)
        self._compare([terms["key"]] if name == "act" else sorted(self.model.cases))
        self.diverged = False
        return frozenset(expected)

    def go(self, calls: Sequence[Call]) -> None:
        """One call after the other, at the play's own time unless they say another."""
        for name, terms in calls:
            self.do(name, {"now": self.now, **terms})

    def _compare(self, keys: Sequence[str]) -> None:
        for key in self.model.cases.keys() & keys:
            case = self.model.cases[key]
            for side in self.sides:
                found, wanted = side.seen(key), seen(case)
                for part, value in wanted.items():
                    _same(f"{part} of {key}", found[part], value)

    def end(self) -> None:
        """At the end of a play the record holds, and two databases have the same bytes."""
        self._compare(sorted(self.model.cases))
        for side in self.sides:
            _same("verify", side.problems(), [])
        if len(self.sides) == 2:
            one, other = (side.bytes() for side in self.sides)
            for part in one:
                _same(part, one[part], other[part])


def _same(what: str, found: Any, wanted: Any) -> None:
    if found == wanted:
        return
    if isinstance(wanted, list) and isinstance(found, list):
        found, wanted = (
            [x for x in a if x not in b] for a, b in ((found, wanted), (wanted, found))
        )
    raise Diverged(f"{what}: engine {found}, model {wanted}")


class Machine(RuleBasedStateMachine):
    """Draws call after call; the engines and the counts are those of the figure."""

    sides: ClassVar[Sequence[Office]] = ()
    counts: ClassVar[Counter[Any]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(self.sides, self.counts)

    @initialize(state=st.sampled_from(("", *LATE)))
    def begin(self, state: str) -> None:
        """Half-way, mostly: few plays would come so far by themselves."""
        calls = way(state) if state else []
        if state == "ranking":  # one of two may have the seat
            calls += [acted(f"m{n}", Cast("rank", "for")) for n in range(3)]
            calls += [(name, {**terms, "key": "D2"}) for name, terms in calls if name == "act"]
        self.play.go(calls)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """Some time passes, then somebody does something."""
        play = self.play
        drawn = data.draw(_calls(play))
        play.now = drawn.now
        play.do(drawn.name, drawn.terms)

    def teardown(self) -> None:
        """The end of a play."""
        if not self.play.diverged:
            self.play.end()


@dataclass
class Drawn:
    """A call and its instant, as the shrunk steps are told."""

    now: datetime
    name: str
    terms: dict[str, Any]

    def _repr_pretty_(self, printer: Any, _: object) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        told = (f"{k}={_short(v)}" for k, v in self.terms.items() if k != "now" and v is not None)
        return f"{self.now:%Y-%m-%d %H:%M} {self.name} {' '.join(told)}"


def _short(value: Any) -> str:
    if not is_dataclass(value):
        return repr(value)
    said = ((f.name, getattr(value, f.name)) for f in fields(value))
    parts = ", ".join(f"{name}={_short(each)}" for name, each in said if each not in (None, ()))
    return f"{type(value).__name__}({parts})"


@st.composite
def _calls(draw: Any, play: Play) -> "Drawn":
    def pick(values: Sequence[Any]) -> Any:
        return values[draw(st.integers(0, len(values) - 1))] if len(values) > 1 else values[0]

    now = later(play.now, pick(HOURS))
    return Drawn(now, *Chooser(pick, play.model, now).call())


def plays(sides: Sequence[Office], many: int, from_: int, counts: Counter[Any]) -> bool:
    """So many plays drawn from a seed; whether all went well. A divergence is told, shrunk."""
    kind = type("Machine", (Machine,), {"sides": sides, "counts": counts})
    terms = settings(
        max_examples=many, stateful_step_count=STEPS, deadline=None, database=None,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
        print_blob=False,
    )  # fmt: skip
    try:
        with counted():
            run_state_machine_as_test(seed(from_)(kind), settings=terms)
    except Diverged as error:
        print(f"seed {from_}: {error}", *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)
        return False
    return True
