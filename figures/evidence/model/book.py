"""What the model knows of its office: the procedure as plain words, people, days, papers."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from figures.clock.arithmetic_oracle import Oracle

FILE = Path(__file__).with_name("model.yaml")
FIRST = FILE.read_text(encoding="utf-8")
SECOND = FIRST.replace('version: "1"', 'version: "2"').replace(
    "  hold: officer", "  hold: [officer, chair]\n  migrate: officer"
)
"""Another version of the procedure: more people may put a dossier on hold."""

VERSIONS = {key: hashlib.sha256(text.encode()).hexdigest()
            for key, text in (("1", FIRST), ("2", SECOND))}  # fmt: skip
RULES: Any = YAML(typ="safe", pure=True).load(FIRST)
TABLE = Path(__file__).parents[3] / "definitions" / "calendars" / "vn-civil-service.csv"

UNITS = {"u1": "office", "u2": "office", "d0": "department", "d1": "department",
         "d2": "department"}  # fmt: skip
PEOPLE: dict[str, frozenset[tuple[str, str]]] = {
    "p1": frozenset({("proposer", "u1")}),
    "p2": frozenset({("proposer", "u2")}),
    "duo": frozenset({("proposer", "u1"), ("appraiser", "")}),
    **{who: frozenset({(who, "")}) for who in ("officer", "appraiser", "teller", "minister",
                                               "chair")},
    **{f"d{n}": frozenset({("department", f"d{n}")}) for n in range(3)},
    **{f"m{n}": frozenset({("member", "")}) for n in range(3)},
    "m3": frozenset({("member", ""), ("officer", "")}),
    "deputy": frozenset(),
    "d9": frozenset(),
    "stranger": frozenset(),
}  # fmt: skip
ALWAYS = date(2018, 1, 1)
STAND_INS = {("deputy", "minister"): (ALWAYS, date(2018, 7, 31)),
             ("deputy", "d0"): (ALWAYS, None), ("deputy", "m0"): (ALWAYS, None),
             ("stranger", "d1"): (date(2018, 7, 2), None)}  # fmt: skip
"""Who stands in for whom, from which day to which."""

ASKED = tuple(f"department@d{n}" for n in range(3))
BALLOTS = tuple(name for name, rule in RULES["rounds"].items() if rule["kind"] == "ballot")
VOTERS = tuple(f"member:m{n}" for n in range(4))
APART = frozenset({"proposer", "appraiser"})
"""Whoever acted in the one may not act in the other."""

OWN_UNIT = frozenset({"proposer", "department"})
STEPS: list[dict[str, Any]] = [
    {**step, "source": step["source"] if isinstance(step["source"], list) else [step["source"]],
     "conditions": [c if isinstance(c, str) else f"expr.{c['name']}"
                    for c in step.get("conditions", [])]}
    for step in RULES["transitions"]
]  # fmt: skip
STATES: dict[str, dict[str, Any]] = RULES["states"]
FINAL = frozenset(name for name, state in STATES.items() if state.get("final"))


def may(act: str) -> tuple[str, ...]:
    """The roles with the right to one of the engine's own acts."""
    right = RULES["may"].get(act, [])
    roles = right["by"] if isinstance(right, dict) else right
    return (roles,) if isinstance(roles, str) else tuple(roles)


def days_of(due: Any) -> int | None:
    """The working days of a due as it is written."""
    return None if not isinstance(due, dict) else int(str(due["in"]).split()[0])


def sits(actor: str, seat: str) -> bool:
    """Whether somebody sits on a seat."""
    if ":" in seat:
        role, person = seat.split(":")
        return person == actor and (role, "") in PEOPLE[actor]
    role, _, unit = seat.partition("@")
    return any(r == role and unit in ("", u) for r, u in PEOPLE[actor])


class Counted(NamedTuple):
    """How a due came about: so many open days from a day; a rest of them after a pause; a day that
    somebody set. `post` is what came after that for the post.
    """

    how: str
    since: date
    days: int = 0
    post: int | None = None

    def again(self, days: Oracle) -> date | None:
        """The due by these days; None where a person set it."""
        due = days.steps(self.since, self.days)
        if self.how == "left":
            due = days.next_open(due)
        if self.post is not None:
            return days.end(due, self.post, "working days")
        return None if self.how == "till" else due


@dataclass(slots=True)
class Job:
    """One thing asked of one seat; `n` is its place, `opened` and `closed` entries of the log."""

    n: int
    kind: str
    what: str
    seat: str
    opened: int
    round: str | None = None
    due: date | None = None
    status: str = "open"
    outcome: str | None = None
    holder: str | None = None
    left: int | None = None
    answered: bool = False
    closed: int | None = None
    unsent: bool = False
    counted: "Counted | None" = None

    @property
    def runs(self) -> bool:
        """Whether it is still to be done."""
        return self.status in ("open", "paused")


@dataclass(slots=True)
class Line:
    """The dossier's part of a round."""

    round: str
    name: str
    opened: int
    meeting: str | None = None
    closed: int | None = None
    outcome: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Meeting:
    """A meeting from its call to its end."""

    held_on: date
    status: str = "called"
    presides: str | None = None
    there: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Decision:
    """A decision with its open and applied lines: by dossier the trigger, what was seen, done."""

    lines: dict[str, list[Any]]
    status: str = "drafted"
    paper: Any = None


def days() -> Oracle:
    """The office's days, read from the shipped table without the product."""
    return Oracle.of_rows(TABLE.read_text(encoding="utf-8").splitlines())
