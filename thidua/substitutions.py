"""Who stands in for whom: written authority with dates and bounds, each a register of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from thidua.connection import Db, connection_of
from thidua.directory import DirectoryBook
from thidua.ids import new_id
from thidua.ledger import entry
from thidua.storage import register
from thidua.storage.people import substitution_of
from thidua.workflow.errors import Refused
from thidua.workflow.journal import compact
from thidua.workflow.person import By
from thidua.workflow.substitution import Substitution


@dataclass(frozen=True, slots=True)
class Substitutions:
    """Acts on substitutions, in the caller's transaction; whoever may change the directory may."""

    book: DirectoryBook

    def add(  # noqa: PLR0913 -- the parts of one authority, by keyword
        self,
        db: Db,
        actor: str,
        for_: str,
        from_on: date,
        to_on: date | None,
        *,
        by: By,
        ground: str,
        roles: Sequence[str] = (),
        units: Sequence[str] = (),
        procedures: Sequence[str] = (),
        acts: Sequence[str] = (),
        now: datetime | None = None,
    ) -> Substitution:
        """Let `actor` stand in for `for_` on these legal dates, both included.

        `ground` names the paper that says so. Roles, units, procedures and acts bound it; see
        `Substitution`. `Refused` when somebody stands in for himself ("substitutes-himself"), for
        dates that run backwards, without a paper ("substitution-ground").
        """
        self._check(actor, for_, from_on, to_on, ground)
        made = Substitution(new_id(), actor, for_, from_on, to_on, tuple(roles), tuple(units),
                            tuple(procedures), tuple(acts), ground.strip())  # fmt: skip
        ledger = self.book.ledger
        with self.book.writing(db, by, now) as (connection, at, hand):
            said, scope = _dates(made), _scope(made)
            row = {"id": made.id, "actor": actor, "for_actor": for_, "ground": made.ground,
                   "from_on": said["from"], "to_on": said["to"],
                   **{name: compact(value) for name, value in scope.items()}}  # fmt: skip
            body = {"actor": actor, "for": for_, **said, **scope}
            event = entry("substitute", hand, at, body, private={"ground": made.ground or ""})
            ledger.add(connection, ledger.tables.substitution, row, event)
        return made

    def end(
        self, db: Db, substitution_id: str, last_on: date, *, by: By, note: str | None = None,
        now: datetime | None = None,
    ) -> None:  # fmt: skip
        """Let `last_on` be its last legal date; `Refused` ("substitution-not-shorter") when it
        would not end sooner. One that ends before it begins never runs.
        """
        t = self.book.ledger.tables.substitution
        with self.book.writing(db, by, now) as (connection, at, hand):
            row = register.lock(connection, t, substitution_id)
            if row["to_on"] is not None and row["to_on"] <= last_on.isoformat():
                raise Refused.of("substitution-not-shorter", until=row["to_on"])
            until, private = last_on.isoformat(), {"note": note} if note else {}
            event = entry("end_substitution", hand, at, {"to": until}, private=private)
            self.book.ledger.change(connection, t, row, {"to_on": until}, event)

    def listed(self, db: Db, on: date | None = None) -> tuple[Substitution, ...]:
        """Those that run on a day, or all there ever were, by who is stood in for."""
        s = self.book.ledger.tables.substitution
        columns = [column for column in s.c if column.name not in ("count", "head")]
        query = select(*columns).order_by(s.c.for_actor, s.c.from_on, s.c.id)
        if on is not None:
            day = on.isoformat()
            query = query.where(s.c.from_on <= day, or_(s.c.to_on.is_(None), s.c.to_on >= day))
        return tuple(substitution_of(row) for row in connection_of(db).execute(query))

    @staticmethod
    def _check(actor: str, for_: str, from_on: date, to_on: date | None, ground: str) -> None:
        if actor == for_:
            raise Refused.of("substitutes-himself", actor=actor)
        if to_on is not None and to_on < from_on:
            raise Refused.of(
                "substitution-reversed", since=from_on.isoformat(), until=to_on.isoformat()
            )
        if not ground.strip():
            raise Refused.of("substitution-ground")


def _dates(made: Substitution) -> dict[str, Any]:
    return {
        "from": made.from_on.isoformat(),
        "to": made.to_on.isoformat() if made.to_on else None,
    }


def _scope(made: Substitution) -> dict[str, list[str]]:
    return {
        "roles": list(made.roles),
        "units": list(made.units),
        "procedures": list(made.procedures),
        "acts": list(made.acts),
    }
