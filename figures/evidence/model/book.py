"""What the model knows of its office: the procedure as plain words, people, days, papers."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

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
DEFINITIONS = Path(__file__).parents[3] / "definitions"
TABLE = DEFINITIONS / "calendars" / "vn-civil-service.csv"
KEEPING = DEFINITIONS / "retention.yaml"

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


BASES = {name: basis["early"] == "yes"
         for name, basis in YAML(typ="safe", pure=True).load(KEEPING)["bases"].items()}  # fmt: skip
"""The grounds for erasing, and whether they hold within the period too."""

BEFORE = {name: int(rule["due"]["at_least"].split()[0])
          for name, rule in RULES["rounds"].items() if "at_least" in rule["due"]}  # fmt: skip
"""Ballots whose votes are due so many working days before their meeting."""


def days() -> Oracle:
    """The office's days, read from the shipped table without the product."""
    return Oracle.of_rows(TABLE.read_text(encoding="utf-8").splitlines())
