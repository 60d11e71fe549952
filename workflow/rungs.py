"""What a ladder says when its time has come: which rungs passed, to whom, in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from thidua.workflow.calendar import Calendar
from thidua.workflow.change import Notice
from thidua.workflow.debt import DEBT, condition_title
from thidua.workflow.dossier import Dossier, Task
from thidua.workflow.due import Offset, remaining, rung_at
from thidua.workflow.dues import next_rung
from thidua.workflow.ladder import Rung
from thidua.workflow.person import Seat
from thidua.workflow.procedure import Label, Procedure
from thidua.workflow.promise import over_at, promised_until
from thidua.workflow.wording import LANGUAGES, say

Status = Literal["due", "held", "paper"]
"""What becomes of a reminder: written at once, kept for an officer's word, phoned or on paper."""

_BY_HAND = ("phone", "letter")
_RUNGS, _TASKS = 100, 100_000
"""Bounds of the numbers that `occurrence` holds side by side."""
_BROKEN, _LATE = _RUNGS - 1, _RUNGS - 2


@dataclass(frozen=True, slots=True)
class Reminder:
    """The notice of a rung, and what is to become of it."""

    notice: Notice
    status: Status


@dataclass(frozen=True, slots=True)
class Fired:
    """A task's ladder at an instant: its next rung and wake-up, and the reminders now due."""

    rung: int
    wake_at: datetime | None
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class _Passed:
    number: int
    rung: Rung
    at: datetime
    seat: str
    status: Status


def fire(
    procedure: Procedure,
    calendar: Calendar,
    dossier: Dossier,
    task: Task,
    *,
    now: datetime,
    last_at: datetime | None = None,
) -> Fired:
    """What the rungs passed at `now` bring; `last_at` is when the clock was last known to run.

    Each seat gets one notice, that of its latest rung. Rungs of earlier days are named in it with
    the time the clock stood still: nothing is missed silently and nobody gets two. A ladder moved
    into the future brings nothing but its next wake-up. What a promise kept quiet is told when the
    promise is over, to the seat that gave it in any case. Pure; `NoCalendar` where that ends.
    """
    rung, wake_at = next_rung(procedure, calendar, task, now)
    over = over_at(task, calendar)
    if over is not None and over > now:
        return Fired(rung, wake_at)
    seats: dict[str, list[_Passed]] = {}
    for passed in _passed(procedure, calendar, dossier, task, now):
        seats.setdefault(passed.seat, []).append(passed)
    holder = holder_of(task)
    if over is not None and over == task.wake_at and not {holder, task.seat} & seats.keys():
        seats[holder] = [_beside(_BROKEN, calendar, task, holder, over)]
    if not seats and _late_from_the_start(task):
        seats[holder] = [_beside(_LATE, calendar, task, holder, now)]
    writer = _Writer(procedure, calendar, dossier, task, now, last_at)
    return Fired(rung, wake_at, tuple(writer.reminder(group) for group in seats.values()))


def _passed(
    procedure: Procedure, calendar: Calendar, dossier: Dossier, task: Task, now: datetime
) -> Iterable[_Passed]:
    if task.ladder is None or task.due_on is None:
        return
    for number, rung in enumerate(procedure.ladders[task.ladder].rungs):
        at = rung_at(calendar, task.due_on, rung.offset)
        if number >= task.rung and at <= now:
            seat, status = _addressed(procedure, dossier, task, rung)
            yield _Passed(number, rung, at, seat, status)


def _late_from_the_start(task: Task) -> bool:
    """Whether the clock was woken by no rung, but by a due that was over as it began."""
    begun, due = task.wake_at, task.due_at
    return task.outcome is None and begun is not None and due is not None and due <= begun


def _beside(number: int, calendar: Calendar, task: Task, seat: str, at: datetime) -> _Passed:
    """A rung that no ladder has: for a promise not kept, for a due that was over as it began."""
    assert task.due_on is not None
    days = calendar.between(task.due_on, calendar.legal_date(at))
    return _Passed(number, Rung(Offset(days)), at, seat, "due")


def _addressed(
    procedure: Procedure, dossier: Dossier, task: Task, rung: Rung
) -> tuple[str, Status]:
    """Whom a rung speaks to, and how."""
    asked = Seat.parse(task.seat)
    own = holder_of(task)
    seat = own if rung.to == "asked" else _above(procedure, dossier, asked, rung)
    # Nobody knows whose head is meant where no unit is asked, and the role alone is every head.
    if seat is None or rung.kind in _BY_HAND:
        return seat or task.seat, "paper"
    free = rung.kind == "mail" and (rung.send or seat in (own, task.seat))
    return seat, "due" if free else "held"


def _above(procedure: Procedure, dossier: Dossier, asked: Seat, rung: Rung) -> str | None:
    """The seat of the head, or of the role, that a rung speaks to."""
    if rung.to == "head":
        leading = (role.name for role in procedure.roles.values() if role.leads)
        seat = Seat(next(leading, rung.to), unit=asked.unit)
        return str(seat) if asked.unit is not None else None
    declared = procedure.roles.get(rung.to)
    own = dossier.unit if declared is not None and declared.own_unit else None
    return str(Seat(rung.to, unit=own or None))


def holder_of(task: Task) -> str:
    """On whose desk the task lies: the person it was given to, else the seat."""
    if task.holder is None:
        return task.seat
    return str(Seat(Seat.parse(task.seat).role, person=task.holder))


