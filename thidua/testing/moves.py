"""What can happen next to a dossier, each thing ready to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from thidua.testing.office import Office, paper
from thidua.workflow.command import Answer, BreakTie, Cast, Close, Command, Reply, Withdraw
from thidua.workflow.paper import Paper
from thidua.workflow.person import ENGINE, Seat
from thidua.workflow.procedure import RoundRule, Transition
from thidua.workflow.tally import Counts

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can happen: its name, whose it is, and how it is done.

    `ends` names the round that it ends; `is_step` says that it is a step of the procedure;
    `command` is what others may try too.
    """

    act: str
    by: str
    do: Callable[[], object]
    command: Command | None = None
    ends: str | None = None
    is_step: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """The things that can happen to one dossier of an office, in a fixed order."""

    office: Office
    dossier: str

    def __iter__(self) -> Iterator[Move]:
        """Ends of the first open round; steps that somebody can take; the state's due; withdrawal.

        Rounds are ended one after the other: in which order changes nothing.
        """
        state = self.office.state(self.dossier)
        procedure = self.office.procedure
        line = self._open_line()
        if line is not None:
            yield from self._round(procedure.rounds[line["name"]], line)
        for step in procedure.transitions:
            if state in step.source and step.by != ENGINE:
                yield self._step(step)
        due = procedure.states[state].due
        if due is not None and due.then is not None:
            yield Move(due.then, ENGINE, partial(self._due, f"fire:{due.then}"))
        if procedure.may["withdraw"].roles:
            role = procedure.may["withdraw"].roles[0]
            yield self._act("withdraw", role, Withdraw(note="Lý do"))

    def _step(self, step: Transition) -> Move:
        do = partial(self.office.fire, self.dossier, step.trigger, step.by)
        return Move(step.trigger, step.by, do, is_step=True)

    def _act(self, act: str, role: str, command: Command) -> Move:
        return Move(act, role, partial(self.office.act, self.dossier, command, role), command)

    def _open_line(self) -> dict[str, Any] | None:
        rows = self.office.rows(self.office.wf.tables.line, dossier_id=self.dossier)
        tied = [r for r in rows if r["outcome"] == "tie" and r is rows[-1]]
        running = [r for r in rows if r["closed_n"] is None]
        order = list(self.office.procedure.rounds)
        found = sorted(running or tied, key=lambda r: (order.index(r["name"]), r["opened_n"]))
        return found[0] if found else None

    def _round(self, rule: RoundRule, line: dict[str, Any]) -> Iterator[Move]:
        if rule.kind == "ballot":
            yield from self._ballot(rule, line)
        elif rule.kind == "posting":
            posted = partial(self._posted, rule, line)
            yield Move(f"{rule.name}:posted", ENGINE, posted, ends=rule.name)
        else:
            yield from self._consultation(rule, line)

    def _consultation(self, rule: RoundRule, line: dict[str, Any]) -> Iterator[Move]:
        answered = partial(self._answered, rule, line)
        agreed, disagreed = partial(answered, "agree"), partial(answered, "disagree")
        yield Move(f"{rule.name}:agreed", ASKED, agreed, ends=rule.name)
        if self.office.procedure.may["reply"].roles:
            yield Move(f"{rule.name}:disagreed", ASKED, disagreed, ends=rule.name)
        if rule.silence == "continue" and rule.close.at_due and rule.due is not None:
            silent = partial(self._due, f"close:{rule.name}")
            yield Move(f"{rule.name}:silent", ENGINE, silent, ends=rule.name)

    def _answered(self, rule: RoundRule, line: dict[str, Any], opinion: str) -> None:
        """Everybody answers as long as the round runs; a first disagreement is replied to."""
        office, asked = self.office, self._tasks("ask", line["round_id"])
        for task in asked:
            if self._is_open(line):
                said, opinion = opinion, "agree"
                by, ground = self._speaker(rule, task["seat"])
                note = "Lý do" if said == "disagree" else None
                answer = Answer(rule.name, said, task["seat"], note=note, ground=ground)
                office.act(self.dossier, answer, by)
                if said == "disagree":
                    reply = Reply(rule.name, task["seat"], note="Trả lời")
                    office.act(self.dossier, reply, office.procedure.may["reply"].roles[0])
        if self._is_open(line) and rule.close.by is not None:
            office.act(self.dossier, Close(rule.name), rule.close.by)

    def _speaker(self, rule: RoundRule, text: str) -> tuple[str, Paper | None]:
        """Who answers for a seat, and the letter it takes where the round wants its number."""
        seat = Seat.parse(text)
        if seat.person is not None:
            return seat.person, None
        if seat.unit is None or rule.confirm is None:
            role = seat.role
            return (self.office.cast.at(role, seat.unit) if seat.unit else role), None
        numbered = Paper(number="9", symbol="CV", signed_on=self.office.today, signer="C")
        ground = numbered if rule.confirm.numbered else None
        return self.office.cast.at(rule.confirm.role, seat.unit), ground

    def _posted(self, rule: RoundRule, line: dict[str, Any]) -> None:
        """The proof comes; where the due has passed already, the round is over with it."""
        assert rule.proof is not None
        kind = self.office.procedure.documents[rule.proof]
        if kind.source == "dossier":
            role = self.office.procedure.may["attach"].roles[0]
            self.office.act(self.dossier, paper(kind.name), role)
        if not self._is_open(line):
            return
        if rule.close.by is not None:
            self.office.act(self.dossier, Close(rule.name), rule.close.by)
        else:
            self._due(f"close:{rule.name}")

    def _ballot(self, rule: RoundRule, line: dict[str, Any]) -> Iterator[Move]:
        role = rule.close.by or ENGINE
        if line["outcome"] == "tie":
            assert rule.voters is not None
            assert rule.voters.chair is not None
            for choice in ("for", "against"):
                named = f"{rule.name}:chair_{choice}"
                yield self._act(named, rule.voters.chair, BreakTie(rule.name, choice))
            return
        voters = self._tasks("vote", line["round_id"])
        counts = {"for": len(voters), "against": 0}
        if rule.tie == "chair" and len(voters) % 2 == 0:
            counts["tie"] = len(voters) // 2
        for name, votes_for in counts.items():
            do = partial(self._voted, rule, voters, votes_for)
            yield Move(f"{rule.name}:{name}", role, do, ends=rule.name)

    def _voted(self, rule: RoundRule, voters: list[dict[str, Any]], votes_for: int) -> None:
        """Everybody votes, on paper where that is a way; the teller closes; groups are ranked."""
        office, many = self.office, len(voters)
        assert rule.close.by is not None
        own = next((way for way in ("electronic", "written") if way in rule.ways), "electronic")
        counts, way = None, next((w for w in ("paper", "show_of_hands") if w in rule.ways), None)
        if way is not None:
            counts = Counts(entitled=many, present=many, issued=many, returned=many, valid=many,
                            votes_for=votes_for, votes_against=many - votes_for)  # fmt: skip
        for number, task in enumerate(voters if counts is None else ()):
            choice = "for" if number < votes_for else "against"
            cast = Cast(rule.name, choice, task["seat"], own)
            office.act(self.dossier, cast, task["seat"].partition(":")[2])
        office.act(self.dossier, Close(rule.name, counts, way), rule.close.by)
        for round_id in office.wf.rounds.waiting(office.db):
            office.wf.rounds.settle(office.db, round_id, now=office.clock())

    def _due(self, what: str) -> None:
        """Let the time pass that the clock waits for."""
        mine = {"dossier_id": self.dossier, "kind": "effect", "what": what}
        tasks = self.office.rows(self.office.wf.tables.task, **mine, status="open")
        assert tasks, f"nothing waits for {what}"
        self.office.pass_until(_instant(max(task["due_at"] for task in tasks)))

    def _tasks(self, kind: str, round_id: str) -> list[dict[str, Any]]:
        mine = {"dossier_id": self.dossier, "kind": kind, "round_id": round_id, "status": "open"}
        return sorted(self.office.rows(self.office.wf.tables.task, **mine), key=lambda t: t["n"])

    def _is_open(self, line: dict[str, Any]) -> bool:
        key = {"dossier_id": self.dossier, "round_id": line["round_id"]}
        (now,) = self.office.rows(self.office.wf.tables.line, **key)
        return now["closed_n"] is None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text) + timedelta(minutes=1)
