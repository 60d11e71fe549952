"""The council as it meets in a play: on its days, with those who come, counted, ranked."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from thidua.simulation.acting import Acting
from thidua.simulation.case import Case
from thidua.simulation.players import drawn, weighed
from thidua.simulation.unusual import Call, Unusual
from thidua.workflow.command import Cast, Close, PutTo, Settle
from thidua.workflow.dossier import Line, Task
from thidua.workflow.errors import Reason
from thidua.workflow.person import Seat
from thidua.workflow.procedure import RoundRule
from thidua.workflow.seats import Standing, award_seats
from thidua.workflow.tally import Counts


@dataclass(slots=True)
class Council:
    """Meets every so many working days; a dossier is put to the first meeting far enough away."""

    acting: Acting
    call: Call
    cases: list[Case]
    unusual: Unusual
    _expected: set[tuple[str, str]] = field(default_factory=set)
    _ranked: set[str] = field(default_factory=set)
    _days: dict[date, date] = field(default_factory=dict)

    def next_day(self, today: date, later: int = 0) -> date:
        """The day of the first meeting that still leaves the notice, or one `later`."""
        calendar, behaviour = self.acting.players.calendar, self.acting.players.behaviour
        on = calendar.add(today, behaviour.notice)
        start = calendar.roll(date(today.year, 1, 2)).on
        every = behaviour.every
        turn = -(-calendar.between(start, on) // every) + later
        return calendar.add(start, max(1, turn * every))

    def expect(self, case: Case, task: Task, at: datetime) -> None:
        """Plan a ballot, once for all its members."""
        key = (case.key, str(task.round_id))
        if key in self._expected:
            return
        self._expected.add(key)
        line, players = case.lines[str(task.round_id)], self.acting.players
        chance = players.chance(case.number, "ballot", task.round_id)
        if any(li.name == line.name and li is not line for li in case.lines.values()):
            today = players.calendar.legal_date(at)  # voted on again when the council meets again
            when = players.at(self.next_day(today), chance)
        elif line.meeting is not None:
            on = date.fromisoformat(line.meeting)
            when = players.at(on, players.chance("meeting", line.meeting))
        else:
            days = chance.randint(1, players.behaviour.manner(Seat.parse(task.seat).role).takes)
            when = players.at(players.calendar.add(players.calendar.legal_date(at), days), chance)
        later = max(when, at + timedelta(hours=1))
        self.call(later, lambda now: self._count(case, str(task.round_id), now))

    def put_to(self, case: Case, task: Task, at: datetime) -> None:
        """Put a dossier that waits for a meeting to the next one."""
        name = task.what.partition(":")[2]
        today = self.acting.players.calendar.legal_date(at)
        on = self.next_day(today).isoformat()
        self.acting.act(case, PutTo(name, on), Seat.parse(task.seat).role, at)

    def _count(self, case: Case, round_id: str, at: datetime) -> None:
        line = case.lines[round_id]
        if line.closed_n is not None:
            return
        if case.dossier.pause is not None:
            self._once_more(case, round_id, at)
            return
        rule = self.acting.players.procedure.rounds[line.name]
        self.unusual.step_back(case, line, at)
        why = self._vote(case, line, rule, at)
        if any(each.code == "ballot-waits" for each in why) and case.tries < 40:
            case.tries += 1
            self._once_more(case, round_id, at)
        elif why:
            case.stuck = why[0]
        elif case.lines[round_id].outcome == "counted" and round_id not in self._ranked:
            self._ranked.add(round_id)
            self.call(at + timedelta(days=1), lambda now: self._rank(round_id, rule, now))

    def _once_more(self, case: Case, round_id: str, at: datetime) -> None:
        tomorrow = self.acting.players.tomorrow(at)
        self.call(tomorrow, lambda now: self._count(case, round_id, now))

    def _vote(self, case: Case, line: Line, rule: RoundRule, at: datetime) -> tuple[Reason, ...]:
        """Those who came vote; on paper the tellers count, else each votes and it is closed."""
        members = [
            t for t in case.tasks.values() if t.round_id == line.round_id and t.kind == "vote"
        ]
        entitled = [t for t in members if t.status != "cancelled"]
        votes = {t.seat: self._choice(case, line, t) for t in entitled if self._comes(line, t)}
        closing = rule.close.by or next(iter(self.acting.players.procedure.may["close"].roles), "")
        way = next((way for way in ("paper", "show_of_hands") if way in rule.ways), None)
        if way is not None:
            counts = _counts(list(votes.values()), len(entitled))
            return self.acting.act(case, Close(line.name, counts, way), closing, at)
        for task in entitled:
            if task.seat in votes and case.tasks[task.n].status == "open":
                seat = Seat.parse(task.seat)
                cast = Cast(line.name, votes[task.seat], task.seat, way=rule.ways[0])
                if why := self.acting.act(case, cast, seat.role, at, seat=seat):
                    return why
        return self.acting.act(case, Close(line.name), closing, at)

    def _comes(self, line: Line, task: Task) -> bool:
        chance = self.acting.players.chance("comes", line.meeting or line.round_id, task.seat,
                                            line.opened_n)  # fmt: skip
        return bool(drawn(chance, (True, self.acting.players.behaviour.present)))

    def _choice(self, case: Case, line: Line, task: Task) -> str:
        chance = self.acting.players.chance(
            case.number, "vote", line.name, task.seat, len(case.lines)
        )
        return weighed(chance, self.acting.players.behaviour.votes, "for")

    def _rank(self, round_id: str, rule: RoundRule, at: datetime) -> None:
        """Give the places to the best of each group, when the meeting has counted all."""
        seats = rule.seats
        self._ranked.discard(round_id)
        mine = {c.key: c for c in self.cases if self._waits(c, round_id)}
        if seats is None or not mine:
            return
        lines = [
            Standing(key, tuple(_group(case, name) for name in seats.per),
                     case.lines[round_id].counts.get("votes_for", 0), passed=True)
            for key, case in mine.items()
        ]  # fmt: skip
        placed = award_seats(lines, count=seats.count, tie=seats.tie)
        for outcome, keys in (
            ("passed", placed.chosen), ("failed", placed.not_chosen), ("tie", placed.tied)
        ):  # fmt: skip
            for key in keys:
                self.acting.engine(mine[key], Settle(rule.name, outcome), at)

    @staticmethod
    def _waits(case: Case, round_id: str) -> bool:
        return round_id in case.lines and case.lines[round_id].outcome == "counted"


def _group(case: Case, name: str) -> str:
    return case.dossier.candidate.kind if name == "kind" else case.dossier.fields.get(name, "")


def _counts(votes: list[str], entitled: int) -> Counts:
    came = len(votes)
    return Counts(
        entitled=entitled, present=came, written=0, issued=came, returned=came, valid=came,
        invalid=0, votes_for=votes.count("for"), votes_against=votes.count("against"),
        abstained=votes.count("abstain"),
    )  # fmt: skip
