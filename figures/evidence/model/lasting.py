"""The model's acts about time and debts: what gets more time, what is set aside for later."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from figures.clock.arithmetic_oracle import over_at
from figures.evidence.model import book
from figures.evidence.model.asking import anew
from figures.evidence.model.case import SILENT, No, Turn
from figures.evidence.model.flow import expect_end, unmet
from figures.evidence.model.world import Counted, Job, Line


def again(job: Job, due: date | None) -> None:
    """A seat is asked once more."""
    job.status, job.outcome, job.answered, job.closed, job.due = "open", None, False, None, due


def extend(t: Turn, c: Any) -> None:
    """More time, until a day."""
    t.right("extend")
    if t.case.pause != "return" or c.round or c.span or c.seat:
        t.running()
    t.no("note-missing", not c.note)
    t.no("until-past", c.until_on <= t.today)
    t.no("extend-what", (c.span and c.round) or (c.seat and not c.round))
    t.stop()
    due = t.world.days.next_open(c.until_on)
    if c.round is not None:
        _extend_round(t, c, t.line_of(c.round), due)
        return
    if c.span is not None and c.span not in book.RULES["spans"]:
        raise No("unknown-span")
    mine = [j for j in t.jobs() if j.due is not None and _named(t, c, j)]
    later = [j for j in mine if j.due is not None and j.due < due]
    t.no("no-such-due", not mine)
    t.no("not-later", mine and not later)
    t.stop()
    t.wrote("extend")
    for job in later:
        _move(job, due)


def _named(t: Turn, c: Any, job: Job) -> bool:
    if c.span is not None:
        return job.kind == "span" and job.what == c.span
    if t.case.pause is not None:
        return job.what == "supplement"
    return job.kind in ("desk", "effect") and (
        job.what == t.case.state or job.what.startswith("fire:")
    )


def _move(job: Job, due: date) -> None:
    job.due, job.counted = due, Counted("till", due)
    if job.outcome == "blocked":
        job.outcome = None


def _extend_round(t: Turn, c: Any, line: Line, due: date) -> None:
    kinds = ("effect",) if line.name == "posting" else ("ask", "vote")
    jobs = [j for j in t.jobs(*kinds, of=line.round) if c.seat in (None, j.seat)]
    t.no("clock-stopped", jobs and all(j.status == "paused" for j in jobs))
    running = [j for j in jobs if j.status == "open"]
    closed = line.closed is not None
    silent = [] if running or (closed and line.outcome != "expired") else [
        j for j in t.case.jobs.values() if j.round == line.round and j.kind == "ask"
        and j.outcome in SILENT and c.seat in (None, j.seat) and (closed or c.seat)]  # fmt: skip
    t.no("nothing-to-extend", not running and not silent and not t.why)
    later = [j for j in running if j.due is not None and j.due < due]
    t.no("not-later", running and not later)
    for job in silent:
        anew(t, line, job.seat)
    t.stop()
    t.wrote("extend")
    for job in silent:
        again(job, due)
        job.counted = Counted("till", due)
    if silent and closed:
        line.closed = line.outcome = None
    for job in later:
        _move(job, due)
    expect_end(t, line, (later + silent)[0])


def waive(t: Turn, c: Any) -> None:
    """A condition is set aside until a day, for somebody to make good."""
    role = book.RULES["may"]["waive"].get(c.condition)
    if role is None:
        t.no("not-waivable")
    else:
        t.need(role)
    t.not_final()
    t.no("ground-missing", c.ground is None)
    what = f"debt:{c.condition}"
    debt = next((j for j in t.jobs("desk") if j.what == what), None)
    t.no("not-later", c.until_on <= max(t.today, debt.due if debt and debt.due else t.today))
    t.stop()
    waived = c.condition in t.case.waived
    ended = any(j.what == what and j is not debt for j in t.case.jobs.values())
    t.no("waived-already", waived and debt is None and ended)
    t.no("nothing-to-waive", not waived and not unmet(t, c.condition))
    t.stop()
    t.wrote("waive")
    if not waived:
        t.change(waived=[*t.case.waived, c.condition])
    due = t.world.days.next_open(c.until_on)
    owes = "reply" if c.condition.endswith("disagreements_answered") else "supplement"
    if debt is None:
        t.open("desk", what, t.own(book.may(owes)[0]), due)
    else:
        debt.due, debt.counted = due, Counted("till", due)


def redeem(t: Turn, c: Any) -> None:
    """What was owed has been made good by other means."""
    t.right("redeem")
    t.no("ground-missing", c.ground is None)
    debt = next((j for j in t.jobs("desk") if j.what == f"debt:{c.condition}"), None)
    t.no("no-such-debt", debt is None)
    t.stop()
    assert debt is not None
    t.wrote("redeem")
    t.end(debt, "done", "redeemed")
    t.changed = True


def migrate(t: Turn, c: Any) -> None:
    """The dossier goes on under another version of the procedure."""
    second = c.onto == book.VERSIONS["2"]
    t.no("migrated-already", second == t.case.moved_over)
    t.stop()
    t.need(*(("officer",) if second else ()))
    if t.case.state in book.FINAL:
        t.not_final()
        t.stop()
    t.no("migrate-ground", c.ground is None)
    t.stop()
    t.wrote("migrate")
    t.change(moved_over=second, came_from=None)
    for line in t.case.lines:
        if line.name == "opinions" and line.closed is None:
            _end_anew(t, line)


def _end_anew(t: Turn, line: Line) -> None:
    """The clock's close of an asking, after the last of those asked still."""
    asked = [j for j in t.jobs("ask", of=line.round) if j.due is not None]
    for end in t.jobs("effect", of=line.round):
        if not asked:
            t.end(end, "cancelled", "migrated")
            continue
        last = max(asked, key=lambda job: job.due or date.min)
        counted = (last.counted or Counted("till", last.due or date.min))._replace(post=2)
        if end.due != (due := counted.again(t.world.days)):
            end.due, end.counted = due, counted
            if end.status == "paused" and due and t.case.pause and t.case.paused_on:
                end.left = t.world.days.left(t.case.paused_on, due)


