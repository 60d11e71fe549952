"""The model: what an office's dossiers, meetings and decisions come to, in dicts and lists.

It reads the procedure as plain words and knows the rules from the pages under docs/; it shares
nothing with the engine but the commands that are put to both.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.acts import ACTS
from figures.evidence.model.book import Decision, Meeting
from figures.evidence.model.case import Case, No, Turn, World, blank, is_due
from figures.evidence.model.flow import advance, expire
from figures.evidence.model.lasting import reproject
from figures.evidence.model.ranking import places
from figures.evidence.model.voting import settle
from thidua import Answer, Fire, Paper, Revoke
from thidua.workflow.command import PutOff, PutTo

Codes = frozenset[str]
DONE: Codes = frozenset()
SUBMISSIONS = ("s1", "s2")


@dataclass
class Reference:
    """Each method is one act, and gives the codes against it; none when it is done."""

    world: World = field(default_factory=lambda: World(book.days()))
    cases: dict[str, Case] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)

    def copied(self) -> "Reference":
        """A copy that goes on alone; acts put another dossier in the place of the one there."""
        w = self.world
        shared = copy.deepcopy((w.meetings, w.decisions))
        return Reference(World(w.days, {**w.rounds}, *shared), {**self.cases}, {*self.confirmed})

    def confirm(self, version: str, now: datetime) -> Codes:  # noqa: ARG002 -- as all acts
        """What a version assumes is confirmed."""
        self.confirmed.add(version)
        return DONE

    def _must_be_confirmed(self, command: Any) -> None:
        kind = type(command).__name__
        if kind not in ("Create", "Migrate"):
            return
        by_key = {key: version for version, key in book.VERSIONS.items()}
        version = "1" if kind == "Create" else by_key.get(command.onto)
        if version is None:
            raise No("unknown-procedure")
        if version not in self.confirmed:
            raise No("assumed")

    def act(
        self, key: str, command: Any, actor: str, now: datetime, *, for_: str | None = None,
        command_id: str | None = None, expect: int | None = None,
    ) -> Codes:  # fmt: skip
        """An act of a dossier."""
        try:
            self._act(key, command, (actor, for_), now, command_id, expect)
        except No as no:
            return no.codes
        return DONE

    def _act(
        self, key: str, command: Any, by: tuple[str, str | None], now: datetime,
        command_id: str | None, expect: int | None,
    ) -> None:  # fmt: skip
        kind = type(command).__name__
        case = self.cases.get(key)
        if kind == "Transfer":
            self._under(command)
        if case is not None and command_id in case.commands:
            if case.commands[command_id] != (*by, command):
                raise No("command-reused")
            return
        self._must_be_confirmed(command)
        fresh = case is None or kind == "Create"
        start = case if case is not None and not fresh else blank(key, command)
        turn = Turn(self.world, start, command, *by, now)
        if expect is not None and expect != start.version and not fresh:
            raise No("stale")
        happened = getattr(command, "happened_at", None)
        turn.no("happened-later", happened is not None and happened > now)
        ACTS[kind](turn, command)
        self._end(turn, command_id, new=kind == "Create")

    @staticmethod
    def _under(command: Any) -> None:
        """The submissions are there; who may is the dossier's to say."""
        if command.submission not in (None, *SUBMISSIONS):
            raise No("unknown-submission")

    def _end(self, t: Turn, command_id: str | None = None, *, new: bool = False) -> None:
        if t.role is not None:
            t.case.acted.setdefault(t.role, set()).update(t.hands())
        advance(t)
        t.stop()
        if new and t.case.key in self.cases:
            raise No("dossier-exists")
        t.case.version += t.changed
        if command_id is not None:
            t.case.commands[command_id] = (t.actor, t.for_, t.command)
        signed = self.world.decisions.get(getattr(t.command, "decision", None) or "")
        if signed is not None and signed.status == "numbered" and t.case.key in signed.lines:
            signed.lines[t.case.key][2] = True
        self.world.rounds |= t.opened
        self.cases[t.case.key] = t.case

    def day_off(self, on: date, now: datetime) -> Codes:
        """A day becomes a day off; dues that rest on it move, dossier after dossier."""
        days = self.world.days
        self.world.days = replace(days, off=days.off | {on}, worked=days.worked - {on})
        for key in sorted(self.cases):
            turn = Turn(self.world, self.cases[key], None, "engine", None, now)
            try:
                reproject(turn)
            except No:
                continue
            self._end(turn)
        return DONE

    def answer_list(
        self, round_: str, seat: str, opinion: str, actor: str, now: datetime
    ) -> Codes:  # fmt: skip
        """One answer for a whole list: a refused line does not stop the others."""
        name, _, seq = round_.rpartition("/")
        if int(seq) > self.world.rounds.get(name, 0):
            return frozenset({"unknown-round"})
        if not book.sits(actor, seat):
            return frozenset({"not-your-seat"})
        listed = sorted(
            key for key, case in self.cases.items()
            if any(j.round == round_ and j.seat == seat and j.kind == "ask"
                   for j in case.jobs.values())
        )  # fmt: skip
        if not listed:
            return frozenset({"seat-not-asked"})
        answer = Answer(round_, opinion, seat, note="Ý kiến")
        told = {key: self.act(key, answer, actor, now) for key in listed}
        return frozenset(f"{key}:{code}" for key, codes in told.items() for code in codes)

    def tick(self, now: datetime) -> Codes:
        """All that is due comes: what the clock does by itself."""
        for key, round_, outcome in places(self.cases):
            turn = Turn(self.world, self.cases[key], None, "engine", None, now)
            settle(turn, turn.line_of(round_), outcome)
            self._end(turn)
        due = [(key, job.n) for key, case in self.cases.items() for job in case.jobs.values()
               if is_due(job, now)]  # fmt: skip
        for key, n in sorted(due):
            turn = Turn(self.world, self.cases[key], None, "engine", None, now)
            try:
                expire(turn, turn.case.jobs[n])
            except No:
                continue
            self._end(turn)
        return DONE

    # Meetings.

    def _may(self, actor: str, act: str) -> None:
        if not {role for role, _ in book.PEOPLE[actor]} & set(book.may(act)):
            raise No("not-allowed")

    def _sits(self, meeting: str, *only: str) -> Meeting:
        found = self.world.meetings[meeting]
        if found.status not in (only or ("called", "open")):
            raise No("meeting-status")
        return found

    def meet(self, meeting: str, held_on: date, actor: str, now: datetime) -> Codes:
        """A meeting is called."""
        return self._told(self._meet, meeting, held_on, actor, now)

    def _meet(self, meeting: str, held_on: date, actor: str, _now: datetime) -> None:
        self._may(actor, "meet")
        self.world.meetings[meeting] = Meeting(held_on)

    def attend(self, meeting: str, there: dict[str, str], actor: str, now: datetime) -> Codes:
        """Who is there."""
        return self._told(self._attend, meeting, there, actor, now)

    def _attend(self, meeting: str, there: dict[str, str], actor: str, now: datetime) -> None:
        self._may(actor, "meet")
        held = self._sits(meeting)
        self._on_its_day(held, now)
        if set(there) - self._voters(meeting):
            raise No("not-on-council")
        held.there |= there

    def _on_its_day(self, meeting: Meeting, now: datetime) -> None:
        if local_date(now) < meeting.held_on:
            raise No("meeting-too-early")

    def _voters(self, meeting: str) -> set[str]:
        return {job.seat for case in self.cases.values() for line in case.lines
                if line.meeting == meeting for job in case.jobs.values()
                if job.round == line.round and job.kind == "vote"}  # fmt: skip

    def preside(self, meeting: str, who: str, actor: str, now: datetime) -> Codes:
        """Who presides."""
        return self._told(self._preside, meeting, who, actor, now)

    def _preside(self, meeting: str, who: str, actor: str, _now: datetime) -> None:
        self._may(actor, "meet")
        self._sits(meeting).presides = who

    def begin(self, meeting: str, actor: str, now: datetime) -> Codes:
        """It begins."""
        return self._told(self._begin, meeting, actor, now)

    def _begin(self, meeting: str, actor: str, now: datetime) -> None:
        self._may(actor, "meet")
        held = self._sits(meeting, "called")
        self._on_its_day(held, now)
        if not held.there:
            raise No("meeting-without-attendance")
        if not any(held.there.get(seat) == "present" for seat in self._voters(meeting)):
            raise No("meeting-without-quorum")
        held.status = "open"

    def conclude(self, meeting: str, actor: str, now: datetime) -> Codes:
        """It is over."""
        return self._told(self._conclude, meeting, actor, now)

    def _conclude(self, meeting: str, actor: str, _now: datetime) -> None:
        self._may(actor, "meet")
        held = self._sits(meeting)
        lines = (line for case in self.cases.values() for line in case.lines)
        if any(line.meeting == meeting and line.closed is None for line in lines):
            raise No("meeting-ballots-open")
        held.status = "closed"

    def bring(
        self, meeting: str, key: str, trigger: str | None, actor: str, now: datetime
    ) -> Codes:  # fmt: skip
        """A case is added in the room."""
        command = (
            PutTo("vote", meeting, note="Bổ sung")
            if trigger is None
            else Fire(trigger, meeting=meeting, note="Bổ sung")
        )
        return self._told(self._case, meeting, key, command, actor, now)

    def defer(self, meeting: str, key: str, to: str | None, actor: str, now: datetime) -> Codes:
        """A case is put off to another meeting, or taken off."""
        command = PutOff("vote", to, note="Hoãn")
        return self._told(self._case, meeting, key, command, actor, now)

    def _case(self, meeting: str, key: str, command: Any, actor: str, now: datetime) -> None:
        self._may(actor, "meet")
        self._sits(meeting)
        lines = self.cases[key].lines
        here = any(line.meeting == meeting and line.closed is None for line in lines)
        if isinstance(command, PutOff) and not here:
            raise No("case-elsewhere")
        self._act(key, command, (actor, None), now, None, None)

    # Decisions.

    def draft(self, decision: str, lines: dict[str, str], actor: str, now: datetime) -> Codes:
        """A decision is drawn up: each line keeps where its dossier's log ended."""
        return self._told(self._draft, decision, lines, actor, now)

    def _draft(self, decision: str, lines: dict[str, str], actor: str, _now: datetime) -> None:
        self._may(actor, "draft")
        seen = {key: [trigger, len(self.cases[key].log), False] for key, trigger in lines.items()}
        self.world.decisions[decision] = Decision(seen)

    def number(self, decision: str, paper: Paper, actor: str, now: datetime) -> Codes:
        """The registry's number is entered."""
        return self._told(self._number, decision, paper, actor, now)

    def _number(self, decision: str, paper: Paper, actor: str, now: datetime) -> None:
        self._may(actor, "number")
        found = self.world.decisions[decision]
        if found.status != "drafted":
            raise No("decision-numbered")
        if paper.number is None:
            raise No("decision-unsigned")
        if paper.signed_on is not None and paper.signed_on > local_date(now):
            raise No("signed-later")
        found.status, found.paper = "numbered", paper

    def strike(self, decision: str, keys: Iterable[str], actor: str, now: datetime) -> Codes:
        """Open lines are taken out."""
        return self._told(self._lines, decision, keys, actor, now, strikes=True)

    def look_again(self, decision: str, keys: Iterable[str], actor: str, now: datetime) -> Codes:
        """The signer has seen how the dossiers stand now."""
        return self._told(self._lines, decision, keys, actor, now, strikes=False)

    def _lines(
        self, decision: str, keys: Iterable[str], actor: str, _now: datetime, *, strikes: bool
    ) -> None:  # fmt: skip
        self._may(actor, "draft")
        lines = self.world.decisions[decision].lines
        for key in keys:
            if key not in lines or lines[key][2]:
                raise No("unknown-line")
        for key in keys:
            if strikes:
                del lines[key]
            else:
                lines[key][1] = len(self.cases[key].log)

    def apply_line(self, decision: str, key: str, actor: str, now: datetime) -> Codes:
        """A line is carried out, once."""
        return self._told(self._apply, decision, key, actor, now)

    def _apply(self, decision: str, key: str, actor: str, now: datetime) -> None:
        found = self.world.decisions[decision]
        if key not in found.lines:
            raise No("unknown-line")
        if found.status == "drafted":
            raise No("decision-unsigned")
        trigger = found.lines[key][0]
        command = (
            Revoke(decision, ground=found.paper)
            if trigger == "revoke"
            else Fire(trigger, decision=decision, ground=found.paper)
        )
        self._act(key, command, (actor, None), now, f"decision:{decision}", None)

    def finish(self, decision: str, actor: str, now: datetime) -> Codes:
        """After the last line the decision is sealed."""
        return self._told(self._finish, decision, actor, now)

    def _finish(self, decision: str, actor: str, _now: datetime) -> None:
        self._may(actor, "draft")
        found = self.world.decisions[decision]
        if found.status == "numbered" and all(line[2] for line in found.lines.values()):
            found.status = "applied"

    @staticmethod
    def _told(work: Any, *args: Any, **terms: Any) -> Codes:
        try:
            work(*args, **terms)
        except No as no:
            return no.codes
        return DONE
