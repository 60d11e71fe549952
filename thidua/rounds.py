"""Rounds over many dossiers: one answer for a whole list, and the ranking of a ballot."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.engine import Connection

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger, entry
from thidua.logged import note_refused
from thidua.savepoint import savepoint
from thidua.storage import register
from thidua.storage.rows import dossier_of
from thidua.workflow.balloting import SeatsRule
from thidua.workflow.change import Done
from thidua.workflow.command import Answer, Command, Extend, Settle
from thidua.workflow.errors import Refused, ThiduaError, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import ENGINE, By, Seat, sits
from thidua.workflow.seats import Standing, award_seats

Said = tuple[str, str | None]
"""An opinion and its reasons."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What an answer for a list came to: lines taken, and lines refused with their errors."""

    taken: tuple[Done, ...] = ()
    refused: Mapping[str, ThiduaError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Acts on a round's many dossiers, in the caller's transaction, dossiers ascending."""

    ledger: Ledger
    act: Callable[..., Done]
    act_as_engine: Callable[..., Done]

    def dossiers(self, db: Db, round_id: str, seat: str | None = None) -> list[str]:
        """The dossiers in a round, or those about which `seat` is asked in it, ascending."""
        t, line = self.ledger.tables.task.c, self.ledger.tables.line.c
        if seat is None:
            query = select(line.dossier_id).where(line.round_id == round_id)
        else:
            mine = (t.round_id == round_id) & t.kind.in_(("ask", "vote")) & (t.seat == seat)
            query = select(t.dossier_id).where(mine)
        return sorted(set(connection_of(db).execute(query).scalars()))

    def answer(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        round_id: str,
        seat: str | Sequence[str],
        opinion: str,
        *,
        by: By,
        except_: Mapping[str, Said] | None = None,
        note: str | None = None,
        ground: Paper | None = None,
        happened_at: datetime | None = None,
        command_id: str | None = None,
        all_or_nothing: bool = False,
        now: datetime | None = None,
    ) -> Listed:
        """A seat's one answer for its whole list: `opinion` about all, except those named.

        One act and one event a dossier, under the same command id, paper and instant at which
        the seat really answered (`happened_at`, UTC, not after the act). A refused line
        does not stop the others, unless `all_or_nothing`: then its error is raised and the
        caller rolls back. `Unknown` when the seat has nothing in the round or an exception
        names a dossier that is not on its list. It goes to this very round, also when a newer one
        of its name runs; refused where that asks the seat again.

        Of several seats, such as those of units that have merged, it is the answer of each, with
        an act for each.
        """
        seats = [seat] if isinstance(seat, str) else sorted(seat)
        asked = sorted((dossier, each) for each in seats
                       for dossier in self.asked(db, round_id, each, by=by, now=now))  # fmt: skip
        strange = sorted(set(except_ or {}) - {dossier for dossier, _ in asked})
        if strange:
            raise Unknown("not-on-list", dossier=", ".join(strange), seat=", ".join(seats))
        commands = []
        for dossier, each in asked:
            kind, why = (except_ or {}).get(dossier, (opinion, note))
            commands.append((dossier, Answer(
                round_id, kind, each, note=why, ground=ground, happened_at=happened_at
            )))  # fmt: skip
        act = partial(self._answer, db, seats[0], by=by, command_id=command_id, now=now)
        return each_of(act, commands, all_or_nothing=all_or_nothing)

    def _answer(
        self, db: Db, first: str, dossier: str, command: Answer, *, command_id: str | None,
        **terms: Any,
    ) -> Done:  # fmt: skip
        """A command id is used once a dossier: the seats after the first add their own name."""
        if command_id is not None and command.seat != first:
            command_id = f"{command_id}/{command.seat}"
        return self.act(db, dossier, command, command_id=command_id, **terms)

    def extend(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        round_id: str,
        until_on: date,
        *,
        by: By,
        note: str,
        seat: str | None = None,
        ground: Paper | None = None,
        command_id: str | None = None,
        all_or_nothing: bool = False,
        now: datetime | None = None,
    ) -> Listed:
        """Give all seats of a round, or one, time until the end of `until_on` (a legal date).

        One act a dossier, each with the same reason and paper, before or after the due; see
        `Extend` for what is refused. A dossier that refuses does not stop the others.
        """
        asked = self.asked(db, round_id, seat, by=by, act="extend", now=now)
        command = Extend(round_id, until_on, seat, note=note, ground=ground)
        commands = [(dossier, command) for dossier in asked]
        act = partial(self.act, db, by=by, command_id=command_id, now=now)
        return each_of(act, commands, all_or_nothing=all_or_nothing)

    def asked(
        self, db: Db, round_id: str, seat: str | None, *,
        by: By | None = None, act: str | None = None, now: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """The dossiers, some; `Unknown` for a round or a seat that is not there.

        With `by`, who answers: `Refused` ("not-your-seat") for a seat that is not his, whether it
        is asked or not. With `act` too, who conducts the round by that right: `Refused`
        ("not-allowed") without it, whether the seat is asked or not.
        """
        r = self.ledger.tables.round.c
        if connection_of(db).execute(select(r.id).where(r.id == round_id)).scalar() is None:
            raise Unknown("unknown-round", round=round_id, known="-")
        if by is not None and act is not None:
            self.ledger.require_in_round(db, by, act, round_id, now)
        elif by is not None and seat is not None:
            self.require_own(db, by, seat, now)
        listed = self.dossiers(db, round_id, seat)
        if not listed and seat is not None:
            raise Unknown("seat-not-asked", seat=seat, round=round_id)
        return listed

    def require_own(self, db: Db, by: By, seat: str, now: datetime | None) -> None:
        """`Refused` unless the decider sits on the seat or holds a role in its unit."""
        on = self.ledger.shelf.today(now or self.ledger.clock())
        held, at = self.ledger.people.held(connection_of(db), by.decider, on), Seat.parse(seat)
        heads = at.unit is not None and any(each.unit == at.unit for each in held)
        if not heads and not sits(at, by.decider, held):
            error = Refused.of("not-your-seat", seat=seat, actor=by.decider)
            note_refused(error, "answer", by, seat)
            raise error

    def waiting(self, db: Db) -> list[str]:
        """Rounds that have counted lines, for whose ranking it may be time."""
        line = self.ledger.tables.line.c
        query = select(line.round_id).where(line.outcome == "counted").distinct()
        return sorted(connection_of(db).execute(query).scalars())

    def settle(self, db: Db, round_id: str, *, now: datetime) -> tuple[Done, ...]:
        """Rank each group of a ballot whose every dossier is counted, and give out its seats.

        The round's row is locked first, then its dossiers ascending. Groups that still have an
        open line wait; doing it again does nothing. Seats that an earlier ballot of the same
        meeting filled stay filled.
        """
        pen, s = self.ledger.open(db)
        try:
            if s.locks_by_update:
                pen.run(s.begin, {})
            with savepoint(pen):
                return self._settle(pen.connection, round_id, now)
        finally:
            pen.close()

    def _settle(self, db: Connection, round_id: str, now: datetime) -> tuple[Done, ...]:
        rounds = self.ledger.tables.round
        row = register.lock(db, rounds, round_id)
        rules = self.ledger.shelf.rules(db, row["procedure"])
        seats = rules.procedure.rounds[row["name"]].seats
        outcomes = self._rank(db, row, seats) if seats is not None else {}
        if not outcomes:
            return ()
        event = entry("rank", By(ENGINE), now, {"outcomes": sorted(outcomes.items())})
        self.ledger.change(db, rounds, row, {}, event)
        return tuple(
            self.act_as_engine(db, dossier, Settle(row["name"], outcome), now)
            for dossier, outcome in sorted(outcomes.items())
        )

    def _rank(self, connection: Connection, row: RowMapping, seats: SeatsRule) -> dict[str, str]:
        lines = self._lines(connection, row["gathered"], seats)
        outcomes: dict[str, str] = {}
        for group, members in groupby(sorted(lines, key=lambda x: x.group), lambda x: x.group):
            here = list(members)
            mine = [line for line in here if line.round_id == row["id"]]
            if not any(x.outcome == "counted" for x in mine) or any(x.is_open for x in mine):
                continue
            filled = sum(x.outcome == "passed" for x in here)
            outcomes |= _give(group, mine, seats, seats.count - filled)
        return outcomes

    def _lines(self, connection: Connection, gathered: str, seats: SeatsRule) -> list["_Ranked"]:
        t = self.ledger.tables
        query = (
            select(*t.dossier.c, t.line.c.round_id, t.line.c.outcome, t.line.c.counts)
            .join(t.line, t.line.c.dossier_id == t.dossier.c.id)
            .join(t.round, t.round.c.id == t.line.c.round_id)
            .where(t.round.c.gathered == gathered)
        )
        width = len(t.dossier.c)
        return [_ranked(seats, row[:width], row[width:]) for row in connection.execute(query)]


def each_of(
    act: Callable[..., Done], commands: Iterable[tuple[str, Command]], *, all_or_nothing: bool
) -> Listed:
    """One act a command; those that refuse do not stop the others, unless asked."""
    taken: list[Done] = []
    refused: dict[str, ThiduaError] = {}
    for dossier, command in commands:
        try:
            taken.append(act(dossier, command))
        except (Refused, Unknown) as error:
            if all_or_nothing:
                raise
            refused[dossier] = error
    return Listed(tuple(taken), refused)


@dataclass(frozen=True, slots=True)
class _Ranked:
    dossier_id: str
    group: tuple[str, ...]
    round_id: str
    outcome: str | None
    votes_for: int

    @property
    def is_open(self) -> bool:
        return self.outcome is None


def _ranked(seats: SeatsRule, row: Iterable[Any], line: Iterable[Any]) -> _Ranked:
    dossier = dossier_of(tuple(row))
    round_id, outcome, counts = line
    values = {**dossier.fields, "kind": dossier.candidate.kind}
    group = tuple(values.get(name, "") for name in seats.per)
    return _Ranked(dossier.id, group, round_id, outcome, json.loads(counts).get("votes_for", 0))


def _give(
    group: tuple[str, ...], mine: list[_Ranked], seats: SeatsRule, left: int
) -> dict[str, str]:
    counted = [x for x in mine if x.outcome == "counted"]
    if left < 1:
        return {x.dossier_id: "failed" for x in counted}
    standings = [Standing(x.dossier_id, group, x.votes_for, passed=True) for x in counted]
    given = award_seats(standings, count=left, tie=seats.tie)
    return {
        **dict.fromkeys(given.chosen, "passed"),
        **dict.fromkeys(given.not_chosen, "failed"),
        **dict.fromkeys(given.tied, "tie"),
    }
