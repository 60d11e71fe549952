"""What is out of the ordinary in a play: holds, withdrawals, more time, members who step back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from thidua.simulation.acting import NOTE, Acting
from thidua.simulation.case import Case
from thidua.simulation.players import drawn
from thidua.workflow.command import Command, Extend, Hold, Recuse, Release, Withdraw
from thidua.workflow.dossier import Line, Task
from thidua.workflow.person import Seat

Call = Callable[[datetime, Callable[[datetime], None]], None]


@dataclass(slots=True)
class Unusual:
    """Lets it happen by the ordinary acts, as often as the behaviour says, where somebody may."""

    acting: Acting
    call: Call

    def expect(self, case: Case, at: datetime) -> None:
        """Draw for a new dossier whether and when it will be put on hold, and taken back."""
        behaviour = self.acting.players.behaviour
        for name, how, turn in (
            ("hold", behaviour.hold, self._hold), ("withdraw", behaviour.withdraw, self._withdraw)
        ):  # fmt: skip
            if how.share > 0 and drawn(self._chance(case, name), (True, how.share)):
                days = self._chance(case, name, "when").randint(1, how.within)
                self._later(case, at, days, turn)

    def _chance(self, case: Case, *about: object) -> Random:
        return self.acting.players.chance(case.number, *about)

    def _later(
        self, case: Case, at: datetime, days: int, turn: Callable[[Case, datetime], None]
    ) -> None:
        players = self.acting.players
        on = players.calendar.add(players.calendar.legal_date(at), days)
        when = players.at(on, self._chance(case, "hour", on))
        self.call(max(when, at + timedelta(minutes=5)), lambda now: turn(case, now))

    def _done(self, case: Case, act: str, command: Command, at: datetime) -> bool:
        """Whether whoever may do it did; counted."""
        roles = self.acting.players.procedure.may[act].roles
        done = bool(roles) and not self.acting.act(case, command, roles[0], at)
        self.acting.tally.unusual[act] += done
        return done

    def _hold(self, case: Case, at: datetime) -> None:
        if self._done(case, "hold", Hold(note=NOTE), at):
            lasts = self.acting.players.behaviour.hold.lasts
            days = self._chance(case, "hold", "lasts").randint(1, lasts)
            self._later(case, at, days, self._release)

    def _release(self, case: Case, at: datetime) -> None:
        self._done(case, "release", Release(note=NOTE), at)

    def _withdraw(self, case: Case, at: datetime) -> None:
        self._done(case, "withdraw", Withdraw(note=NOTE), at)

    def expect_more_time(self, case: Case, task: Task, at: datetime) -> None:
        """Draw for a seat that is asked whether it gets more time, should it not have answered on
        the day of its due.
        """
        how, players = self.acting.players.behaviour.extend, self.acting.players
        chance = self._chance(case, "extend", task.what, task.seat)
        if task.due_on is None or drawn(chance, (True, how.share)) is None:
            return
        on = task.due_on
        when = max(players.at(on, self._chance(case, "extend", "hour", task.seat)), at)
        self.call(when, lambda now: self._extend(case, task.n, on, now))

    def _extend(self, case: Case, n: int, due_on: date, at: datetime) -> None:
        task, players = case.tasks[n], self.acting.players
        if task.status == "open" and task.due_on == due_on:
            until_on = players.calendar.add(due_on, players.behaviour.extend.lasts)
            command = Extend(task.round_id, until_on, task.seat, note=NOTE)
            self._done(case, "extend", command, at)

    def step_back(self, case: Case, line: Line, at: datetime) -> None:
        """Draw for each member of a ballot whether he steps back from this dossier.

        He says so himself where he may, else whoever may does.
        """
        share, roles = self.acting.players.behaviour.recuse, self.acting.players.procedure.may
        by = roles["recuse"].roles
        for task in list(case.tasks.values()) if share and by else ():
            mine = task.round_id == line.round_id and task.kind == "vote" and task.status == "open"
            chance = self._chance(case, "recuse", line.name, task.seat)
            if mine and drawn(chance, (True, share)):
                seat = Seat.parse(task.seat)
                role, own = (seat.role, seat) if seat.role in by else (by[0], None)
                why = self.acting.act(case, Recuse(task.seat, note=NOTE), role, at, seat=own)
                self.acting.tally.unusual["recuse"] += not why
