"""Meetings in the model: called, attended, moved, begun and over; cases that come and go."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model.case import No, Turn
from figures.evidence.model.lasting import remeet
from figures.evidence.model.registers import Codes, Registers
from figures.evidence.model.world import Meeting
from thidua import Fire
from thidua.workflow.command import PutOff, PutTo, Remeet


class Meetings(Registers):
    """Each method gives the codes against it; none when it is done."""

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

    def move(self, meeting: str, on: date, actor: str, now: datetime) -> Codes:
        """It is put on another day, and what counts back from it follows."""
        return self._told(self._move, meeting, on, actor, now)

    def _move(self, meeting: str, on: date, actor: str, now: datetime) -> None:
        self._may(actor, "meet")
        held = self.world.meetings[meeting]
        for code, wrong in (("meeting-begun", held.status != "called"),
                            ("meeting-past", on < local_date(now)),
                            ("meeting-same-day", on == held.held_on)):  # fmt: skip
            if wrong:
                raise No(code)
        moved = list(self._remet(Remeet(meeting, on), now))
        held.held_on = on
        for turn in moved:
            self._end(turn)

    def _remet(self, command: Remeet, now: datetime) -> Iterator[Turn]:
        for key in sorted(self.cases):
            turn = Turn(self.world, self.cases[key], command, "engine", None, now)
            try:
                remeet(turn, command)
            except No as no:
                if "dues-unmoved" not in no.codes:
                    raise
            else:
                yield turn

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
