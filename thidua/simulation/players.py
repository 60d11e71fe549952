"""Who plays: how many hold each role, who is asked, and what each is drawn to do."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TypeVar

from thidua.simulation.behaviour import Behaviour
from thidua.simulation.case import Case
from thidua.workflow.asked import applies
from thidua.workflow.calendar import Calendar
from thidua.workflow.person import Held, Seat
from thidua.workflow.procedure import Ask, Procedure, RoundRule
from thidua.workflow.view import Rules

T = TypeVar("T")
OPENS, MINUTES = 8, 540
"""Everything happens between eight and five."""


@dataclass(slots=True)
class Players:
    """Draws everything from the seed and what it is about, so that two procedures under one seed
    meet the same people on the same days.
    """

    rules: Rules
    behaviour: Behaviour
    seed: int
    _taken: Counter[tuple[str, date]] = field(default_factory=Counter)

    @property
    def procedure(self) -> Procedure:
        """What is played."""
        return self.rules.procedure

    @property
    def calendar(self) -> Calendar:
        """By which working days."""
        return self.rules.calendar

    def chance(self, *about: object) -> random.Random:
        """The draws about one thing."""
        return random.Random("/".join(map(str, (self.seed, *about))))  # noqa: S311 -- plays, keeps no secret

    def at(self, on: date, chance: random.Random) -> datetime:
        """Some minute of a working day."""
        start = self.calendar.start_of_work(self.calendar.roll(on).on, hour=OPENS)
        return start + timedelta(minutes=chance.randrange(MINUTES))

    def tomorrow(self, at: datetime) -> datetime:
        """The same minute of the next working day."""
        today = self.calendar.legal_date(at)
        return at + (self.calendar.add(today, 1) - today)

    def when(self, case: Case, n: int, today: date) -> date | None:
        """The working day on which whoever is asked does a task; None for never."""
        task = case.tasks[n]
        role = Seat.parse(task.seat).role
        manner = self.behaviour.manner(role)
        chance = self.chance(case.number, task.kind, task.what, task.seat, task.opened_n)
        how = drawn(chance, ("on_time", manner.on_time), ("late", manner.late))
        if how is None:
            return None
        allowed = manner.takes
        if task.due_on is not None:
            allowed = max(0, self.calendar.between(today, task.due_on))
        days = chance.randint(0, allowed)
        if how == "late":
            days = allowed + chance.randint(1, manner.late_by)
        return self._slot(role, self.calendar.add(today, days) if days else today, manner.a_day)

    def _slot(self, role: str, on: date, a_day: int | None) -> date:
        """The first working day from `on` on which the role's holders have time."""
        while a_day is not None and self._taken[role, on] >= a_day:
            on = self.calendar.add(on, 1)
        self._taken[role, on] += 1
        return on

    def held(self, role: str, unit: str | None) -> frozenset[Held]:
        """What the one who acts in a role holds."""
        own = role in self.procedure.roles and self.procedure.roles[role].own_unit
        return frozenset({Held(role, unit if own else None)})

    def seats(self, rule: RoundRule, case: Case, today: date) -> tuple[Seat, ...]:
        """Whom a round asks about a dossier."""
        if rule.voters is not None:
            role = rule.voters.role
            return tuple(Seat(role, person=f"{role}-{n}") for n in self._all(role))
        asks = (ask for ask in rule.asks if applies(ask, self.rules, case.dossier, today))
        return tuple(dict.fromkeys(seat for ask in asks for seat in self._asked(ask, case)))

    def _asked(self, ask: Ask, case: Case) -> Iterator[Seat]:
        how, _, field_name = ask.units.partition(":")
        count = self.behaviour.holders(ask.role)
        if how == "all":
            yield from (Seat(ask.role, unit=f"unit-{n}") for n in self._all(ask.role))
        elif how == "same" or how == "group":
            group = case.dossier.fields.get(field_name, "") if how == "same" else case.number % 6
            first = self.chance("group", field_name, group).randrange(count)
            yield from (Seat(ask.role, unit=f"unit-{n}") for n in range(first, count, 6))
        else:
            yield Seat(ask.role, unit=f"unit-{case.number % count}")

    def _all(self, role: str) -> range:
        return range(self.behaviour.holders(role))

    def value(self, name: str, case_number: int) -> str | None:
        """What a field of a dossier says."""
        chance, kind = self.chance(case_number, "field", name), self.procedure.fields[name].type
        if name in self.behaviour.fields:
            return chance.choice(self.behaviour.fields[name])
        if not self.procedure.fields[name].needed:
            return None
        number, group = str(chance.randint(1, 100)), f"C{chance.randint(1, 6):02}"
        usual = {"yes_no": "no", "number": number, "code": group}
        return usual.get(kind)


def drawn(chance: random.Random, *shares: tuple[T, Fraction]) -> T | None:
    """One of the first, each with its share; None for what is left of the whole."""
    at = Fraction(chance.randrange(1_000_000), 1_000_000)
    for what, share in shares:
        if at < share:
            return what
        at -= share
    return None


def weighed(chance: random.Random, shares: Mapping[str, Fraction], usual: str) -> str:
    """One of the names, each with its share."""
    return drawn(chance, *shares.items()) or usual


def spread(chance: random.Random, days: Sequence[date], *, rush: bool) -> date:
    """One of the days; in a rush most likely one of the last."""
    at = chance.random()
    return days[min(len(days) - 1, int((at**0.35 if rush else at) * len(days)))]
