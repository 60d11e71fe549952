"""Finding, for one act, the round rows it may join and the seats it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thidua.ids import new_id
from thidua.kinship import kin
from thidua.people import Grouped, People
from thidua.storage import load
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow import command as c
from thidua.workflow.asked import Roster, address, applies
from thidua.workflow.person import Seat
from thidua.workflow.procedure import Ask, RoundRule
from thidua.workflow.ties import Ties, ties
from thidua.workflow.view import Opening, Rules, View


@dataclass(frozen=True, slots=True)
class Seeker:
    """Looks up only what the act at hand may open."""

    people: People
    pen: Pen
    s: Statements
    rules: Rules
    view: View
    command: c.Command
    today: date

    def openings(self, names: frozenset[str]) -> Mapping[str, Opening]:
        """An opening for every round the act may open; a ballot without meeting has none."""
        found = {name: self._opening(self.rules.procedure.rounds[name]) for name in sorted(names)}
        return {name: opening for name, opening in found.items() if opening is not None}

    def closures(self, view: View) -> Mapping[str, tuple[date, ...]]:
        """The own days off of every unit that a round with `closures` asks or has asked."""
        rounds = self.rules.procedure.rounds
        closing = {name for name, rule in rounds.items() if rule.due and rule.due.closures}
        seats = {str(s) for n in closing & view.openings.keys() for s in view.openings[n].seats}
        seats |= {task.seat for task in view.tasks if task.kind == "ask" and task.what in closing}
        units = {unit for seat in seats if (unit := Seat.parse(seat).unit) is not None}
        if not units:
            return {}
        found = self.people.closures(self.pen.connection, units, self.today)
        return {unit: tuple(sorted(days)) for unit, days in found.items()}

    def _opening(self, rule: RoundRule) -> Opening | None:
        named = self._named(rule)
        if named is not None:
            return named
        meeting = self._meeting(rule)
        if rule.gather == "meeting" and meeting is None:
            return None
        gathered = self._gathered(rule, meeting)
        newest = load.newest_round(self.pen, self.s, gathered)
        if newest is not None and not self._is_mine(newest[0]):
            return self._make(rule, newest[0], gathered, newest[1], meeting, running=True)
        seq = newest[1] + 1 if newest else 1
        return self._make(rule, new_id(), gathered, seq, meeting, running=False)

    def _named(self, rule: RoundRule) -> Opening | None:
        joins = self.command.round if isinstance(self.command, c.Fire) else None
        if joins is None:
            return None
        name, gathered, seq, meeting = load.round_by_id(self.pen, self.s, joins)
        if name != rule.name or self._is_mine(joins):
            return None
        return self._make(rule, joins, gathered, seq, meeting, running=True)

    def _make(
        self,
        rule: RoundRule,
        round_id: str,
        gathered: str,
        seq: int,
        meeting: str | None,
        *,
        running: bool,
    ) -> Opening:
        on = load.meets_on(self.pen, self.s, meeting) if meeting else None
        seats, vacant = self._seats(rule)
        found = self._ties(seats) if rule.voters is not None else Ties()
        return Opening(
            round_id, gathered, seq, seats, running, meeting, on, found.tied, found.unchecked,
            vacant, unneeded=bool(rule.asks) and not any(map(self._applies, rule.asks)),
        )  # fmt: skip

    def _ties(self, seats: tuple[Seat, ...]) -> Ties:
        """Which members step back by the procedure's `recuse_if`."""
        grounds, candidate = self.rules.procedure.recuse_if, self.view.dossier.candidate
        if not grounds:
            return Ties()
        known = kin(self.people, self.pen, self.s, self.rules.procedure, self.view, self.today)
        return ties(grounds, candidate, seats, known)

    def _is_mine(self, round_id: str) -> bool:
        return any(line.round_id == round_id for line in self.view.lines)

    def _gathered(self, rule: RoundRule, meeting: str | None) -> str:
        dossier = self.view.dossier
        by = {
            "submission": dossier.submission,
            "campaign": dossier.campaign or dossier.submission,
            "meeting": meeting,
        }.get(rule.gather)
        return f"{dossier.procedure[:16]}/{rule.name}/{by or dossier.id}"

    def _meeting(self, rule: RoundRule) -> str | None:
        if isinstance(self.command, c.Fire | c.PutOff | c.PutTo) and self.command.meeting:
            return self.command.meeting
        lines = (line for line in self.view.lines if line.name == rule.name)
        newest = max(lines, key=lambda line: line.opened_n, default=None)
        return newest.meeting if newest is not None else None

    def _seats(self, rule: RoundRule) -> tuple[tuple[Seat, ...], tuple[str, ...]]:
        """The seats of all rules that apply, and the roles that may not be without one."""
        if rule.voters is not None:
            seats = self.people.seats(self.pen.connection, rule.voters.role, self.today)
            return tuple(dict.fromkeys(seats)), ()
        found: dict[Seat, None] = {}
        vacant: list[str] = []
        for ask in filter(self._applies, rule.asks):
            seats = self._asked(ask.role, ask.units)
            to_ask = address(ask, self._roster(ask, seats), self.view.dossier)
            found |= dict.fromkeys(to_ask)
            if not to_ask and ask.if_none == "refuse":
                vacant.append(ask.role)
        return tuple(found), tuple(vacant)

    def _applies(self, ask: Ask) -> bool:
        return applies(ask, self.rules, self.view.dossier, self.today)

    def _roster(self, ask: Ask, seats: tuple[Seat, ...]) -> Roster:
        dossier = self.view.dossier
        headed: frozenset[str] = frozenset()
        if dossier.candidate.person is not None and ask.own_head != "ask":
            headed = self._headed(dossier.candidate.person)
        own = {seat.unit for seat in seats if seat.unit in headed or seat.unit == dossier.unit}
        return Roster(seats, headed, self._superiors({unit for unit in own if unit is not None}))

    def _headed(self, person: str) -> frozenset[str]:
        """Units in which the candidate holds a role that leads."""
        roles = self.rules.procedure.roles
        held = self.people.held(self.pen.connection, person, self.today)
        leading = (h for h in held if h.role in roles and roles[h.role].leads)
        return frozenset(h.unit for h in leading if h.unit is not None)

    def _superiors(self, units: set[str]) -> dict[str, str]:
        db = self.pen.connection
        above = {unit: self.people.above(db, unit, self.today) for unit in sorted(units)}
        return {unit: superior for unit, superior in above.items() if superior is not None}

    def _asked(self, role: str, units: str) -> tuple[Seat, ...]:
        db, dossier = self.pen.connection, self.view.dossier
        how, _, field = units.partition(":")
        if how == "same":
            groups = {field: dossier.fields.get(field, "")}
            return self.people.seats(db, role, self.today, groups=groups)
        if how == "all":
            return self.people.seats(db, role, self.today)
        if how == "group":
            return self._beside(role, field)
        unit = dossier.candidate.unit
        return self.people.seats(db, role, self.today, unit=unit) if unit else ()

    def _beside(self, role: str, group: str) -> tuple[Seat, ...]:
        """The seats in the units that share a group with the candidate's unit."""
        db, dossier = self.pen.connection, self.view.dossier
        unit = dossier.candidate.unit or dossier.unit
        if unit is None or not isinstance(self.people, Grouped):
            return ()
        shared = self.people.groups(db, unit, self.today).get(group)
        if shared is None:
            return ()
        return self.people.seats(db, role, self.today, groups={group: shared})