def remeet(t: Turn, c: Any) -> None:
    """Dues that count back from a meeting follow it; the clock's alone."""
    if t.actor != "engine":
        t.need("engine")
        t.stop()
    moved = dict(_shifted(t, c.meeting, c.held_on))
    if not moved:
        raise No("dues-unmoved")
    t.no("meeting-too-soon", any(_too_soon(t, n, due) for n, due in moved.items()))
    t.stop()
    t.wrote("remeet")
    for n, due in moved.items():
        job = t.case.jobs[n]
        job.due, job.counted = due, Counted("before", c.held_on, book.BEFORE[job.what])


def _shifted(t: Turn, meeting: str, on: date) -> Iterator[tuple[int, date]]:
    here = {line.round for line in t.case.lines if line.meeting == meeting}
    for job in t.jobs("vote"):
        counts_back = job.counted is not None and job.counted.how == "before"
        if job.round in here and job.status == "open" and counts_back:
            due = t.world.days.begin(on, book.BEFORE[job.what], "working days")
            if due != job.due:
                yield job.n, due


def _too_soon(t: Turn, n: int, due: date) -> bool:
    return due < t.today and due < (t.case.jobs[n].due or date.min)


def reproject(t: Turn) -> None:
    """Dues are counted anew by other days; none is moved back into the past."""
    moved = {}
    for job in t.case.jobs.values():
        if job.status == "open" and job.due is not None and job.counted is not None:
            due = job.counted.again(t.world.days)
            if due is not None and due != job.due and (due >= t.today or due > job.due):
                moved[job.n] = due
    if not moved:
        raise No("dues-unmoved")
    t.wrote("reproject")
    t.case.beside.add((t.n, "note"))  # the document that orders the correction
    for n, due in moved.items():
        job = t.case.jobs[n]
        job.due = due
        job.unsent |= job.kind == "ask"
        if job.outcome == "blocked" and over_at(due) > t.now.replace(tzinfo=None):
            job.outcome = None
