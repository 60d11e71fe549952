"""The model: what an office's dossiers, meetings and decisions come to, in dicts and lists.

It reads the procedure as plain words and knows the rules from the pages under docs/; it shares
nothing with the engine but the commands that are put to both.
"""

import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from figures.evidence.model import book
from figures.evidence.model.acts import ACTS
from figures.evidence.model.case import No, Turn, blank
from figures.evidence.model.decisions import Decisions
from figures.evidence.model.flow import advance, expire
from figures.evidence.model.lasting import reproject
from figures.evidence.model.meetings import Meetings
from figures.evidence.model.ranking import places
from figures.evidence.model.registers import DONE, Codes
from figures.evidence.model.voting import settle
from figures.evidence.model.world import World, is_due
from thidua import Answer

SUBMISSIONS = ("s1", "s2")


@dataclass
class Reference(Meetings, Decisions):
    """Each method is one act, and gives the codes against it; none when it is done."""

    confirmed: set[str] = field(default_factory=set)

    def copied(self) -> "Reference":
        """A copy that goes on alone; acts put another dossier in the place of the one there."""
        w = self.world
        shared = copy.deepcopy((w.meetings, w.decisions))
        world = World(w.days, {**w.rounds}, *shared, w.keeps)
        return Reference(world, {**self.cases}, {*self.confirmed})

    def confirm(self, version: str, now: datetime) -> Codes:  # noqa: ARG002 -- as all acts
        """What a version assumes is confirmed."""
        self.confirmed.add(version)
        return DONE

    def keep(self, years: int | None, actor: str, now: datetime) -> Codes:
        """How long dossiers are kept is confirmed; None is for good."""
        return self._told(self._keep, years, actor, now)

    def _keep(self, years: int | None, actor: str, _now: datetime) -> None:
        self._may(actor, "redact")
        self.world.keeps = (years,)

    def lose(self, key: str, now: datetime) -> Codes:  # noqa: ARG002 -- as all acts
        """The keys of its boxes are gone."""
        case = self.cases[key].copied()
        case.keyless |= {round_ for round_, _, _ in case.slips}
        self.cases[key] = case
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