def occurrence(due_on: date, task: int, rung: int) -> int:
    """The number that makes a rung's notice unique: below 0, where no event's number is.

    Read from the right: two digits of the rung, five of the task, then the due date. With the
    date in it an extended due reminds anew; without it a claim repeated after a race could not.

    >>> occurrence(date(2018, 7, 13), 4, 2)
    -201807130000402
    """
    day = due_on.year * 10_000 + due_on.month * 100 + due_on.day
    return -((day * _TASKS + task % _TASKS) * _RUNGS + rung % _RUNGS)


@dataclass(frozen=True, slots=True)
class _Writer:
    procedure: Procedure
    calendar: Calendar
    dossier: Dossier
    task: Task
    now: datetime
    last_at: datetime | None

    def reminder(self, group: list[_Passed]) -> Reminder:
        """One notice for the seat of `group`, whose rungs are in order."""
        latest, task = group[-1], self.task
        promised = promised_until(task.outcome)
        assert task.due_on is not None
        today = self.calendar.legal_date(self.now)
        over = over_at(task, self.calendar)
        # What a promise kept quiet was not missed.
        since = group[0].at if over is None else over
        missed = [e for e in group if self.calendar.legal_date(e.at) < today and e.at >= since]
        own = latest.seat in (task.seat, holder_of(task))
        hours = self.procedure.ladders[task.ladder].hours if task.ladder else None
        rung = {**self._named(latest), "kind": latest.rung.kind, "to": latest.rung.to}
        context = {
            **about(self.procedure, self.dossier),
            **self._task(today),
            "rung": rung if hours is None else {**rung, "hours": hours.plain()},
            **(self._stop(missed) if missed else {}),
            **({"promised_on": promised.isoformat()} if promised else {}),
        }
        # A promise has its own day in the key: the next one that is broken is told anew.
        keyed = self.calendar.legal_date(latest.at) if latest.number == _BROKEN else task.due_on
        notice = Notice(
            matter_of(self.dossier, task),
            occurrence(keyed, task.n, latest.number),
            latest.seat,
            ("catch_up" if missed else "reminder") if own else "escalation",
            context,
            until=task.n,
            pace="urgent" if latest.rung.urgent else "own" if hours else None,
        )
        return Reminder(notice, latest.status)

    def _task(self, today: date) -> dict[str, Any]:
        task = self.task
        assert task.due_on is not None
        asking = self.procedure.rounds.get(task.what) if task.kind == "ask" else None
        return {
            **titles(self.procedure, task),
            "asked": task.seat,
            "due_on": task.due_on.isoformat(),
            "days_left": remaining(self.calendar, today, task.due_on),
            "as_of_on": today.isoformat(),
            "silence": asking.silence if asking else None,
        }

    def _named(self, passed: _Passed) -> dict[str, Any]:
        on = self.calendar.legal_date(passed.at)
        return {"title": rung_title(passed.rung.offset), "on": on.isoformat()}

    def _stop(self, missed: list[_Passed]) -> dict[str, Any]:
        first = min(each.at for each in missed)
        stopped = first if self.last_at is None else min(first, self.last_at)
        return {
            "skipped": [self._named(each) for each in missed],
            "stopped_at": stopped.isoformat(),
            "resumed_at": self.now.isoformat(),
        }


def matter_of(dossier: Dossier, task: Task) -> str:
    """What a task's notices are grouped by: its round, else what it is about in the campaign."""
    return task.round_id or f"{task.what}:{dossier.campaign or dossier.id}"


def titles(procedure: Procedure, task: Task) -> dict[str, Any]:
    """What a notice calls a task: its matter, its kind, and what is to be done."""
    code: str = task.kind
    if task.kind == "desk" and task.what not in procedure.states:
        code = "debt" if task.what.startswith(DEBT) else "supplement"
    label = _label(procedure, task)
    label = {lang: procedure.text(label, lang) for lang in LANGUAGES}
    doing = {lang: say(f"task-{code}", {"label": label[lang]}, lang) for lang in LANGUAGES}
    return {"matter_title": label, "task": task.kind, "task_title": doing}


def _label(procedure: Procedure, task: Task) -> Label:
    what = task.what
    if task.kind == "span":
        return procedure.states[procedure.spans[what].end].label
    if what.startswith(DEBT):
        return condition_title(procedure, what.removeprefix(DEBT))
    if task.kind == "desk":
        return procedure.states[what].label if what in procedure.states else procedure.title
    return procedure.rounds[what].label


def rung_title(offset: Offset) -> dict[str, str]:
    """A rung's place in words, in both languages."""
    days = offset.working_days
    code = "rung-on-the-day" if days == 0 else f"rung-{'after' if days > 0 else 'before'}"
    fields: dict[str, object] = {"count": abs(days), "offset": str(offset)}
    return {lang: say(code, fields, lang) for lang in LANGUAGES}


def about(procedure: Procedure, dossier: Dossier) -> dict[str, Any]:
    """What every notice says of its dossier; texts in all the procedure's languages."""
    return {
        "dossier": dossier.id,
        "candidate": dossier.candidate.name,
        "kind": dossier.candidate.kind,
        "unit": dossier.candidate.unit or dossier.unit,
        "award": dict(procedure.awards[dossier.award]),
        "procedure": dict(procedure.title),
        "procedure_hash": procedure.hash,
    }
