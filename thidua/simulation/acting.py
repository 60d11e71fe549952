"""What people do with a dossier when its turn comes: answer, move on, return, supplement, reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from thidua.simulation.case import RUNNING, Case
from thidua.simulation.measures import Tally
from thidua.simulation.players import Players, drawn, weighed
from thidua.workflow.change import Change
from thidua.workflow.command import (
    Answer,
    BreakTie,
    Close,
    Command,
    Fire,
    Reply,
    Return,
    Supplement,
)
from thidua.workflow.decide import decide
from thidua.workflow.dossier import Document, Task
from thidua.workflow.errors import Reason, Refused, ThiduaError
from thidua.workflow.openings import may_open
from thidua.workflow.person import ENGINE, By, Held, Seat
from thidua.workflow.procedure import Transition
from thidua.workflow.view import Opening, Signed

After = Callable[[Case, Change, Sequence[tuple[Task | None, Task]], datetime], None]
NextDay = Callable[[date, int], date]
NOTE = "mô phỏng"
MISSING = ("document-missing", "field-missing")
LATER = 6
"""Meetings ahead that are tried when the next ones are too soon."""


@dataclass(slots=True)
class Acting:
    """Decides acts and counts what they come to; `after` plans what follows."""

    players: Players
    tally: Tally
    after: After

    def act(
        self, case: Case, command: Command, role: str, at: datetime, *, seat: Seat | None = None,
        signed: bool = False,
    ) -> tuple[Reason, ...]:  # fmt: skip
        """One act by a holder of a role, or by whoever sits on a seat; the reasons why not."""
        unit = seat.unit if seat is not None and seat.unit else case.dossier.unit
        held = frozenset({Held(role, seat.unit)}) if seat is not None else (
            self.players.held(role, unit))  # fmt: skip
        own = role in self.players.procedure.roles and self.players.procedure.roles[role].own_unit
        name = seat.person if seat is not None and seat.person else role
        actor = By(f"{name}@{unit}" if own and unit else name)
        decision = self._signed(case, command, at) if signed else None
        return self._decided(case, command, actor, held, at, decision)

    def engine(self, case: Case, command: Command, at: datetime) -> tuple[Reason, ...]:
        """An act of the engine itself."""
        return self._decided(case, command, By(ENGINE), frozenset(), at, None)

    def _decided(
        self, case: Case, command: Command, by: By, held: frozenset[Held], at: datetime,
        decision: Signed | None,
    ) -> tuple[Reason, ...]:  # fmt: skip
        rules, today = self.players.rules, self.players.calendar.legal_date(at)
        names = may_open(rules, command, case.dossier)
        openings = {name: self._opening(case, name, command, today) for name in names}
        known = {name: opening for name, opening in openings.items() if opening is not None}
        try:
            change = decide(rules, case.view(held, known, decision), command, by, at)
        except Refused as error:
            return error.reasons
        except ThiduaError as error:
            return (Reason(error.code),)
        self.take(case, change, at)
        return ()

    def take(self, case: Case, change: Change, at: datetime) -> None:
        """Apply and count a change, then plan what follows."""
        today = self.players.calendar.legal_date(at)
        self.tally.acts += 1
        moved = case.take(change)
        for entry in change.entries:
            to = entry.data.get("to")
            if to is not None and entry.act != "create":
                self._leave(case, str(entry.data["from"]), today)
            if to is not None:
                self.tally.enter(str(to), today)
            case.note(entry, today)
        for before, task in moved:
            ended = before is not None and before.status in RUNNING and task.status not in RUNNING
            if ended and task.due_on is not None and task.kind != "effect":
                self._ended(task, today)
        for notice in change.notices:
            self.tally.tell(notice, today)
        for line in change.lines_opened:
            self._prove(case, line.name)
        self.after(case, change, moved, at)

    def _leave(self, case: Case, state: str, today: date) -> None:
        self.tally.leave(state, self.players.calendar.between(case.since, today))
        case.since = today

    def _ended(self, task: Task, today: date) -> None:
        key = (task.kind, task.what, Seat.parse(task.seat).role)
        if task.status == "cancelled":
            return
        self.tally.done[key] += 1
        if task.status == "expired" and task.kind != "vote":
            self.tally.never[key] += 1
        elif task.due_on is not None and today > task.due_on:
            self.tally.late[key] += 1

    def _prove(self, case: Case, name: str) -> None:
        """A list that is posted gets its proof, when its due comes at the latest."""
        proof = self.players.procedure.rounds[name].proof
        if proof in self.players.procedure.documents:
            case.documents.append(paper(case.key, str(proof)))

    def _opening(self, case: Case, name: str, command: Command, today: date) -> Opening | None:
        rule, dossier = self.players.procedure.rounds[name], case.dossier
        meeting = getattr(command, "meeting", None)
        earlier = [line for line in case.lines.values() if line.name == name]
        meeting = meeting or (earlier[-1].meeting if earlier else None)
        if rule.gather == "meeting" and meeting is None:
            return None
        by = meeting if rule.gather == "meeting" else dossier.campaign or dossier.id
        key = f"{name}:{by}" + (f":{len(earlier)}" if earlier else "")
        on = date.fromisoformat(meeting) if meeting else None
        seats = self.players.seats(rule, case, today)
        return Opening(key, key, 1, seats, True, meeting, on)

    @staticmethod
    def _signed(case: Case, command: Command, at: datetime) -> Signed:
        decision = getattr(command, "decision", None) or "1"
        return Signed(decision, decision, at.date(), getattr(command, "trigger", ""),
                      case.dossier.count)  # fmt: skip

    def answer(self, case: Case, task: Task, at: datetime) -> None:
        """A seat's opinion, drawn."""
        chance = self.players.chance(case.number, "opinion", task.what, task.seat, task.opened_n)
        opinion = weighed(chance, self.players.behaviour.opinions, "agree")
        seat, line = Seat.parse(task.seat), case.line(task.what)
        if line is not None:
            command = Answer(line.round_id, opinion, task.seat, note=NOTE)
            self.act(case, command, seat.role, at, seat=seat)

    def desk(self, case: Case, task: Task, at: datetime, next_day: NextDay) -> None:
        """Whatever lies on a desk."""
        role, (what, _, name) = Seat.parse(task.seat).role, task.what.partition(":")
        if what == "supplement":
            self._supplement(case, role, at)
        elif what == "reply":
            self._reply(case, at)
        elif what == "tie":
            side = self.players.chance(case.number, task.what).choice(("for", "against"))
            self._or_stuck(case, self.act(case, BreakTie(case.lines[name].name, side), role, at))
        elif task.what == case.dossier.state:
            self._move_on(case, role, at, next_day)

    def _or_stuck(self, case: Case, why: tuple[Reason, ...]) -> None:
        case.stuck = why[0] if why else None

    def _move_on(self, case: Case, role: str, at: datetime, next_day: NextDay) -> None:
        """Take the step that is drawn; what stands in its way is seen to first."""
        step = self._step(case, role)
        if step is None:
            self._close(case, role, at)
            return
        why = self._fire(case, step, at, next_day)
        codes = {each.code for each in why}
        if codes & {*MISSING}:
            self._return(case, why, at)
        elif "disagreement-unanswered" in codes:
            self._reply(case, at)
            self._or_stuck(case, self._fire(case, step, at, next_day))
        else:
            self._or_stuck(case, why)

    def _step(self, case: Case, role: str) -> Transition | None:
        """A step that somebody takes from here: one that goes on, the desk's own before others'."""
        procedure, shares = self.players.procedure, self.players.behaviour.steps
        here = [t for t in procedure.transitions
                if case.dossier.state in t.source and t.by != ENGINE]  # fmt: skip
        here.sort(key=lambda step: step.by != role)
        chance = self.players.chance(case.number, "step", case.dossier.state)
        rare = [(step, shares[step.trigger]) for step in here if step.trigger in shares]
        usual = [step for step in here if step.trigger not in shares]
        onward = [step for step in usual if not step.note_required]
        return drawn(chance, *rare) or next(iter(onward or usual), None)

    def _fire(
        self, case: Case, step: Transition, at: datetime, next_day: NextDay
    ) -> tuple[Reason, ...]:
        procedure, today = self.players.procedure, self.players.calendar.legal_date(at)
        opens = [procedure.rounds[name] for name in procedure.states[step.dest].opens]
        meets = any(rule.gather == "meeting" for rule in opens)
        decision = "1" if step.decision_required else None
        why: tuple[Reason, ...] = ()
        for turn in range(LATER if meets else 1):
            meeting = next_day(today, turn).isoformat() if meets else None
            fire = Fire(step.trigger, meeting=meeting, decision=decision, note=NOTE)
            why = self.act(case, fire, step.by, at, signed=step.decision_required)
            if {each.code for each in why} != {"meeting-too-soon"}:
                break
        return why

    def _close(self, case: Case, role: str, at: datetime) -> None:
        """End what a person ends by hand; ballots are counted at their meeting."""
        for line in list(case.lines.values()):
            rule = self.players.procedure.rounds[line.name]
            if line.closed_n is None and rule.close.by == role and rule.kind != "ballot":
                self._or_stuck(case, self.act(case, Close(line.name), role, at))

    def _return(self, case: Case, why: tuple[Reason, ...], at: datetime) -> None:
        items = [
            str(r.fields.get("kind") or r.fields.get("field")) for r in why if r.code in MISSING
        ]
        roles = self.players.procedure.may["return"].roles
        if not roles:
            case.stuck = why[0]
            return
        self._or_stuck(case, self.act(case, Return(tuple(items), note=NOTE), roles[0], at))

    def _supplement(self, case: Case, role: str, at: datetime) -> None:
        procedure, items = self.players.procedure, case.dossier.pause_items
        case.documents += [paper(case.key, item) for item in items if item in procedure.documents]
        fields = {
            item: self.players.value(item, case.number) or "mô phỏng"
            for item in items
            if item in procedure.fields
        }
        self._or_stuck(case, self.act(case, Supplement(fields), role, at))

    def _reply(self, case: Case, at: datetime) -> None:
        roles = self.players.procedure.may["reply"].roles
        for task in case.disagreeing() if roles else ():
            round_id = str(task.round_id)
            self._or_stuck(
                case, self.act(case, Reply(round_id, task.seat, note=NOTE), roles[0], at)
            )


def paper(owner: str, kind: str) -> Document:
    """A document of a kind."""
    return Document(owner, kind, 1, "00" * 32, 1, "text/plain", kind)
