"""Names, addresses, meetings and decisions that letters need, asked once a batch."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.notifiers.render import Addressee, Text
from thidua.people import People, Succession
from thidua.shelf import Shelf
from thidua.storage.erasing import ERASED
from thidua.storage.schema import Tables
from thidua.workflow.person import Reached, Seat
from thidua.workflow.view import Rules

T = TypeVar("T")


def role_title(rules: Rules, seat: Seat) -> Text:
    """The title of a seat's role, or its name where the procedure does not declare it."""
    declared = rules.procedure.roles.get(seat.role)
    return dict(declared.label) if declared else seat.role


@dataclass(frozen=True, slots=True)
class Lookup:
    """What letters need to know, asked once a batch on one connection: names as of that day."""

    db: Connection
    tables: Tables
    people: People
    shelf: Shelf
    now: datetime
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The legal date."""
        return self.shelf.today(self.now)

    def rules(self, procedure_hash: str) -> Rules:
        """The procedure a notice was written under."""
        return self.shelf.rules(self.db, procedure_hash)

    def reached(self, seat: str) -> tuple[Reached, ...]:
        """Who is written to for a seat today."""
        return self._once(
            "seat", seat, lambda: self.people.reached(self.db, Seat.parse(seat), self.today)
        )

    def unit(self, unit: str) -> str:
        """The name of a unit today, or its id where our tables do not know it."""
        return self._once("unit", unit, lambda: self._unit(unit))

    def _unit(self, unit: str) -> str:
        return self.people.unit_name(self.db, unit, self.today) or unit

    def answering(self, unit: str) -> str:
        """The name of the unit that answers today for `unit`, with that one's where it is gone."""
        return self._once("answering", unit, lambda: self._answering(unit))

    def _answering(self, unit: str) -> str:
        now, name = self.standing(unit), self.unit(unit)
        return name if now == unit else f"{self.unit(now)} (kế thừa {name})"

    def standing(self, unit: str) -> str:
        """The unit that stands in a unit's place today, where that is known."""
        people = self.people
        return (
            people.standing(self.db, unit, self.today) if isinstance(people, Succession) else unit
        )

    def person(self, actor: str) -> str:
        """The name of an actor, or the actor where no name is known."""
        held = sorted(self.people.held(self.db, actor, self.today))
        seat = str(Seat(held[0].role if held else "", person=actor))
        return next((one.name for one in self.reached(seat)), actor)

    def meeting(self, round_id: str) -> tuple[str, str] | None:
        """Title and day of the meeting that a round belongs to."""
        return self._once("meeting", round_id, lambda: self._meeting(round_id))

    def _meeting(self, round_id: str) -> tuple[str, str] | None:
        r, m = self.tables.round.c, self.tables.meeting.c
        query = select(m.title, m.held_on).where(r.id == round_id, m.id == r.meeting)
        row = self.db.execute(query).first()
        return (row[0] or ERASED, row[1]) if row else None

    def decision(self, decision_id: str | None) -> dict[str, str | None] | None:
        """Number, date and signer of a decision, where it has them all."""
        if decision_id is None:
            return None
        return self._once("decision", decision_id, lambda: self._decision(decision_id))

    def _decision(self, decision_id: str) -> dict[str, str | None] | None:
        d = self.tables.decision.c
        query = select(d.number, d.signed_on, d.paper).where(d.id == decision_id)
        row = self.db.execute(query).first()
        paper = json.loads(row[2]) if row else {}
        if row is None or None in (row[0], row[1], paper.get("signer")):
            return None
        return {"symbol": row[0], "signed_on": row[1], "signer": paper["signer"],
                "capacity": paper.get("capacity")}  # fmt: skip

    def addressee(self, seat: str, reached: Reached, procedure_hash: str | None) -> Addressee:
        """How a letter speaks to who was reached: a person, of a unit where known, or a post."""
        at = Seat.parse(seat)
        now = self.standing(at.unit) if at.unit else None
        unit = self.unit(now) if now else None
        if reached.owner not in (seat, now, f"{at.role}@{now}"):
            return Addressee(reached.name, unit)
        if unit is None and reached.name == reached.owner and procedure_hash is not None:
            return Addressee(None, role_title(self.rules(procedure_hash), at))
        return Addressee(None, unit or reached.name)

    def _once(self, kind: str, key: str, ask: Callable[[], T]) -> T:
        if (kind, key) not in self._known:
            self._known[kind, key] = ask()
        known: T = self._known[kind, key]
        return known
