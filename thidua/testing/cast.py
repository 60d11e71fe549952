"""The people that a procedure needs, invented: somebody ready for every role."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.procedure import Ask, Procedure, RoundRule

SINCE = "2000-01-01"
OWN, ELSEWHERE, WORKPLACE = "own", "elsewhere", "workplace"
"""The unit that proposes, one that has nothing to do with the dossier, the candidate's own."""

STRANGER = "stranger"
"""Somebody who holds nothing."""


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody's role, in a unit or without one ("")."""

    actor: str
    role: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """One person for each role, named as the role; `members` for each role that votes
    ("member-1" …), three for each that is asked as persons; "ROLE@UNIT" where a role belongs to a
    unit that is asked; "ROLE@elsewhere" for each that is limited to the own unit.
    """

    holdings: tuple[Held, ...]
    units: tuple[Mapping[str, Any], ...]
    actors: tuple[str, ...]

    def playing(self, role: str) -> str:
        """Who acts in a role on the dossiers of the office."""
        fits = (h.actor for h in self.holdings if h.role == role and h.unit in ("", OWN))
        return next(fits, role)

    def at(self, role: str, unit: str) -> str:
        """Who holds a role in a unit."""
        return next(h.actor for h in self.holdings if (h.role, h.unit) == (role, unit))

    def roles_of(self, actor: str) -> frozenset[str]:
        """What somebody holds on the dossiers of the office."""
        return frozenset(h.role for h in self.holdings if h.actor == actor and h.unit in ("", OWN))

    def enter(self, db: Connection, tables: Tables) -> None:
        """Write units, holdings and an address for everybody into the built-in directory."""
        db.execute(insert(tables.unit), list(self.units))
        held = [{"actor": h.actor, "role": h.role, "unit": h.unit, "from_on": SINCE}
                for h in self.holdings]  # fmt: skip
        db.execute(insert(tables.holding), held)
        rows = [{"owner": owner, "mailbox": f"n{number}@example.org", "from_on": SINCE}
                for number, owner in enumerate(self._owners())]  # fmt: skip
        db.execute(insert(tables.address), rows)

    def _owners(self) -> list[str]:
        return sorted({*self.actors, *(str(unit["id"]) for unit in self.units)})


def cast_of(procedure: Procedure, fields: Mapping[str, str], *, members: int = 10) -> Cast:
    """Invent the people of a procedure; `fields` are the dossiers', which some units share."""
    voting = {r.voters.role for r in procedure.rounds.values() if r.voters is not None}
    asked = _asked(procedure)
    holdings = [
        *(held for role in procedure.roles for held in _office(procedure, role, members, voting)),
        *(held for rule, ask in asked for held in _asked_people(procedure, rule, ask)),
    ]
    unique = tuple(dict.fromkeys(holdings))
    actors = tuple(dict.fromkeys((*(held.actor for held in unique), STRANGER)))
    return Cast(unique, tuple(_units(procedure, fields)), actors)


def _asked(procedure: Procedure) -> list[tuple[RoundRule, Ask]]:
    return [(rule, ask) for rule in procedure.rounds.values() for ask in rule.asks]


def _office(procedure: Procedure, role: str, members: int, voting: set[str]) -> Iterator[Held]:
    if role in voting:
        yield from (Held(f"{role}-{number}", role) for number in range(1, members + 1))
    elif procedure.roles[role].own_unit:
        yield Held(role, role, OWN)
        yield Held(f"{role}@{ELSEWHERE}", role, ELSEWHERE)
    else:
        yield Held(role, role)


def _asked_people(procedure: Procedure, rule: RoundRule, ask: Ask) -> Iterator[Held]:
    if not in_units(procedure, ask):
        yield from (Held(f"{ask.role}-{number}", ask.role) for number in (2, 3))
        return
    unit = unit_of(ask.role)
    yield Held(f"{ask.role}@{unit}", ask.role, unit)
    if rule.confirm is not None:
        yield Held(f"{rule.confirm.role}@{unit}", rule.confirm.role, unit)
        yield Held(f"{rule.confirm.role}@{unit}", ask.role, unit)


def in_units(procedure: Procedure, ask: Ask) -> bool:
    """Whether a rule asks units rather than persons."""
    return ask.units != "all" or procedure.roles[ask.role].own_unit


def unit_of(role: str) -> str:
    """The unit that is asked in a role."""
    return f"{role}-unit"


def _units(procedure: Procedure, fields: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Each asked unit above the next, the candidate's own at the bottom; all share their groups."""
    asked = dict.fromkeys(ask.role for _, ask in _asked(procedure) if in_units(procedure, ask))
    groups: dict[str, str] = {}
    for _, ask in _asked(procedure):
        how, _, name = ask.units.partition(":")
        if how in ("same", "group"):
            groups[name] = fields.get(name, "group") if how == "same" else "group"
    shared, above = json.dumps(groups), None
    for role in asked:
        yield _unit(unit_of(role), role, above, shared)
        above = unit_of(role)
    yield _unit(WORKPLACE, "unit", above, shared)
    yield _unit(OWN, "unit", None, "{}")
    yield _unit(ELSEWHERE, "unit", None, "{}")


def _unit(key: str, kind: str, parent: str | None, groups: str) -> Mapping[str, Any]:
    return {"id": key, "from_on": SINCE, "name": key, "kind": kind, "parent": parent,
            "groups": groups}  # fmt: skip
